import { SignJWT, jwtVerify } from 'jose';
import { first } from './context.ts';
import type { Auth, Call, Db } from './context.ts';
import { AuthError } from './errors.ts';
import { askHook } from './hooks.ts';
import { userById } from './users.ts';
import type { UserRow } from './users.ts';

/** A row of auth.sessions. */
export interface SessionRow {
  id: string;
  user_id: string;
  created_at: Date;
  refreshed_at: Date | null;
  not_after: Date | null;
  factor_id: string | null;
  aal: 'aal1' | 'aal2' | 'aal3';
}

/** Who asks, proven by the access token of a session that still exists. */
export interface Caller {
  user: UserRow;
  session: SessionRow | undefined;
}

const sessionColumns = `id, user_id, created_at, not_after, factor_id, aal::text,
  refreshed_at at time zone 'utc' as refreshed_at`;

/** Finds a session; `lock` holds it until the transaction ends. */
export const sessionById = (db: Auth['pool'] | Db, id: string, lock = false): Promise<SessionRow | undefined> =>
  first<SessionRow>(db, `select ${sessionColumns} from auth.sessions where id = $1${lock ? ' for update' : ''}`, [id]);

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

async function methodsOf(db: Db, sessionId: string): Promise<{ method: string; timestamp: number }[]> {
  const { rows } = await db.query<{ authentication_method: string; updated_at: Date }>(
    'select authentication_method, updated_at from auth.mfa_amr_claims where session_id = $1 order by updated_at desc',
    [sessionId],
  );
  return rows.map((row) => ({ method: row.authentication_method, timestamp: seconds(row.updated_at) }));
}

/** Signs an access token for a session, after the access-token hook has had its say about the claims. */
export async function accessToken(auth: Auth, db: Db, user: UserRow, session: SessionRow, method: string) {
  const issued = seconds(auth.now());
  const expires_at = issued + auth.rules.jwt_expiry;
  const claims = {
    iss: auth.baseUrl,
    sub: user.id,
    aud: user.aud,
    exp: expires_at,
    iat: issued,
    email: user.email ?? '',
    phone: user.phone ?? '',
    app_metadata: user.raw_app_meta_data ?? {},
    user_metadata: user.raw_user_meta_data ?? {},
    role: user.role,
    aal: session.aal,
    amr: await methodsOf(db, session.id),
    session_id: session.id,
    is_anonymous: user.is_anonymous,
  };
  const event = { user_id: user.id, claims, authentication_method: method };
  const output = await askHook(auth, db, 'custom_access_token', event);
  return { token: await sign(auth, checkedClaims(claims, output?.claims)), expires_at };
}

const checkedClaims = (claims: Record<string, unknown>, changed: Record<string, unknown> | undefined) => {
  if (!changed) return claims;
  const missing = ['aud', 'exp', 'iat', 'sub', 'email', 'phone', 'role', 'aal', 'session_id', 'is_anonymous'].filter(
    (name) => !(name in changed),
  );
  if (!missing.length) return changed;
  throw new AuthError(
    500,
    'unexpected_failure',
    `output claims do not conform to the expected schema: ${missing.join()}`,
  );
};

/** Signs any claims with the project's secret. */
export const sign = (auth: Auth, claims: Record<string, unknown>): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(auth.secret);

/** Reads claims that this project signed and that have not expired; throws jose's error otherwise. */
export const readToken = async (auth: Auth, token: string): Promise<Record<string, unknown>> =>
  (await jwtVerify(token, auth.secret, { algorithms: ['HS256'], currentDate: auth.now() })).payload;

async function claimsOf({ auth, request }: Call): Promise<Record<string, unknown>> {
  const [, token] = /^bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (!token) throw new AuthError(401, 'no_authorization', 'This endpoint requires a valid Bearer token');
  return readToken(auth, token).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : 'unreadable';
    throw new AuthError(403, 'bad_jwt', `invalid JWT: unable to parse or verify signature, ${why}`);
  });
}

const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);

/** Finds who is asking; a token whose session was ended is refused although it has not expired. */
export async function callerOf(call: Call): Promise<Caller> {
  const { pool } = call.auth;
  const claims = await claimsOf(call);
  if (!isUuid(claims['sub'])) throw new AuthError(403, 'bad_jwt', 'invalid claim: missing sub claim');
  const user = await userById(pool, claims['sub']);
  if (!user || user.deleted_at) throw new AuthError(403, 'user_not_found', 'User from sub claim in JWT does not exist');
  if (!isUuid(claims['session_id'])) return { user, session: undefined };
  const session = await sessionById(pool, claims['session_id']);
  if (session) return { user, session };
  throw new AuthError(403, 'session_not_found', 'Session from session_id claim in JWT does not exist');
}

/** Refuses everyone but the holder of the service key. */
export async function requireAdmin(call: Call): Promise<void> {
  const { role } = await claimsOf(call);
  if (role === 'service_role' || role === 'supabase_admin') return;
  throw new AuthError(403, 'not_admin', 'User not allowed');
}

/** Reads an id from a path; refuses what is not a UUID. */
export function uuidOf(value: string | undefined, name: string): string {
  if (isUuid(value)) return value;
  throw new AuthError(404, 'validation_failed', `${name} must be an UUID`);
}
