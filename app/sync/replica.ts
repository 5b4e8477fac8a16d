import type { DexieOptions, Table } from 'dexie';
import { refusal } from '../kernel/failure.ts';
import { newId } from '../kernel/id.ts';
import { settle } from './notices.ts';
import { paint, step, toWire, withBase } from './paint.ts';
import { rowKey, splitKey } from './protocol.ts';
import type {
  Activity,
  Cursor,
  FileDraft,
  Intent,
  IntentDraft,
  Operation,
  OperationDraft,
  Page,
  PullReply,
  PullRequest,
  PushResult,
  Row,
  Tables,
  WireMutation,
} from './protocol.ts';
import { receive, receiveSlice, sliceOf } from './receive.ts';
import { ReplicaStore, type Bench } from './store.ts';

/** Rows up to which looking each up in an index is quickest. */
const FEW = 20;

/** Operations the server takes at once (S16). */
const OPERATIONS = 1_000;

/** The first intents, as many as the server takes operations at once; at least one. */
function within(intents: Intent[]): Intent[] {
  let room = OPERATIONS;
  return intents.filter(({ ops }, at) => (room -= ops.length) >= 0 || at === 0);
}

/** Intents about to travel, and the place of the last one in the outbox. */
export interface Batch {
  readonly client: string;
  readonly mutations: WireMutation[];
  readonly last: number;
}

interface KeptPage {
  readonly key: number;
  readonly page: Page;
  /** The row to go on with. */
  readonly at: number;
}

/** Rows unpacked in one step: a person's own write never waits longer than that takes (S26). */
const SLICE = 1_000;

/** Where IndexedDB is, for tests; browsers need none of it. */
export type ReplicaOptions = Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'> & { readonly now?: () => number };

/** Opens one person's replica, creating or extending its stores. Throws the refusal `device_full`. */
export async function openReplica(name: string, tables: Tables, options: ReplicaOptions = {}): Promise<Replica> {
  const { now = Date.now, ...idb } = options;
  const store = new ReplicaStore(name, tables, idb);
  const replica = new Replica(store, tables, now);
  await replica.prepare();
  return replica;
}

/**
 * What one device durably knows: rows, unsent intents, files, notices and its place in the server's history.
 * Every method that changes something is ONE transaction (S2), so a crash falls between steps, never inside one.
 */
export class Replica implements Bench {
  readonly store: ReplicaStore;
  readonly tables: Tables;
  readonly now: () => number;
  readonly #writes = new Set<() => void>();
  #kept: KeptPage | undefined;

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
    for (const listener of this.#writes) listener();
    return id;
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

  /** The oldest unsent intents after a place in the outbox, in order, as they travel; null when there are none (S16). */
  async nextBatch(max: number, after = 0): Promise<Batch | null> {
    const { outbox } = this.store;
    const queued = outbox.where('[state+seq]').between(['queued', after], ['queued', Infinity], false);
    const intents = within(await queued.limit(max).toArray());
    const last = intents.at(-1)?.seq;
    if (last === undefined) return null;
    return { client: (await this.store.read<string>('client'))!, mutations: intents.map(toWire), last };
  }

  /** Whether an intent waits to be sent. */
  async hasQueued(): Promise<boolean> {
    return (await this.store.outbox.where('state').equals('queued').limit(1).count()) > 0;
  }

  /** Settles intents by the server's verdicts; verdicts on intents that are settled already change nothing (S12). */
  async applyPush(results: readonly PushResult[]): Promise<void> {
    const { outbox } = this.store;
    await this.store.step(async () => {
      const sent = await outbox
        .where('id')
        .anyOf(results.map(({ id }) => id))
        .toArray();
      const queued = new Map(sent.filter(({ state }) => state === 'queued').map((intent) => [intent.id, intent]));
      const fine = results.filter(({ id, s }) => queued.has(id) && s === 'applied').map(({ id }) => queued.get(id)!);
      await outbox.bulkUpdate(fine.map(({ seq }) => ({ key: seq!, changes: { state: 'acked' } }))); // S13: painted until its rows come home
      for (const result of results) {
        const intent = queued.get(result.id);
        if (intent && result.s !== 'applied') await settle(this, intent, result);
      }
    });
  }

  /** Prepares a pull: where this device stands, and what was acknowledged before it is asked. */
  async pullRequest(): Promise<PullRequest> {
    const { meta, outbox } = this.store;
    return this.store.transaction('r', [meta, outbox], async () => {
      const sent = (await this.store.read<string>('cursor')) ?? '{}';
      const acked = await outbox.where('state').equals('acked').primaryKeys();
      return { sent, cursor: JSON.parse(sent) as Cursor, acked };
    });
  }

  /**
   * Takes a page, unless another pull was applied since it was asked for (S3): the first of a listing goes straight to the
   * screen, the following ones are kept as they came and unpacked later (S26). Says whether there is more to pull.
   */
  async applyPull(request: PullRequest, reply: PullReply, following = false): Promise<'stale' | 'more' | 'done'> {
    const { meta, pages } = this.store;
    const page: Page = { reply, epoch: request.cursor.e, acked: request.acked };
    const keep = following || (await pages.count()) > 0;
    return this.store.step(
      async () => {
        if (((await this.store.read('cursor')) ?? '{}') !== request.sent) return 'stale'; // S3
        if (keep) await pages.add(page);
        else await receive(this, page);
        await meta.put({ key: 'cursor', value: JSON.stringify(reply.c) });
        return reply.m ? 'more' : 'done';
      },
      keep ? [meta, pages] : this.#touchedByPages(),
    );
  }

  /** Unpacks some rows of the oldest kept page, in a step of their own (S26); false when there is none. */
  async unpack(max = SLICE): Promise<boolean> {
    const kept = (this.#kept ??= await this.#oldestPage());
    if (!kept) return false;
    const { meta, pages, shadow, outbox, marks } = this.store;
    const slice = sliceOf(kept.page.reply, kept.at, max);
    const few: readonly Table[] = [meta, pages, shadow, outbox, marks];
    const inside = slice && kept.at > 0; // the ends of a page may concern every table: sweeps begin and end there
    const touched = inside ? [...few, ...this.#synced(slice.table)] : this.#touchedByPages();
    this.#kept = undefined;
    this.#kept = await this.store.step(() => this.#unpackSlice(kept, max), touched);
    return true;
  }

  /** What is left of the page; undefined when nothing is, or when another tab has unpacked the same meanwhile. */
  async #unpackSlice({ key, page, at }: KeptPage, max: number): Promise<KeptPage | undefined> {
    const { meta, pages } = this.store;
    const [oldest] = await pages.toCollection().limit(1).primaryKeys();
    if (oldest !== key || ((await this.store.read<number>('unpacked')) ?? 0) !== at) return undefined;
    const next = await receiveSlice(this, page, at, max);
    if (next === null) await pages.delete(key);
    await meta.put({ key: 'unpacked', value: next ?? 0 });
    return next === null ? undefined : { key, page, at: next };
  }

  /** Read once, however many slices it takes: a page never changes once it is kept. */
  async #oldestPage(): Promise<KeptPage | undefined> {
    const { pages, meta } = this.store;
    return this.store.transaction('r', [pages, meta], async () => {
      const [key] = await pages.toCollection().limit(1).primaryKeys();
      const page = key === undefined ? undefined : await pages.get(key);
      return page && { key: key!, page, at: (await this.store.read<number>('unpacked')) ?? 0 };
    });
  }

  /** The store of a table this app knows. */
  #synced(name: string): Table[] {
    return name in this.tables ? [this.store.table(name)] : [];
  }

  #touchedByPages(): Table[] {
    const { bytes, files, attention, deviceValues } = this.store;
    const aside: readonly Table[] = [bytes, files, attention, deviceValues]; // drafts and photos need not wait for a page
    return this.store.tables.filter((table) => !aside.some(({ name }) => name === table.name));
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
