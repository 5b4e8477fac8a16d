import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Clock, IntentDraft, OperationDraft, PullReply, PushResult, Row, Tables, Values } from './protocol.ts';
import { openReplica } from './replica.ts';
import { SyncedReplica } from './synced-replica.ts';

const columns = ['id', 'organization_id', 'title', 'amount_minor', 'currency', 'status'];

/** Two tables that know nothing of tours. */
export const testTables: Tables = {
  claims: {
    columns,
    insertable: columns.slice(0, 5),
    writable: ['title', 'amount_minor', 'currency'],
    groups: { money: ['amount_minor', 'currency'] },
    indexes: ['status'],
  },
  photos: {
    columns: ['id', 'organization_id'],
    insertable: ['id', 'organization_id'],
    writable: [],
    groups: {},
    indexes: [],
  },
};

/** A replica on a disk of its own, or on the one given. */
export const testReplica = (indexedDB = new IDBFactory(), tables = testTables): Promise<SyncedReplica> =>
  openReplica(SyncedReplica, 'test', tables, { indexedDB, IDBKeyRange, now: () => Date.parse('2026-06-01T12:00:00Z') });

/** A claim as the server would send it. */
export const claim = (id: string, more: Values = {}): Row => ({
  id,
  organization_id: 'o1',
  title: 'fuel',
  amount_minor: 500,
  currency: 'EUR',
  status: 'draft',
  ...more,
});

/** A page as the server would send it. */
export function page(rows: Row[], more: Partial<PullReply> & { table?: string } = {}): PullReply {
  const { table = 'claims', ...reply } = more;
  const names = testTables[table]!.columns;
  return {
    c: { e: 'epoch', s: { s1: { o: 'o1' } } },
    m: false,
    w: [],
    k: rows.length ? { [table]: [...names] } : {},
    r: { [table]: rows.map((row) => names.map((name) => row[name])) },
    g: {},
    ...reply,
  };
}

/** Pulls one scripted page into a replica. */
export async function take(replica: SyncedReplica, reply: PullReply): Promise<'stale' | 'more' | 'done'> {
  return replica.applyPull(await replica.pullRequest(), reply);
}

/** An intent of one or more operations on claims of organisation o1. */
export const intent = (...operations: OperationDraft[]): IntentDraft => ({
  name: 'claims.test',
  organization_id: 'o1',
  operations,
});

export const change = (id: string, v: Values): OperationDraft => ({ op: 'upd', t: 'claims', id, v });

/** What is on screen, without what the columns say about time. */
export const shown = (replica: SyncedReplica, id: string): Promise<Row | undefined> => replica.table('claims').get(id);

/** The operations that would travel now. */
export async function outgoing(replica: SyncedReplica): Promise<{ id: string; ops: Values[] }[]> {
  return (await replica.nextBatch(100))?.mutations ?? [];
}

/** Settles the oldest intent with a verdict. */
export async function judge(replica: SyncedReplica, verdict: Omit<PushResult, 'id'>): Promise<string> {
  const id = (await outgoing(replica))[0]!.id;
  await replica.applyPush([{ id, ...verdict }]);
  return id;
}

/** A clock that only moves when told, with no chance in it. */
export class TestClock implements Clock {
  #now = 0;
  #timers: { at: number; run: () => void }[] = [];

  now = (): number => this.#now;
  random = (): number => 0.5;

  setTimeout(run: () => void, ms: number): unknown {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return timer;
  }

  clearTimeout(handle: unknown): void {
    this.#timers = this.#timers.filter((timer) => timer !== handle);
  }

  /** Milliseconds until the next timer; undefined when none is set. */
  get next(): number | undefined {
    return this.#timers.length ? Math.min(...this.#timers.map(({ at }) => at)) - this.#now : undefined;
  }

  /** Lets time pass and everything that follows from it settle. */
  async pass(ms: number): Promise<void> {
    this.#now += ms;
    for (const timer of this.#timers.filter(({ at }) => at <= this.#now)) {
      this.clearTimeout(timer);
      timer.run();
    }
    await settled();
  }
}

/** Resolves after everything already under way has had its turn. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
