import { createHash, createHmac } from 'node:crypto';
import { first, transaction } from './context.ts';
import type { Auth, Call, Db } from './context.ts';
import { AuthError, CommittedError } from './errors.ts';
import { accessToken, sessionById } from './tokens.ts';
import type { SessionRow } from './tokens.ts';
import { isBanned, reload, updateUser } from './users.ts';
import type { UserRow } from './users.ts';
import { userView } from './user-view.ts';

/** The answer that signs a person in. */
export type TokenReply = Record<string, unknown> & { access_token: string; refresh_token: string; expires_at: number };

interface RefreshRow {
  id: string;
  session_id: string;
  revoked: boolean;
  parent: string | null;
  updated_at: Date;
}

const hashed = (token: string): string => createHash('sha256').update(token).digest('hex');

// Derived from the row and the project's secret: only the hash is stored, and yet the token still valid can be given
// again to a tab that lost the race for it.
const plainToken = (auth: Auth, sessionId: string, rowId: string): string =>
  createHmac('sha256', auth.secret).update(`refresh:${sessionId}:${rowId}`).digest('base64url').slice(0, 24);

async function addRefreshToken(auth: Auth, db: Db, session: SessionRow, parent: string | null): Promise<string> {
  const row = await first<{ id: string }>(db, `select nextval('auth.refresh_tokens_id_seq')::text as id`, []);
  const token = plainToken(auth, session.id, row!.id);
  await db.query(
    `insert into auth.refresh_tokens (id, instance_id, token, user_id, revoked, created_at, updated_at, parent, session_id)
     values ($1, '00000000-0000-0000-0000-000000000000', $2, $3, false, $4, $4, $5, $6)`,
    [row!.id, hashed(token), session.user_id, auth.now(), parent, session.id],
  );
  return token;
}

/** Notes by what means a session was proven. */
export const addMethod = (auth: Auth, db: Db, sessionId: string, method: string): Promise<unknown> =>
  db.query(
    `insert into auth.mfa_amr_claims (id, session_id, created_at, updated_at, authentication_method)
     values (gen_random_uuid(), $1, $2, $2, $3)
     on conflict (session_id, authentication_method) do update set updated_at = $2`,
    [sessionId, auth.now(), method],
  );

async function reply(auth: Auth, db: Db, user: UserRow, session: SessionRow, refresh_token: string, method: string) {
  const { token, expires_at } = await accessToken(auth, db, user, session, method);
  return {
    access_token: token,
    token_type: 'bearer',
    expires_in: auth.rules.jwt_expiry,
    expires_at,
    refresh_token,
    user: await userView(db, user),
  } satisfies TokenReply;
}

/** Opens a session for a person who has just proven who they are by `method`. */
export async function openSession(call: Call, db: Db, user: UserRow, method: string): Promise<TokenReply> {
  const { auth } = call;
  const id = crypto.randomUUID();
  await db.query(
    `insert into auth.sessions (id, user_id, created_at, updated_at, aal, user_agent, ip)
     values ($1, $2, $3, $3, 'aal1', $4, $5)`,
    [id, user.id, auth.now(), call.request.headers.get('user-agent'), inet(call.ip)],
  );
  await addMethod(auth, db, id, method);
  const signedIn = await updateUser(auth, db, user.id, { last_sign_in_at: auth.now() });
  const session = (await sessionById(db, id))!;
  return reply(auth, db, signedIn, session, await addRefreshToken(auth, db, session, null), method);
}

/** An address as column type inet takes it, or null. */
export const inet = (ip: string): string | null => (/^[\d.]+$|^[\da-f:.]*:[\da-f:.]*$/i.test(ip) ? ip : null);

/** Raises a session to the second factor and hands out fresh tokens; weaker sessions of the account end. */
export async function raiseSession(call: Call, db: Db, user: UserRow, session: SessionRow, factorId: string) {
  const { auth } = call;
  await addMethod(auth, db, session.id, 'totp');
  await db.query(`update auth.sessions set aal = 'aal2', factor_id = $2, updated_at = $3 where id = $1`, [
    session.id,
    factorId,
    auth.now(),
  ]);
  await db.query(`delete from auth.sessions where user_id = $1 and aal < 'aal2'`, [user.id]);
  const active = await activeToken(db, session.id);
  if (active) await revoke(auth, db, active.token);
  const raised = (await sessionById(db, session.id))!;
  return reply(auth, db, user, raised, await addRefreshToken(auth, db, raised, active?.token ?? null), 'totp');
}

const activeToken = (db: Db, sessionId: string): Promise<(RefreshRow & { token: string }) | undefined> =>
  first<RefreshRow & { token: string }>(
    db,
    'select * from auth.refresh_tokens where session_id = $1 and not revoked order by id desc limit 1',
    [sessionId],
  );

const revoke = (auth: Auth, db: Db, token: string): Promise<unknown> =>
  db.query('update auth.refresh_tokens set revoked = true, updated_at = $2 where token = $1', [token, auth.now()]);

const refused = (code: string, why: string): AuthError => new AuthError(400, code, `Invalid Refresh Token: ${why}`);

/** Exchanges a refresh token for the next one; a token used twice outside the reuse interval ends its whole family. */
export async function refresh(call: Call, token: string): Promise<TokenReply> {
  if (!token)
    throw new AuthError(400, 'oauth', 'refresh_token required', {
      error: 'invalid_request',
      error_description: 'refresh_token required',
    });
  return transaction(call.auth.pool, async (db) => {
    const { session, user } = await lockedSession(call.auth, db, hashed(token));
    const next = await nextToken(call.auth, db, session, hashed(token));
    const renewed = await reply(call.auth, db, user, session, next, 'token_refresh');
    // Only now: the access-token hook judges idleness by the time before this refresh.
    await db.query(
      `update auth.sessions set refreshed_at = $2::timestamptz at time zone 'utc', updated_at = $2, user_agent = $3, ip = $4
       where id = $1`,
      [session.id, call.auth.now(), call.request.headers.get('user-agent'), inet(call.ip)],
    );
    return renewed;
  });
}

// The session is locked before its token is judged, so that two tabs take turns and the second sees what the first did.
async function lockedSession(auth: Auth, db: Db, hash: string): Promise<{ session: SessionRow; user: UserRow }> {
  const found = await first<{ session_id: string }>(db, 'select session_id from auth.refresh_tokens where token = $1', [
    hash,
  ]);
  if (!found) throw refused('refresh_token_not_found', 'Refresh Token Not Found');
  const session = await sessionById(db, found.session_id, true);
  if (!session) throw refused('session_not_found', 'No Valid Session Found');
  const user = await reload(db, session.user_id);
  if (isBanned(auth, user)) throw refused('user_banned', 'User Banned');
  const why = expiry(auth, session);
  if (why) throw refused('session_expired', why);
  return { session, user };
}

function expiry({ rules, now }: Auth, session: SessionRow): string | undefined {
  const time = now().getTime();
  const past = (from: Date, seconds: number) => seconds > 0 && time > from.getTime() + seconds * 1000;
  if (session.not_after && time > session.not_after.getTime()) return 'Session Expired';
  if (past(session.created_at, rules.timebox)) return 'Session Expired';
  if (past(session.refreshed_at ?? session.created_at, rules.inactivity)) return 'Session Expired (Inactivity)';
  return undefined;
}

async function nextToken(auth: Auth, db: Db, session: SessionRow, hash: string): Promise<string> {
  const row = await first<RefreshRow>(db, 'select * from auth.refresh_tokens where token = $1', [hash]);
  if (!row) throw refused('refresh_token_not_found', 'Refresh Token Not Found');
  if (row.revoked) {
    const active = await activeToken(db, session.id);
    if (active?.parent === hash) return plainToken(auth, session.id, active.id);
    if (auth.now().getTime() > row.updated_at.getTime() + auth.rules.reuse_interval * 1000)
      return endFamily(auth, db, session.id);
  } else if (auth.rules.rotation) await revoke(auth, db, hash);
  else return plainToken(auth, session.id, row.id);
  return addRefreshToken(auth, db, session, hash);
}

async function endFamily({ rules }: Auth, db: Db, sessionId: string): Promise<never> {
  if (rules.rotation)
    await db.query(
      `update auth.refresh_tokens set revoked = true, updated_at = 'epoch' where session_id = $1 and not revoked`,
      [sessionId],
    );
  throw new CommittedError(refused('refresh_token_already_used', 'Already Used'));
}

/** Ends sessions of an account: this one, all, or all others. */
export async function endSessions(db: Db | Auth['pool'], userId: string, scope: string, sessionId?: string) {
  const where: Record<string, string> = {
    local: 'id = $2',
    others: 'id is distinct from $2',
    global: '$2::uuid is null or true',
  };
  await db.query(`delete from auth.sessions where user_id = $1 and (${where[scope] ?? where['global']})`, [
    userId,
    sessionId ?? null,
  ]);
}
