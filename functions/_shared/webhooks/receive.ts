import type { Webhook } from './webhook.ts';

/** No provider of ours sends more in one telling. */
const LARGEST_BYTES = 1_000_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whose connection an address names. */
export interface ConnectionOf {
  readonly organizationId: string;
  readonly keys: readonly string[];
}

/** What receiving leans on. */
export interface Desk {
  readonly webhooks: readonly Webhook[];
  /** The keys of our app at a provider, for tellings to the address without a connection. */
  appKeys(provider: string): readonly string[];
  /** A connection with its own keys, else the app's; nothing when there is none such. */
  connection(provider: string, id: string): Promise<ConnectionOf | undefined>;
  /** Keeps a genuine telling and orders its errand, once however often it comes. */
  keep(event: {
    provider: string;
    eventId: string;
    body: string;
    organizationId?: string | undefined;
    connectionId?: string | undefined;
  }): Promise<void>;
  readonly now?: () => number;
}

/** Answers `/webhooks/<provider>` and `/webhooks/<provider>/<connection>`: verify, keep, answer; the work is done later. */
export async function receive(request: Request, desk: Desk): Promise<Response> {
  const [, provider = '', connectionId] =
    /\/webhooks\/([a-z_]+)(?:\/([^/]+))?\/?$/.exec(new URL(request.url).pathname) ?? [];
  const webhook = desk.webhooks.find((each) => each.provider === provider);
  if (!webhook || (connectionId !== undefined && !UUID.test(connectionId))) return answer(404);
  if (request.method !== 'POST') return answer(405);
  const raw = await bytesUpTo(request, LARGEST_BYTES);
  if (!raw) return answer(413);
  const refusal = webhook.refusal ?? 401;
  const at = connectionId ? await desk.connection(provider, connectionId) : undefined;
  // Whether a connection exists is nobody's business: its address is refused like a wrong signature.
  const keys = at?.keys ?? (connectionId ? [] : desk.appKeys(provider));
  const told = { raw, headers: request.headers, keys, now: desk.now?.() ?? Date.now() };
  if (!(await webhook.isGenuine(told))) return answer(refusal);
  const eventId = await webhook.eventId(told);
  if (eventId) {
    const body = new TextDecoder().decode(raw);
    await desk.keep({ provider, eventId, body, organizationId: at?.organizationId, connectionId });
  }
  return answer(200);
}

/** Xero demands an empty body, and nobody minds one. */
const answer = (status: number): Response => new Response(null, { status, headers: { 'cache-control': 'no-store' } });

/** The body, unless it is longer: then reading stops. */
async function bytesUpTo(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return undefined;
  const reader = request.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    parts.push(part.value);
    length += part.value.length;
    if (length <= limit) continue;
    await reader?.cancel();
    return undefined;
  }
  return flat(parts, length);
}

function flat(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
