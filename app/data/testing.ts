import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { PullReply, Values } from '../sync/protocol.ts';
import type { SyncedReplica } from '../sync/synced-replica.ts';
import { useLocalDatabase, type LocalDatabase } from './db.ts';
import { openSyncedDatabase } from './synced-db.ts';
import { tables, type TableName } from './schema.gen.ts';

// without these Dexie believes it runs on a server and its live queries stay silent
Object.assign(Dexie.dependencies, { indexedDB: new IDBFactory(), IDBKeyRange });

/** A database that tests may both write to and feed. */
export type TestDatabase = LocalDatabase<SyncedReplica>;

/** A database for one test, in use and empty. */
export async function testDatabase(userId = 'u1'): Promise<TestDatabase> {
  const db = await openSyncedDatabase(userId, { email: 'ada@example.org', indexedDB: new IDBFactory(), IDBKeyRange });
  useLocalDatabase(db);
  return db;
}

/** Rows as if a pull had brought them. */
export async function arrive(db: TestDatabase, rows: Partial<Record<TableName, Values[]>>): Promise<void> {
  const reply: PullReply = { c: { e: 'epoch', s: {} }, m: false, w: [], k: {}, r: {}, g: {} };
  for (const [table, list] of Object.entries(rows)) {
    const { columns } = tables[table as TableName];
    reply.k[table] = [...columns];
    reply.r[table] = list.map((row) => columns.map((column) => row[column] ?? null));
  }
  await db.replica.applyPull(await db.replica.pullRequest(), reply);
}

/** Something that holds controllers, as elements do. */
export class TestHost {
  readonly updates: number[] = [];
  readonly #controllers: { hostConnected?(): void; hostUpdate?(): void; hostDisconnected?(): void }[] = [];
  readonly updateComplete = Promise.resolve(true);

  addController(controller: { hostConnected?(): void; hostUpdate?(): void; hostDisconnected?(): void }): void {
    this.#controllers.push(controller);
  }

  removeController(): void {}

  requestUpdate(): void {
    this.updates.push(this.updates.length);
    queueMicrotask(() => this.#controllers.forEach((controller) => controller.hostUpdate?.()));
  }

  connect(): void {
    for (const controller of this.#controllers) controller.hostConnected?.();
  }

  disconnect(): void {
    for (const controller of this.#controllers) controller.hostDisconnected?.();
  }
}
