import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { openLocalDatabase, rows, useLocalDatabase, type LocalDatabase } from '../../data/db.ts';
import type { ExpenseRow } from '../../data/schema.gen.ts';

/** A fresh local database in memory, in use until the next one is opened. */
export async function freshDatabase(): Promise<LocalDatabase> {
  const db = await openLocalDatabase(crypto.randomUUID(), { indexedDB: new IDBFactory(), IDBKeyRange });
  useLocalDatabase(db);
  return db;
}

export const organization_id = '10000000-0000-4000-8000-000000000001';
export const artist = '10000000-0000-4000-8000-000000000011';
export const accountant = '10000000-0000-4000-8000-000000000012';
export const category_id = '10000000-0000-4000-8000-000000000100';

/** Puts a claim into the visible rows, as a pull would. */
export async function stored(patch: Partial<ExpenseRow> = {}): Promise<ExpenseRow> {
  const stamps = { created_at: '2026-11-14T10:00:00Z', updated_at: '2026-11-14T10:00:00Z', row_version: 1 };
  const row = {
    ...stamps,
    id: crypto.randomUUID(),
    organization_id,
    person_id: artist,
    category_id,
    show_id: null,
    amount_minor: 1250,
    currency: 'EUR',
    expense_date: '2026-11-14',
    merchant: 'Shell',
    description: 'Diesel',
    status: 'submitted',
    payment_method: null,
    notes: null,
    tags: [],
    over_limit: false,
    submitted_at: '2026-11-14T10:00:00Z',
    ...patch,
  } as ExpenseRow;
  await rows('expenses').put(row);
  return row;
}

/** What waits to be sent. */
export const outbox = (db: LocalDatabase) => db.replica.store.outbox.toArray();
