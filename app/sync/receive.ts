import { rowKey, splitKey } from './protocol.ts';
import type { PullReply, PullRequest, Row } from './protocol.ts';
import type { Bench } from './store.ts';

/** Takes one page of a pull into the replica: the only way rows come in (S1, S4). Runs inside one step (S2). */
export async function receive(
  replica: Bench,
  request: PullRequest,
  reply: PullReply,
): Promise<'stale' | 'more' | 'done'> {
  const { store } = replica;
  if (((await store.read<string>('cursor')) ?? '{}') !== request.sent) return 'stale'; // S3
  const sweeping = await startSweeps(replica, request, reply);
  const dirty = new Set<string>();
  for (const [table, columns] of Object.entries(reply.k)) {
    const rows = (reply.r[table] ?? []).map((values) => asRow(columns, values));
    await storeRows(replica, table, rows, dirty);
    await mark(replica, table, rows, sweeping);
  }
  for (const [table, ids] of Object.entries(reply.g)) await forget(replica, table, ids, dirty); // S5
  await store.meta.put({ key: 'cursor', value: JSON.stringify(reply.c) });
  if (!reply.m) await complete(replica, request, sweeping, dirty);
  await replica.repaint([...dirty]);
  return reply.m ? 'more' : 'done';
}

/** Columns the server gained since this app was built are kept too: they are the truth (S8). */
function asRow(columns: readonly string[], values: readonly unknown[]): Row {
  return Object.fromEntries(columns.map((column, at) => [column, values[at]])) as Row;
}

/** Which organisations are being listed from the start: those the server names (S6), or all after a new epoch (S7) or a lost cursor (S8). */
async function startSweeps(replica: Bench, request: PullRequest, reply: PullReply): Promise<Set<string>> {
  const { store } = replica;
  const restarted = request.cursor.e === reply.c.e ? reply.w : [...reply.w, ...(await heldOrganizations(replica))];
  const sweeping = new Set([...((await store.read<string[]>('sweeping')) ?? []), ...restarted]);
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

/** The device now knows everything up to a moment after the pull was asked: sweep, and let go of what that pull brought home. */
async function complete(
  replica: Bench,
  request: PullRequest,
  sweeping: ReadonlySet<string>,
  dirty: Set<string>,
): Promise<void> {
  const { store } = replica;
  for (const organization of sweeping) await sweep(replica, organization, dirty);
  await store.meta.delete('sweeping');
  for (const intent of await store.outbox.bulkGet([...request.acked]))
    for (const key of intent?.rows ?? []) dirty.add(key);
  await store.outbox.bulkDelete([...request.acked]); // S13
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
