import { PGlite } from '@electric-sql/pglite';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const supabase = (path: string) => fileURLToPath(new URL(`../../../supabase/${path}`, import.meta.url));
const LAYERS = [
  'local/bootstrap.sql',
  'local/auth/auth.sql',
  'local/storage/storage.sql',
  'local/realtime/realtime.sql',
];

/** Values by column name. */
export type Answer = Record<string, unknown>;

/** A database with our migrations, reached as its owner or as one of its people. */
export interface SimDatabase {
  /** Runs as the owner, past row-level security. */
  query<T = Answer>(sql: string, params?: unknown[]): Promise<T[]>;
  /** Runs as a signed-in person, in a transaction of its own. */
  queryAs<T = Answer>(userId: string, sql: string, params?: unknown[]): Promise<T[]>;
  exec(sql: string): Promise<void>;
  stop(): Promise<void>;
  /** Whether bigint comes as a text, as drivers over the wire do. */
  readonly bigintAsText?: boolean;
}

/** What PostgREST tells the database about the caller. */
export const claimsOf = (userId: string): string => JSON.stringify({ sub: userId, role: 'authenticated' });

/** Postgres inside this process: hosted Supabase's ground, then every migration. */
export async function bootPglite(): Promise<SimDatabase> {
  return overPglite(await migrated());
}

/** A mould for many databases of that kind: what comes out of it is twice as fast to make, and nobody else's. */
export async function mouldPglite(): Promise<() => Promise<SimDatabase>> {
  const model = await migrated();
  const loadDataDir = await model.dumpDataDir('none');
  await model.close();
  return async () => overPglite(await PGlite.create({ extensions: { pgcrypto, uuid_ossp }, loadDataDir }));
}

async function migrated(): Promise<PGlite> {
  const lite = await PGlite.create({ extensions: { pgcrypto, uuid_ossp } });
  // bootstrap.sql is written for the superuser of the embedded stack
  await lite.exec('create role supabase_admin superuser');
  for (const layer of LAYERS) await lay(lite, supabase(layer));
  for (const name of readdirSync(supabase('migrations')).sort()) await lay(lite, supabase(`migrations/${name}`));
  return lite;
}

function overPglite(lite: PGlite): SimDatabase {
  return {
    query: async (sql, params) => (await lite.query(sql, params)).rows as never,
    queryAs: (userId, sql, params) =>
      lite.transaction(async (tx) => {
        await tx.query(`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`, [
          claimsOf(userId),
        ]);
        return (await tx.query(sql, params)).rows as never;
      }),
    exec: async (sql) => void (await lite.exec(sql)),
    stop: () => lite.close(),
  };
}

async function lay(lite: PGlite, file: string): Promise<void> {
  try {
    await lite.exec(readFileSync(file, 'utf8'));
    await lite.exec('reset role; reset search_path');
  } catch (cause) {
    throw new Error(`${file}: ${(cause as Error).message}`, { cause });
  }
}

/** A running Postgres, over connections as PostgREST makes them. */
export function overPool(url: string, stopServer: () => Promise<void>): SimDatabase {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => undefined);
  return {
    bigintAsText: true,
    query: async (sql, params) => (await pool.query(sql, params)).rows as never,
    exec: async (sql) => void (await pool.query(sql)),
    queryAs: (userId, sql, params) => asPerson(pool, userId, (client) => client.query(sql, params)) as never,
    stop: async () => {
      await pool.end();
      await stopServer();
    },
  };
}

async function asPerson(
  pool: pg.Pool,
  userId: string,
  run: (client: pg.PoolClient) => Promise<{ rows: unknown[] }>,
): Promise<unknown[]> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`, [
      claimsOf(userId),
    ]);
    const { rows } = await run(client);
    await client.query('commit');
    return rows;
  } catch (thrown) {
    await client.query('rollback');
    throw thrown;
  } finally {
    client.release();
  }
}
