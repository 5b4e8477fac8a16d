import { emailOf, fields, record, text, transaction } from './context.ts';
import type { Auth, Call, Db } from './context.ts';
import { AuthError, json } from './errors.ts';
import { checkInterval, mailToken } from './links.ts';
import { codeHash, findToken, spendAllTokens, spendTokens } from './one-time.ts';
import { endSessions } from './sessions.ts';
import { refuseTakenEmail } from './sign-in.ts';
import { mailEmailChange } from './signup.ts';
import { callerOf } from './tokens.ts';
import type { Caller } from './tokens.ts';
import { checkStrength, hashPassword, mergeMeta, passwordMatches, reload, updateUser } from './users.ts';
import type { UserRow } from './users.ts';
import { factorsOf, userView } from './user-view.ts';

const day = 86_400_000;

/** Answers `GET /user`: the account as it is now, whatever the token says. */
export async function getUser(call: Call): Promise<Response> {
  const { user } = await callerOf(call);
  return json(await userView(call.auth.pool, user));
}

/** Answers `PUT /user`: a new password, a new address (confirmed by mail first) or new metadata. */
export async function putUser(call: Call): Promise<Response> {
  const { auth, body } = call;
  const caller = await callerOf(call);
  const password = typeof body['password'] === 'string' ? body['password'] : undefined;
  const email = text(body, 'email') ? emailOf(text(body, 'email')) : undefined;
  const wanted = { password, email: email === caller.user.email ? undefined : email };
  await refuseChange(call, caller, wanted);
  const hash = password && (await hashPassword(password));
  const changed = await transaction(auth.pool, async (db) => {
    if (hash) await storePassword(call, db, caller, hash);
    if (fields(body, 'data')) await storeData(auth, db, caller.user, fields(body, 'data')!);
    if (wanted.email) await startEmailChange(call, db, caller.user, wanted.email);
    await record(call, db, 'user_modified', caller.user);
    return userView(db, await reload(db, caller.user.id));
  });
  return json(changed);
}

interface Wanted {
  password: string | undefined;
  email: string | undefined;
}

async function refuseChange(call: Call, caller: Caller, wanted: Wanted): Promise<void> {
  const { auth } = call;
  const { user } = caller;
  if (wanted.password !== undefined) checkStrength(auth, wanted.password);
  if (fields(call.body, 'app_metadata'))
    throw new AuthError(403, 'not_admin', 'Updating app_metadata requires admin privileges');
  if (wanted.password || wanted.email) await refuseWeakSession(auth, caller);
  if (wanted.email) await refuseTakenEmail(auth.pool, wanted.email, user.id);
  if (wanted.password === undefined) return;
  await refuseStaleSession(call, caller);
  if (await passwordMatches(user, wanted.password))
    throw new AuthError(422, 'same_password', 'New password should be different from the old password.');
}

async function refuseWeakSession(auth: Auth, { user, session }: Caller): Promise<void> {
  const verified = (await factorsOf(auth.pool, user.id)).some(({ status }) => status === 'verified');
  if (!verified || session?.aal === 'aal2') return;
  throw new AuthError(
    401,
    'insufficient_aal',
    'AAL2 session is required to update email or password when MFA is enabled.',
  );
}

async function refuseStaleSession({ auth, body }: Call, { user, session }: Caller): Promise<void> {
  if (!auth.rules.secure_password_change) return;
  if (session && auth.now().getTime() < session.created_at.getTime() + day) return;
  const nonce = text(body, 'nonce');
  if (!nonce) throw new AuthError(400, 'reauthentication_needed', 'Password update requires reauthentication');
  await transaction(auth.pool, async (db) => {
    const hash = codeHash(user.email ?? '', nonce);
    const found = await findToken(auth, db, ['reauthentication_token'], hash);
    if (found?.user_id !== user.id)
      throw new AuthError(422, 'reauthentication_not_valid', 'Nonce has expired or is invalid');
    await spendTokens(db, user.id, ['reauthentication_token']);
  });
}

// Whoever knew the old password may have sessions and links: they end with it.
async function storePassword(call: Call, db: Db, { user, session }: Caller, hash: string): Promise<void> {
  await updateUser(call.auth, db, user.id, { encrypted_password: hash });
  await endSessions(db, user.id, session ? 'others' : 'global', session?.id);
  await spendAllTokens(db, user.id);
  await record(call, db, 'user_updated_password', user);
}

const storeData = (auth: Auth, db: Db, user: UserRow, data: Record<string, unknown>): Promise<UserRow> =>
  updateUser(auth, db, user.id, { raw_user_meta_data: mergeMeta(user.raw_user_meta_data, data) });

async function startEmailChange(call: Call, db: Db, user: UserRow, email: string): Promise<void> {
  const pending = await updateUser(call.auth, db, user.id, { email_change: email, email_change_confirm_status: 0 });
  await mailEmailChange(call, db, pending, email);
}

/** Answers `GET /reauthenticate`: mails a code that proves presence for a change of password. */
export async function reauthenticate(call: Call): Promise<Response> {
  const { user } = await callerOf(call);
  checkInterval(call.auth, user.reauthentication_sent_at);
  await transaction(call.auth.pool, (db) =>
    mailToken(call, db, user, { kind: 'reauthentication', type: 'reauthentication_token', to: user.email ?? '' }),
  );
  return json({});
}

/** Answers `POST /logout?scope=`: ends this session, all, or all others. */
export async function logout(call: Call): Promise<Response> {
  const scope = call.url.searchParams.get('scope') ?? 'global';
  if (!['local', 'global', 'others'].includes(scope))
    throw new AuthError(400, 'validation_failed', `Unsupported logout scope "${scope}"`);
  const { user, session } = await callerOf(call);
  await transaction(call.auth.pool, async (db) => {
    await record(call, db, 'logout', user);
    await endSessions(db, user.id, session ? scope : 'global', session?.id);
  });
  return new Response(null, { status: 204 });
}
