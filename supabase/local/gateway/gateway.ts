import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { preflight, withCors } from './cors.ts';
import { json, sendResponse, type Service, toRequest } from './http.ts';

/** Where a path leads. */
export interface Route {
  prefix: string;
  service: Service;
  /** Which calls must carry one of the project's API keys. */
  apikey: 'always' | 'never' | ((path: string) => boolean);
  /** Bodies of this service may be large. */
  stream?: boolean;
  /** The service answers preflights itself. */
  ownCors?: boolean;
}

/** What the gateway needs to know. */
export interface GatewayOptions {
  port: number;
  /** The addresses of this machine to listen on. */
  hosts: readonly string[];
  routes: Route[];
  /** Everything without a route: the built app. */
  site: Service;
  keys: ReadonlySet<string>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  log(line: string): void;
}

/** The open port. */
export interface Gateway {
  close(): Promise<void>;
}

/** Opens the one port of the stack; rejects with a sentence when somebody else has it. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  for (const host of options.hosts) {
    const server = createServer({ keepAliveTimeout: 60_000 }, (message, reply) => {
      void respond(options, message, reply);
    });
    server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      options.upgrade(request, socket, head);
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    if (await listen(server, options.port, host)) servers.push(server);
  }
  return { close: () => close(servers, sockets) };
}

/** Upgraded connections are no longer the server's own, so it would wait for them without end. */
async function close(servers: Server[], sockets: Set<Socket>): Promise<void> {
  const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
  for (const socket of sockets) socket.destroy();
  await Promise.all(closed);
}

/** A machine without IPv6 has no `::1`, which is no reason not to start. */
function listen(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') resolve(false);
      else reject(code === 'EADDRINUSE' ? busy(port) : new Error(`Port ${port} cannot be opened on ${host}: ${code}`));
    });
    server.listen(port, host, () => resolve(true));
  });
}

/** Says whose fault a busy port is and what to do. */
export const busy = (port: number): Error =>
  new Error(
    `Port ${port} is in use by another program, so the stack cannot start.\n` +
      'Stop that program (perhaps another Supabase), or choose a port: npx tsx supabase/local/cli.ts start --port 54400',
  );

async function respond(options: GatewayOptions, message: IncomingMessage, reply: ServerResponse): Promise<void> {
  try {
    await sendResponse(await answer(options, message), reply);
  } catch (error) {
    options.log(`${message.method} ${message.url}: ${(error as Error).stack ?? String(error)}`);
    if (reply.headersSent) reply.destroy();
    else await sendResponse(withCors(json(500, { message: 'An unexpected error occurred' })), reply);
  }
}

async function answer(options: GatewayOptions, message: IncomingMessage): Promise<Response> {
  const path = (message.url ?? '/').split('?')[0]!;
  const info = { ip: message.socket.remoteAddress ?? '127.0.0.1' };
  const route = options.routes.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
  const request = await toRequest(message, route?.stream ?? false);
  if (!route) return options.site(request, info);
  if (request.method === 'OPTIONS' && !route.ownCors) return preflight(request);
  const refused = checkKey(route, request, path.slice(route.prefix.length), options.keys);
  if (refused) return withCors(refused);
  const response = await route.service(request, info);
  return route.ownCors ? response : withCors(response);
}

function checkKey({ apikey }: Route, request: Request, path: string, keys: ReadonlySet<string>): Response | undefined {
  const needed = typeof apikey === 'function' ? apikey(path) : apikey === 'always';
  if (!needed) return undefined;
  const key = request.headers.get('apikey') ?? new URL(request.url).searchParams.get('apikey');
  if (!key) {
    const hint = 'No `apikey` request header or url param was found.';
    return json(401, { message: 'No API key found in request', hint });
  }
  if (!keys.has(key)) {
    const hint = 'Double check your Supabase `anon` or `service_role` API key.';
    return json(401, { message: 'Invalid API key', hint });
  }
  // As hosted's gateway does for callers that send the key alone.
  if (!request.headers.has('authorization')) request.headers.set('authorization', `Bearer ${key}`);
  return undefined;
}
