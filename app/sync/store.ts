import { Dexie, type DexieOptions, type Table } from 'dexie';
import { Failure, refusal } from '../kernel/failure.ts';
import type { Intent, IntentDraft, Notice, Page, Row, StoredFile, Tables } from './protocol.ts';

/** What the server holds of a row that has unsettled changes on top; null when it holds none. */
export interface Shadow {
  key: string;
  row: Row | null;
}

/** A row that was listed again during the sweep of its organisation. */
interface Mark {
  key: string;
  organization_id: string;
}

/** The IndexedDB of one person: a store for each synced table and the stores of the engine. */
export class ReplicaStore extends Dexie {
  declare outbox: Table<Intent, number>;
  declare shadow: Table<Shadow, string>;
  declare attention: Table<Notice, string>;
  declare files: Table<StoredFile, string>;
  declare bytes: Table<{ path: string; data: ArrayBuffer }, string>;
  declare marks: Table<Mark, string>;
  declare pages: Table<Page, number>;
  declare meta: Table<{ key: string; value: unknown }, string>;
  declare deviceValues: Table<{ key: string; value: unknown }, string>;

  constructor(name: string, tables: Tables, options: DexieOptions = {}) {
    super(name, { chromeTransactionDurability: 'strict', ...options });
    // S25: the number never changes; Dexie compares what is installed with this list and adds what is missing.
    this.version(1).stores({
      outbox: '++seq, &id, state, [state+seq], *rows, follows',
      shadow: 'key',
      attention: 'id',
      files: 'path, state, intent',
      bytes: 'path',
      marks: 'key, organization_id',
      pages: '++',
      meta: 'key',
      deviceValues: 'key',
      ...syncedStores(tables),
    });
  }

  /** Runs one durable step (S2): all of it or nothing. Throws the refusal `device_full` when there is no room (S23). */
  async step<T>(work: () => Promise<T>, tables: Table[] = this.tables): Promise<T> {
    try {
      // Dexie holds a transaction open across native awaits only when its work is itself an async function.
      return await this.transaction('rw', tables, async () => work());
    } catch (thrown) {
      throw isQuota(thrown) ? refusal('device_full', 'this device has no room left') : thrown;
    }
  }

  /** A bookkeeping value, or undefined. */
  async read<T>(key: string): Promise<T | undefined> {
    return (await this.meta.get(key))?.value as T | undefined;
  }
}

/** What the steps of a replica work with. */
export interface Bench {
  readonly store: ReplicaStore;
  readonly tables: Tables;
  readonly now: () => number;
  table(name: string): Table<Row, string>;
  /** Writes an intent inside a step that is already open. */
  enqueue(draft: IntentDraft, follows?: string): Promise<string>;
  /** The unsettled intents about some rows, by row and in the order they were made. */
  pendingAbout(keys: readonly string[]): Promise<Map<string, Intent[]>>;
  /** Draws rows again after their base or their intents changed. */
  repaint(keys: readonly string[]): Promise<void>;
}

function syncedStores(tables: Tables): Record<string, string> {
  const stores = Object.entries(tables).map(([name, { indexes }]) => {
    const declared = indexes.filter((index) => index !== 'id' && index !== 'organization_id');
    return [name, ['id', 'organization_id', ...declared].join(', ')] as const;
  });
  return Object.fromEntries(stores);
}

/** IndexedDB reports a full disk either as the error itself or as the reason of an aborted transaction. */
function isQuota(thrown: unknown): boolean {
  if (thrown instanceof Failure || !(thrown instanceof Error)) return false;
  const inner = (thrown as { inner?: unknown }).inner;
  return thrown.name === 'QuotaExceededError' || (inner !== thrown && isQuota(inner));
}
