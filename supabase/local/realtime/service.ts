import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type pg from 'pg';
import { WebSocketServer } from 'ws';
import { readClaims } from './access.ts';
import { Connection } from './connection.ts';
import type { Gateway } from './gateway.ts';
import { Hub } from './hub.ts';
import { DatabaseMessages } from './messages.ts';
import { handleRest } from './rest.ts';

/** What the stack hands to the realtime service; `pool` must be able to act as the API's roles. */
export interface RealtimeDeps {
  pool: pg.Pool;
  dbUrl: string;
  jwtSecret: string;
  clock?: () => Date;
  /** Milliseconds between checks of what a joined channel may still do; 5 minutes when absent. */
  confirmEvery?: number;
}

/** The realtime service as the gateway mounts it at /realtime/v1. */
export interface RealtimeService {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  handle(request: Request): Promise<Response>;
  close(): Promise<void>;
}

const megabyte = 1_048_576;

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Starts the Phoenix-protocol gateway: broadcast, presence and messages from the database. */
export function createRealtime(deps: RealtimeDeps): RealtimeService {
  const gateway: Gateway = {
    hub: new Hub(),
    pool: deps.pool,
    secret: new TextEncoder().encode(deps.jwtSecret),
    now: deps.clock ?? (() => new Date()),
    confirmEvery: deps.confirmEvery ?? 300_000,
  };
  const server = new WebSocketServer({ noServer: true, maxPayload: 3 * megabyte });
  const connections = new Set<Connection>();
  const messages = new DatabaseMessages(deps.pool, deps.dbUrl, gateway.hub);

  const open = (request: IncomingMessage, socket: Duplex, head: Buffer, query: URLSearchParams): void =>
    server.handleUpgrade(request, socket, head, (ws) => {
      const version = query.get('vsn') === '2.0.0' ? '2.0.0' : '1.0.0';
      const connection = new Connection(gateway, ws, { apikey: query.get('apikey') ?? '', version });
      connections.add(connection);
      ws.on('close', () => connections.delete(connection));
    });

  return {
    handleUpgrade: (request, socket, head) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      if (url.pathname !== '/realtime/v1/websocket') return refuse(socket, '404 Not Found');
      const key = url.searchParams.get('apikey') ?? String(request.headers['x-api-key'] ?? '');
      url.searchParams.set('apikey', key);
      readClaims(key, gateway.secret, gateway.now()).then(
        () => open(request, socket, head, url.searchParams),
        () => refuse(socket, '403 Forbidden'),
      );
    },
    handle: (request) => handleRest(gateway, request),
    close: async () => {
      for (const connection of connections) connection.terminate();
      server.close();
      await messages.close();
    },
  };
}
