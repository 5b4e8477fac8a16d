import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { migrate } from '../../local/migrator.ts';
import { prepareDatabase, startPostgres } from '../../local/postgres.ts';
import { withClient } from '../../local/postgres/prepare.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Boots an empty Postgres in a temporary directory, runs every migration and lends a connection to it. */
export async function withMigratedDatabase<T>(use: (client: pg.Client) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portal-gen-'));
  // The server may run under another account than ours.
  chmodSync(dataDir, 0o755);
  try {
    const server = await startPostgres({ dataDir });
    try {
      await prepareDatabase(server.adminUrl);
      await migrate(server.url, MIGRATIONS);
      return await withClient(server.url, use);
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
