import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSite } from './static.ts';

const root = mkdtempSync(join(tmpdir(), 'site-'));
const site = createSite(root, { supabase_url: '', supabase_anon_key: 'key' });
const get = (path: string, headers: Record<string, string> = {}) =>
  site(new Request(`http://localhost${path}`, { headers }), { ip: '127.0.0.1' });

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeAll(() => {
  put('secret.txt', 'not for the web');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('before a build it says how to build', async () => {
  const reply = await get('/');
  expect(reply.status).toBe(404);
  expect(await reply.text()).toContain('npm run build');
});

describe('a built app', () => {
  beforeAll(() => {
    put('dist/index.html', '<!doctype html><title>Portal</title>');
    put('dist/assets/app-1a2b.js', 'export const words = "'.concat('x'.repeat(2000), '";'));
    put('dist/sw.js', '// worker');
    put('dist/app.webmanifest', '{}');
  });

  test.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/expenses/42', 'text/html; charset=utf-8', 'no-cache'],
    ['/sw.js', 'text/javascript; charset=utf-8', 'no-cache'],
    ['/app.webmanifest', 'application/manifest+json; charset=utf-8', 'no-cache'],
    ['/assets/app-1a2b.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ])('%s is %s, %s', async (path, type, cache) => {
    const reply = await get(path);
    expect(reply.status).toBe(200);
    expect([reply.headers.get('content-type'), reply.headers.get('cache-control')]).toEqual([type, cache]);
  });

  test('a missing asset is missing, not the front page', async () => {
    expect((await get('/assets/gone.js')).status).toBe(404);
  });

  test.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/..%2f..%2fsecret.txt', '/%'])(
    '%s does not leave the folder',
    async (path) => {
      expect(await (await get(path)).text()).not.toContain('not for the web');
    },
  );

  test('is compressed as the browser likes', async () => {
    const packed = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, br' });
    expect(packed.headers.get('content-encoding')).toBe('br');
    const body = Buffer.from(await packed.arrayBuffer());
    expect(body.length).toBeLessThan(200);
    expect(brotliDecompressSync(body).toString()).toContain('export const words');
  });

  test('a second visit costs no bytes', async () => {
    const first = await get('/');
    const again = await get('/', { 'if-none-match': first.headers.get('etag')! });
    expect(again.status).toBe(304);
  });

  test('a new build replaces what was kept', async () => {
    await get('/', { 'accept-encoding': 'br' });
    put('dist/index.html', '<!doctype html><title>Portal, newer</title>');
    const reply = await get('/', { 'accept-encoding': 'br' });
    expect(brotliDecompressSync(Buffer.from(await reply.arrayBuffer())).toString()).toContain('newer');
  });

  test('settings name the stack of the same origin', async () => {
    const reply = await get('/config.json');
    expect(await reply.json()).toEqual({ supabase_url: '', supabase_anon_key: 'key' });
    expect(reply.headers.get('cache-control')).toBe('no-cache');
  });
});

test('headers of vercel.json apply to the paths they name, later ones winning', async () => {
  const headers = [
    { source: '/(.*)', headers: [{ key: 'X-Frame-Options', value: 'DENY' }] },
    { source: '/assets/:path*', headers: [{ key: 'Cache-Control', value: 'immutable' }] },
    { source: '/sw.js', headers: [{ key: 'Cache-Control', value: 'no-store' }] },
  ];
  put('vercel.json', JSON.stringify({ headers }));
  const own = createSite(root, {});
  const of = async (path: string) => (await own(new Request(`http://localhost${path}`), { ip: '' })).headers;
  expect((await of('/anything')).get('x-frame-options')).toBe('DENY');
  expect((await of('/assets/app-1a2b.js')).get('cache-control')).toBe('immutable');
  expect((await of('/sw.js')).get('cache-control')).toBe('no-store');
});
