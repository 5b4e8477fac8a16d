import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSyncedDatabase } from '../../data/synced-db.ts';
import { readFrozen, thaw } from '../../data/frozen/thaw.ts';
import { tables } from '../../data/schema.gen.ts';
import { Exchange } from '../exchange.ts';
import type { Row } from '../protocol.ts';
import { isSealed, sealedRemote } from '../sealing.ts';
import { UploadLane } from '../uploads.ts';
import { bootPglite, type SimDatabase } from './database.ts';
import { sqlRemote } from './network.ts';

const frozen = readFrozen('v1');
let db: SimDatabase;

beforeAll(async () => {
  db = await bootPglite();
  await db.query(`insert into auth.users (id, email) values ($1, 'ada@frozen.example')`, [frozen.user_id]);
  for (const table of [
    'organizations',
    'people',
    'person_details',
    'memberships',
    'membership_roles',
    'expense_categories',
    'expenses',
  ])
    for (const row of rowsOf(table)) await insert(table, row);
});
afterAll(() => db.stop());

/** The rows as the server holds them: what the device has on top of them is in its shadows. */
function rowsOf(table: string): Row[] {
  const records = (name: string) => frozen.stores.find((store) => store.name === name)!.records;
  const covered = new Map(
    records('shadow').map(({ value }) => {
      const { key, row } = value as { key: string; row: Row | null };
      return [key, row] as const;
    }),
  );
  const shown = records(table).map(({ value }) => value as Row);
  const bare = shown.filter(({ id }) => !covered.has(`${table}:${id}`));
  return [...bare, ...[...covered].flatMap(([key, row]) => (key.startsWith(`${table}:`) && row ? [row] : []))];
}

async function insert(table: string, { ...row }: Row): Promise<void> {
  if (table === 'organizations') delete (row as Partial<Row>).organization_id; // the database generates it
  const columns = tables[table as keyof typeof tables].columns.filter(
    (column) => row[column] !== null && row[column] !== undefined,
  );
  const list = columns.map((column) => `"${column}"`).join(', ');
  await db.query(
    `insert into public.${table} (${list}) select ${list} from jsonb_populate_record(null::public.${table}, $1::jsonb)`,
    [JSON.stringify(row)],
  );
}

test('S8, S12, S28: a device of the first version, back with a full outbox, delivers all of it to the server of today', async () => {
  const disk = new IDBFactory();
  await thaw(frozen, disk);
  const { replica, seal } = await openSyncedDatabase(frozen.user_id, { indexedDB: disk, IDBKeyRange });
  const remote = sealedRemote(sqlRemote(db, frozen.user_id), seal, tables);
  const lane = new UploadLane(replica, { upload: storeFile, download: async () => undefined });
  const exchange = new Exchange(replica, remote);
  await exchange.cycle();
  await lane.run();
  await exchange.cycle();

  expect(await replica.unsent()).toBe(0);
  expect(await replica.store.attention.count()).toBe(1);
  const claims = await db.query<{ id: string; merchant: string; status: string; notes: string | null }>(
    `select id, merchant, status, notes, amount_minor from public.expenses order by id`,
  );
  expect(claims.map(({ id, merchant, status, notes }) => [id.slice(-2), merchant, status, notes])).toEqual([
    ['11', 'Changed offline', 'draft', null],
    ['12', 'Shop 12', 'submitted', null],
    ['20', 'New 20', 'draft', 'note 59'],
  ]);
  expect(await db.query(`select phone from public.person_details`)).toEqual([{ phone: '+49 30 2222' }]);
  expect(await db.query(`select uploaded_at is not null as there from public.expense_receipts`)).toEqual([
    { there: true },
  ]);
});

test('S29: what that device kept in the clear is sealed once it has been listed again', async () => {
  const disk = new IDBFactory();
  await thaw(frozen, disk);
  const { replica, seal } = await openSyncedDatabase(frozen.user_id, { indexedDB: disk, IDBKeyRange });
  expect(isSealed((await replica.table('person_details').toArray())[0]!['email'])).toBe(false);
  await new Exchange(replica, sealedRemote(sqlRemote(db, frozen.user_id), seal, tables)).cycle();
  expect(isSealed((await replica.table('person_details').toArray())[0]!['email'])).toBe(true);
});

const storeFile = async (bucket: string, path: string): Promise<void> => {
  await db.query(`insert into storage.objects (bucket_id, name) values ($1, $2) on conflict do nothing`, [
    bucket,
    path,
  ]);
};
