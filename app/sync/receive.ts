import { rowKey, splitKey } from './protocol.ts';
import type { Page, PullReply, Row } from './protocol.ts';
import type { Bench } from './store.ts';

/** Takes a whole page into the replica: the only way rows come in (S1, S4). Runs inside one step (S2). */
export async function receive(replica: Bench, page: Page): Promise<void> {
  const dirty = new Set<string>();
  const sweeping = await startSweeps(replica, page);
  const tables = Object.keys(page.reply.k).map((table) => [table, rowsOf(page, table)] as const);
  if (!page.reply.m) {
    const listed = new Set(tables.flatMap(([table, rows]) => rows.map(({ id }) => rowKey(table, id))));
    await letGo(replica, page.acked, listed, dirty);
  }
  for (const [table, rows] of tables) await takeRows(replica, table, rows, sweeping, dirty);
  await finish(replica, page, sweeping, dirty);
}

/**
 * Takes the next rows of a kept page, at most `max` of one table, beginning with its row number `at` (S26). Answers the
 * number to go on with, or null once the page is done. Runs inside one step (S2).
 */
export async function receiveSlice(replica: Bench, page: Page, at: number, max: number): Promise<number | null> {
  const dirty = new Set<string>();
  const sweeping = at === 0 ? await startSweeps(replica, page) : await sweepingNow(replica);
  const slice = sliceOf(page.reply, at, max);
  if (!slice) {
    if (!page.reply.m) await letGo(replica, page.acked, new Set(), dirty);
    await finish(replica, page, sweeping, dirty);
    return null;
  }
  const { table, from, to } = slice;
  await takeRows(replica, table, rowsOf(page, table, from, to), sweeping, dirty);
  await replica.repaint([...dirty]);
  return at + to - from;
}

/** Which rows of which table come next; undefined when only what ends a page is left. */
export function sliceOf(
  { k, r }: PullReply,
  at: number,
  max: number,
): { table: string; from: number; to: number } | undefined {
  let before = 0;
  for (const table of Object.keys(k)) {
    const count = r[table]?.length ?? 0;
    if (at < before + count) return { table, from: at - before, to: Math.min(at - before + max, count) };
    before += count;
  }
  return undefined;
}

async function takeRows(
  replica: Bench,
  table: string,
  rows: readonly Row[],
  sweeping: ReadonlySet<string>,
  dirty: Set<string>,
): Promise<void> {
  await storeRows(replica, table, rows, dirty);
  await mark(replica, table, rows, sweeping);
}

/** What ends a page: ids that are gone, and after the last page the sweep. */
async function finish(replica: Bench, page: Page, sweeping: ReadonlySet<string>, dirty: Set<string>): Promise<void> {
  for (const [table, ids] of Object.entries(page.reply.g)) await forget(replica, table, ids, dirty); // S5
  if (!page.reply.m) await complete(replica, sweeping, dirty);
  await replica.repaint([...dirty]);
}

function rowsOf({ reply }: Page, table: string, from = 0, to = Infinity): Row[] {
  const columns = reply.k[table]!;
  return (reply.r[table] ?? []).slice(from, to).map((values) => asRow(columns, values));
}

/** Columns the server gained since this app was built are kept too: they are the truth (S8). */
function asRow(columns: readonly string[], values: readonly unknown[]): Row {
  return Object.fromEntries(columns.map((column, at) => [column, values[at]])) as Row;
}

const sweepingNow = async ({ store }: Bench): Promise<Set<string>> =>
  new Set((await store.read<string[]>('sweeping')) ?? []);

/** Which organisations are being listed from the start: those the server names (S6), or all after a new epoch (S7) or a lost cursor (S8). */
async function startSweeps(replica: Bench, { reply, epoch }: Page): Promise<Set<string>> {
  const { store } = replica;
  const restarted = epoch === reply.c.e ? reply.w : [...reply.w, ...(await heldOrganizations(replica))];
  const sweeping = new Set([...(await sweepingNow(replica)), ...restarted]);
  if (restarted.length) {
    await store.marks.where('organization_id').anyOf(restarted).delete();
    await store.meta.put({ key: 'sweeping', value: [...sweeping] });
  }
  return sweeping;
}

async function heldOrganizations(replica: Bench): Promise<string[]> {
  const found = new Set<string>();
  for (const table of knownTables(replica)) {
    for (const key of await replica.table(table).orderBy('organization_id').uniqueKeys()) found.add(String(key));
  }
  for (const { row } of await replica.store.shadow.toArray()) if (row) found.add(row.organization_id);
  return [...found];
}

const knownTables = (replica: Bench): string[] => Object.keys(replica.tables);

/** Rows without unsettled changes go straight to the screen; under the others only the base moves (S9). */
async function storeRows(replica: Bench, table: string, rows: readonly Row[], dirty: Set<string>): Promise<void> {
  if (!(table in replica.tables)) return; // a table this app does not know yet
  const covered = await coveredIds(replica, table);
  const bases = rows.filter((row) => covered.has(row.id)).map((row) => ({ key: rowKey(table, row.id), row }));
  await replica.table(table).bulkPut(rows.filter((row) => !covered.has(row.id)));
  await replica.store.shadow.bulkPut(bases);
  for (const { key } of bases) dirty.add(key);
}

async function forget(replica: Bench, table: string, ids: readonly string[], dirty: Set<string>): Promise<void> {
  if (!(table in replica.tables)) return;
  const covered = await coveredIds(replica, table);
  const bases = ids.filter((id) => covered.has(id)).map((id) => ({ key: rowKey(table, id), row: null }));
  await replica.table(table).bulkDelete(ids.filter((id) => !covered.has(id)));
  await replica.store.shadow.bulkPut(bases);
  for (const { key } of bases) dirty.add(key);
}

async function coveredIds(replica: Bench, table: string): Promise<Set<string>> {
  const keys = await replica.store.shadow.where('key').startsWith(`${table}:`).primaryKeys();
  return new Set(keys.map((key) => splitKey(key)[1]));
}

async function mark(replica: Bench, table: string, rows: readonly Row[], sweeping: ReadonlySet<string>): Promise<void> {
  const listed = rows.filter((row) => sweeping.has(row.organization_id));
  const marks = listed.map(({ id, organization_id }) => ({ key: rowKey(table, id), organization_id }));
  if (marks.length) await replica.store.marks.bulkPut(marks);
}

/**
 * Lets go of applied intents: a pull asked after their verdicts has brought their rows, or the news that they are not to be
 * seen (S13). Rows that the page lists and nothing else covers need no base any more and go straight to the screen.
 */
async function letGo(
  replica: Bench,
  acked: readonly number[],
  listed: ReadonlySet<string>,
  dirty: Set<string>,
): Promise<void> {
  if (!acked.length) return;
  const { outbox, shadow } = replica.store;
  const intents = await outbox.bulkGet([...acked]);
  await outbox.bulkDelete([...acked]);
  const keys = [...new Set(intents.flatMap((intent) => intent?.rows ?? []))];
  const pending = await replica.pendingAbout(keys);
  const bare = keys.filter((key) => listed.has(key) && !pending.has(key));
  await shadow.bulkDelete(bare);
  const done = new Set(bare);
  for (const key of keys) if (!done.has(key)) dirty.add(key);
}

/** The device now knows everything up to a moment after the pull was asked. */
async function complete(replica: Bench, sweeping: ReadonlySet<string>, dirty: Set<string>): Promise<void> {
  const { store } = replica;
  for (const organization of sweeping) await sweep(replica, organization, dirty);
  await store.meta.delete('sweeping');
  await store.meta.put({ key: 'last_synced_at', value: new Date(replica.now()).toISOString() });
}

/** Forgets the rows of an organisation that were not listed again (S6). */
async function sweep(replica: Bench, organization: string, dirty: Set<string>): Promise<void> {
  const { store } = replica;
  const marked = new Set(await store.marks.where('organization_id').equals(organization).primaryKeys());
  for (const table of knownTables(replica)) {
    const held = await replica.table(table).where('organization_id').equals(organization).primaryKeys();
    await forget(
      replica,
      table,
      held.filter((id) => !marked.has(rowKey(table, id))),
      dirty,
    );
  }
  // a base hidden under my own deletion is not among the visible rows
  const hidden = await store.shadow
    .filter(({ key, row }) => row?.organization_id === organization && !marked.has(key))
    .primaryKeys();
  await store.shadow.bulkPut(hidden.map((key) => ({ key, row: null })));
  for (const key of hidden) dirty.add(key);
  await store.marks.where('organization_id').equals(organization).delete();
}
