import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { prepareDatabase, startPostgres } from '../postgres.ts';
import { isAlive } from './pidfile.ts';
import { withClient } from './prepare.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'cluster-'));
chmodSync(dataDir, 0o755);
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test('a server that was left behind is stopped, and its data opens again', async () => {
  const first = await startPostgres({ dataDir });
  await withClient(first.adminUrl, (db) => db.query('create table kept as select 42 as answer'));
  const second = await startPostgres({ dataDir });
  expect([first.fresh, second.fresh, isAlive(first.pid)]).toEqual([true, false, false]);
  const { rows } = await withClient(second.adminUrl, (db) => db.query('select answer from kept'));
  expect(rows).toEqual([{ answer: 42 }]);
  await second.stop();
  await first.stop();
  expect(isAlive(second.pid)).toBe(false);
});

test('a prepared database has the roles of hosted Supabase, and postgres is no superuser', async () => {
  const server = await startPostgres({ dataDir });
  await prepareDatabase(server.url);
  await prepareDatabase(server.url);
  const { rows } = await withClient(server.url, (db) =>
    db.query(`select rolname as name, rolsuper as super, rolbypassrls as bypass, rolcanlogin as login from pg_roles
      where rolname in ('anon', 'authenticated', 'service_role', 'authenticator', 'postgres') order by 1`),
  );
  await server.stop();
  expect(rows).toEqual([
    { name: 'anon', super: false, bypass: false, login: false },
    { name: 'authenticated', super: false, bypass: false, login: false },
    { name: 'authenticator', super: false, bypass: false, login: true },
    { name: 'postgres', super: false, bypass: true, login: true },
    { name: 'service_role', super: false, bypass: true, login: false },
  ]);
});
