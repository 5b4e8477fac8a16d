import { jwtVerify } from 'jose';
import type pg from 'pg';

/** What a token says about its bearer. */
export type Claims = Readonly<Record<string, unknown>> & { role: string; exp?: number };

/** What a bearer may do on one private topic. */
export interface Policies {
  broadcast: { read: boolean; write: boolean };
  presence: { read: boolean; write: boolean };
}

/** What everyone may do on a public topic. */
export const everything: Policies = {
  broadcast: { read: true, write: true },
  presence: { read: true, write: true },
};

/** What is allowed when the question could not be answered. */
export const nothing: Policies = {
  broadcast: { read: false, write: false },
  presence: { read: false, write: false },
};

const roles = new Set(['anon', 'authenticated', 'service_role']);

/** Reads a token that this project signed; throws a sentence when it is forged, expired or for no known role. */
export async function readClaims(token: string, secret: Uint8Array, now: Date): Promise<Claims> {
  const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'], currentDate: now }).catch(
    (cause: unknown) => {
      throw new Error(refusal(cause, now));
    },
  );
  if (typeof payload['role'] === 'string' && roles.has(payload['role'])) return payload as Claims;
  throw new Error('Fields `role` and `exp` are required in JWT');
}

function refusal(cause: unknown, now: Date): string {
  if (!(cause instanceof Error) || !('code' in cause) || cause.code !== 'ERR_JWT_EXPIRED')
    return 'The token provided is not a valid JWT';
  const { exp = 0 } = (cause as unknown as { payload: { exp?: number } }).payload;
  return `Token has expired ${Math.max(0, Math.floor(now.getTime() / 1000) - exp)} seconds ago`;
}

const settings = (claims: Claims, topic: string): [string, string][] => [
  ['role', claims.role],
  ['realtime.topic', topic],
  ['request.jwt.claims', JSON.stringify(claims)],
  ['request.jwt.claim.sub', typeof claims['sub'] === 'string' ? claims['sub'] : ''],
  ['request.jwt.claim.role', claims.role],
];

/**
 * Asks the row security of realtime.messages, as the bearer and with realtime.topic() set: who may select may receive,
 * who may insert may send. Everything tried is undone.
 */
export async function policiesFor(pool: pg.Pool, claims: Claims, topic: string): Promise<Policies> {
  const db = await pool.connect();
  try {
    await db.query('begin');
    const probes = await plantProbes(db, topic);
    for (const setting of settings(claims, topic)) await db.query('select set_config($1, $2, true)', setting);
    const readable = await visible(db, probes);
    const writable = [await canInsert(db, topic, 'broadcast'), await canInsert(db, topic, 'presence')];
    return {
      broadcast: { read: readable.has('broadcast'), write: writable[0]! },
      presence: { read: readable.has('presence'), write: writable[1]! },
    };
  } finally {
    await db.query('rollback').catch(() => undefined);
    db.release();
  }
}

async function plantProbes(db: pg.PoolClient, topic: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `insert into realtime.messages (topic, extension, private) values ($1, 'broadcast', true), ($1, 'presence', true)
     returning id`,
    [topic],
  );
  return rows.map(({ id }) => id);
}

// A policy that raises refuses; the savepoint keeps the transaction usable for the next question.
async function attempt<T>(db: pg.PoolClient, work: () => Promise<T>): Promise<T | undefined> {
  await db.query('savepoint attempt');
  try {
    return await work();
  } catch {
    return undefined;
  } finally {
    await db.query('rollback to savepoint attempt');
  }
}

async function visible(db: pg.PoolClient, probes: string[]): Promise<Set<string>> {
  const sql = 'select extension from realtime.messages where id = any($1)';
  const result = await attempt(db, () => db.query<{ extension: string }>(sql, [probes]));
  return new Set(result?.rows.map(({ extension }) => extension));
}

async function canInsert(db: pg.PoolClient, topic: string, extension: string): Promise<boolean> {
  const sql = 'insert into realtime.messages (topic, extension, private) values ($1, $2, true)';
  return (await attempt(db, () => db.query(sql, [topic, extension]))) !== undefined;
}
