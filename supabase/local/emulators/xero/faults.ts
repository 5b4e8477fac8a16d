/** What can be made to go wrong with one request. */
export type FaultName =
  | 'bad-request'
  | 'unauthorized'
  | 'minute-limit'
  | 'day-limit'
  | 'server-error'
  | 'unavailable'
  | 'timeout-after-commit'
  | 'timeout';

/** A fault that waits for its request. */
export interface Fault {
  readonly fault: FaultName;
  /** Only requests whose "METHOD /path" contains this. */
  readonly match?: string;
  /** How many requests it meets; one unless told otherwise. */
  readonly times?: number;
  /** How many such requests pass unharmed first. */
  readonly after?: number;
}

/** The faults that wait, each good for so many requests. */
export class Faults {
  #waiting: { fault: FaultName; match: string; left: number; after: number }[] = [];

  add({ fault, match = '', times = 1, after = 0 }: Fault): void {
    this.#waiting.push({ fault, match, left: times, after });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault that meets this request: the one its header asks for, or the first that waits for it. */
  take(request: Request, path: string): FaultName | undefined {
    const asked = request.headers.get('x-emulator-fault');
    if (asked) return asked as FaultName;
    const spoken = `${request.method} ${path}`;
    const met = this.#waiting.find(({ match, left }) => left > 0 && spoken.includes(match));
    if (!met) return undefined;
    if (met.after > 0) {
      met.after -= 1;
      return undefined;
    }
    met.left -= 1;
    return met.fault;
  }
}
