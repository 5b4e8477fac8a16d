/**
 * How a call to a stranger can go wrong, and what that means for the errand:
 * `retry` it did not happen, try again; `throttle` they ask us to wait; `unknown` it may have happened, look it up before
 * trying again; `fatal` they said no, and will say it again.
 */
export type OutcomeClass = 'retry' | 'throttle' | 'unknown' | 'fatal';

/** What else is known about a trouble. */
export interface TroubleDetail {
  /** Seconds they asked us to wait. */
  readonly retryAfter?: number | undefined;
  readonly status?: number | undefined;
  /** What they answered, cut short. For adapters to read; it is never stored, because it may quote private things. */
  readonly answer?: string | undefined;
  readonly cause?: unknown;
}

/** A call that did not succeed. `code` is a stable word; `message` is kept with the errand and must hold nothing private. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
  readonly outcome: OutcomeClass;
  readonly code: string;
  readonly retryAfter: number | undefined;
  readonly status: number | undefined;
  readonly answer: string | undefined;

  constructor(outcome: OutcomeClass, code: string, message: string, detail: TroubleDetail = {}) {
    super(message, { cause: detail.cause });
    this.outcome = outcome;
    this.code = code;
    this.retryAfter = detail.retryAfter;
    this.status = detail.status;
    this.answer = detail.answer;
  }
}

const maker =
  (outcome: OutcomeClass) =>
  (code: string, message: string, detail?: TroubleDetail): Trouble =>
    new Trouble(outcome, code, message, detail);

/** It did not happen: try again. */
export const retry = maker('retry');
/** They ask us to wait: try again, and no attempt is counted. */
export const throttle = maker('throttle');
/** It may have happened: look it up first. */
export const unknown = maker('unknown');
/** They said no. */
export const fatal = maker('fatal');

/** The code that holds an organisation's lane until somebody has signed in over there anew. */
export const SIGN_IN_AGAIN = 'sign_in_again';

/** They no longer let the organisation in. Errands are kept and go out once somebody has signed in again. */
export const signInAgain = (message: string, detail?: TroubleDetail): Trouble => fatal(SIGN_IN_AGAIN, message, detail);

/** What anything thrown means. A mistake of ours is worth trying again: the next release may have mended it. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof Trouble) return error;
  const name = error instanceof Error ? error.name : 'Error';
  if (name === 'AbortError' || name === 'TimeoutError')
    return unknown('out_of_time', 'The errand took too long.', { cause: error });
  return retry('unexpected', `Unexpected ${name}.`, { cause: error });
}
