import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Exchange } from '../exchange.ts';
import type { BlobRemote, Intent, SyncRemote } from '../protocol.ts';
import { SyncedReplica } from '../synced-replica.ts';
import { ReplicaStore } from '../store.ts';
import { UploadLane } from '../uploads.ts';
import { Crash, isCrash, isExpected, Network, type Ears, type Fate, type Wire } from './network.ts';
import { simTables } from './world.ts';

/** How a replica is made; planted bugs make another one. */
export type MakeReplica = (store: ReplicaStore, now: () => number) => SyncedReplica;

/** The replica as the product has it. */
export const honestReplica: MakeReplica = (store, now) => new SyncedReplica(store, simTables, now);

/** A push of one batch, a pull of one page, or everything out and one page home. */
export type Talk = 'push' | 'pull' | 'talk';

/** One tab: its own connection to the database, its own engine, its own requests in flight. */
class Tab {
  readonly replica: SyncedReplica;
  readonly network: Network;
  readonly exchange: Exchange;
  readonly uploads: UploadLane;
  /** Whether it was closed in the middle of something. */
  died = false;
  /** The moment of its newest pull. */
  asked = 0;

  constructor(replica: SyncedReplica, network: Network, blobs: BlobRemote) {
    this.replica = replica;
    this.network = network;
    this.exchange = new Exchange(replica, network, { rows: 7, batch: 5 });
    this.uploads = new UploadLane(replica, blobs);
  }
}

/** What a device needs of the world around it. */
export interface Surroundings {
  readonly user_id: string;
  readonly remote: SyncRemote;
  readonly blobs: BlobRemote;
  readonly wire: Wire;
  readonly makeReplica: MakeReplica;
  readonly now: () => number;
}

/** One browser of one person: a database that survives everything, and two tabs that both believe they lead. */
export class Device {
  readonly user_id: string;
  /** Counts requests. */
  moment = 0;
  /** The moment at which the newest pull that was completed here had been asked. */
  knows = 0;
  /** The moments at which verdicts on intents were first heard here. */
  readonly settledAt = new Map<string, number>();
  /** Complete pulls of which some pages are still kept: when they were asked, and the last of their pages. */
  #promises: { asked: number; page: number }[] = [];
  readonly #around: Surroundings;
  readonly #indexedDB = new IDBFactory();
  #tabs: Tab[] = [];
  #late: { network: Network; done: Promise<void> }[] = [];

  constructor(around: Surroundings) {
    this.#around = around;
    this.user_id = around.user_id;
  }

  async open(): Promise<void> {
    this.#tabs = [await this.#openTab(), await this.#openTab()];
  }

  get replica(): SyncedReplica {
    return this.#tabs[0]!.replica;
  }

  tab(number: number): Tab {
    return this.#tabs[number % this.#tabs.length]!;
  }

  /** One conversation by one tab under a fate, which strikes after some requests were spared; a late reply is kept to arrive at `settleLate`. */
  async exchange(what: Talk, number: number, fate: Fate, spared = 0): Promise<string> {
    const tab = this.tab(number);
    Object.assign(tab.network, { fate, spared });
    const held = tab.network.held();
    const done = this.#ask(tab, what);
    if (fate !== 'late') return done.finally(() => Object.assign(tab.network, { fate: 'delivered', spared: 0 }));
    this.#late.push({ network: tab.network, done: done.then(() => {}) });
    await Promise.race([done, held]);
    await this.#replace(number); // a tab waits for its own request: the next one is another tab's
    return 'late';
  }

  async #ask(tab: Tab, what: Talk): Promise<string> {
    this.moment += 1;
    const outcome = await tab.exchange[what]().then(String, (thrown: unknown) =>
      this.#survive(tab.died ? new Crash() : thrown),
    );
    if (outcome !== 'done') return outcome;
    this.#promises.push({ asked: tab.asked, page: (await this.#kept()).at(-1) ?? -1 });
    return this.#learn();
  }

  #kept = (): Promise<number[]> => this.replica.store.pages.toCollection().primaryKeys();

  /** What is complete is known once its last page is no longer kept (S26). */
  async #learn(): Promise<'done' | 'kept'> {
    const kept = await this.#kept();
    const known = this.#promises.filter(({ page }) => !kept.includes(page));
    this.#promises = this.#promises.filter(({ page }) => kept.includes(page));
    this.knows = Math.max(this.knows, ...known.map(({ asked }) => asked));
    return kept.length ? 'kept' : 'done';
  }

  /** One tab unpacks a few rows of what is kept; `none` when there was nothing. */
  async unpack(number: number, rows: number): Promise<'done' | 'kept' | 'none'> {
    return (await this.tab(number).replica.unpack(rows)) ? this.#learn() : 'none';
  }

  /** In good weather: everything out, everything home. */
  async catchUp(): Promise<void> {
    const cycle = () =>
      this.tab(0)
        .exchange.cycle()
        .then(
          () => 'done',
          (thrown: unknown) => this.#survive(thrown),
        );
    for (let tries = 1; (await cycle()) !== 'done'; tries++) if (tries === 50) throw new Error('S19: never catches up');
    this.#promises = [];
    this.knows = ++this.moment;
  }

  /** Late replies arrive now, at tabs that should have been closed long ago. */
  async settleLate(): Promise<void> {
    for (const { network, done } of this.#late.splice(0)) {
      network.release();
      await done;
    }
  }

  async #survive(thrown: unknown): Promise<string> {
    if (!isExpected(thrown)) throw thrown;
    if (isCrash(thrown)) await this.crash();
    return 'failed';
  }

  /** The browser is killed: only what is durable remains. */
  async crash(): Promise<void> {
    for (const { replica } of this.#tabs) replica.close();
    await this.open();
  }

  async close(): Promise<void> {
    await this.settleLate();
    for (const { replica } of this.#tabs) replica.close();
  }

  async attention(): Promise<Set<string>> {
    return new Set(await this.replica.store.attention.toCollection().primaryKeys());
  }

  /** Everything in the outbox, in the order it was made. */
  outbox(): Promise<Intent[]> {
    return this.replica.store.outbox.toArray();
  }

  async #replace(number: number): Promise<void> {
    this.#tabs[number % this.#tabs.length] = await this.#openTab();
  }

  async #openTab(): Promise<Tab> {
    const store = new ReplicaStore('portal-storm', simTables, { indexedDB: this.#indexedDB, IDBKeyRange });
    const replica = this.#around.makeReplica(store, this.#around.now);
    await replica.prepare();
    const tab = new Tab(replica, new Network(this.#around.remote, this.#around.wire), this.#around.blobs);
    tab.network.ears = this.#earsOf(tab);
    return tab;
  }

  #earsOf(tab: Tab): Ears {
    return {
      asks: () => (tab.asked = ++this.moment),
      learns: (ids) => ids.forEach((id) => this.settledAt.set(id, this.settledAt.get(id) ?? this.moment)),
      dies: () => {
        tab.died = true;
        tab.replica.close();
      },
    };
  }
}
