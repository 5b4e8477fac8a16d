import { PGlite } from '@electric-sql/pglite';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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
}

/** What PostgREST tells the database about the caller. */
export const claimsOf = (userId: string): string => JSON.stringify({ sub: userId, role: 'authenticated' });

/** Postgres inside this process: hosted Supabase's ground, then every migration. */
export async function bootPglite(): Promise<SimDatabase> {
  const pg = await PGlite.create({ extensions: { pgcrypto, uuid_ossp } });
  // bootstrap.sql is written for the superuser of the embedded stack
  await pg.exec('create role supabase_admin superuser');
  for (const layer of LAYERS) await lay(pg, supabase(layer));
  for (const name of readdirSync(supabase('migrations')).sort()) await lay(pg, supabase(`migrations/${name}`));
  return {
    query: async (sql, params) => (await pg.query(sql, params)).rows as never,
    queryAs: (userId, sql, params) =>
      pg.transaction(async (tx) => {
        await tx.query(`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`, [
          claimsOf(userId),
        ]);
        return (await tx.query(sql, params)).rows as never;
      }),
    exec: async (sql) => void (await pg.exec(sql)),
    stop: () => pg.close(),
  };
}

async function lay(pg: PGlite, file: string): Promise<void> {
  try {
    await pg.exec(readFileSync(file, 'utf8'));
    await pg.exec('reset role; reset search_path');
  } catch (cause) {
    throw new Error(`${file}: ${(cause as Error).message}`, { cause });
  }
}
