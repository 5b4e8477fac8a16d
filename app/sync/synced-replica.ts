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

/** What became of a page: not taken, taken with more to come, or all there is. */
export type Outcome = 'stale' | 'more' | 'done';

/** Places in the outbox, both included. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** Intents about to travel, and where in the outbox they stand. */
export interface Batch extends Stretch {
  readonly client: string;
  /** The place of each. */
  readonly places: readonly number[];
  readonly mutations: WireMutation[];
}

const ANYWHERE: Stretch = { first: 0, last: Infinity };

interface KeptPage {
  readonly key: number;
  readonly page: Page;
  /** The row to go on with. */
  readonly at: number;
}

/** Applied intents that may wait for their rows before that is noted: so many a crash would send once more (S36). */
const MOST_HELD = 1_000;

/** Rows unpacked in one step: a person's own write never waits longer than that takes (S26). */
const SLICE = 1_000;

/** The engine's half of a replica: what leaves it and what comes home to it. Pages that only show and write do without. */
export class SyncedReplica extends Replica {
  #kept: KeptPage | undefined;
  /** Places of applied intents whose verdict is not stored: it will be, with the rows it brings home (S36). */
  #held: number[] = [];

  /** The oldest unsent intents after a place in the outbox, in order, as they travel; null when there are none (S16). */
  async nextBatch(max: number, after = this.#lastHeld): Promise<Batch | null> {
    const queued = this.#queuedAfter(after);
    const intents = within(await queued.limit(max).toArray());
    if (!intents.length) return null;
    const client = (await this.store.read<string>('client'))!;
    const places = intents.map(({ seq }) => seq!);
    return { client, mutations: intents.map(toWire), places, first: places[0]!, last: places.at(-1)! };
  }

  /** Whether an intent waits to be sent. */
  async hasQueued(): Promise<boolean> {
    return (await this.#queuedAfter(this.#lastHeld).limit(1).count()) > 0;
  }

  #queuedAfter(place: number) {
    return this.store.outbox.where('[state+seq]').between(['queued', place], ['queued', Infinity], false);
  }

  get #lastHeld(): number {
    return this.#held.at(-1) ?? 0;
  }

  /**
   * Holds a batch that was applied whole until the next pull has brought its rows, so that both are noted in one step
   * instead of two (S36). False when too many are held already.
   */
  hold({ places }: Batch): boolean {
    if (this.#held.length + places.length > MOST_HELD) return false;
    this.#held.push(...places);
    return true;
  }

  /** Notes that what is held was applied, without waiting for its rows any longer (S13). */
  async release(): Promise<void> {
    if (this.#held.length === 0) return;
    const held = this.#held;
    const { outbox } = this.store;
    await this.store.step(async () => {
      const sent = await outbox.bulkGet(held);
      await this.#note(sent.filter((intent) => intent?.state === 'queued') as Intent[]);
    }, [outbox]);
    this.#held = [];
  }

  /** Notes in the outbox that intents were applied: they stay painted until their rows come home (S13). */
  #note(applied: readonly Intent[]): Promise<unknown> {
    return this.store.outbox.bulkPut(applied.map((intent) => ({ ...intent, state: 'acked' })));
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
      await this.#note(fine);
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
      return { sent, cursor: JSON.parse(sent) as Cursor, acked: [...acked, ...this.#held] };
    });
  }

  /**
   * Takes a page, unless another pull was applied since it was asked for (S3): the first of a listing goes straight to the
   * screen, the following ones are kept as they came and unpacked later (S26). Says whether there is more to pull.
   */
  async applyPull(request: PullRequest, reply: PullReply, following = false): Promise<Outcome> {
    const { meta, pages } = this.store;
    const page: Page = { reply, epoch: request.cursor.e, acked: request.acked };
    const keep = following || (await pages.count()) > 0;
    const outcome = await this.store.step(
      async () => {
        if (((await this.store.read('cursor')) ?? '{}') !== request.sent) return 'stale'; // S3
        if (keep) await pages.add(page);
        else await receive(this, page);
        await meta.put({ key: 'cursor', value: JSON.stringify(reply.c) });
        return reply.m ? 'more' : 'done';
      },
      keep ? [meta, pages] : this.#touchedByPages(),
    );
    const home = new Set(outcome === 'done' && !keep ? request.acked : []);
    this.#held = this.#held.filter((place) => !home.has(place)); // what came home needs no note any more (S36)
    return outcome;
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
