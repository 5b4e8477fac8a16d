import type pg from 'pg';
import { AuthError } from './errors.ts';
import type { AuthConfig, Rules } from './config.ts';
import type { Limits } from './limits.ts';

/** A mail as the mail catcher (or SMTP) takes it. */
export interface Mail {
  to: string;
  subject: string;
  html: string;
  text: string;
}

/** Where an OpenID Connect provider answers; tests point these at a fake. */
export interface ProviderEndpoints {
  authorize: string;
  token: string;
  userinfo: string;
}

/** What the stack hands to the auth service. */
export interface AuthDeps {
  pool: pg.Pool;
  jwtSecret: string;
  config: AuthConfig;
  siteUrl: string;
  externalUrl: string;
  sendMail(mail: Mail): Promise<void>;
  clock?: () => Date;
  fetch?: typeof fetch;
  providers?: Readonly<Record<string, ProviderEndpoints>>;
}

/** The running service: its rules, its clock and its doors to the outside. */
export interface Auth {
  pool: pg.Pool;
  secret: Uint8Array;
  rules: Rules;
  siteUrl: string;
  /** `https://…/auth/v1`, the issuer of tokens and the root of mailed links. */
  baseUrl: string;
  sendMail: (mail: Mail) => Promise<void>;
  now: () => Date;
  fetch: typeof fetch;
  providers: Readonly<Record<string, ProviderEndpoints>>;
  limits: Limits;
}

/** One request with its body read. */
export interface Call {
  auth: Auth;
  request: Request;
  url: URL;
  ip: string;
  body: Readonly<Record<string, unknown>>;
}

/** A connection inside a transaction. */
export type Db = pg.PoolClient;

/** Runs work in one transaction; anything thrown undoes it, except a committed refusal. */
export async function transaction<T>(pool: pg.Pool, work: (db: Db) => Promise<T>): Promise<T> {
  const db = await pool.connect();
  try {
    await db.query('begin');
    const result = await work(db);
    await db.query('commit');
    return result;
  } catch (thrown) {
    await db.query(isCommitted(thrown) ? 'commit' : 'rollback').catch(() => undefined);
    throw thrown;
  } finally {
    db.release();
  }
}

const isCommitted = (thrown: unknown): boolean => thrown instanceof Error && 'refusal' in thrown;

/** The first row of a query, if any. */
export async function first<T extends pg.QueryResultRow>(
  db: pg.Pool | Db,
  sql: string,
  values: readonly unknown[],
): Promise<T | undefined> {
  return (await db.query<T>(sql, [...values])).rows[0];
}

/** A text field of the body, or the empty string. */
export const text = (body: Call['body'], name: string): string => {
  const value = body[name];
  return typeof value === 'string' ? value : '';
};

/** An object field of the body, if it is one. */
export const fields = (body: Call['body'], name: string): Record<string, unknown> | undefined => {
  const value = body[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
};

/** An e-mail address in its one stored form; refuses what cannot be one. */
export function emailOf(value: string): string {
  const email = value.trim().toLowerCase();
  if (email.length <= 255 && /^[^\s@"(),:;<>[\]\\]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email)) return email;
  throw new AuthError(400, 'validation_failed', 'Unable to validate email address: invalid format');
}

/** Leaves a line in Supabase Auth's own audit log. */
export async function record(call: Call, db: Db, action: string, actor: { id: string; email: string | null }) {
  const payload = { action, actor_id: actor.id, actor_username: actor.email, log_type: 'account', traits: {} };
  await db.query(
    'insert into auth.audit_log_entries (id, payload, created_at, ip_address) values (gen_random_uuid(), $1, $2, $3)',
    [JSON.stringify(payload), call.auth.now(), call.ip],
  );
}
