import { asFailure, type Failure } from '../kernel/failure.ts';
import { Exchange } from './exchange.ts';
import { Leader, leaderName, type Channel } from './leader.ts';
import type {
  BlobRemote,
  Clock,
  Conditions,
  Connectivity,
  LeaderLock,
  PokeSource,
  ReportFailure,
  SyncRemote,
} from './protocol.ts';
import type { SyncedReplica } from './synced-replica.ts';
import { Scheduler, systemClock, type Beat } from './scheduler.ts';
import { UploadLane } from './uploads.ts';

/** How often a quiet device asks anyway, in milliseconds: pokes are hints and may be lost (S19). */
const IDLE_MS = 60_000;

/** What an engine is made of; everything outside the database comes through a port. */
export interface EngineParts {
  readonly db: { readonly user_id: string; readonly replica: SyncedReplica };
  readonly remote: SyncRemote;
  readonly blobs: BlobRemote;
  readonly poke: PokeSource;
  readonly connectivity: Connectivity;
  /** The line and the battery, where the device tells; files may have to wait for them (S33). */
  readonly conditions?: Conditions;
  readonly lock: LeaderLock;
  readonly clock?: Clock;
  readonly report?: ReportFailure;
  /** How tabs nudge each other; a `BroadcastChannel` when left out. */
  readonly channel?: Channel;
}

/** Keeps one person's replica and the server in step for as long as they are signed in. */
export interface Engine {
  start(): void;
  /** Resolves once nothing is in flight any more. */
  stop(): Promise<void>;
  beat(reason: Beat): void;
  readonly leading: boolean;
}

/** Builds the engine of one tab; it does nothing before `start`. */
export const createEngine = (parts: EngineParts): Engine => new TabEngine(parts);

class TabEngine implements Engine {
  readonly #parts: EngineParts;
  readonly #exchange: Exchange;
  readonly #rows: Scheduler;
  readonly #files: Scheduler;
  readonly #uploads: UploadLane;
  #unwatch = (): void => {};
  readonly #leader: Leader;
  #watched = '';
  #problem: string | null = null;
  #cleanups: (() => void)[] = [];

  constructor(parts: EngineParts) {
    const { db, clock = systemClock, report = () => {} } = parts;
    this.#parts = parts;
    this.#exchange = new Exchange(db.replica, parts.remote);
    this.#uploads = new UploadLane(db.replica, parts.blobs, parts.conditions);
    this.#rows = new Scheduler(() => this.#told(() => this.#exchangeRows()), clock, report, IDLE_MS);
    this.#files = new Scheduler(() => this.#told(() => this.#sendFiles()), clock, report, Infinity);
    const name = leaderName(db.user_id);
    const reign = { begin: () => this.#begin(), beat: (reason: Beat) => this.#both(reason), end: () => this.#end() };
    this.#leader = new Leader(name, parts.lock, reign, parts.channel ?? new BroadcastChannel(name));
  }

  get leading(): boolean {
    return this.#leader.leading;
  }

  start(): void {
    this.#cleanups = [
      this.#parts.db.replica.onWrite(() => this.beat('write')),
      this.#parts.connectivity.onChange(() => void this.#weatherChanged()),
    ];
    this.#leader.start();
  }

  async stop(): Promise<void> {
    for (const cleanup of this.#cleanups) cleanup();
    await this.#leader.stop();
  }

  beat(reason: Beat): void {
    this.#leader.beat(reason);
  }

  #begin(): void {
    void this.#parts.db.replica.setActivity({ sending: 0 }); // a crashed leader may have left a number
    this.#rows.start();
    this.#files.start();
    this.#unwatch = this.#uploads.watch(() => this.#files.beat('asked'));
  }

  #both(reason: Beat): void {
    this.#rows.beat(reason);
    this.#files.beat(reason);
  }

  async #end(): Promise<void> {
    this.#parts.poke.stop();
    this.#unwatch();
    await Promise.all([this.#rows.stop(), this.#files.stop()]);
  }

  async #exchangeRows(): Promise<boolean> {
    await this.#exchange.cycle();
    await this.#watch();
    return true;
  }

  async #sendFiles(): Promise<boolean> {
    const sent = await this.#uploads.run();
    if ((await this.#parts.db.replica.nextBatch(1)) !== null) this.#rows.beat('write'); // what waited for a file may go now
    return sent;
  }

  /** Listens to the scopes this device sees, and to its own person's (S19). */
  async #watch(): Promise<void> {
    const { cursor } = await this.#parts.db.replica.pullRequest();
    const scopes = [this.#parts.db.user_id, ...Object.keys(cursor.s ?? {}).sort()];
    if (scopes.join() === this.#watched) return;
    this.#watched = scopes.join();
    this.#parts.poke.watch(scopes, () => this.#rows.beat('poke'));
  }

  /** Runs a lane and tells every tab what came of it, unless it had no reason to ask the server. */
  async #told(work: () => Promise<boolean>): Promise<void> {
    try {
      if (!(await work())) return;
      this.#parts.connectivity.report(true);
      await this.#tell(null);
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (unreached.has(failure.code)) this.#parts.connectivity.report(false);
      await this.#tell(problemOf(failure)).catch(() => undefined); // a full disk cannot even note that it is full
      throw failure;
    }
  }

  async #weatherChanged(): Promise<void> {
    if (this.#parts.connectivity.online) this.beat('online');
    if (this.leading) await this.#tell(this.#problem).catch(() => undefined);
  }

  async #tell(problem: string | null): Promise<void> {
    this.#problem = problem;
    const { online } = this.#parts.connectivity;
    const before = await this.#parts.db.replica.activity();
    if (before.online !== online || before.problem !== problem)
      await this.#parts.db.replica.setActivity({ online, problem });
  }
}

/** Failures that say the server was never reached, as opposed to busy. */
const unreached: ReadonlySet<string> = new Set(['offline', 'timeout']);

/** Weather passes by itself; everything else is a problem with a name. */
const problemOf = (failure: Failure): string | null => (failure.kind === 'weather' ? null : failure.code);
