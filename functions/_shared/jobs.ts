import type { Call } from './http.ts';

/** An errand as its handler sees it. */
export interface Job<P = unknown> {
  readonly id: number;
  readonly kind: string;
  /** Absent for our own errands. */
  readonly organizationId: string | undefined;
  readonly payload: P;
  /** 1 at the first try. */
  readonly attempts: number;
  /** An earlier try may have succeeded without our hearing of it: look it up before doing it again. */
  readonly lookFirst: boolean;
  readonly subject: { readonly table: string; readonly id: string } | undefined;
}

/** What came of it, as far as others want to know. Kept with the errand; hold nothing private. */
export interface Result {
  readonly external_id?: string;
  readonly external_url?: string;
  readonly [more: string]: unknown;
}

/** What a handler may lean on. */
export interface JobContext {
  /** Ends the errand shortly before its lease does. */
  readonly signal: AbortSignal;
  /** A request within the lane's limits and the errand's time. The errand's first call is paid for already. */
  call(request: Call): Promise<Response>;
  /** Keeps the lease for so much longer from now: for long uploads, between two pieces. */
  extend(seconds: number): Promise<void>;
}

/** One kind of errand. `run` throws a `Trouble` (outcome.ts) when it did not succeed. */
export interface JobKind {
  /** `<provider>.<errand>`; the provider is a row of jobs.providers. */
  readonly kind: string;
  run(job: Job, context: JobContext): Promise<Result | void>;
}

/** Defines a kind of errand whose payload is checked before it runs; `payload` may be a zod schema. */
export function defineJob<P>(definition: {
  readonly kind: string;
  readonly payload: { parse(value: unknown): P };
  run(job: Job<P>, context: JobContext): Promise<Result | void>;
}): JobKind {
  const { kind, payload, run } = definition;
  return { kind, run: async (job, context) => run({ ...job, payload: payload.parse(job.payload) }, context) };
}
