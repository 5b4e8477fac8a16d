import { problem } from './replies.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How often one organisation may be asked. */
export interface Quota {
  readonly perMinute: number;
  readonly perDay: number;
  readonly atOnce: number;
}

/** What Xero grants each organisation that an application is connected to. */
export const XERO_QUOTA: Quota = { perMinute: 60, perDay: 5_000, atOnce: 5 };

/** Counts the calls to each organisation in sliding windows. */
export class Limits {
  readonly #quota: Quota;
  readonly #calls = new Map<string, number[]>();
  readonly #running = new Map<string, number>();

  constructor(quota: Quota) {
    this.#quota = quota;
  }

  /** Lets one call in, or answers 429 as Xero does; a call let in must `leave`. */
  enter(tenant: string, now: number): Response | undefined {
    const calls = (this.#calls.get(tenant) ?? []).filter((at) => at > now - DAY);
    const lately = calls.filter((at) => at > now - MINUTE);
    const { perMinute, perDay, atOnce } = this.#quota;
    if ((this.#running.get(tenant) ?? 0) >= atOnce) return tooMany('concurrent', 1);
    if (calls.length >= perDay) return tooMany('day', Math.ceil((calls[0]! + DAY - now) / 1000));
    if (lately.length >= perMinute) return tooMany('minute', Math.ceil((lately[0]! + MINUTE - now) / 1000));
    this.#calls.set(tenant, [...calls, now]);
    this.#running.set(tenant, (this.#running.get(tenant) ?? 0) + 1);
    return undefined;
  }

  leave(tenant: string): void {
    this.#running.set(tenant, (this.#running.get(tenant) ?? 1) - 1);
  }
}

/** The answer to one call too many. */
export const tooMany = (kind: 'minute' | 'day' | 'concurrent', seconds: number): Response =>
  problem(429, 'TooManyRequests', `The ${kind} limit is reached`, {
    'retry-after': String(seconds),
    'x-rate-limit-problem': kind,
  });
