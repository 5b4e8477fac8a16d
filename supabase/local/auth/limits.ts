import { AuthError } from './errors.ts';

interface Bucket {
  left: number;
  at: number;
}

/** Counts requests per caller and mails per hour as token buckets, in memory: a restart forgives. */
export class Limits {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Takes one of `amount` permits that refill evenly over `seconds`; false when none is left. */
  take(key: string, amount: number, seconds: number): boolean {
    const now = this.#now().getTime() / 1000;
    const { left, at } = this.#buckets.get(key) ?? { left: amount, at: now };
    const filled = Math.min(amount, left + ((now - at) * amount) / seconds);
    this.#buckets.set(key, { left: filled < 1 ? filled : filled - 1, at: now });
    if (this.#buckets.size > 10_000) this.#buckets.delete(this.#buckets.keys().next().value ?? '');
    return filled >= 1;
  }

  /** Refuses a caller who asks one kind of question too often (per five minutes, as config.toml counts). */
  request(kind: string, ip: string, amount: number): void {
    if (this.take(`${kind}:${ip}`, amount, 300)) return;
    throw new AuthError(429, 'over_request_rate_limit', 'Request rate limit reached');
  }

  /** Refuses a mail beyond the hourly allowance of the whole service. */
  mail(perHour: number): void {
    if (this.take('mail', perHour, 3600)) return;
    throw new AuthError(429, 'over_email_send_rate_limit', 'email rate limit exceeded');
  }
}
