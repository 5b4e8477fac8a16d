/**
 * What a call that failed means for whoever made it: `retry` later, `throttle` (later, and nothing is broken), `unknown`
 * (it may have been done: look before doing it again) or `fatal` (a person must act).
 */
export type Outcome = 'retry' | 'throttle' | 'unknown' | 'fatal';

/** A call to a stranger that did not succeed. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
  readonly outcome: Outcome;
  /** A stable word; words.ts has its sentence. */
  readonly code: string;
  /** How long to wait at least, in milliseconds, when the stranger said so. */
  readonly after_ms: number | undefined;
  /** What the stranger said, one sentence each. */
  readonly said: readonly string[];

  constructor(
    outcome: Outcome,
    code: string,
    more: { after_ms?: number | undefined; said?: readonly string[]; cause?: unknown } = {},
  ) {
    super([code, ...(more.said ?? [])].join(': '), { cause: more.cause });
    this.outcome = outcome;
    this.code = code;
    this.after_ms = more.after_ms;
    this.said = more.said ?? [];
  }
}

/** Reads a Retry-After header, in seconds or as a date; undefined when there is none worth reading. */
export function retryAfterMs(header: string | null, now: number = Date.now()): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
