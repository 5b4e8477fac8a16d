import { emailOf, record, text, transaction } from './context.ts';
import type { Auth, Call, Db } from './context.ts';
import { AuthError, errorRedirect, invalid, json, redirect } from './errors.ts';
import { issueAuthCode } from './flow-state.ts';
import { redirectTarget } from './links.ts';
import { codeHash, findToken, spendTokens, tokenTypes } from './one-time.ts';
import type { FoundToken } from './one-time.ts';
import { openSession } from './sessions.ts';
import { refuseTakenEmail } from './sign-in.ts';
import { confirmUser, isBanned, reload, updateUser } from './users.ts';
import type { UserRow } from './users.ts';

const halfway = 'Confirmation link accepted. Please proceed to confirm link sent to the other email';

const typesOf = (type: string) => {
  const types = tokenTypes[type];
  if (types) return types;
  throw invalid(type ? 'Invalid email verification type' : 'Verify requires a verification type');
};

/** Uses a token up and does what it was mailed for; undefined when the other address must still agree. */
async function redeem(call: Call, db: Db, found: FoundToken): Promise<UserRow | undefined> {
  const { auth } = call;
  const user = await reload(db, found.user_id);
  if (isBanned(auth, user)) throw new AuthError(403, 'user_banned', 'User is banned');
  if (found.token_type.startsWith('email_change')) return changeEmail(auth, db, user, found);
  await spendTokens(db, user.id, [found.token_type]);
  await record(call, db, user.email_confirmed_at ? 'login' : 'user_signedup', user);
  return user.email_confirmed_at ? user : confirmUser(auth, db, user);
}

async function changeEmail(auth: Auth, db: Db, user: UserRow, found: FoundToken): Promise<UserRow | undefined> {
  const both = auth.rules.double_confirm_changes && user.email && user.email_change_confirm_status === 0;
  if (both) {
    await spendTokens(db, user.id, [found.token_type]);
    await updateUser(auth, db, user.id, { email_change_confirm_status: 1 });
    return undefined;
  }
  const email = emailOf(user.email_change ?? '');
  await refuseTakenEmail(db, email, user.id);
  await spendTokens(db, user.id, ['email_change_token_new', 'email_change_token_current']);
  await db.query(
    `update auth.identities set identity_data = identity_data || jsonb_build_object('email', $2::text, 'email_verified', true)
     where user_id = $1 and provider = 'email'`,
    [user.id, email],
  );
  const changed = { email, email_change: '', email_change_sent_at: null, email_change_confirm_status: 0 };
  return updateUser(auth, db, user.id, { ...changed, email_confirmed_at: user.email_confirmed_at ?? auth.now() });
}

function wantedHash({ body }: Call): { hash: string; message: string } {
  const tokenHash = text(body, 'token_hash');
  if (tokenHash) {
    if (text(body, 'token') || text(body, 'email')) throw invalid('Only the token_hash and type should be provided');
    return { hash: tokenHash, message: 'Email link is invalid or has expired' };
  }
  if (!text(body, 'token')) throw invalid('Verify requires either a token or a token hash');
  if (!text(body, 'email')) throw invalid('Only an email address or phone number should be provided on verify');
  const hash = codeHash(emailOf(text(body, 'email')), text(body, 'token').replaceAll('-', ''));
  return { hash, message: 'Token has expired or is invalid' };
}

/** Answers `POST /verify`: a typed code with its address, or the hash of a mailed link. */
export async function verifyPost(call: Call): Promise<Response> {
  const { auth, body } = call;
  const types = typesOf(text(body, 'type'));
  const { hash, message } = wantedHash(call);
  return transaction(auth.pool, async (db) => {
    const found = await findToken(auth, db, types, hash);
    if (!found) throw new AuthError(403, 'otp_expired', message);
    const user = await redeem(call, db, found);
    return json(user ? await openSession(call, db, user, 'otp') : { msg: halfway, code: '200' });
  });
}

/** Answers a click on a mailed link: back to the app with tokens in the fragment, or with a PKCE code. */
export async function verifyGet(call: Call): Promise<Response> {
  const { auth, url } = call;
  const token = url.searchParams.get('token') ?? '';
  const type = url.searchParams.get('type') ?? '';
  const to = redirectTarget(call);
  if (!token) throw invalid('Verify requires a token or a token hash');
  const types = typesOf(type);
  const pkce = token.startsWith('pkce_');
  try {
    return await transaction(auth.pool, async (db) => {
      const found = await findToken(auth, db, types, token);
      if (!found) throw new AuthError(403, 'otp_expired', 'Email link is invalid or has expired');
      const user = await redeem(call, db, found);
      if (!user) return redirect(withMessage(to));
      return redirect(pkce ? await withCode(auth, db, user, to) : await withTokens(call, db, user, to, type));
    });
  } catch (thrown) {
    return errorRedirect(thrown, to, pkce);
  }
}

const withMessage = (to: string): string =>
  `${to.replace(/#.*$/, '')}#${new URLSearchParams({ message: halfway }).toString()}`;

async function withCode(auth: Auth, db: Db, user: UserRow, to: string): Promise<string> {
  const target = new URL(to);
  target.searchParams.set('code', await issueAuthCode(auth, db, { user_id: user.id }));
  return target.toString();
}

async function withTokens(call: Call, db: Db, user: UserRow, to: string, type: string): Promise<string> {
  return tokenUrl(await openSession(call, db, user, 'otp'), to, { type });
}

/** An address of the app that carries a new session in its fragment, as the implicit flow does. */
export function tokenUrl(session: Record<string, unknown>, to: string, more: Record<string, string>): string {
  const names = ['access_token', 'expires_at', 'expires_in', 'refresh_token', 'token_type'];
  const words = new URLSearchParams(names.map((name) => [name, String(session[name])]));
  for (const [name, value] of Object.entries(more)) words.set(name, value);
  return `${to.replace(/#.*$/, '')}#${words.toString()}`;
}
