import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

/** What the connection knows and the request does not. */
export interface CallInfo {
  ip: string;
}

/** A service behind the gateway. */
export type Service = (request: Request, info: CallInfo) => Promise<Response>;

const BODILESS = new Set(['GET', 'HEAD']);

/** Turns Node's request into a web one; `stream` keeps a large body out of memory. */
export async function toRequest(message: IncomingMessage, stream: boolean): Promise<Request> {
  const url = `http://${message.headers.host ?? 'localhost'}${message.url ?? '/'}`;
  const method = message.method ?? 'GET';
  const headers = headersOf(message);
  if (BODILESS.has(method)) return new Request(url, { method, headers });
  const body = stream ? (Readable.toWeb(message) as ReadableStream) : await readAll(message);
  return new Request(url, { method, headers, body, duplex: 'half' } as RequestInit);
}

function headersOf(message: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) {
    if (value === undefined || name.startsWith(':')) continue;
    headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

async function readAll(message: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return parts.length > 0 ? Buffer.concat(parts) : null;
}

/** Writes a web response to Node's; a client that hangs up in the middle is not an error of ours. */
export async function sendResponse(response: Response, reply: ServerResponse): Promise<void> {
  reply.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) reply.setHeader('set-cookie', cookies);
  if (!response.body) return void reply.end();
  await pipeline(Readable.fromWeb(response.body as NodeReadableStream), reply).catch(() => reply.destroy());
}

/** A JSON response. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });
}
