import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '@supabase/supabase-js';
import { codeIn, goodPassword, linkIn, newEmail, startBench } from './testing.ts';
import type { Bench } from './testing.ts';
import type { AuthService } from './service.ts';
import { rulesOf } from './config.ts';
import { tidy } from './tidy.ts';

let bench: Bench;
let service: AuthService;

beforeAll(async () => {
  bench = await startBench();
  service = bench.service();
}, 60_000);
afterAll(() => bench.stop());

async function person(at = service): Promise<{ email: string; session: Session }> {
  const email = newEmail();
  await bench.admin(at).auth.admin.createUser({ email, password: goodPassword, email_confirm: true });
  const { data, error } = await bench.client(at).auth.signInWithPassword({ email, password: goodPassword });
  expect(error).toBeNull();
  return { email, session: data.session! };
}

const refresh = (token: string, at = service) => bench.client(at).auth.refreshSession({ refresh_token: token });

describe('refresh tokens over time', () => {
  test('only a hash of a refresh token is stored', async () => {
    const { session } = await person();
    const { rows } = await bench.pool.query<{ token: string }>(
      'select token from auth.refresh_tokens where user_id = $1',
      [session.user.id],
    );
    expect(rows[0]?.token).toMatch(/^[0-9a-f]{64}$/);
    expect(rows.some(({ token }) => token === session.refresh_token)).toBe(false);
  });

  test('a spent token may come again within the reuse interval, and gets the token that is valid now', async () => {
    const { session } = await person();
    const next = await refresh(session.refresh_token);
    const again = await refresh(session.refresh_token);
    expect(again.data.session?.refresh_token).toBe(next.data.session?.refresh_token);
  });

  test('the parent of the valid token is forgiven even later: the client never got the answer', async () => {
    const { session } = await person();
    const next = await refresh(session.refresh_token);
    bench.pass(60);
    expect((await refresh(session.refresh_token)).data.session?.refresh_token).toBe(next.data.session?.refresh_token);
  });

  test('an older token used after the interval ends the whole family', async () => {
    const { session } = await person();
    const second = await refresh(session.refresh_token);
    const third = await refresh(second.data.session!.refresh_token);
    bench.pass(11);
    expect((await refresh(session.refresh_token)).error?.code).toBe('refresh_token_already_used');
    expect((await refresh(third.data.session!.refresh_token)).error?.code).toBe('refresh_token_already_used');
  });

  test('a session ends when its timebox is over, however busy it was', async () => {
    const boxed = bench.service({ sessions: { timebox: '1h' } });
    const { session } = await person(boxed);
    bench.pass(3000);
    const next = await refresh(session.refresh_token, boxed);
    expect(next.error).toBeNull();
    bench.pass(700);
    expect((await refresh(next.data.session!.refresh_token, boxed)).error?.code).toBe('session_expired');
  });

  test('a session slides with use and ends with idleness', async () => {
    const idle = bench.service({ sessions: { inactivity_timeout: '1h' } });
    const { session } = await person(idle);
    bench.pass(3000);
    const next = await refresh(session.refresh_token, idle);
    bench.pass(3000);
    const third = await refresh(next.data.session!.refresh_token, idle);
    expect(third.error).toBeNull();
    bench.pass(3700);
    const late = await refresh(third.data.session!.refresh_token, idle);
    expect(late.error?.message).toBe('Invalid Refresh Token: Session Expired (Inactivity)');
  });

  test('sessions are removed a day after they ended, and no earlier', async () => {
    const config = { sessions: { timebox: '1h', inactivity_timeout: '1h' } };
    const { session } = await person(bench.service(config));
    const left = async () => {
      await tidy({ ...bench, rules: rulesOf(config) });
      return (await bench.pool.query('select from auth.sessions where user_id = $1', [session.user.id])).rowCount;
    };
    bench.pass(3600 + 80_000);
    expect(await left()).toBe(1);
    bench.pass(10_000);
    expect(await left()).toBe(0);
  });

  test('an access token stops working when it expires', async () => {
    const { session } = await person();
    expect((await bench.client(service).auth.getUser(session.access_token)).error).toBeNull();
    bench.pass(3601);
    expect((await bench.client(service).auth.getUser(session.access_token)).error?.code).toBe('bad_jwt');
  });
});

describe('codes and links over time', () => {
  const strict = () => bench.service({ email: { enable_confirmations: true, otp_expiry: 600, max_frequency: '0s' } });

  test('a code works until it expires', async () => {
    const at = strict();
    const { email } = await person(at);
    await bench.client(at).auth.signInWithOtp({ email });
    const token = codeIn(bench.mails.at(-1));
    bench.pass(601);
    const { error } = await bench.client(at).auth.verifyOtp({ email, token, type: 'email' });
    expect(error?.code).toBe('otp_expired');
  });

  test('an expired link goes back to the app and says so', async () => {
    const at = strict();
    const { email } = await person(at);
    await bench.client(at).auth.resetPasswordForEmail(email);
    bench.pass(601);
    const answer = await at.handle(new Request(linkIn(bench.mails.at(-1))), { ip: '10.0.0.1' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toContain('#error=access_denied&error_code=otp_expired');
  });

  test('a factor challenge is open for five minutes', async () => {
    const at = bench.service({ mfa: { totp: { enroll_enabled: true, verify_enabled: true } } });
    const { email } = await person(at);
    const client = bench.client(at);
    await client.auth.signInWithPassword({ email, password: goodPassword });
    const { data: factor } = await client.auth.mfa.enroll({ factorType: 'totp' });
    const { data: challenge } = await client.auth.mfa.challenge({ factorId: factor!.id });
    bench.pass(301);
    const late = { factorId: factor!.id, challengeId: challenge!.id, code: '000000' };
    expect((await client.auth.mfa.verify(late)).error?.code).toBe('mfa_challenge_expired');
  });

  test('a password of an old session needs a fresh proof by mail', async () => {
    const at = bench.service({
      jwt_expiry: 200_000,
      email: { enable_confirmations: true, secure_password_change: true, max_frequency: '0s' },
    });
    const { email } = await person(at);
    const client = bench.client(at);
    await client.auth.signInWithPassword({ email, password: goodPassword });
    bench.pass(90_000);
    expect((await client.auth.updateUser({ password: 'Another-horse-9' })).error?.code).toBe('reauthentication_needed');
    expect((await client.auth.reauthenticate()).error).toBeNull();
    const nonce = codeIn(bench.mails.at(-1));
    const wrong = await client.auth.updateUser({ password: 'Another-horse-9', nonce: '000000' });
    expect(wrong.error?.code).toBe('reauthentication_not_valid');
    expect((await client.auth.updateUser({ password: 'Another-horse-9', nonce })).error).toBeNull();
  });
});

describe('limits', () => {
  test('too many requests of one caller are refused, and forgiven with time', async () => {
    const at = bench.service({ rate_limit: { sign_in_sign_ups: 2 } });
    const ask = () => bench.client(at).auth.resetPasswordForEmail(newEmail());
    expect([(await ask()).error, (await ask()).error]).toEqual([null, null]);
    const third = await ask();
    expect([third.error?.status, third.error?.code]).toEqual([429, 'over_request_rate_limit']);
    const elsewhere = bench.client(at, { ip: '10.9.9.9' }).auth.resetPasswordForEmail(newEmail());
    expect((await elsewhere).error).toBeNull();
    bench.pass(300);
    expect((await ask()).error).toBeNull();
  });

  test('a second mail within the interval is refused', async () => {
    const at = bench.service({ email: { enable_confirmations: true, max_frequency: '60s' } });
    const { email } = await person(at);
    await bench.client(at).auth.resetPasswordForEmail(email);
    const soon = await bench.client(at).auth.resetPasswordForEmail(email);
    expect(soon.error?.code).toBe('over_email_send_rate_limit');
    expect(soon.error?.message).toMatch(/only request this after \d+ seconds/);
    bench.pass(61);
    expect((await bench.client(at).auth.resetPasswordForEmail(email)).error).toBeNull();
  });

  test('mails by SMTP have an hourly allowance', async () => {
    const at = bench.service({
      email: { enable_confirmations: true, max_frequency: '0s', smtp: { enabled: true } },
      rate_limit: { email_sent: 1 },
    });
    const { email } = await person(at);
    expect((await bench.client(at).auth.signInWithOtp({ email })).error).toBeNull();
    expect((await bench.client(at).auth.signInWithOtp({ email })).error?.code).toBe('over_email_send_rate_limit');
  });

  test('a ban ends by itself', async () => {
    const { session, email } = await person();
    await bench.admin(service).auth.admin.updateUserById(session.user.id, { ban_duration: '1h' });
    const signIn = () => bench.client(service).auth.signInWithPassword({ email, password: goodPassword });
    expect((await signIn()).error?.code).toBe('user_banned');
    expect((await refresh(session.refresh_token)).error?.code).toBe('user_banned');
    bench.pass(3601);
    expect((await signIn()).error).toBeNull();
  });
});
