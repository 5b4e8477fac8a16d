import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { freePort } from '../supabase/local/ports.ts';
import { asAdmin } from '../supabase/local/postgres/prepare.ts';
import { startStack } from '../supabase/local/stack.ts';
import { percentile, report, timed } from './figures.ts';
import { conclude, type BenchOptions } from './record.ts';
import { seedOrganization, type Organization } from './seed.ts';
import { actAs } from './stage.ts';
import type { Goal, Line } from './table.ts';

const PAGE = 5_000;
const CHANGED = 500;
const DEVICES = 4;
const BATCH = 100;
const PLAN = fileURLToPath(new URL('./recorded-plan.txt', import.meta.url));

/** What the sync functions cost the server in a large organisation, under row-level security, beside the least a database could do. */
export async function bench(options: BenchOptions): Promise<boolean> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-server-'));
  const stack = await startStack({ port: await freePort(54396), dataDir, quiet: true });
  const db = new pg.Client(asAdmin(stack.dbUrl));
  await db.connect();
  try {
    const organization = await seedOrganization(db, 'large', options.quick ? 50_000 : 500_000);
    await db.query('vacuum analyze sync.head, public.expenses');
    const { rows } = await db.query<{ n: number }>('select count(*)::int n from sync.head');
    console.log(`  ${rows[0]!.n.toLocaleString('en')} rows in the head map`);
    const lines = [...(await pulls(db, organization, options)), await pushes(stack.dbUrl, organization)];
    return conclude('server', lines, options);
  } finally {
    await db.end();
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Pulled {
  c: unknown;
  m: boolean;
}

const line = (name: string, unit: string, ours: number, limit: number, ...goals: Goal[]): Line => ({
  name,
  unit,
  figures: { ours, limit },
  goals,
});
const atMost = (most: number): Goal => ({ than: 'nothing', most });

async function pulls(db: pg.Client, organization: Organization, options: BenchOptions): Promise<Line[]> {
  const { organization_id, user_id } = organization;
  const pull = async (cursor: unknown, rows = PAGE): Promise<Pulled> => {
    const { rows: found } = await db.query<{ r: Pulled }>('select public.sync_pull($1, $2) r', [
      JSON.stringify(cursor),
      rows,
    ]);
    return found[0]!.r;
  };
  await actAs(db, user_id);
  const home = await upToDate(db, pull);
  const one = await timed(200, () => db.query('select 1'), 20);
  const nothing = await timed(200, () => pull(home), 20);
  const first = await timed(10, () => pull({}), 2);
  const naive = await timed(10, () => db.query(NAIVE_PAGE, [organization_id, PAGE]), 2);
  const plans = [`pull of nothing\n\n${await plansOf(db, () => pull(home))}`];
  await db.query('reset role');
  await db.query(
    `update public.expenses set notes = 'changed' where id in (select id from public.expenses where organization_id = $1 limit $2)`,
    [organization_id, CHANGED],
  );
  await actAs(db, user_id);
  const changed = await timed(30, () => pull(home), 3);
  const least = await timed(30, () => db.query(NAIVE_PAGE, [organization_id, CHANGED]), 3);
  plans.push(`pull of ${CHANGED} changed rows\n\n${await plansOf(db, () => pull(home))}`);
  plans.push(`first page of ${PAGE}\n\n${await plansOf(db, () => pull({}))}`);
  await db.query('reset role');
  showPlans(plans, options);
  report('select 1', one);
  report('pull of nothing', nothing);
  report(`pull of ${CHANGED} changed rows`, changed);
  report(`first page of ${PAGE.toLocaleString('en')}`, first);
  return [
    line('pull of nothing, p95', 'ms', percentile(nothing, 0.95), percentile(one, 0.95), atMost(1)),
    line('pull of nothing', 'ms', percentile(nothing, 0.5), percentile(one, 0.5), atMost(1)),
    line(`pull of ${CHANGED} changed rows`, 'ms', percentile(changed, 0.5), percentile(least, 0.5), atMost(25)),
    line(`first page of ${PAGE.toLocaleString('en')}`, 'ms', percentile(first, 0.5), percentile(naive, 0.5)),
  ];
}

/** The same number of rows as JSON under the same policies, with nothing that knows what changed. */
const NAIVE_PAGE = `select json_agg(e) from (select * from public.expenses where organization_id = $1 limit $2) e`;

/** A cursor that has everything: told by the server after one page, with the rest skipped as a device never could. */
async function upToDate(db: pg.Client, pull: (cursor: unknown, rows?: number) => Promise<Pulled>): Promise<unknown> {
  const { c } = await pull({}, 1);
  const cursor = c as { e: string; s: Record<string, { o: string; v: string }> };
  const { rows } = await db.query<{ s: Record<string, unknown> }>(
    `select jsonb_object_agg(m.scope, jsonb_build_object('o', m.organization_id, 'v', m.lens, 'b', pg_current_snapshot())) s from sync.my_scopes() m`,
  );
  return { e: cursor.e, s: rows[0]!.s };
}

/** The plans of the statements inside sync_pull, as Postgres itself logs them while they run. */
async function plansOf(db: pg.Client, work: () => Promise<unknown>): Promise<string> {
  const notes: string[] = [];
  const listen = ({ message }: { message?: string | undefined }) => notes.push(message ?? '');
  await db.query(`reset role; load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_analyze = on;
    set auto_explain.log_buffers = on; set auto_explain.log_nested_statements = on; set auto_explain.log_timing = off;
    set client_min_messages = log; set role authenticated`);
  db.on('notice', listen);
  await work();
  db.off('notice', listen);
  await db.query(
    `reset role; set auto_explain.log_min_duration = -1; reset client_min_messages; set role authenticated`,
  );
  const ms = (note: string) => Number(/^duration: ([\d.]+) ms/.exec(note)?.[1]);
  const plans = notes.filter((note) => note.includes('sync.head')).sort((a, b) => ms(b) - ms(a));
  return (plans[0] ?? 'no plan was logged').trimEnd(); // one for each scope; the dearest tells most
}

/** Prints what the head map was asked and warns of a plan that reads more than it must. */
function showPlans(plans: readonly string[], { record }: BenchOptions): void {
  const text = plans.join('\n\n\n');
  console.log(text.replaceAll(/^/gm, '    '));
  if (/Seq Scan on (sync\.)?head/.test(text)) console.log('  slow plan: the whole head map is read');
  if (record) writeFileSync(PLAN, `${text}\n`);
}

/** Mutations a second that one organisation can write from several devices at once, beside plain inserts of the same rows. */
async function pushes(url: string, organization: Organization): Promise<Line> {
  const connections = Array.from({ length: DEVICES }, () => new pg.Client(asAdmin(url)));
  for (const connection of connections) {
    await connection.connect();
    await actAs(connection, organization.user_id);
  }
  const close = () => Promise.all(connections.map((connection) => connection.end()));
  const pushed = await perSecond(connections, (connection) => push(connection, organization)).catch(
    async (thrown: unknown) => {
      await close();
      throw thrown;
    },
  );
  const inserted = await perSecond(connections, (connection) => insert(connection, organization));
  await close();
  console.log(
    `  pushed ${Math.round(pushed)} mutations/s from ${DEVICES} devices; plain inserts ${Math.round(inserted)} rows/s`,
  );
  return line('1,000 mutations pushed', 'ms', 1e6 / pushed, 1e6 / inserted, atMost(1_000));
}

async function perSecond(
  connections: readonly pg.Client[],
  work: (connection: pg.Client) => Promise<unknown>,
): Promise<number> {
  for (const connection of connections) await work(connection);
  const started = performance.now();
  let done = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() - started < 4_000) {
        await work(connection);
        done += BATCH;
      }
    }),
  );
  return (done * 1_000) / (performance.now() - started);
}

function claim({ organization_id, person_id, category_id }: Organization) {
  return {
    organization_id,
    person_id,
    category_id,
    amount_minor: 1200,
    currency: 'EUR',
    expense_date: '2026-06-01',
    merchant: 'Diner',
  };
}

const clients = new WeakMap<pg.Client, string>();

async function push(connection: pg.Client, organization: Organization): Promise<void> {
  const client = clients.get(connection) ?? randomUUID();
  clients.set(connection, client);
  const mutations = Array.from({ length: BATCH }, () => ({
    id: randomUUID(),
    org: organization.organization_id,
    name: 'expenses.save',
    ops: [{ op: 'ins', t: 'expenses', id: randomUUID(), v: claim(organization) }],
  }));
  const { rows } = await patiently(() =>
    connection.query<{ r: { s: string }[] }>('select public.sync_push($1, $2) r', [client, JSON.stringify(mutations)]),
  );
  const refused = rows[0]!.r.find(({ s }) => s !== 'applied');
  if (refused) throw new Error(`a push was not applied: ${JSON.stringify(refused)}`);
}

/** Another device's push may hold the organisation for longer than the server lets us wait: devices send again. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      if ((thrown as { code?: string }).code !== '55P03') throw thrown;
    }
  }
}

const INSERT = `insert into public.expenses (id, organization_id, person_id, category_id, amount_minor, currency, expense_date, merchant)
  select gen_random_uuid(), c.organization_id, c.person_id, c.category_id, c.amount_minor, c.currency, c.expense_date, c.merchant
  from json_populate_record(null::public.expenses, $1) c, generate_series(1, ${BATCH})`;

/** One statement, one transaction, the same triggers: all that an ordinary API could save. */
const insert = (connection: pg.Client, organization: Organization): Promise<unknown> =>
  connection.query(INSERT, [JSON.stringify(claim(organization))]);
