import { randomUUID } from 'node:crypto';
import type { SupabaseClient } from '@supabase/supabase-js';
import { beforeAll, describe, expect, test } from 'vitest';
import { mailIsReadable, mailsTo, unreadable } from '../auth/caught-mail.ts';
import { totpCode } from '../auth/totp.ts';
import { PASSWORD, signedInUser, target } from './setup.ts';
import type { Target } from './setup.ts';

let at: Target;
beforeAll(async () => {
  at = await target();
});

const NEW_PASSWORD = 'Another-Horse-42';
const stranger = () => `${randomUUID()}@example.com`;

/** A test that reads mail; where it cannot, its name says so. */
const mailTest = (name: string, run: () => Promise<void>) => test.runIf(mailIsReadable)(name + unreadable, run);

const newestMail = async (email: string) => (await mailsTo(at.url, email))[0];
const codeFor = async (email: string): Promise<string> => /\b\d{6}\b/.exec((await newestMail(email))?.text ?? '')![0];
const linkFor = async (email: string): Promise<string> =>
  /https?:\/\/\S+\/verify\?\S+/.exec((await newestMail(email))?.text ?? '')![0];

/** Follows a mailed link as far as the address it sends the browser to. */
async function land(link: string): Promise<URL> {
  const answer = await fetch(link, { redirect: 'manual' });
  return new URL(answer.headers.get('location')!);
}
const fragment = (url: URL): Record<string, string> => Object.fromEntries(new URLSearchParams(url.hash.slice(1)));

/** Lets time pass for the mails of an account, as far as the service can see. */
const age = (email: string, interval: string) =>
  at.sql(
    `update auth.users set recovery_sent_at = recovery_sent_at - $2::interval,
       confirmation_sent_at = confirmation_sent_at - $2::interval where email = $1`,
    [email, interval],
  );

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;

async function signUp(email = stranger(), data: object = {}) {
  const client = at.client();
  return { email, client, ...(await client.auth.signUp({ email, password: PASSWORD, options: { data } })) };
}

const signIn = async (email: string, password = PASSWORD) => {
  const client = at.client();
  return { client, ...(await client.auth.signInWithPassword({ email, password })) };
};

const sessionOf = async (client: SupabaseClient) => (await client.auth.getSession()).data.session!;
const refreshWith = (refresh_token: string) => at.client().auth.refreshSession({ refresh_token });

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${at.url}/auth/v1${path}`, {
    method: 'POST',
    headers: { apikey: at.anonKey, 'content-type': 'application/json', ...headers },
    body,
  });

describe('signing up', () => {
  test('a new person gets an account and no session until the address is confirmed', async () => {
    const { data, error, email } = await signUp();
    expect(error).toBeNull();
    expect(data.session).toBeNull();
    expect(data.user).toMatchObject({ email, role: 'authenticated', aud: 'authenticated', is_anonymous: false });
    expect(data.user?.identities).toHaveLength(1);
    expect(data.user?.email_confirmed_at).toBeUndefined();
  });

  test('what a person says of themselves is kept', async () => {
    const { data } = await signUp(stranger(), { first_name: 'Ada' });
    expect(data.user?.user_metadata).toMatchObject({ first_name: 'Ada' });
  });

  test('an address that has an account gets an answer of the same shape', async () => {
    const known = await signedInUser();
    const { data, error } = await signUp(known.email);
    expect(error).toBeNull();
    expect(data.session).toBeNull();
    expect(data.user?.email).toBe(known.email);
    expect(data.user?.id).not.toBe(known.user.id);
    expect(data.user?.identities).toEqual([]);
  });

  mailTest('an address that has an account gets no mail', async () => {
    const known = await signedInUser();
    await signUp(known.email);
    expect(await mailsTo(at.url, known.email)).toEqual([]);
  });

  test('a short password is refused with its reason', async () => {
    const { error } = await at.client().auth.signUp({ email: stranger(), password: 'Ab1' });
    expect([error?.status, error?.code, error?.name]).toEqual([422, 'weak_password', 'AuthWeakPasswordError']);
    expect((error as unknown as { reasons: string[] }).reasons).toEqual(['length']);
  });

  test('a password without digit and capital is refused with its reason', async () => {
    const { error } = await at.client().auth.signUp({ email: stranger(), password: 'only-small-letters' });
    expect((error as unknown as { reasons: string[] }).reasons).toEqual(['characters']);
  });

  test('something that is no address is refused', async () => {
    const { error } = await at.client().auth.signUp({ email: 'not an address', password: PASSWORD });
    expect([error?.status, error?.code]).toEqual([400, 'validation_failed']);
  });

  test('a telephone number is refused: there are no text messages', async () => {
    const { error } = await at.client().auth.signUp({ phone: '+3225550100', password: PASSWORD });
    expect(error?.code).toBe('phone_provider_disabled');
  });

  test('nobody signs in namelessly', async () => {
    const { error } = await at.client().auth.signInAnonymously();
    expect([error?.status, error?.code]).toEqual([422, 'anonymous_provider_disabled']);
  });

  test('an unconfirmed person with the right password is told to confirm', async () => {
    const { email } = await signUp();
    const { error } = await signIn(email);
    expect([error?.status, error?.code]).toEqual([400, 'email_not_confirmed']);
  });

  mailTest('the mailed code confirms and signs in', async () => {
    const { email, client } = await signUp();
    const { data, error } = await client.auth.verifyOtp({ email, token: await codeFor(email), type: 'email' });
    expect(error).toBeNull();
    expect(data.session?.user.email_confirmed_at).toEqual(expect.any(String));
    expect((await signIn(email)).error).toBeNull();
  });

  mailTest('the mailed link confirms, and leads back with a session', async () => {
    const { email } = await signUp();
    const words = fragment(await land(await linkFor(email)));
    expect(words).toMatchObject({ type: 'signup', token_type: 'bearer', expires_in: expect.any(String) });
    const { data } = await at.client().auth.getUser(words['access_token']);
    expect(data.user?.email).toBe(email);
  });

  mailTest('a link works once', async () => {
    const { email } = await signUp();
    const link = await linkFor(email);
    await land(link);
    expect(fragment(await land(link))).toMatchObject({ error: 'access_denied', error_code: 'otp_expired' });
  });

  mailTest('a confirmation mailed again replaces the first', async () => {
    const { email, client } = await signUp();
    const first = await codeFor(email);
    await age(email, '1 minute');
    expect((await client.auth.resend({ type: 'signup', email })).error).toBeNull();
    const second = await codeFor(email);
    const old = await client.auth.verifyOtp({ email, token: first === second ? '000000' : first, type: 'signup' });
    expect(old.error?.code).toBe('otp_expired');
    expect((await client.auth.verifyOtp({ email, token: second, type: 'signup' })).error).toBeNull();
  });

  mailTest('mails that follow too fast are refused', async () => {
    const { email, client } = await signUp();
    await at.sql(`update auth.users set confirmation_sent_at = now() + interval '1 minute' where email = $1`, [email]);
    const { error } = await client.auth.resend({ type: 'signup', email });
    expect([error?.status, error?.code]).toEqual([429, 'over_email_send_rate_limit']);
  });
});

describe('signing in by password', () => {
  test('the token says who, how, for which session and until when', async () => {
    const { user, accessToken } = await signedInUser({ first_name: 'Ada' });
    const claims = claimsOf(accessToken);
    expect(claims).toMatchObject({
      iss: expect.stringMatching(/\/auth\/v1$/),
      sub: user.id,
      aud: 'authenticated',
      role: 'authenticated',
      email: user.email,
      phone: '',
      aal: 'aal1',
      amr: [{ method: 'password', timestamp: expect.any(Number) }],
      session_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      is_anonymous: false,
      app_metadata: { provider: 'email', providers: ['email'] },
      user_metadata: expect.objectContaining({ first_name: 'Ada' }),
    });
    expect((claims['exp'] as number) - (claims['iat'] as number)).toBe(900);
  });

  test('a wrong password and an unknown address get one and the same answer', async () => {
    const { email } = await signedInUser();
    const wrong = (await signIn(email, 'Wrong-Horse-42')).error;
    const unknown = (await signIn(stranger())).error;
    expect([wrong?.status, wrong?.code, wrong?.message]).toEqual([
      400,
      'invalid_credentials',
      'Invalid login credentials',
    ]);
    expect([unknown?.status, unknown?.code, unknown?.message]).toEqual([wrong?.status, wrong?.code, wrong?.message]);
  });

  test('the address is read without regard to capitals', async () => {
    const { email } = await signedInUser();
    expect((await signIn(email.toUpperCase())).error).toBeNull();
  });

  test('the account can be read with the token, and not with a forged one', async () => {
    const { client, user, accessToken } = await signedInUser();
    expect((await client.auth.getUser()).data.user?.id).toBe(user.id);
    const [head, , signature] = accessToken.split('.');
    const body = Buffer.from(JSON.stringify({ ...claimsOf(accessToken), role: 'service_role' })).toString('base64url');
    const { error } = await at.client().auth.getUser(`${head}.${body}.${signature}`);
    expect([error?.status, error?.code]).toEqual([403, 'bad_jwt']);
  });

  test('a request without token is asked for one', async () => {
    const headers = { apikey: at.anonKey, authorization: '', 'x-supabase-api-version': '2024-01-01' };
    const answer = await fetch(`${at.url}/auth/v1/user`, { headers });
    expect([401, 403]).toContain(answer.status);
  });

  test('five wrong passwords in a minute make the sixth wait, even when it is right', async () => {
    const { email } = await signedInUser();
    for (let attempt = 0; attempt < 5; attempt += 1) await signIn(email, 'Wrong-Horse-42');
    const { error } = await signIn(email);
    expect(error?.status).toBe(429);
    expect(error?.message).toMatch(/^too_many_attempts; retry_after=\d+$/);
  });
});

describe('refreshing', () => {
  test('a refresh brings new tokens for the same session', async () => {
    const { client } = await signedInUser();
    const before = await sessionOf(client);
    const { data, error } = await client.auth.refreshSession();
    expect(error).toBeNull();
    expect(data.session?.refresh_token).not.toBe(before.refresh_token);
    const sessions = [before, data.session!].map(({ access_token }) => claimsOf(access_token)['session_id']);
    expect(sessions[0]).toBe(sessions[1]);
  });

  test('two tabs that refresh at once both go on, in the same session', async () => {
    const { client } = await signedInUser();
    const { refresh_token } = await sessionOf(client);
    const tabs = await Promise.all([refreshWith(refresh_token), refreshWith(refresh_token)]);
    expect(tabs.map(({ error }) => error)).toEqual([null, null]);
    expect(tabs[0]?.data.session?.refresh_token).toBe(tabs[1]?.data.session?.refresh_token);
    expect((await refreshWith(tabs[0]!.data.session!.refresh_token)).error).toBeNull();
  });

  test('a token that never was is refused', async () => {
    const { error } = await refreshWith('aaaaaaaaaaaa');
    expect([error?.status, error?.code]).toEqual([400, 'refresh_token_not_found']);
  });

  test('an old token played again ends the session for the thief and the owner', async () => {
    const { client, user } = await signedInUser();
    const first = (await sessionOf(client)).refresh_token;
    const second = (await refreshWith(first)).data.session!.refresh_token;
    const third = (await refreshWith(second)).data.session!.refresh_token;
    await at.sql(`update auth.refresh_tokens set updated_at = updated_at - interval '1 hour' where user_id = $1`, [
      user.id,
    ]);
    expect((await refreshWith(first)).error?.code).toBe('refresh_token_already_used');
    expect((await refreshWith(third)).error?.code).toBe('refresh_token_already_used');
  });

  test('what changed in the account is in the next token', async () => {
    const { client, user } = await signedInUser();
    await at.admin.auth.admin.updateUserById(user.id, { app_metadata: { plan: 'tour' } });
    const { data } = await client.auth.refreshSession();
    expect(claimsOf(data.session!.access_token)['app_metadata']).toMatchObject({ plan: 'tour', provider: 'email' });
  });
});

describe('codes and links by mail', () => {
  mailTest('the code signs in', async () => {
    const { email } = await signedInUser();
    const client = at.client();
    expect((await client.auth.signInWithOtp({ email })).error).toBeNull();
    const { data, error } = await client.auth.verifyOtp({ email, token: await codeFor(email), type: 'email' });
    expect(error).toBeNull();
    expect(claimsOf(data.session!.access_token)['amr']).toEqual([{ method: 'otp', timestamp: expect.any(Number) }]);
  });

  mailTest('a code works once, and only for its own address', async () => {
    const [one, other] = [await signedInUser(), await signedInUser()];
    await at.client().auth.signInWithOtp({ email: one.email });
    const token = await codeFor(one.email);
    const verify = (email: string) => at.client().auth.verifyOtp({ email, token, type: 'email' });
    expect((await verify(other.email)).error?.code).toBe('otp_expired');
    expect((await verify(one.email)).error).toBeNull();
    expect((await verify(one.email)).error?.code).toBe('otp_expired');
  });

  test('a wrong code is refused as one that expired', async () => {
    const { email } = await signedInUser();
    const { error } = await at.client().auth.verifyOtp({ email, token: '000000', type: 'email' });
    expect([error?.status, error?.code, error?.message]).toEqual([
      403,
      'otp_expired',
      'Token has expired or is invalid',
    ]);
  });

  test('a code for an unknown address is refused when no account may be made', async () => {
    const { error } = await at.client().auth.signInWithOtp({ email: stranger(), options: { shouldCreateUser: false } });
    expect([error?.status, error?.code]).toEqual([422, 'otp_disabled']);
  });

  mailTest('a code for an unknown address makes an account', async () => {
    const email = stranger();
    const client = at.client();
    expect((await client.auth.signInWithOtp({ email })).error).toBeNull();
    const { data } = await client.auth.verifyOtp({ email, token: await codeFor(email), type: 'email' });
    expect(data.user?.email).toBe(email);
  });

  mailTest('a link that is too old says so to the app', async () => {
    const { email } = await signedInUser();
    await at.client().auth.signInWithOtp({ email });
    await age(email, '2 days');
    const words = fragment(await land(await linkFor(email)));
    expect(words).toMatchObject({
      error: 'access_denied',
      error_code: 'otp_expired',
      error_description: 'Email link is invalid or has expired',
    });
  });

  mailTest('a link leads where the app wished, unless that is another site', async () => {
    const { email } = await signedInUser();
    const wished = 'http://localhost:54321/welcome?from=mail';
    await at.client().auth.signInWithOtp({ email, options: { emailRedirectTo: wished } });
    expect((await land(await linkFor(email))).href).toMatch(/^http:\/\/localhost:54321\/welcome\?from=mail#/);
    await age(email, '1 minute');
    await at.client().auth.signInWithOtp({ email, options: { emailRedirectTo: 'https://evil.example/' } });
    expect((await land(await linkFor(email))).hostname).not.toBe('evil.example');
  });

  mailTest('with PKCE the link brings a code that only the browser that asked can exchange', async () => {
    const { email } = await signedInUser();
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const client = at.client({ auth: { flowType: 'pkce', storage, persistSession: true } });
    await client.auth.signInWithOtp({ email });
    const landed = await land(await linkFor(email));
    expect(landed.hash).toBe('');
    const code = landed.searchParams.get('code')!;
    const wrong = await post(
      '/token?grant_type=pkce',
      JSON.stringify({ auth_code: code, code_verifier: 'x'.repeat(56) }),
    );
    expect(await wrong.json()).toMatchObject({ error_code: 'bad_code_verifier' });
    const { data, error } = await client.auth.exchangeCodeForSession(code);
    expect([error, data.user?.email]).toEqual([null, email]);
    const again = await post(
      '/token?grant_type=pkce',
      JSON.stringify({ auth_code: code, code_verifier: 'x'.repeat(56) }),
    );
    expect(await again.json()).toMatchObject({ error_code: 'flow_state_not_found' });
  });
});

describe('a forgotten password', () => {
  test('is answered alike for an address without account', async () => {
    const { error } = await at.client().auth.resetPasswordForEmail(stranger());
    expect(error).toBeNull();
  });

  mailTest('is replaced by the code, which ends sessions elsewhere', async () => {
    const { email, client: elsewhere } = await signedInUser();
    const client = at.client();
    await client.auth.resetPasswordForEmail(email);
    const { error } = await client.auth.verifyOtp({ email, token: await codeFor(email), type: 'recovery' });
    expect(error).toBeNull();
    expect((await client.auth.updateUser({ password: NEW_PASSWORD })).error).toBeNull();
    expect((await signIn(email)).error?.code).toBe('invalid_credentials');
    expect((await signIn(email, NEW_PASSWORD)).error).toBeNull();
    expect((await elsewhere.auth.refreshSession()).error?.code).toBe('refresh_token_not_found');
    expect((await client.auth.refreshSession()).error).toBeNull();
  });

  mailTest('a sign-in code is not spent as a confirmation', async () => {
    const { email } = await signedInUser();
    await at.client().auth.resetPasswordForEmail(email);
    const token = await codeFor(email);
    const { error } = await at.client().auth.verifyOtp({ email, token, type: 'signup' });
    expect(error?.code).toBe('otp_expired');
  });
});

describe('changing one’s account', () => {
  test('the same password again is refused', async () => {
    const { client } = await signedInUser();
    const { error } = await client.auth.updateUser({ password: PASSWORD });
    expect([error?.status, error?.code]).toEqual([422, 'same_password']);
  });

  test('a weak new password is refused with its reasons', async () => {
    const { client } = await signedInUser();
    const { error } = await client.auth.updateUser({ password: 'short' });
    expect([error?.name, (error as unknown as { reasons: string[] }).reasons]).toEqual([
      'AuthWeakPasswordError',
      ['length', 'characters'],
    ]);
  });

  test('metadata is merged', async () => {
    const { client } = await signedInUser({ first_name: 'Ada', last_name: 'King' });
    const { data } = await client.auth.updateUser({ data: { last_name: 'Byron' } });
    expect(data.user?.user_metadata).toMatchObject({ first_name: 'Ada', last_name: 'Byron' });
  });

  test('nobody takes the address of another account', async () => {
    const [one, other] = [await signedInUser(), await signedInUser()];
    const { error } = await one.client.auth.updateUser({ email: other.email });
    expect([error?.status, error?.code]).toEqual([422, 'email_exists']);
  });

  mailTest('a new address counts when both mailboxes have agreed', async () => {
    const { client, email, user } = await signedInUser();
    const wanted = stranger();
    const asked = await client.auth.updateUser({ email: wanted });
    expect([asked.data.user?.email, asked.data.user?.new_email]).toEqual([email, wanted]);
    const verify = async (address: string) =>
      at.client().auth.verifyOtp({ email: address, token: await codeFor(address), type: 'email_change' });
    const half = await verify(wanted);
    expect([half.error, half.data.session]).toEqual([null, null]);
    expect((await at.admin.auth.admin.getUserById(user.id)).data.user?.email).toBe(email);
    expect((await verify(email)).data.user?.email).toBe(wanted);
    expect((await signIn(wanted)).error).toBeNull();
  });
});

describe('signing out', () => {
  async function threeDevices() {
    const one = await signedInUser();
    const [two, three] = [await signIn(one.email), await signIn(one.email)];
    return { email: one.email, devices: [one.client, two.client, three.client] };
  }
  const alive = async (clients: SupabaseClient[]) => {
    const answers = await Promise.all(clients.map(async (client) => client.auth.refreshSession()));
    return answers.map(({ error }) => error === null);
  };

  test('here: the others stay', async () => {
    const { devices } = await threeDevices();
    const { refresh_token, access_token } = await sessionOf(devices[0]!);
    await devices[0]!.auth.signOut({ scope: 'local' });
    expect((await refreshWith(refresh_token)).error?.code).toBe('refresh_token_not_found');
    expect((await at.client().auth.getUser(access_token)).error?.name).toBe('AuthSessionMissingError');
    expect(await alive(devices.slice(1))).toEqual([true, true]);
  });

  test('everywhere else: this one stays', async () => {
    const { devices } = await threeDevices();
    await devices[0]!.auth.signOut({ scope: 'others' });
    expect(await alive(devices)).toEqual([true, false, false]);
  });

  test('everywhere', async () => {
    const { devices } = await threeDevices();
    await devices[0]!.auth.signOut({ scope: 'global' });
    expect(await alive(devices.slice(1))).toEqual([false, false]);
  });
});

describe('invitations', () => {
  mailTest('the invited are signed in by the link and can choose a password', async () => {
    const email = stranger();
    const { data, error } = await at.admin.auth.admin.inviteUserByEmail(email, { data: { org: 'north' } });
    expect([error, data.user?.email]).toEqual([null, email]);
    expect(data.user?.invited_at).toEqual(expect.any(String));
    const words = fragment(await land(await linkFor(email)));
    expect(words['type']).toBe('invite');
    const client = at.client();
    const { access_token, refresh_token } = words as { access_token: string; refresh_token: string };
    await client.auth.setSession({ access_token, refresh_token });
    expect((await client.auth.updateUser({ password: PASSWORD })).error).toBeNull();
    expect((await signIn(email)).data.user?.user_metadata).toMatchObject({ org: 'north' });
  });

  test('who already has an account is not invited', async () => {
    const { email } = await signedInUser();
    const { error } = await at.admin.auth.admin.inviteUserByEmail(email);
    expect([error?.status, error?.code]).toEqual([422, 'email_exists']);
  });
});

describe('the office', () => {
  test('is closed to everyone without the service key', async () => {
    const { client } = await signedInUser();
    const { access_token } = await sessionOf(client);
    const headers = { apikey: at.anonKey, authorization: `Bearer ${access_token}` };
    const answer = await fetch(`${at.url}/auth/v1/admin/users`, { headers });
    expect([answer.status, await answer.json()]).toEqual([403, expect.objectContaining({ error_code: 'not_admin' })]);
  });

  test('lists accounts in pages', async () => {
    await signedInUser();
    await signedInUser();
    const { data, error } = await at.admin.auth.admin.listUsers({ page: 1, perPage: 1 });
    expect([error, data.users.length]).toEqual([null, 1]);
    expect((data as { total: number }).total).toBeGreaterThan(1);
    expect((data as { nextPage: number | null }).nextPage).toBe(2);
  });

  test('makes an account once', async () => {
    const { email } = await signedInUser();
    const { error } = await at.admin.auth.admin.createUser({ email, password: PASSWORD });
    expect([error?.status, error?.code]).toEqual([422, 'email_exists']);
  });

  test('makes an account once, even when asked twice at the same time', async () => {
    const email = stranger();
    const make = () => at.admin.auth.admin.createUser({ email, password: PASSWORD });
    const codes = (await Promise.all([make(), make()])).map(({ error }) => error?.code);
    expect(codes.filter(Boolean)).toEqual(['email_exists']);
  });

  test('changes an address and a password without asking', async () => {
    const { user } = await signedInUser();
    const email = stranger();
    await at.admin.auth.admin.updateUserById(user.id, { email, password: NEW_PASSWORD, email_confirm: true });
    expect((await signIn(email, NEW_PASSWORD)).data.user?.id).toBe(user.id);
  });

  test('shuts an account out and lets it in again', async () => {
    const { user, email } = await signedInUser();
    await at.admin.auth.admin.updateUserById(user.id, { ban_duration: '24h' });
    expect((await signIn(email)).error?.code).toBe('user_banned');
    await at.admin.auth.admin.updateUserById(user.id, { ban_duration: 'none' });
    expect((await signIn(email)).error).toBeNull();
  });

  test('deletes an account, whose token then opens nothing', async () => {
    const { user, accessToken } = await signedInUser();
    expect((await at.admin.auth.admin.deleteUser(user.id)).error).toBeNull();
    const gone = await at.admin.auth.admin.getUserById(user.id);
    expect([gone.error?.status, gone.error?.code]).toEqual([404, 'user_not_found']);
    expect((await at.client().auth.getUser(accessToken)).error?.code).toBe('user_not_found');
  });

  test('deletes softly: the row stays, the names and the ways in go', async () => {
    const { user, email } = await signedInUser();
    expect((await at.admin.auth.admin.deleteUser(user.id, true)).error).toBeNull();
    const rows = await at.sql<{ email: string; deleted: boolean }>(
      'select email, deleted_at is not null as deleted from auth.users where id = $1',
      [user.id],
    );
    expect(rows).toEqual([{ email: expect.not.stringContaining('@'), deleted: true }]);
    expect((await signIn(email)).error?.code).toBe('invalid_credentials');
  });

  test('makes a link that a messenger can carry', async () => {
    const { email } = await signedInUser();
    const { data } = await at.admin.auth.admin.generateLink({ type: 'magiclink', email });
    expect(data.properties?.action_link).toContain(data.properties?.hashed_token);
    const token_hash = data.properties!.hashed_token;
    const first = await at.client().auth.verifyOtp({ token_hash, type: 'email' });
    expect([first.error, first.data.user?.email]).toEqual([null, email]);
    const again = await at.client().auth.verifyOtp({ token_hash, type: 'email' });
    expect(again.error?.message).toBe('Email link is invalid or has expired');
  });
});

describe('a second factor', () => {
  async function enrolled() {
    const person = await signedInUser();
    const { data, error } = await person.client.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'phone' });
    if (error) throw error;
    return { ...person, factorId: data.id, totp: data.totp };
  }
  const now = () => new Date();
  async function verified() {
    const person = await enrolled();
    const code = totpCode(person.totp.secret, now());
    const answer = await person.client.auth.mfa.challengeAndVerify({ factorId: person.factorId, code });
    if (answer.error) throw answer.error;
    return person;
  }

  test('enrolment gives a secret and an address for the authenticator app', async () => {
    const { totp } = await enrolled();
    expect(totp.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(totp.uri).toMatch(/^otpauth:\/\/totp\/.+secret=[A-Z2-7]{32}/);
    expect(totp.qr_code).toMatch(/^data:image\/svg\+xml;utf-8,.*<svg/s);
  });

  test('a right code raises the session to aal2', async () => {
    const { client } = await verified();
    const claims = claimsOf((await sessionOf(client)).access_token);
    expect(claims['aal']).toBe('aal2');
    expect((claims['amr'] as { method: string }[]).map(({ method }) => method).sort()).toEqual(['password', 'totp']);
    expect((await client.auth.refreshSession()).error).toBeNull();
    expect(claimsOf((await sessionOf(client)).access_token)['aal']).toBe('aal2');
  });

  test('a wrong code is refused', async () => {
    const { client, factorId, totp } = await enrolled();
    const right = totpCode(totp.secret, now());
    const code = right === '123456' ? '654321' : '123456';
    const { error } = await client.auth.mfa.challengeAndVerify({ factorId, code });
    expect([error?.status, error?.code]).toEqual([422, 'mfa_verification_failed']);
  });

  test('the next sign-in is told that a second step is waiting', async () => {
    const { email } = await verified();
    const { client } = await signIn(email);
    const { data } = await client.auth.mfa.getAuthenticatorAssuranceLevel();
    expect([data?.currentLevel, data?.nextLevel]).toEqual(['aal1', 'aal2']);
  });

  test('without the second step neither password nor factor can be changed', async () => {
    const { email, factorId } = await verified();
    const { client } = await signIn(email);
    const change = await client.auth.updateUser({ password: NEW_PASSWORD });
    expect([change.error?.status, change.error?.code]).toEqual([401, 'insufficient_aal']);
    expect((await client.auth.mfa.unenroll({ factorId })).error?.code).toBe('insufficient_aal');
    expect((await client.auth.mfa.enroll({ factorType: 'totp' })).error?.code).toBe('insufficient_aal');
  });

  test('putting it in force ends sessions that lack it', async () => {
    const person = await enrolled();
    const elsewhere = await signIn(person.email);
    const code = totpCode(person.totp.secret, now());
    await person.client.auth.mfa.challengeAndVerify({ factorId: person.factorId, code });
    expect((await elsewhere.client.auth.refreshSession()).error).not.toBeNull();
  });

  test('its name is unique, and it can be taken off with the second step', async () => {
    const { client, factorId } = await verified();
    const twin = await client.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'phone' });
    expect(twin.error?.code).toBe('mfa_factor_name_conflict');
    expect((await client.auth.mfa.listFactors()).data?.totp.map(({ id }) => id)).toEqual([factorId]);
    expect((await client.auth.mfa.unenroll({ factorId })).error).toBeNull();
    expect((await client.auth.mfa.listFactors()).data?.all).toEqual([]);
  });

  test('the office sees and removes a lost one', async () => {
    const { user, factorId } = await verified();
    const { data } = await at.admin.auth.admin.mfa.listFactors({ userId: user.id });
    expect(data?.factors).toEqual([expect.objectContaining({ id: factorId, status: 'verified' })]);
    expect((await at.admin.auth.admin.mfa.deleteFactor({ userId: user.id, id: factorId })).error).toBeNull();
  });
});

describe('the manner of answers', () => {
  const wrong = JSON.stringify({ email: 'nobody@example.com', password: 'x' });

  test('errors speak the version the caller asks for', async () => {
    const old = await post('/token?grant_type=password', wrong);
    expect(await old.json()).toMatchObject({
      code: 400,
      error_code: 'invalid_credentials',
      msg: 'Invalid login credentials',
    });
    const version = { 'x-supabase-api-version': '2024-01-01' };
    const recent = await post('/token?grant_type=password', wrong, version);
    expect(recent.headers.get('x-supabase-api-version')).toBe('2024-01-01');
    expect(await recent.json()).toEqual({ code: 'invalid_credentials', message: 'Invalid login credentials' });
  });

  test('a body that cannot be read is refused', async () => {
    const answer = await post('/token?grant_type=password', '{"email": ');
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ error_code: 'bad_json' })]);
  });

  test('settings say what is open', async () => {
    const answer = await fetch(`${at.url}/auth/v1/settings`, { headers: { apikey: at.anonKey } });
    expect(await answer.json()).toMatchObject({
      disable_signup: false,
      mailer_autoconfirm: false,
      external: { email: true },
    });
  });

  test('claims can be checked without knowing the secret', async () => {
    const { client, user } = await signedInUser();
    const { data, error } = await client.auth.getClaims();
    expect([error, data?.claims.sub]).toEqual([null, user.id]);
  });
});
