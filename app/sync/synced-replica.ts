import type { Table } from 'dexie';
import { settle } from './notices.ts';
import { toWire } from './paint.ts';
import type { Cursor, Intent, Page, PullReply, PullRequest, PushResult, WireMutation } from './protocol.ts';
import { receive, receiveSlice, sliceOf } from './receive.ts';
import { Replica } from './replica.ts';

/** Operations the server takes at once (S16). */
const OPERATIONS = 1_000;

/** The first intents, as many as the server takes operations at once; at least one. */
function within(intents: Intent[]): Intent[] {
  let room = OPERATIONS;
  return intents.filter(({ ops }, at) => (room -= ops.length) >= 0 || at === 0);
}

/** Places in the outbox, both included. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** Intents about to travel, and where in the outbox they stand. */
export interface Batch extends Stretch {
  readonly client: string;
  readonly mutations: WireMutation[];
}

const ANYWHERE: Stretch = { first: 0, last: Infinity };

interface KeptPage {
  readonly key: number;
  readonly page: Page;
  /** The row to go on with. */
  readonly at: number;
}

/** Rows unpacked in one step: a person's own write never waits longer than that takes (S26). */
const SLICE = 1_000;

/** The engine's half of a replica: what leaves it and what comes home to it. Pages that only show and write do without. */
export class SyncedReplica extends Replica {
  #kept: KeptPage | undefined;

  /** The oldest unsent intents after a place in the outbox, in order, as they travel; null when there are none (S16). */
  async nextBatch(max: number, after = 0): Promise<Batch | null> {
    const { outbox } = this.store;
    const queued = outbox.where('[state+seq]').between(['queued', after], ['queued', Infinity], false);
    const intents = within(await queued.limit(max).toArray());
    if (!intents.length) return null;
    const client = (await this.store.read<string>('client'))!;
    return { client, mutations: intents.map(toWire), first: intents[0]!.seq!, last: intents.at(-1)!.seq! };
  }

  /** Whether an intent waits to be sent. */
  async hasQueued(): Promise<boolean> {
    return (await this.store.outbox.where('state').equals('queued').limit(1).count()) > 0;
  }

  /**
   * Settles the intents of a stretch of the outbox by the server's verdicts; verdicts on intents that are settled already
   * change nothing (S12).
   */
  async applyPush(results: readonly PushResult[], { first, last }: Stretch = ANYWHERE): Promise<void> {
    const { outbox } = this.store;
    await this.store.step(async () => {
      const sent = await outbox.where('seq').between(first, last, true, true).toArray();
      const queued = new Map(sent.filter(({ state }) => state === 'queued').map((intent) => [intent.id, intent]));
      const fine = results.filter(({ id, s }) => queued.has(id) && s === 'applied').map(({ id }) => queued.get(id)!);
      await outbox.bulkPut(fine.map((intent) => ({ ...intent, state: 'acked' }))); // S13: painted until its rows come home
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
}
