import type { DexieOptions, Table } from 'dexie';
import { refusal } from '../kernel/failure.ts';
import { newId } from '../kernel/id.ts';
import { paint, step, withBase } from './paint.ts';
import { rowKey, splitKey } from './protocol.ts';
import type { Activity, FileDraft, Intent, IntentDraft, Operation, OperationDraft, Row, Tables } from './protocol.ts';
import { ReplicaStore, type Bench } from './store.ts';

/** Rows up to which looking each up in an index is quickest. */
const FEW = 20;

/** Where IndexedDB is, for tests; browsers need none of it. */
export type ReplicaOptions = Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'> & { readonly now?: () => number };

/** How a replica is made. */
export type ReplicaKind<R extends Replica> = new (store: ReplicaStore, tables: Tables, now: () => number) => R;

/** Opens one person's replica, creating or extending its stores. Throws the refusal `device_full`. */
export async function openReplica<R extends Replica>(
  Kind: ReplicaKind<R>,
  name: string,
  tables: Tables,
  options: ReplicaOptions = {},
): Promise<R> {
  const { now = Date.now, ...idb } = options;
  const replica = new Kind(new ReplicaStore(name, tables, idb), tables, now);
  await replica.prepare();
  return replica;
}

/**
 * What one device durably knows, as far as its person's own work goes: rows, unsent intents, files, notices. The engine
 * opens the same database as a `SyncedReplica`. Every method that changes something is ONE transaction (S2), so a crash falls between steps, never inside one.
 */
export class Replica implements Bench {
  readonly store: ReplicaStore;
  readonly tables: Tables;
  readonly now: () => number;
  readonly #writes = new Set<() => void>();

  constructor(store: ReplicaStore, tables: Tables, now: () => number) {
    this.store = store;
    this.tables = tables;
    this.now = now;
  }

  /** Gives the database its client id and notices when the shape of the tables has changed. */
  async prepare(): Promise<void> {
    const { meta } = this.store;
    const shape = JSON.stringify(this.tables);
    const [client, known] = await meta.bulkGet(['client', 'shape']);
    if (client && known?.value === shape) return; // nothing to write is the quick way in
    await this.store.step(async () => {
      if (!(await meta.get('client'))) await meta.put({ key: 'client', value: newId() });
      if ((await this.store.read('shape')) === shape) return;
      await meta.delete('cursor'); // S8: list everything again, with the new columns
      await meta.put({ key: 'shape', value: shape });
    }, [meta]);
  }

  /** The visible rows of a table. */
  table<T = Row>(name: string): Table<T, string> {
    return this.store.table(name) as Table<T, string>;
  }

  /** Writes an intent: its visible effect, its base, its place in the outbox and its files. Returns the intent's id. */
  async write(draft: IntentDraft): Promise<string> {
    const { outbox, shadow, files, bytes } = this.store;
    const touched = draft.operations.map((op) => this.store.table(op.t));
    const id = await this.store.step(() => this.enqueue(draft), [outbox, shadow, files, bytes, ...touched] as Table[]);
    this.announce();
    return id;
  }

  /** Writes many intents in one step; each still travels, succeeds and fails on its own. */
  async writeEach(drafts: readonly IntentDraft[]): Promise<void> {
    const { outbox, shadow, files, bytes } = this.store;
    const names = new Set(drafts.flatMap(({ operations }) => operations.map(({ t }) => t)));
    const touched = [...names].map((name) => this.store.table(name));
    const enqueue = async () => {
      for (const draft of drafts) await this.enqueue(draft);
    };
    await this.store.step(enqueue, [outbox, shadow, files, bytes, ...touched] as Table[]);
    this.announce();
  }

  /** Tells whoever listens in this tab that something waits to be sent. */
  announce(): void {
    for (const listener of this.#writes) listener();
  }

  /** Calls back after each write of this tab; returns how to stop. */
  onWrite(listener: () => void): () => void {
    this.#writes.add(listener);
    return () => this.#writes.delete(listener);
  }

  /** The same inside a step that is already open. */
  async enqueue(draft: IntentDraft, follows?: string): Promise<string> {
    const id = newId();
    const ops = await this.#lay(draft.operations);
    const rows = [...new Set(ops.map((op) => rowKey(op.t, op.id)))];
    const { organization_id, name } = draft;
    const at = new Date(this.now()).toISOString();
    const intent: Intent = {
      id,
      organization_id,
      name,
      ops,
      rows,
      state: 'queued',
      at,
      ...(follows ? { follows } : {}),
    };
    if (ops.length) await this.store.outbox.add(intent);
    for (const file of draft.files ?? []) await this.#keepFile(file, organization_id, id);
    return id;
  }

  /** Paints the operations over the visible rows and gives each its base values as of that moment (S9, S10). */
  async #lay(drafts: readonly OperationDraft[]): Promise<Operation[]> {
    const ops: Operation[] = [];
    for (const draft of drafts) {
      const table = this.table(draft.t);
      const row = (await table.get(draft.id)) ?? null;
      if (!row && draft.op === 'upd') throw refusal('gone', `${draft.t} ${draft.id} is not here any more`);
      const base = await this.#remember(rowKey(draft.t, draft.id), row);
      ops.push(withBase(this.tables, row, base !== null, draft));
      const next = step(this.tables, row, draft);
      await (next ? table.put(next) : table.delete(draft.id));
    }
    return ops;
  }

  /** Keeps what the server holds before the first patch covers it. */
  async #remember(key: string, row: Row | null): Promise<Row | null> {
    const kept = await this.store.shadow.get(key);
    if (kept) return kept.row;
    await this.store.shadow.put({ key, row });
    return row;
  }

  async #keepFile(file: FileDraft, organization_id: string, intent: string): Promise<void> {
    const { path, bucket, mime_type, data, then = [] } = file;
    const about = { path, bucket, organization_id, mime_type, size: data.byteLength, then, intent };
    await this.store.files.put({ ...about, state: 'waiting', used_at: this.now() });
    await this.store.bytes.put({ path, data }); // S18: bytes, never a Blob
  }

  /** Draws rows again after their base or their intents changed; drops shadows nothing covers any more (S9). */
  async repaint(keys: readonly string[]): Promise<void> {
    if (!keys.length) return;
    const { shadow } = this.store;
    const [pending, shadows] = [await this.pendingAbout(keys), await shadow.bulkGet([...keys])];
    const drawn = new Map<string, { put: Row[]; gone: string[] }>();
    for (const [at, key] of keys.entries()) {
      const base = shadows[at];
      if (!base) continue;
      const [name, id] = splitKey(key);
      const table = drawn.get(name) ?? { put: [], gone: [] };
      drawn.set(name, table);
      const row = paint(this.tables, base.row, name, id, pending.get(key) ?? []);
      if (row) table.put.push(row);
      else table.gone.push(id);
    }
    for (const [name, { put, gone }] of drawn) {
      await this.table(name).bulkPut(put);
      await this.table(name).bulkDelete(gone);
    }
    await shadow.bulkDelete(keys.filter((key) => !pending.has(key)));
  }

  /** The unsettled intents about some rows, by row and in the order they were made. */
  async pendingAbout(keys: readonly string[]): Promise<Map<string, Intent[]>> {
    const { outbox } = this.store;
    // one look at everything is cheaper than many in an index
    const pending =
      keys.length > FEW ? await outbox.toArray() : await outbox.where('rows').anyOf(keys).distinct().sortBy('seq');
    const wanted = new Set(keys);
    const found = new Map<string, Intent[]>();
    for (const intent of pending)
      for (const key of intent.rows) if (wanted.has(key)) found.set(key, [...(found.get(key) ?? []), intent]);
    return found;
  }

  /** The ids of a table's rows with unsent changes. */
  async waitingIds(table: string): Promise<Set<string>> {
    const queued = await this.store.outbox.where('state').equals('queued').toArray();
    const keys = queued.flatMap((intent) => intent.rows.map(splitKey));
    return new Set(keys.filter(([name]) => name === table).map(([, id]) => id));
  }

  /** How many intents and files the server does not have yet: sign-out asks first when there are any (S24). */
  async unsent(): Promise<number> {
    const intents = await this.store.outbox.where('state').equals('queued').count();
    return intents + (await this.store.files.where('state').equals('waiting').count());
  }

  /** Forgets where this device stands: everything is listed again and swept, and unsent work stays (S8). */
  startOver(): Promise<void> {
    return this.store.step(() => this.store.meta.delete('cursor'), [this.store.meta]);
  }

  /** What the leading tab is doing. */
  async activity(): Promise<Activity> {
    return (await this.store.read<Activity>('activity')) ?? { online: false, sending: 0, problem: null };
  }

  /** Tells every tab what the leading one is doing. */
  async setActivity(change: Partial<Activity>): Promise<void> {
    const { meta } = this.store;
    await this.store.step(async () => {
      await meta.put({ key: 'activity', value: { ...(await this.activity()), ...change } });
    }, [meta]);
  }

  /** When this device last knew everything, as an ISO 8601 instant of its own clock (S22). */
  async lastSyncedAt(): Promise<string | null> {
    return (await this.store.read<string>('last_synced_at')) ?? null;
  }

  /** Keeps a device-only value. Throws the refusal `device_full`. */
  async setDeviceValue(key: string, value: unknown): Promise<void> {
    const { deviceValues } = this.store;
    await this.store.step(() => deviceValues.put({ key, value }), [deviceValues]);
  }

  /** Closes the database; everything durable stays. */
  close(): void {
    this.store.close();
  }
}
