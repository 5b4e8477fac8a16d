/** Minutes without a touch after which the screen locks, and the minute at which it warns (R017, R018). */
export const LOCK_AFTER_MS = 30 * 60_000;
export const WARN_AFTER_MS = 25 * 60_000;

/** Whether the person is here, about to be locked out, or locked. */
export type Idle =
  | { readonly phase: 'active' }
  | { readonly phase: 'warning'; readonly seconds_left: number }
  | { readonly phase: 'locked' };

/** The state by the wall clock, so that a phone that slept is locked when it wakes; a clock set back counts as just now. */
export function idleAt(lastActivity: number, now: number): Idle {
  const quiet = Math.max(0, now - lastActivity);
  if (quiet >= LOCK_AFTER_MS) return { phase: 'locked' };
  if (quiet >= WARN_AFTER_MS) return { phase: 'warning', seconds_left: Math.ceil((LOCK_AFTER_MS - quiet) / 1000) };
  return { phase: 'active' };
}

/** Places and times an `IdleWatch` depends on. */
export interface IdleOptions {
  /** Whose screen this is; tabs of the same person share their activity. */
  readonly user_id: string;
  /** When they proved who they are; a lock from before that is over. Milliseconds. */
  readonly signed_in_at: number;
  readonly onChange: (idle: Idle) => void;
  readonly storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly now?: () => number;
}

const WRITE_EVERY_MS = 5_000;

/** Watches one person's activity across tabs and says when to warn and when to lock. */
export class IdleWatch {
  readonly #options: Required<IdleOptions>;
  #idle: Idle = { phase: 'active' };
  #written = 0;

  constructor(options: IdleOptions) {
    this.#options = { storage: globalThis.localStorage, now: Date.now, ...options };
  }

  get idle(): Idle {
    return this.#idle;
  }

  /** Looks at the clock. Called by timers, on waking, and when another tab has written. */
  check(): Idle {
    const next = this.#read();
    // The lock is written down, so that no other tab and no reload takes a later touch for a return.
    if (next.phase === 'locked' && !this.#lockedAt()) this.#write('locked', this.#options.now());
    this.#become(next);
    return next;
  }

  /** Notes a touch or key press. The first touch after a long sleep locks instead of counting. */
  touch(): void {
    if (this.check().phase !== 'active') return;
    const now = this.#options.now();
    if (now - this.#written < WRITE_EVERY_MS) return;
    this.#written = now;
    this.#write('active', now);
  }

  /** "Stay signed in". */
  stay(): void {
    if (this.check().phase === 'locked') return;
    this.#write('active', this.#options.now());
    this.check();
  }

  /** Locks now. */
  lock(): void {
    this.#write('locked', this.#options.now());
    this.check();
  }

  /** Opens after the person has proved who they are. */
  unlock(): void {
    // In this order: another tab that looks in between must not find the old activity without the lock and lock again.
    this.#write('active', this.#options.now());
    this.#options.storage.removeItem(this.#key('locked'));
    this.check();
  }

  #read(): Idle {
    const lockedAt = this.#lockedAt();
    if (lockedAt > 0 && lockedAt >= this.#options.signed_in_at) return { phase: 'locked' };
    const last = Math.max(this.#get('active'), this.#options.signed_in_at);
    return last > this.#options.now() ? { phase: 'active' } : idleAt(last, this.#options.now());
  }

  #become(next: Idle): void {
    const same = JSON.stringify(next) === JSON.stringify(this.#idle);
    this.#idle = next;
    if (!same) this.#options.onChange(next);
  }

  #lockedAt = (): number => this.#get('locked');
  #key = (what: string): string => `portal-${what}-${this.#options.user_id}`;
  #get = (what: string): number => Number(this.#options.storage.getItem(this.#key(what)) ?? 0);
  #write = (what: string, at: number): void => this.#options.storage.setItem(this.#key(what), String(at));
}
