import { call, type Call, type Refusal } from '../http.ts';
import { fatal, retry, SIGN_IN_AGAIN, signInAgain, throttle, Trouble, unknown } from '../outcome.ts';
import { exactJson } from './exact.ts';

/** How one organisation of Xero is reached. */
export interface XeroAccess {
  /** Without a trailing slash; `https://api.xero.com` unless it is an emulator. */
  readonly api_url: string;
  readonly tenant_id: string;
  /** A token that works; `renew` says that the one given before does not. */
  readonly token: (renew: boolean) => Promise<string>;
  /** How requests leave; within an errand its context's. */
  readonly call?: (request: Call) => Promise<Response>;
  readonly patience_ms?: number;
}

/** One call. */
export interface XeroCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly file?: { readonly mime_type: string; readonly data: Uint8Array<ArrayBuffer> };
  /** Makes a repetition harmless for as long as Xero remembers it. */
  readonly key?: string;
}

/** How long an answer may take, in milliseconds. */
export const PATIENCE_MS = 30_000;
/** Xero takes keys up to this length. */
const LONGEST_KEY = 128;

/** Makes a call and reads its JSON; throws `Trouble` with what the failure means. */
export async function speak<T>(access: XeroAccess, asked: XeroCall): Promise<T> {
  const first = await send(access, asked, await access.token(false)).catch((error: unknown) => {
    if (error instanceof Trouble && error.code === SIGN_IN_AGAIN && error.status === 401) return undefined;
    throw error;
  });
  return readBody<T>(first ?? (await send(access, asked, await access.token(true))), asked);
}

function send(access: XeroAccess, asked: XeroCall, token: string): Promise<Response> {
  const { api_url, call: leave = call, patience_ms = PATIENCE_MS } = access;
  const query = asked.query ? `?${new URLSearchParams(asked.query).toString()}` : '';
  return leave({
    url: `${api_url}/api.xro/2.0${asked.path}${query}`,
    method: asked.method,
    headers: headersOf(access, asked, token),
    body: asked.file ? asked.file.data : asked.json === undefined ? null : exactJson(asked.json),
    patienceMs: patience_ms,
    // A key is forgotten after some minutes, so an answer that is lost is looked up first.
    idempotent: isReading(asked),
    explain: (refusal) => troubleOf(refusal, asked),
  });
}

function headersOf({ tenant_id }: XeroAccess, { key, file, json }: XeroCall, token: string): Record<string, string> {
  if (key !== undefined && (key === '' || key.length > LONGEST_KEY))
    throw fatal('unexpected', 'The key has a wrong length.');
  return {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    'xero-tenant-id': tenant_id,
    ...(file ? { 'content-type': file.mime_type } : json === undefined ? {} : { 'content-type': 'application/json' }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
}

const isReading = ({ method }: XeroCall): boolean => method === 'GET';

/** An answer that breaks off has been an answer: what was written may stand. */
async function readBody<T>(reply: Response, asked: XeroCall): Promise<T> {
  try {
    return (await reply.json()) as T;
  } catch (cause) {
    throw (isReading(asked) ? retry : unknown)('answer_unreadable', 'The answer broke off.', { cause });
  }
}

function troubleOf({ status, headers, answer, retryAfter }: Refusal, asked: XeroCall): Trouble {
  const detail = { status, answer, retryAfter };
  const message = `HTTP ${status}`;
  if (status === 429) return throttle(`limit_${limitIn(headers)}`, message, detail);
  if (status === 401 || status === 403) return signInAgain(message, detail);
  if (status === 404) return fatal('gone', message, detail);
  if (status === 503 || status === 408) return retry('unavailable', message, detail);
  if (status < 500) return fatal('refused', message, detail);
  // A server that failed may have failed after writing.
  return (isReading(asked) ? retry : unknown)('server_error', message, detail);
}

/** Which limit it was: minute, day, appminute or concurrent. */
const limitIn = (headers: Headers): string => (headers.get('x-rate-limit-problem') ?? 'minute').replace(/[^a-z]/g, '');

const GENERAL = 'A validation exception occurred';

/** Everything a refusal says, in order, each sentence once. It is read by pattern, because a long answer is cut short. */
export function saidIn(trouble: Trouble): string[] {
  const found = [...(trouble.answer ?? '').matchAll(/"(?:Message|Detail)"\s*:\s*"((?:[^"\\]|\\.)*)"/g)];
  const sentences = found.map(([, text]) => JSON.parse(`"${text}"`) as string);
  const exact = sentences.filter((sentence) => sentence !== GENERAL && sentence !== '');
  return [...new Set(exact)];
}
