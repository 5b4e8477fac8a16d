import { fatal, retry, signInAgain, throttle, unknown, type Trouble, type TroubleDetail } from './outcome.ts';

/** How long a stranger may take to answer. */
export const PATIENCE_MS = 20_000;
/** How much of a refusal an adapter gets to read. */
const ANSWER_LENGTH = 4_000;
/** Below this an errand waits for its token itself; above, it goes back to the queue. */
const SHORT_WAIT_S = 2;

/** One request to a stranger. */
export interface Call {
  readonly url: string | URL;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: BodyInit | null;
  readonly patienceMs?: number;
  /** Whether sending it twice does no more than sending it once. Said by the method or an Idempotency-Key unless told. */
  readonly idempotent?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** Seconds to wait before the call may leave, 0 to go: the lane's token bucket. */
  readonly permit?: (() => Promise<number>) | undefined;
  /** A provider's own reading of an answer that is not a success; nothing leaves it to the status. */
  readonly explain?: (refusal: Refusal) => Trouble | undefined;
}

/** An answer that is not a success. */
export interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  readonly answer: string;
  readonly retryAfter: number | undefined;
}

/** Sends a request; answers a success, throws a `Trouble` for anything else. */
export async function call(request: Call): Promise<Response> {
  await permitted(request);
  const reply = await send(request);
  if (reply.ok) return reply;
  const refusal: Refusal = {
    status: reply.status,
    headers: reply.headers,
    answer: (await reply.text().catch(() => '')).slice(0, ANSWER_LENGTH),
    retryAfter: retryAfter(reply.headers.get('retry-after')),
  };
  throw request.explain?.(refusal) ?? troubleOfStatus(refusal, isIdempotent(request));
}

async function permitted({ permit }: Call): Promise<void> {
  for (let wait = await permit?.(); wait; wait = await permit?.()) {
    if (wait > SHORT_WAIT_S)
      throw throttle('lane_empty', 'Our own limit for this provider is used up.', { retryAfter: wait });
    await new Promise((resolve) => setTimeout(resolve, wait! * 1000));
  }
}

async function send(request: Call): Promise<Response> {
  const { url, method = 'GET', headers = {}, body = null, patienceMs = PATIENCE_MS } = request;
  const patience = AbortSignal.timeout(patienceMs);
  const signal = request.signal ? AbortSignal.any([request.signal, patience]) : patience;
  try {
    return await (request.fetch ?? fetch)(url, { method, headers, body, signal });
  } catch (error) {
    throw troubleOfSending(error, isIdempotent(request), signal.aborted);
  }
}

const SAFE = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);

function isIdempotent({ idempotent, method = 'GET', headers = {} }: Call): boolean {
  return (
    idempotent ?? (SAFE.has(method) || Object.keys(headers).some((name) => name.toLowerCase() === 'idempotency-key'))
  );
}

/** What a request that got no answer means: only one that surely never left may be sent again blindly. */
function troubleOfSending(cause: unknown, idempotent: boolean, timedOut: boolean): Trouble {
  const [code, message] = timedOut ? ['timed_out', 'No answer in time.'] : ['unreachable', 'Could not be reached.'];
  const again = idempotent || (!timedOut && neverLeft(cause));
  return (again ? retry : unknown)(code!, message!, { cause });
}

/** Node names it by a code in the cause, Deno in the message. */
function neverLeft(error: unknown): boolean {
  const { message = '', cause } = error as { message?: string; cause?: { code?: string } };
  return (
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(cause?.code ?? '') ||
    /connection refused|dns error|failed to lookup/i.test(message)
  );
}

/** What a status means when the provider says nothing more exact. */
export function troubleOfStatus(refusal: Refusal, idempotent: boolean): Trouble {
  const { status } = refusal;
  const message = `HTTP ${status}`;
  const detail: TroubleDetail = { status, answer: refusal.answer, retryAfter: refusal.retryAfter };
  if (status === 429) return throttle('too_many_requests', message, detail);
  if (status === 401) return signInAgain(message, detail);
  // They say that they did nothing; any other failure on their side may have come after the deed.
  if (status === 503 || status === 408 || status === 425) return retry('unavailable', message, detail);
  if (status >= 500) return (idempotent ? retry : unknown)('server_error', message, detail);
  return fatal(REFUSED[status] ?? 'refused', message, detail);
}

const REFUSED: Record<number, string> = {
  400: 'bad_request',
  402: 'payment_required',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  410: 'gone',
  413: 'too_large',
  422: 'bad_request',
};

/** Seconds named by a Retry-After header, which holds either those or a date; nothing when it holds neither. */
export function retryAfter(header: string | null, now = Date.now()): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
