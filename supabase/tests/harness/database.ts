import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../../local/migrator.ts';
import { prepareDatabase, startPostgres } from '../../local/postgres.ts';
import { withClient } from '../../local/postgres/prepare.ts';
import { pgtapSource } from './pgtap-source.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A throw-away server with hosted Supabase's roles, every migration, pgTAP (schema `tap`) and the helpers (schema `tests`). */
export interface TestDatabase {
  url: string;
  stop(): Promise<void>;
}

/** Boots a Postgres in a temporary directory and brings it to the newest migration; `stop` leaves nothing behind. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portal-tests-'));
  // Started by root, the server runs under another account, which must be able to enter.
  chmodSync(dataDir, 0o755);
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const server = await startPostgres({ dataDir });
    await equip(server.url).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    return { url: server.url, stop: () => server.stop().then(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

async function equip(url: string): Promise<void> {
  await prepareDatabase(url);
  await migrate(url, here('../../migrations'));
  await installTestKit(url);
}

/** Adds pgTAP and the helpers to a migrated database; safe to repeat. */
export function installTestKit(url: string): Promise<void> {
  return withClient(url, async (client) => {
    await client.query('drop schema if exists tap cascade; create schema tap; set search_path = tap, public');
    await client.query(pgtapSource());
    await client.query(readFileSync(here('helpers.sql'), 'utf8'));
  });
}
