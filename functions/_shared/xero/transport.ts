import { retryAfterMs, Trouble } from '../trouble.ts';
import { exactJson } from './exact.ts';
import type { ErrorBody } from './wire.ts';

/** How one organisation of Xero is reached. */
export interface XeroAccess {
  /** Without a trailing slash; `https://api.xero.com` unless it is an emulator. */
  readonly api_url: string;
  readonly tenant_id: string;
  /** A token that works; `renew` says that the one given before does not. */
  readonly token: (renew: boolean) => Promise<string>;
  readonly fetch?: typeof fetch;
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

/** How long an answer may take, in milliseconds. Xero's own requests end after 100 s; a person's bill can wait less. */
export const PATIENCE_MS = 30_000;
/** Xero takes keys up to this length. */
const LONGEST_KEY = 128;

/** Makes a call and reads its JSON; throws `Trouble` with what the failure means. */
export async function speak<T>(access: XeroAccess, call: XeroCall): Promise<T> {
  const first = await send(access, call, await access.token(false));
  const reply = first.status === 401 ? await send(access, call, await access.token(true)) : first;
  if (reply.ok) return readBody<T>(reply, call);
  throw await troubleOf(reply, call);
}

async function send(access: XeroAccess, call: XeroCall, token: string): Promise<Response> {
  const { api_url, fetch: ask = fetch, patience_ms = PATIENCE_MS } = access;
  const query = call.query ? `?${new URLSearchParams(call.query).toString()}` : '';
  const body = call.file ? call.file.data : call.json === undefined ? null : exactJson(call.json);
  const init = { method: call.method, headers: headersOf(access, call, token), body };
  try {
    return await ask(`${api_url}/api.xro/2.0${call.path}${query}`, {
      ...init,
      signal: AbortSignal.timeout(patience_ms),
    });
  } catch (cause) {
    throw new Trouble(isReading(call) ? 'retry' : 'unknown', 'no_answer', { cause });
  }
}

function headersOf({ tenant_id }: XeroAccess, { key, file, json }: XeroCall, token: string): Record<string, string> {
  if (key !== undefined && (key === '' || key.length > LONGEST_KEY)) throw new Trouble('fatal', 'bad_key');
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
async function readBody<T>(reply: Response, call: XeroCall): Promise<T> {
  try {
    return (await reply.json()) as T;
  } catch (cause) {
    throw new Trouble(isReading(call) ? 'retry' : 'unknown', 'answer_unreadable', { cause });
  }
}

async function troubleOf(reply: Response, call: XeroCall): Promise<Trouble> {
  const said = await saidIn(reply);
  const after_ms = retryAfterMs(reply.headers.get('retry-after'));
  switch (reply.status) {
    case 429:
      return new Trouble('throttle', `limit_${reply.headers.get('x-rate-limit-problem') ?? 'minute'}`, {
        after_ms,
        said,
      });
    case 401:
    case 403:
      return new Trouble('fatal', 'not_connected', { said });
    case 404:
      return new Trouble('fatal', 'gone', { said });
    case 503:
      return new Trouble('retry', 'unavailable', { after_ms, said });
    default:
      if (reply.status < 500) return new Trouble('fatal', 'refused', { said });
      // A server that failed may have failed after writing.
      return new Trouble(isReading(call) ? 'retry' : 'unknown', 'server_error', { after_ms, said });
  }
}

/** Everything a refusal says, in order, each sentence once. */
async function saidIn(reply: Response): Promise<string[]> {
  const text = await reply.text().catch(() => '');
  try {
    const { Elements = [], Message, Detail } = JSON.parse(text) as ErrorBody;
    const each = Elements.flatMap(({ ValidationErrors = [] }) => ValidationErrors.map(({ Message }) => Message ?? ''));
    return [...new Set(each.length > 0 ? each : [Detail ?? Message ?? ''])].filter((sentence) => sentence !== '');
  } catch {
    return text === '' ? [] : [text.slice(0, 200)];
  }
}
