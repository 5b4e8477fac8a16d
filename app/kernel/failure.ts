/** Weather passes by itself (retry); a refusal is for the person to read; a bug is ours to report. */
export type FailureKind = 'weather' | 'refusal' | 'bug';

/** The one error shape of the product: a stable `code` for machines, a kind that says who acts next, a message for logs. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: string;
  readonly kind: FailureKind;
  /** Facts a sentence may need, e.g. `{ retry_after: 300 }` in seconds. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    kind: FailureKind,
    code: string,
    message: string,
    options: { cause?: unknown; details?: Record<string, unknown> } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** Builds a failure that will pass by itself: no signal, a busy server, a lost reply. */
export const weather = (code: string, message: string, cause?: unknown): Failure =>
  new Failure('weather', code, message, { cause });

/** Builds a failure that the person can act on; `code` selects the sentence they read. */
export const refusal = (code: string, message: string, details?: Record<string, unknown>): Failure =>
  new Failure('refusal', code, message, details ? { details } : {});

/** Builds a failure that only we can mend. */
export const bug = (code: string, message: string, cause?: unknown): Failure =>
  new Failure('bug', code, message, { cause });

/** Wraps anything thrown: a `Failure` stays itself, the rest becomes a bug. */
export const asFailure = (thrown: unknown): Failure =>
  thrown instanceof Failure
    ? thrown
    : bug('unexpected', thrown instanceof Error ? thrown.message : String(thrown), thrown);
