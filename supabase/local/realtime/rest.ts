import { policiesFor, readClaims } from './access.ts';
import type { Claims } from './access.ts';
import type { Gateway } from './gateway.ts';
import { roomName } from './hub.ts';

interface Posted {
  topic: string;
  event: string;
  payload: unknown;
  private: boolean;
}

const json = (status: number, body: unknown): Response => Response.json(body, { status });

const accepted = (): Response => new Response(null, { status: 202 });

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function posted(value: unknown): Posted | undefined {
  if (!isRecord(value)) return undefined;
  const { topic, event, payload } = value;
  if (typeof topic !== 'string' || !topic || typeof event !== 'string' || !event || !isRecord(payload))
    return undefined;
  return { topic, event, payload, private: value['private'] === true };
}

async function claimsOf({ secret, now }: Gateway, request: Request): Promise<Claims | undefined> {
  const bearer = /^bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const token = bearer ?? request.headers.get('apikey') ?? '';
  return readClaims(token, secret, now()).catch(() => undefined);
}

async function send({ hub, pool }: Gateway, claims: Claims, message: Posted): Promise<boolean> {
  const { topic, event, payload } = message;
  if (message.private && !(await policiesFor(pool, claims, topic)).broadcast.write) return false;
  hub.broadcast(roomName(topic, message.private), { event, payload, meta: { id: crypto.randomUUID() } });
  return true;
}

/** Answers the REST side: `/api/broadcast` with messages, and `/api/broadcast/<topic>/events/<event>` with one body. */
export async function handleRest(gateway: Gateway, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname.replace(/^\/realtime\/v1(?=\/)/, '');
  const match = /^\/api\/broadcast(?:\/([^/]+)\/events\/([^/]+))?\/?$/.exec(path);
  if (!match || request.method !== 'POST') return json(404, { message: 'Not found' });
  const [, topic, event] = match;
  const claims = await claimsOf(gateway, request);
  if (!claims) return json(401, { message: 'Unauthorized' });
  if (topic === undefined || event === undefined) return sendMany(gateway, claims, request);
  return sendOne(gateway, claims, request, {
    topic: decodeURIComponent(topic),
    event: decodeURIComponent(event),
    private: url.searchParams.get('private') === 'true',
  });
}

// As on hosted: messages for topics the caller may not write to are left out without a word.
async function sendMany(gateway: Gateway, claims: Claims, request: Request): Promise<Response> {
  const body: unknown = await request.json().catch(() => undefined);
  const messages = isRecord(body) && Array.isArray(body['messages']) ? body['messages'].map(posted) : [];
  if (!messages.length || messages.includes(undefined))
    return json(422, { errors: { messages: ['must be a list of {topic, event, payload}'] } });
  for (const message of messages) await send(gateway, claims, message!);
  return accepted();
}

async function sendOne(gateway: Gateway, claims: Claims, request: Request, to: Omit<Posted, 'payload'>) {
  const bytes = Buffer.from(await request.arrayBuffer());
  const isJson = request.headers.get('content-type')?.includes('json');
  const payload = isJson ? parsed(bytes) : bytes;
  if (payload === undefined) return json(422, { message: 'The body is not JSON' });
  return (await send(gateway, claims, { ...to, payload })) ? accepted() : json(403, { message: 'Forbidden' });
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
