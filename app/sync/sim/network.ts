import { Failure, refusal, weather } from '../../kernel/failure.ts';
import type { Cursor, PullReply, PushResult, SyncRemote, WireMutation } from '../protocol.ts';
import type { SimDatabase } from './database.ts';

/** Sync calls of one person, straight to the database. */
export function sqlRemote(db: SimDatabase, userId: string): SyncRemote {
  return {
    pull: (cursor, rows) =>
      one<PullReply>(db, userId, 'select public.sync_pull($1::json, $2) as answer', [JSON.stringify(cursor), rows]),
    push: (client, mutations) =>
      one<PushResult[]>(db, userId, 'select public.sync_push($1, $2::jsonb) as answer', [
        client,
        JSON.stringify(mutations),
      ]),
  };
}

async function one<T>(db: SimDatabase, userId: string, sql: string, params: unknown[]): Promise<T> {
  try {
    const [row] = await db.queryAs<{ answer: T | string }>(userId, sql, params);
    const answer = row!.answer;
    return typeof answer === 'string' ? (JSON.parse(answer) as T) : answer;
  } catch (thrown) {
    const { code = '', message } = thrown as { code?: string; message: string };
    if (code === 'BL401') throw refusal('signed_out', message);
    if (/^(40|53|55P03|57)/.test(code)) throw weather('server_busy', message, thrown);
    if (/^22P0[25]/.test(code)) throw refusal('malformed', message); // a text that no database can read, as in the product
    throw thrown;
  }
}

/**
 * What may become of a request. `late`: its reply waits until it is released; `twice`: a retry races its original;
 * `delayed`: it reaches the server long after the device gave it up; `echo`: a copy does, long after the original.
 */
export type Fate =
  'delivered' | 'request_lost' | 'reply_lost' | 'twice' | 'late' | 'delayed' | 'echo' | 'busy' | 'expired' | 'crash';

/** The tab died after the server committed and before it heard of it. */
export class Crash extends Error {}

/** Where the network reports: what the server answered, and which requests are still on their way. */
export interface Wire {
  heard(mutations: readonly WireMutation[], results: readonly PushResult[]): void;
  later(arrive: () => Promise<unknown>): void;
}

/** What a tab is told of its own requests. */
export interface Ears {
  /** A pull leaves. */
  asks(): void;
  /** Verdicts on these intents have arrived. */
  learns(ids: readonly string[]): void;
  /** The tab dies of an answer, before it hears it. */
  dies(): void;
}

/** A network that does to each request what the storm wants done to it. */
export class Network implements SyncRemote {
  fate: Fate = 'delivered';
  /** How many requests are delivered before the fate strikes. */
  spared = 0;
  /** The tab whose network it is. */
  ears: Ears = { asks: () => undefined, learns: () => undefined, dies: () => undefined };
  readonly #inner: SyncRemote;
  readonly #wire: Wire;
  #released: (() => void) | undefined;
  #held: (() => void) | undefined;

  constructor(inner: SyncRemote, wire: Wire) {
    this.#inner = inner;
    this.#wire = wire;
  }

  pull(cursor: Cursor, rows: number): Promise<PullReply> {
    this.ears.asks();
    return this.#carry(() => this.#inner.pull(cursor, rows));
  }

  async push(client: string, mutations: WireMutation[]): Promise<PushResult[]> {
    const heard = await this.#carry(async () => {
      const results = await this.#inner.push(client, mutations);
      this.#wire.heard(mutations, results);
      return results;
    });
    this.ears.learns(heard.map(({ id }) => id));
    return heard;
  }

  /** Resolves when a late reply has left the server. */
  held(): Promise<void> {
    return new Promise((resolve) => (this.#held = resolve));
  }

  /** Lets a late reply arrive. */
  release(): void {
    this.#released?.();
    this.#released = undefined;
  }

  async #carry<T>(call: () => Promise<T>): Promise<T> {
    if (this.spared > 0) {
      this.spared -= 1;
      return call();
    }
    const fate = this.fate;
    this.fate = 'delivered';
    this.#lose(fate, call);
    const reply = await call();
    if (fate === 'twice') return call();
    if (fate === 'echo') this.#wire.later(call);
    if (fate === 'reply_lost') throw weather('timeout', 'the reply was lost');
    if (fate === 'crash') {
      this.ears.dies();
      throw new Crash();
    }
    if (fate === 'late') await this.#hold();
    return reply;
  }

  /** Throws for a request that does not reach the server now. */
  #lose(fate: Fate, call: () => Promise<unknown>): void {
    if (fate === 'request_lost') throw weather('offline', 'the request was lost');
    if (fate === 'busy') throw weather('server_busy', 'the server is busy');
    if (fate === 'expired') throw refusal('signed_out', 'the token expired');
    if (fate !== 'delayed') return;
    this.#wire.later(call);
    throw weather('timeout', 'the request is still on its way');
  }

  #hold(): Promise<void> {
    return new Promise((resolve) => {
      this.#released = resolve;
      this.#held?.();
    });
  }
}

/** Whether the tab died of it. */
export const isCrash = (thrown: unknown): boolean =>
  thrown instanceof Crash || (thrown instanceof Failure && thrown.cause instanceof Crash);

/** Whether a lane may simply try again. */
export const isExpected = (thrown: unknown): boolean =>
  isCrash(thrown) || (thrown instanceof Failure && (thrown.kind === 'weather' || thrown.code === 'signed_out'));
