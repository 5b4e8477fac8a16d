import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Service } from './http.ts';
import { headerRules } from './vercel.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};
const COMPRESSIBLE = /^(text\/|application\/(json|manifest)|image\/svg)/;
const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

interface Cached {
  stamp: string;
  body: Buffer;
}

/** Serves the built app as Vercel will: headers of vercel.json, SPA fallback, compression, immutable hashed assets. */
export function createSite(root: string, appConfig: Record<string, string>, built = 'dist'): Service {
  const dist = resolve(root, built);
  const headersFor = headerRules(join(root, 'vercel.json'));
  const packed = new Map<string, Cached>();
  return async (request) => {
    const path = decode(new URL(request.url).pathname);
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Method not allowed');
    if (path === '/config.json') return appSettings(appConfig);
    const file = path === undefined ? undefined : locate(dist, path);
    if (!file) return existsSync(join(dist, 'index.html')) ? plain(404, 'Not found') : notBuilt();
    return serve(request, file, { ...caching(path!, file), ...headersFor(path!) }, packed);
  };
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** A path without an extension is a page of the app; a missing asset is missing. */
function locate(dist: string, path: string): string | undefined {
  const wanted = normalize(join(dist, path));
  if (!wanted.startsWith(dist + sep) && wanted !== dist) return undefined;
  if (existsSync(wanted) && statSync(wanted).isFile()) return wanted;
  const index = join(dist, 'index.html');
  return extname(path) === '' && existsSync(index) ? index : undefined;
}

function caching(path: string, file: string): Record<string, string> {
  const hashed = path.startsWith('/assets/') && !file.endsWith('.html');
  return { 'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache' };
}

async function serve(
  request: Request,
  file: string,
  extra: Record<string, string>,
  packed: Map<string, Cached>,
): Promise<Response> {
  const { mtimeMs, size } = statSync(file);
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  const encoding = COMPRESSIBLE.test(type) ? chooseEncoding(request.headers.get('accept-encoding') ?? '') : '';
  const stamp = `${mtimeMs}-${size}`;
  const etag = `W/"${createHash('sha1').update(`${file}${stamp}`).digest('base64url').slice(0, 16)}"`;
  const headers: Record<string, string> = { 'content-type': type, etag, vary: 'accept-encoding', ...extra };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  if (encoding) headers['content-encoding'] = encoding;
  const body = await read(file, encoding, stamp, packed);
  headers['content-length'] = String(body.length);
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), { headers });
}

function chooseEncoding(accepted: string): string {
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : '';
}

async function read(file: string, encoding: string, stamp: string, packed: Map<string, Cached>): Promise<Buffer> {
  const key = `${encoding}:${file}`;
  const kept = packed.get(key);
  if (kept?.stamp === stamp) return kept.body;
  const raw = readFileSync(file);
  const body = await pack(raw, encoding);
  packed.set(key, { stamp, body });
  return body;
}

function pack(raw: Buffer, encoding: string): Promise<Buffer> | Buffer {
  if (encoding === 'br') return brotli(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  return encoding === 'gzip' ? gzipped(raw) : raw;
}

function appSettings(settings: Record<string, string>): Response {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache' };
  return new Response(JSON.stringify(settings), { headers });
}

const plain = (status: number, text: string): Response =>
  new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });

const notBuilt = (): Response =>
  plain(
    404,
    'The stack runs, but the app has not been built yet. Run "npm run build", or "npm run dev" while you change it.',
  );
