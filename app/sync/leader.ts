import type { LeaderLock } from './protocol.ts';
import type { Beat } from './scheduler.ts';

/** The name of one person's lock and channel in a browser. */
export const leaderName = (userId: string): string => `portal-sync-${userId}`;

/** How tabs of one browser nudge each other; `BroadcastChannel` fits. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => unknown) | null;
  close(): void;
}

/** What a tab does while it leads. */
export interface Reign {
  begin(): void;
  beat(reason: Beat): void;
  end(): Promise<void>;
}

/** Lets one tab of many talk to the server (S21); the others nudge it. Two leaders would be wasteful, never wrong. */
export class Leader {
  readonly #name: string;
  readonly #lock: LeaderLock;
  readonly #reign: Reign;
  readonly #channel: Channel | undefined;
  readonly #abort = new AbortController();
  #leading = false;
  #ended: Promise<void> = Promise.resolve();

  constructor(name: string, lock: LeaderLock, reign: Reign, channel: Channel | undefined) {
    this.#name = name;
    this.#lock = lock;
    this.#reign = reign;
    this.#channel = channel;
  }

  start(): void {
    if (this.#channel) this.#channel.onmessage = ({ data }) => this.#leading && this.#reign.beat(data as Beat);
    this.#ended = this.#lock.lead(this.#name, this.#abort.signal, () => this.#lead());
  }

  /** Beats here when this tab leads, in the leading tab otherwise. */
  beat(reason: Beat): void {
    if (this.#leading) this.#reign.beat(reason);
    else this.#channel?.postMessage(reason);
  }

  get leading(): boolean {
    return this.#leading;
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#ended;
    this.#channel?.close();
  }

  async #lead(): Promise<void> {
    this.#leading = true;
    this.#reign.begin();
    await new Promise((resolve) => {
      if (this.#abort.signal.aborted) resolve(undefined);
      else this.#abort.signal.addEventListener('abort', resolve);
    });
    this.#leading = false;
    await this.#reign.end();
  }
}
