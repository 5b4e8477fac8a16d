import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startStack } from '../supabase/local/stack.ts';
import { report, timed } from './figures.ts';

const HUNDRED = 100;

/** What a pull costs the server under row-level security: of nothing, of a hundred changed rows, and the first page; and the empty query as the limit. */
export async function bench(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-pull-'));
  const stack = await startStack({ port: 54396, dataDir, seed: true, quiet: true });
  const owner = new pg.Client(stack.dbUrl);
  await owner.connect();
  try {
    await measure(owner);
  } finally {
    await owner.end();
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(db: pg.Client): Promise<void> {
  const desk = await deskMember(db);
  await actAs(db, desk);
  const pull = async (cursor: unknown, rows = 5_000) =>
    (
      await db.query<{ r: { c: unknown; m: boolean } }>('select public.sync_pull($1, $2) r', [
        JSON.stringify(cursor),
        rows,
      ])
    ).rows[0]!.r;
  let reply = await pull({});
  while (reply.m) reply = await pull(reply.c);
  const home = reply.c;
  report('limit: select 1', await timed(200, () => db.query('select 1'), 20));
  report('pull of nothing', await timed(200, () => pull(home), 20));
  report('first page of 500 rows', await timed(50, () => pull({}, 500), 5));
  await db.query('reset role');
  await db.query(
    `update public.expenses set notes = 'bench' where id in (select id from public.expenses limit ${HUNDRED})`,
  );
  await actAs(db, desk);
  report(`pull of ${HUNDRED} changed rows`, await timed(50, () => pull(home), 5));
}

/** Somebody who reads every claim of their organisation. */
async function deskMember(db: pg.Client): Promise<string> {
  const found = await db.query<{ user_id: string }>(
    `select user_id from public.membership_roles where role = 'finance_director' order by id limit 1`,
  );
  return found.rows[0]!.user_id;
}

async function actAs(db: pg.Client, user: string): Promise<void> {
  const claims = JSON.stringify({ sub: user, role: 'authenticated' });
  await db.query(`select set_config('request.jwt.claims', $1, false)`, [claims]);
  await db.query('set role authenticated');
}
