import { asFailure, weather } from '../kernel/failure.ts';
import type { Failure } from '../kernel/failure.ts';
import type { PushResult, SyncRemote, WireMutation } from './protocol.ts';
import type { Batch, Outcome, SyncedReplica } from './synced-replica.ts';

/** At most this many intents travel together (S16). */
const BATCH = 200;
/** The first page is small, so that the first screen is there soon (S27). */
const FIRST_PAGE = 500;
const PAGE = 5_000;

/** How much travels at once; storms make it small, so that few rows fill many pages. */
export interface Sizes {
  /** Rows of a page. */
  readonly rows?: number;
  /** Intents of a batch (S16). */
  readonly batch?: number;
}

/** What became of a batch. */
interface Sent {
  readonly results: PushResult[];
  /** Whether everything in it was simply applied. */
  readonly plain: boolean;
  /** What may leave right behind it. */
  readonly following: Batch | null;
}

/** One device's conversation with the server: intents out, rows home (S1). */
export class Exchange {
  readonly #replica: SyncedReplica;
  readonly #remote: SyncRemote;
  readonly #sizes: Sizes;
  /** How many intents still go one by one, because a batch with them was refused as a whole (S17). */
  #careful = 0;
  #sending = 0;
  /** Whether the next page goes on from the last one. */
  #following = false;

  constructor(replica: SyncedReplica, remote: SyncRemote, sizes: Sizes = {}) {
    this.#replica = replica;
    this.#remote = remote;
    this.#sizes = sizes;
  }

  /**
   * Pushes and pulls until nothing is unsent and everything is known and unpacked. Throws what the remote throws, after
   * what is here already has been unpacked: that needs no network (S26).
   */
  async cycle(breathe: () => Promise<void> = async () => {}): Promise<void> {
    for (;;) {
      const failed = await this.#converse(breathe).then(
        () => undefined,
        (thrown: unknown) => asFailure(thrown),
      );
      const interrupted = await this.#unpack(breathe, failed === undefined);
      if (failed) throw failed;
      if (!interrupted) return;
    }
  }

  async #converse(breathe: () => Promise<void>): Promise<void> {
    let outcome: Outcome;
    do {
      outcome = await this.talk();
      await breathe(); // the screen draws between pages
    } while (outcome !== 'done');
  }

  /** One turn of the conversation: everything unsent goes out, one page comes home. */
  async talk(): Promise<Outcome> {
    try {
      await this.#sendAll();
      return await this.pull();
    } finally {
      await this.#replica.release(); // what the pull did not bring home has been applied all the same (S36)
    }
  }

  /** Sends everything unsent and notes the verdicts, for who does not pull afterwards (S35). */
  async pushAll(): Promise<void> {
    try {
      await this.#sendAll();
    } finally {
      await this.#replica.release();
    }
  }

  /** Turns kept pages into rows; says whether it stopped because somebody wrote meanwhile, whose intent goes first. */
  async #unpack(breathe: () => Promise<void>, polite: boolean): Promise<boolean> {
    while (await this.#replica.unpack()) {
      await breathe();
      if (polite && (await this.#replica.hasQueued())) return true;
    }
    return false;
  }

  /**
   * Sends everything unsent, in order; while one batch travels, the verdicts on the one before are stored (S16). Of many
   * batches those that are simply applied wait for the pull that follows (S36).
   */
  async #sendAll(): Promise<void> {
    let stored: Promise<void> = Promise.resolve();
    let many = false;
    try {
      let batch = await this.#next();
      while (batch) {
        const sent = await this.#send(batch);
        await stored;
        const held = sent.plain && (many ||= sent.following !== null) && this.#replica.hold(batch);
        stored = held ? Promise.resolve() : this.#settle(sent.results, batch);
        stored.catch(() => undefined); // heard at the next turn
        if (!sent.following) await stored; // what was refused may take what follows it along
        batch = sent.following ?? (await this.#next());
      }
      await stored;
    } finally {
      await stored.catch(() => undefined); // nothing is left in flight
      await this.#tell(0);
    }
  }

  /** Sends one batch and settles it; false when there was nothing to send. */
  async push(): Promise<boolean> {
    const batch = await this.#next();
    if (!batch) return false;
    try {
      const { results } = await this.#send(batch);
      await this.#replica.applyPush(results, batch);
    } finally {
      await this.#tell(0);
    }
    return true;
  }

  /** Everything is settled in the order it was made. */
  async #settle(results: readonly PushResult[], batch: Batch): Promise<void> {
    await this.#replica.release();
    await this.#replica.applyPush(results, batch);
  }

  #next = (after?: number): Promise<Batch | null> =>
    this.#replica.nextBatch(this.#careful > 0 ? 1 : (this.#sizes.batch ?? BATCH), after);

  /** Sends a batch. What may leave right behind it was read meanwhile, for as long as everything is simply applied. */
  async #send({ client, mutations, last }: Batch): Promise<Sent> {
    await this.#tell(mutations.length);
    const reply = this.#remote.push(client, mutations).catch((thrown: unknown) => this.#unfit(mutations, thrown));
    const [results, following] = await Promise.all([reply, this.#careful > 0 ? null : this.#next(last)]);
    if (!results) return { results: [], plain: false, following: null };
    const verdicts = new Map(results.map(({ id, s }) => [id, s]));
    if (!mutations.some(({ id }) => verdicts.has(id))) throw weather('short_reply', 'the server settled nothing');
    this.#careful = Math.max(0, this.#careful - mutations.length);
    const plain = mutations.every(({ id }) => verdicts.get(id) === 'applied');
    return { results, plain, following: plain ? following : null };
  }

  /** Tells every tab how many intents are on their way, when that has changed. */
  async #tell(sending: number): Promise<void> {
    if (sending === this.#sending) return;
    this.#sending = sending;
    await this.#replica.setActivity({ sending });
  }

  /** A batch refused as a whole is tried one by one; a single intent the server cannot read is set aside (S17). */
  #unfit([first, ...others]: WireMutation[], thrown: unknown): PushResult[] | undefined {
    const failure = asFailure(thrown);
    if (!isUnfit(failure)) throw failure;
    if (!others.length) return [{ id: first!.id, s: 'rejected', code: failure.code }];
    this.#careful = others.length + 1;
    return undefined;
  }

  /** Asks for one page and takes it: the first of a listing as rows, the following ones as they are (S26). */
  async pull(): Promise<Outcome> {
    const request = await this.#replica.pullRequest();
    const rows = this.#sizes.rows ?? (request.cursor.e ? PAGE : FIRST_PAGE);
    const reply = await this.#remote.pull(request.cursor, rows).catch((thrown: unknown) => this.#startOver(thrown));
    if (!reply) return 'stale';
    const outcome = await this.#replica.applyPull(request, reply, this.#following);
    this.#following = outcome === 'more';
    return outcome;
  }

  /** A cursor the server cannot read is worth no more than none (S3, S8). */
  async #startOver(thrown: unknown): Promise<undefined> {
    if (asFailure(thrown).code !== 'malformed_cursor') throw thrown;
    await this.#replica.startOver();
  }
}

const isUnfit = ({ kind, code }: Failure): boolean =>
  kind === 'refusal' && code !== 'signed_out' && code !== 'update_needed';
