import { emailOf, first, record, text, transaction } from './context.ts';
import type { Auth, Call, Db } from './context.ts';
import { AuthError, committed, invalid, json } from './errors.ts';
import { redeemCode } from './flow-state.ts';
import { askHook } from './hooks.ts';
import { endSessions, openSession, refresh } from './sessions.ts';
import { checkStrength, isBanned, passwordMatches, reload, userByEmail } from './users.ts';
import type { UserRow } from './users.ts';

/** Answers `POST /token` for the grants a browser uses: password, refresh_token and pkce. */
export async function token(call: Call): Promise<Response> {
  const { auth, url, ip, body } = call;
  auth.limits.request('token', ip, auth.rules.refreshes);
  switch (url.searchParams.get('grant_type')) {
    case 'password':
      return json(await signInWithPassword(call));
    case 'refresh_token':
      return json(await refresh(call, text(body, 'refresh_token')));
    case 'pkce':
      return json(await signInWithCode(call));
    default:
      throw new AuthError(400, 'invalid_credentials', 'unsupported_grant_type');
  }
}

const wrong = () => new AuthError(400, 'invalid_credentials', 'Invalid login credentials');

async function signInWithPassword(call: Call) {
  const { auth, body } = call;
  if (text(body, 'phone')) throw new AuthError(422, 'phone_provider_disabled', 'Phone logins are disabled');
  if (!text(body, 'email')) throw invalid('missing email or phone');
  const password = text(body, 'password');
  const user = await userByEmail(auth.pool, text(body, 'email').trim().toLowerCase());
  const valid = await passwordMatches(user, password);
  if (!user) throw wrong();
  if (isBanned(auth, user)) throw new AuthError(400, 'user_banned', 'User is banned');
  await askAboutPassword(call, user, valid);
  if (!valid) throw wrong();
  if (!user.email_confirmed_at) throw new AuthError(400, 'email_not_confirmed', 'Email not confirmed');
  return { ...(await opened(call, user, 'password')), ...weakness(auth, password) };
}

const opened = (call: Call, user: UserRow, method: string) =>
  transaction(call.auth.pool, async (db) => {
    await record(call, db, 'login', user);
    return openSession(call, db, user, method);
  });

function weakness(auth: Auth, password: string): object {
  try {
    checkStrength(auth, password);
    return {};
  } catch (thrown) {
    const { message, more } = thrown as AuthError;
    return { weak_password: { message, ...(more['weak_password'] as object) } };
  }
}

// A transaction of its own: what the hook writes down about a failed attempt must outlive the refusal.
async function askAboutPassword({ auth, ip }: Call, user: UserRow, valid: boolean): Promise<void> {
  const metadata = { uuid: crypto.randomUUID(), time: auth.now(), name: 'password-verification', ip_address: ip };
  const answer = await transaction(auth.pool, (db) =>
    askHook(auth, db, 'password_verification_attempt', { metadata, user_id: user.id, valid }).catch(committed),
  );
  if (answer?.decision !== 'reject') return;
  if (answer.should_logout_user) await endSessions(auth.pool, user.id, 'global');
  throw new AuthError(
    400,
    'invalid_credentials',
    answer.message || 'Further password verification attempts will be rejected.',
  );
}

async function signInWithCode(call: Call) {
  const { auth, body } = call;
  return transaction(auth.pool, async (db) => {
    const flow = await redeemCode(auth, db, text(body, 'auth_code'), text(body, 'code_verifier'));
    const user = await reload(db, flow.user_id!);
    if (isBanned(auth, user)) throw new AuthError(403, 'user_banned', 'User is banned');
    await record(call, db, 'login', user);
    return openSession(call, db, user, flow.authentication_method);
  });
}

/** Whether an address may be given to an account: free, or the account's own. */
export async function refuseTakenEmail(db: Db | Auth['pool'], email: string, ownId?: string): Promise<void> {
  const other = await first<{ id: string }>(
    db,
    'select id from auth.users where lower(email) = $1 and not is_sso_user and id is distinct from $2',
    [emailOf(email), ownId ?? null],
  );
  if (!other) return;
  throw new AuthError(422, 'email_exists', 'A user with this email address has already been registered');
}
