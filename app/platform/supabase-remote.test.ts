import { expect, test, vi } from 'vitest';
import { CLIENT_VERSION } from '../sync/protocol.ts';
import { createBlobs } from './supabase-blobs.ts';
import { createClients } from './supabase-client.ts';
import { createRemote } from './supabase-remote.ts';

const config = { supabase_url: 'https://portal.example', supabase_anon_key: 'anon' };
const json = (body: unknown, status = 200) => Response.json(body, { status });
const session = (token: string, expires_in = 3600) => ({
  access_token: token,
  refresh_token: `r-${token}`,
  token_type: 'bearer',
  expires_in,
  expires_at: Math.floor(Date.now() / 1000) + expires_in,
  user: { id: 'u1', email: 'ada@example.org' },
});

/** Clients of a person who is signed in, over a scripted server. */
function signedIn(
  answer: (path: string, token: string, init: RequestInit) => Response | Promise<Response>,
  expires_in = 3600,
) {
  const kept = new Map([['session', JSON.stringify(session('t1', expires_in))]]);
  const storage = {
    getItem: async (key: string) => kept.get(key) ?? null,
    setItem: async (key: string, value: string) => void kept.set(key, value),
    removeItem: async (key: string) => void kept.delete(key),
  };
  const fetch = vi.fn(async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const token = new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? '';
    return answer(String(input).replace(config.supabase_url, ''), token, init);
  });
  const auth = {
    storage,
    storageKey: 'session',
    persistSession: true,
    autoRefreshToken: false,
    detectSessionInUrl: false,
  };
  const options = {
    auth: { ...auth, flowType: 'implicit' as const },
    global: { fetch: fetch as typeof globalThis.fetch },
  };
  return { ...createClients(config, options as never), fetch, kept };
}

test('a pull is one call that carries the key and the token', async () => {
  const page = { c: {}, m: false, w: [], k: {}, r: {}, g: {} };
  const { send, fetch } = signedIn(() => json(page));
  expect(await createRemote(send).pull({ e: 'x' }, 50)).toEqual(page);
  const [url, init] = fetch.mock.calls[0]!;
  expect([url, init!.body]).toEqual([
    'https://portal.example/rest/v1/rpc/sync_pull',
    JSON.stringify({ cursor: { e: 'x' }, max_rows: 50, app: CLIENT_VERSION }),
  ]);
  const headers = new Headers(init!.headers);
  expect([headers.get('apikey'), headers.get('authorization')]).toEqual(['anon', 'Bearer t1']);
});

test('S20: an expired token is refreshed and the request sent again', async () => {
  const { send } = signedIn((path, token) => {
    if (path.startsWith('/auth/v1/token')) return json(session('t2'));
    return token === 't2' ? json([{ id: 'm', s: 'applied' }]) : json({ code: 'PGRST301', message: 'JWT expired' }, 401);
  });
  expect(await createRemote(send).push('c', [])).toEqual([{ id: 'm', s: 'applied' }]);
});

test('S20: who listens hears that the session was ended on another device', async () => {
  const { send, auth, kept } = signedIn((path) => {
    if (!path.startsWith('/auth/v1/token')) return json({ code: 'BL401', message: 'signed_out' }, 400);
    kept.delete('session'); // as the guard of refreshes does with a verdict
    return json({ code: 400, error_code: 'refresh_token_not_found' }, 400);
  });
  const heard: string[] = [];
  auth.onAuthStateChange((event) => void heard.push(event));
  await expect(createRemote(send).pull({}, 1)).rejects.toMatchObject({ kind: 'refusal', code: 'signed_out' });
  expect(heard).toContain('SIGNED_OUT');
});

test('S20: when the refresh meets bad weather nobody is signed out', async () => {
  const { send, kept } = signedIn((path) => {
    if (path.startsWith('/auth/v1/token')) throw new TypeError('Failed to fetch');
    return json({ code: 'PGRST301' }, 401);
  });
  vi.useFakeTimers();
  const silence = vi.spyOn(console, 'error').mockReturnValue();
  const pull = expect(createRemote(send).pull({}, 1)).rejects.toMatchObject({ kind: 'weather' });
  await vi.advanceTimersByTimeAsync(60_000);
  await pull;
  expect(kept.has('session')).toBe(true);
  silence.mockRestore();
  vi.useRealTimers();
});

test('S20: a refresh token the server refuses means signed out', async () => {
  const { send } = signedIn((path) =>
    path.startsWith('/auth/v1/token')
      ? json({ code: 'refresh_token_not_found', message: 'Invalid Refresh Token' }, 400)
      : json({ code: 'PGRST301' }, 401),
  );
  await expect(createRemote(send).pull({}, 1)).rejects.toMatchObject({ kind: 'refusal', code: 'signed_out' });
});

test('a lost request is weather', async () => {
  const { send } = signedIn(() => {
    throw new TypeError('Failed to fetch');
  });
  await expect(createRemote(send).pull({}, 1)).rejects.toMatchObject({ kind: 'weather', code: 'offline' });
});

test('the page of a captive portal is weather, whatever its status says', async () => {
  const { send } = signedIn(() => new Response('<html>Welcome to Hotel</html>'));
  await expect(createRemote(send).push('c', [])).rejects.toMatchObject({ kind: 'weather', code: 'offline' });
});

test('verdicts speak the words features know', async () => {
  const results = [
    { id: 'a', s: 'rejected', code: 'BL422', msg: 'missing_receipts' },
    { id: 'b', s: 'rejected', code: 'BL404', msg: 'gone' },
  ];
  const { send } = signedIn(() => json(results));
  expect((await createRemote(send).push('c', [])).map(({ code }) => code)).toEqual(['missing_receipts', 'gone']);
});

test('S18: an upload may be repeated, and tells a refusal from weather', async () => {
  const answers = [
    json({}),
    json({ statusCode: '413', message: 'too large' }, 400),
    json({ statusCode: '403', message: 'row-level security' }, 400),
    json({ message: 'busy' }, 503),
  ];
  const { send, fetch } = signedIn(() => answers.shift()!);
  const upload = () => createBlobs(send).upload('receipts', 'o/p/a b.jpg', new ArrayBuffer(3), 'image/jpeg');
  await upload();
  const [url, init] = fetch.mock.calls[0]!;
  expect(url).toBe('https://portal.example/storage/v1/object/receipts/o/p/a%20b.jpg');
  expect(new Headers(init!.headers).get('x-upsert')).toBe('true');
  await expect(upload()).rejects.toMatchObject({ kind: 'refusal', code: 'file_too_large' });
  await expect(upload()).rejects.toMatchObject({ kind: 'refusal', code: 'not_permitted' });
  await expect(upload()).rejects.toMatchObject({ kind: 'weather' });
});

test('a file that has not arrived is undefined', async () => {
  const { send } = signedIn(() => json({ statusCode: '404', message: 'Object not found' }, 400));
  expect(await createBlobs(send).download('receipts', 'o/p/a.jpg')).toBeUndefined();
});
