import { isLeaseLost } from './database.ts';
import { call } from './http.ts';
import type { Job, JobContext, JobKind, Result } from './jobs.ts';
import { Trouble, troubleOf, unknown } from './outcome.ts';
import type { Claimed, Queue } from './queue.ts';

/** So many errands run at once in one worker. */
const HANDS = 6;
/** How long an errand is ours before somebody else may take it over. */
const LEASE_S = 120;
/** An errand ends so long before its lease, so that its outcome can still be written. */
const MARGIN_S = 15;

/** How a shift went; numbers only. */
export interface Shift {
  done: number;
  failed: number;
  /** Taken over by somebody else while it ran. */
  lost: number;
}

/** What a shift may be told. */
export interface ShiftOptions {
  /** Nothing new is begun after this moment (milliseconds since 1970). */
  readonly until: number;
  readonly hands?: number;
  readonly leaseSeconds?: number;
  readonly fetch?: typeof fetch;
  /** Hears of each trouble; the errand's own words, nothing private. */
  readonly log?: (line: string) => void;
}

/** Works until nothing is due or the time is up. Any number of workers may do so at once. */
export async function work(queue: Queue, kinds: readonly JobKind[], options: ShiftOptions): Promise<Shift> {
  const { hands = HANDS, leaseSeconds = LEASE_S } = options;
  const known = new Map(kinds.map((kind) => [kind.kind, kind]));
  const shift: Shift = { done: 0, failed: 0, lost: 0 };
  const take = (atMost: number): Promise<Claimed[]> =>
    Date.now() < options.until ? queue.claim([...known.keys()], atMost, leaseSeconds) : Promise.resolve([]);
  const hand = async (claimed: Claimed): Promise<void> => {
    for (let next: Claimed | undefined = claimed; next; [next] = await take(1))
      shift[await runOne(queue, known.get(next.job.kind)!, next, { ...options, leaseSeconds })] += 1;
  };
  await Promise.all((await take(hands)).map(hand));
  return shift;
}

async function runOne(
  queue: Queue,
  kind: JobKind,
  claimed: Claimed,
  options: ShiftOptions & { leaseSeconds: number },
): Promise<keyof Shift> {
  const began = performance.now();
  const { context, close } = contextOf(queue, claimed, options);
  try {
    const result = await attempt(kind, claimed.job, context);
    if (!(result instanceof Trouble)) {
      await queue.complete(claimed, result, performance.now() - began);
      return 'done';
    }
    const where = result.cause instanceof Error ? ` (${result.cause.name}: ${result.cause.message})` : '';
    options.log?.(`${kind.kind} ${claimed.job.id}: ${result.outcome} ${result.code}${where}`);
    await queue.fail(claimed, result);
    return 'failed';
  } catch (error) {
    if (isLeaseLost(error)) return 'lost';
    throw error;
  } finally {
    close();
  }
}

/** Runs a handler, at most until its time is up; answers its result or the trouble it met. */
async function attempt(kind: JobKind, job: Job, context: JobContext): Promise<Result | Trouble> {
  const { signal } = context;
  const late = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
  try {
    return (await Promise.race([kind.run(job, context), late])) ?? {};
  } catch (error) {
    if (isLeaseLost(error)) throw error;
    return troubleOf(error);
  }
}

function contextOf(queue: Queue, claimed: Claimed, options: ShiftOptions & { leaseSeconds: number }) {
  const patience = new AbortController();
  const give = (seconds: number) =>
    setTimeout(
      () => patience.abort(unknown('out_of_time', 'The errand took too long.')),
      Math.max(1, seconds - MARGIN_S) * 1000,
    );
  let timer = give(options.leaseSeconds);
  let paid = true;
  const permit = (): Promise<number> => {
    if (!paid) return queue.permit(claimed);
    paid = false;
    return Promise.resolve(0);
  };
  const context: JobContext = {
    signal: patience.signal,
    call: (request) => call({ fetch: options.fetch, permit, signal: patience.signal, ...request }),
    extend: async (seconds) => {
      await queue.extend(claimed, seconds);
      clearTimeout(timer);
      timer = give(seconds);
    },
  };
  return { context, close: () => clearTimeout(timer) };
}
