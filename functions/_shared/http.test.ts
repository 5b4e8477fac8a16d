import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, retryAfter } from './http.ts';
import { fatal, troubleOf } from './outcome.ts';

let server: Server;
let base: string;

// The path says what to answer: /status/503?retry-after=7, or /silence for none.
beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://x');
    if (pathname === '/silence') return;
    response.writeHead(Number(pathname.split('/')[2]), Object.fromEntries(searchParams));
    response.end('why');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const status = (code: number, more = '') => `${base}/status/${code}${more}`;

test('a success is handed back', async () => {
  expect((await call({ url: status(201) })).status).toBe(201);
});

test.each([
  [429, 'POST', 'throttle', 'too_many_requests'],
  [503, 'POST', 'retry', 'unavailable'],
  [500, 'GET', 'retry', 'server_error'],
  [502, 'POST', 'unknown', 'server_error'],
  [401, 'POST', 'fatal', 'sign_in_again'],
  [403, 'POST', 'fatal', 'forbidden'],
  [404, 'GET', 'fatal', 'not_found'],
  [422, 'POST', 'fatal', 'bad_request'],
  [418, 'GET', 'fatal', 'refused'],
])('%i to a %s is %s (%s)', async (code, method, outcome, word) => {
  const trouble = { outcome, code: word, status: code, answer: 'why', message: `HTTP ${code}` };
  await expect(call({ url: status(code), method })).rejects.toMatchObject(trouble);
});

test('an Idempotency-Key makes a broken answer safe to repeat', async () => {
  const headers = { 'Idempotency-Key': 'one' };
  await expect(call({ url: status(500), method: 'POST', headers })).rejects.toMatchObject({ outcome: 'retry' });
});

test('silence is unknown for a deed, and worth repeating for a question', async () => {
  const url = `${base}/silence`;
  const deed = call({ url, method: 'POST', patienceMs: 50 });
  await expect(deed).rejects.toMatchObject({ outcome: 'unknown', code: 'timed_out' });
  await expect(call({ url, patienceMs: 50 })).rejects.toMatchObject({ outcome: 'retry', code: 'timed_out' });
});

test('a deed that never left may be repeated', async () => {
  const shut = createServer();
  await new Promise<void>((resolve) => shut.listen(0, '127.0.0.1', resolve));
  const { port } = shut.address() as AddressInfo;
  await new Promise((resolve) => shut.close(resolve));
  const deed = call({ url: `http://127.0.0.1:${port}/`, method: 'POST' });
  await expect(deed).rejects.toMatchObject({ outcome: 'retry', code: 'unreachable' });
});

test('the provider may be heard first', async () => {
  const explain = ({ answer }: { answer: string }) => fatal('no_such_account', `It said ${answer}`);
  await expect(call({ url: status(500), explain })).rejects.toMatchObject({ code: 'no_such_account' });
});

test('Retry-After is heeded as seconds and as a date', async () => {
  await expect(call({ url: status(429, '?retry-after=7') })).rejects.toMatchObject({ retryAfter: 7 });
  const now = Date.parse('2026-11-25T12:00:00Z');
  expect(retryAfter('Wed, 25 Nov 2026 12:01:30 GMT', now)).toBe(90);
  expect(retryAfter('Wed, 25 Nov 2026 11:00:00 GMT', now)).toBe(0);
  expect(retryAfter('soon', now)).toBeUndefined();
  expect(retryAfter(null)).toBeUndefined();
});

test('an empty lane is waited for when it is short, and goes back to the queue when it is long', async () => {
  const waits = [0.01, 0];
  expect((await call({ url: status(200), permit: async () => waits.shift()! })).status).toBe(200);
  await expect(call({ url: status(200), permit: async () => 40 })).rejects.toMatchObject({
    outcome: 'throttle',
    retryAfter: 40,
  });
});

test('whatever else is thrown has an outcome too, and no private words', () => {
  expect(troubleOf(new TypeError('the secret is 42'))).toMatchObject({
    outcome: 'retry',
    message: 'Unexpected TypeError.',
  });
  expect(troubleOf(new DOMException('x', 'AbortError'))).toMatchObject({ outcome: 'unknown' });
  expect(troubleOf('a word')).toMatchObject({ outcome: 'retry' });
});
