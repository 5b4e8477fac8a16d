import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import {
  Agent,
  createServer,
  request as ask,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';

/** What went over the wire since the last `reset`, by requests to the stack. */
export interface Traffic {
  requests: number;
  /** Bytes of addresses and bodies, without headers. */
  up: number;
  down: number;
}

/** A small server between the browser and the stack: it serves the pages, counts, and can make the way longer. */
export interface Wire {
  readonly url: string;
  traffic: Traffic;
  /** Added to every request, in milliseconds. */
  roundTrip: number;
  reset(): void;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Opens a wire to the stack at `target` that also serves the built pages in `folder`; a `secure` one speaks HTTP/2, as hosted projects do. */
export async function openWire(target: string, folder: string, secure = false): Promise<Wire> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const none = (): Traffic => ({ requests: 0, up: 0, down: 0 });
  const wire = {
    url: '',
    traffic: none(),
    roundTrip: 0,
    reset: () => void (wire.traffic = none()),
    close: async () => {},
  };
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    if (!/^\/(rest|auth)\/v1\//.test(request.url!)) return serve(folder, request, response);
    setTimeout(() => pass(wire, agent, target, request, response), wire.roundTrip);
  };
  const server = secure ? createSecureServer({ ...certificate(), allowHTTP1: true }) : createServer();
  server.on('request', handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  wire.url = `${secure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  wire.close = async () => {
    agent.destroy();
    server.close();
  };
  return wire;
}

/** A certificate for this run; the bench's browser takes any. */
function certificate(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'bench-certificate-'));
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
  const form = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'];
  try {
    execFileSync('openssl', ['req', ...form, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pass(wire: Wire, agent: Agent, target: string, request: IncomingMessage, response: ServerResponse): void {
  const onward = ask(
    target + request.url!,
    { method: request.method, headers: portable(request.headers), agent },
    (answer) => {
      response.writeHead(answer.statusCode!, portable(answer.headers));
      answer.on('data', (chunk: Buffer) => (wire.traffic.down += chunk.byteLength));
      answer.pipe(response);
    },
  );
  wire.traffic.requests += 1;
  wire.traffic.up += request.url!.length; // some ask by address, some by body
  request.on('data', (chunk: Buffer) => (wire.traffic.up += chunk.byteLength));
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

/** What HTTP/1 and HTTP/2 both know. */
function portable(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const local = new Set(['connection', 'keep-alive', 'transfer-encoding', 'host']);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':') && !local.has(name)));
}

function serve(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const path = normalize(new URL(request.url!, 'http://x').pathname);
  const file = join(folder, path === '/' ? 'index.html' : path);
  const stream = createReadStream(file);
  stream.on('open', () =>
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }),
  );
  stream.on('error', () => response.writeHead(404).end());
  stream.pipe(response);
}
