import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { SupabaseClient } from '@supabase/supabase-js';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keysOf } from '../keys.ts';
import { freePort, isFree } from '../ports.ts';
import { isAlive } from '../postgres/pidfile.ts';
import { cli, endProcess, newDataDir, removeDataDir, type StackProcess, startProcess, until } from './process.ts';

// About our own process, so they say nothing of another Supabase.
const foreign = Boolean(process.env['CONFORMANCE_URL']);
const COLD = 6_000;
const WARM = 3_000;

describe.skipIf(foreign)('the embedded stack as a process', () => {
  const dataDir = newDataDir();
  let stack: StackProcess;

  beforeAll(async () => {
    stack = await startProcess(dataDir);
  });

  afterAll(async () => {
    if (stack.child.exitCode === null) await endProcess(stack);
    removeDataDir(dataDir);
  });

  test('starts cold within six seconds', () => {
    console.log(`cold start ${Math.round(stack.took)} ms`, /Ready in .*/.exec(stack.output())?.[0]);
    expect(stack.took).toBeLessThan(COLD);
  });

  test('says where everything is and how to stop', () => {
    const said = stack.output();
    for (const words of ['App ', '/mail', 'Database', 'anon key', 'Ctrl-C']) expect(said).toContain(words);
  });

  test('a second start says that one runs, and where', async () => {
    const { code, output } = await cli(['start', '--data-dir', dataDir, '--port', String(await freePort())]).ended;
    expect(code).toBe(1);
    expect(output).toContain(`already running at ${stack.url}`);
    expect(output).toContain('Ctrl-C');
    expect((await stack.client().from('notes').select()).status).toBe(200);
  });

  test('status finds it', async () => {
    const { code, output } = await cli(['status', '--data-dir', dataDir]).ended;
    expect([code, output.includes(stack.url)]).toEqual([0, true]);
  });

  test('what was acknowledged survives kill -9', async () => {
    const acknowledged = await writeUntilKilled(stack);
    const postgres = stack.postgres();
    expect(acknowledged.length).toBeGreaterThan(20);
    await until(() => !isAlive(postgres));
    stack = await startProcess(dataDir);
    const { data } = await stack.client().from('notes').select('id').limit(1000);
    const found = new Set(data?.map(({ id }) => id));
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
    const file = await stack.client().storage.from('kept').download('before.txt');
    expect(await file.data?.text()).toBe('written before the kill');
  });

  test('sessions survive too: the keys stay', async () => {
    const before = keysOf(dataDir).anonKey;
    await endProcess(stack);
    stack = await startProcess(dataDir);
    expect(keysOf(dataDir).anonKey).toBe(before);
    expect(
      (readFileSync(join(dataDir, 'keys.json')), process.platform === 'win32') || modeOf(join(dataDir, 'keys.json')),
    ).toBe('600');
  });

  test('starts warm within three seconds', () => {
    console.log(`warm start ${Math.round(stack.took)} ms`, /Ready in .*/.exec(stack.output())?.[0]);
    expect(stack.took).toBeLessThan(WARM);
  });

  test('Postgres syncs every commit to disk', async () => {
    const db = new pg.Client(/postgresql:\S+/.exec(stack.output())![0]);
    await db.connect();
    const { rows } = await db.query(`select current_setting('fsync') f, current_setting('synchronous_commit') s`);
    await db.end();
    expect(rows).toEqual([{ f: 'on', s: 'on' }]);
  });

  test('migrations are recorded where the Supabase CLI looks', async () => {
    const db = new pg.Client(/postgresql:\S+/.exec(stack.output())![0]);
    await db.connect();
    const { rows } = await db.query('select version, name from supabase_migrations.schema_migrations');
    await db.end();
    expect(rows).toEqual([{ version: '20260101000100', name: 'notes' }]);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s leaves nothing running', async (signal) => {
    await fetch(`${stack.url}/functions/v1/health`);
    await listening(stack.client());
    const [postgres, own] = [stack.postgres(), stack.child.pid!];
    const port = Number(new URL(stack.url).port);
    stack.child.kill(signal);
    const { code } = await stack.ended;
    expect(code).toBe(0);
    expect([isAlive(own), isAlive(postgres)]).toEqual([false, false]);
    await until(async () => (await isFree(port)) && !mentions(dataDir));
    expect(existsSync(join(dataDir, 'stack.json'))).toBe(false);
    stack = await startProcess(dataDir);
  });

  test('stop ends it from another terminal', async () => {
    const { code, output } = await cli(['stop', '--data-dir', dataDir]).ended;
    expect([code, output.trim()]).toEqual([0, 'Stopped.']);
    await stack.ended;
    expect((await cli(['status', '--data-dir', dataDir]).ended).code).toBe(3);
    stack = await startProcess(dataDir);
  });

  test('reset forgets everything', async () => {
    await stack.client().from('notes').insert({ id: 5000, body: 'forget me' });
    expect((await cli(['reset', '--data-dir', dataDir]).ended).code).toBe(0);
    expect(existsSync(dataDir)).toBe(false);
    stack = await startProcess(dataDir);
    expect((await stack.client().from('notes').select()).data).toEqual([]);
  });
});

describe.skipIf(foreign)('a start that cannot succeed', () => {
  test('names the busy port and what to do', async () => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, resolve));
    const dataDir = newDataDir();
    const { code, output } = await cli(['start', '--port', String(port), '--data-dir', dataDir]).ended;
    other.close();
    removeDataDir(dataDir);
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} is in use`);
    expect(output).toContain('--port');
  });

  test('Ctrl-C in the middle of it leaves nothing running', async () => {
    const dataDir = newDataDir();
    const { child, ended } = cli(['start', '--port', String(await freePort()), '--data-dir', dataDir]);
    await until(() => existsSync(join(dataDir, 'postgres/postmaster.pid')));
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    await until(() => !mentions(dataDir));
    removeDataDir(dataDir);
  });

  test('names the migration and the line, and leaves nothing running', async () => {
    const dataDir = newDataDir();
    writeFileSync(join(dataDir, '1_broken.sql'), 'create table a (id int);\nselect no_such_function();\n');
    const port = String(await freePort());
    const { code, output } = await cli(['start', '--port', port, '--data-dir', dataDir, '--migrations', dataDir]).ended;
    const left = mentions(dataDir);
    removeDataDir(dataDir);
    expect([code, left]).toEqual([1, false]);
    expect(output).toContain('1_broken.sql:2: function no_such_function() does not exist');
  });
});

/** Writes one row after another and ends the process without warning in the middle; returns the ids that were acknowledged. */
async function writeUntilKilled(stack: StackProcess): Promise<number[]> {
  const client = stack.client();
  await client.storage.from('kept').upload('before.txt', new Blob(['written before the kill']));
  const acknowledged: number[] = [];
  const alive = () => stack.child.exitCode === null && stack.child.signalCode === null;
  const writers = [0, 1, 2].map(async (writer) => {
    for (let at = 0; alive(); at += 1) {
      const id = writer * 300 + at;
      const { error } = await client.from('notes').insert({ id, body: `note ${id}` });
      if (!error) acknowledged.push(id);
    }
  });
  await until(() => acknowledged.length > 60);
  stack.child.kill('SIGKILL');
  await stack.ended;
  await Promise.all(writers);
  return acknowledged;
}

/** An open web socket must not hold the stack back. */
function listening(client: SupabaseClient): Promise<void> {
  return new Promise((resolve) => {
    client.channel('open').subscribe((status) => {
      if (status === 'SUBSCRIBED') resolve();
    });
  });
}

const modeOf = (file: string): string => (spawnSync('stat', ['-c', '%a', file]).stdout ?? '').toString().trim();

/** Whether any process still works on a data directory. */
function mentions(dataDir: string): boolean {
  return spawnSync('ps', ['-eo', 'args']).stdout.toString().includes(dataDir);
}
