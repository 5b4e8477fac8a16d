import { createClient } from '@supabase/supabase-js';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { authOptions, SESSION_KEY } from './auth-options.ts';
import { createAuthPort } from './auth.ts';
import type { AuthPort } from './auth-port.ts';
import { readRecord, writeRecord, type SessionInfo } from './auth-record.ts';
import { openVault, type Vault } from './auth-vault.ts';

const user = {
  id: '11111111-1111-4111-8111-111111111111',
  email: 'mara@example.com',
  aud: 'authenticated',
  user_metadata: { first_name: 'Mara', last_name: 'Lind' },
};
const HOUR = 3600;

let vault: Vault;
let answer: (url: string) => Response | Promise<Response>;
let requests: string[];
let now: number;

beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue(undefined); // the auth client prints every lost connection
  vault = openVault(new IDBFactory());
  requests = [];
  now = Date.now();
  answer = () => {
    throw new TypeError('Failed to fetch');
  };
});

/** A client of an earlier test must not ask in a later one. */
const opened: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

const session = (refresh_token: string, seconds = HOUR) => ({
  access_token: `header.${btoa(JSON.stringify({ sub: user.id, exp: Math.floor(Date.now() / 1000) + seconds }))}.signature`,
  token_type: 'bearer',
  expires_in: seconds,
  expires_at: Math.floor(Date.now() / 1000) + seconds,
  refresh_token,
  user,
});

function open(): AuthPort {
  const transport: typeof fetch = async (input) => {
    requests.push(String(input));
    return answer(String(input));
  };
  const options = authOptions(vault, transport);
  const client = createClient('http://portal.test', 'anon', {
    ...options,
    auth: { ...options.auth, autoRefreshToken: true },
    realtime: { transport: WebSocketNobodyOpens as never },
  });
  opened.push(() => client.auth.stopAutoRefresh());
  return createAuthPort(client, { vault, now: () => now });
}

async function signedIn(refresh_token = 'r1', seconds = HOUR): Promise<AuthPort> {
  answer = () => Response.json(session(refresh_token, seconds));
  const port = open();
  await port.signInWithPassword(user.email, 'a password of mine 1A');
  answer = () => {
    throw new TypeError('Failed to fetch');
  };
  return port;
}

/** supabase-js wants a transport in Node before anything is said over it. */
function WebSocketNobodyOpens(): void {}

const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

test('a session rests sealed: neither token can be read from the database', async () => {
  const factory = new IDBFactory();
  vault = openVault(factory);
  await signedIn('secret-refresh-token');
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = factory.open('portal-auth', 1);
    request.onsuccess = () => resolve(request.result);
  });
  const values = await new Promise<unknown[]>((resolve) => {
    const request = db.transaction('sealed').objectStore('sealed').getAll();
    request.onsuccess = () => resolve(request.result);
  });
  const bytes = values.map((value) =>
    new TextDecoder().decode((value as { data?: ArrayBuffer }).data ?? new ArrayBuffer(0)),
  );
  expect(bytes.join()).not.toContain('secret-refresh-token');
  expect(values.filter((value) => value instanceof CryptoKey).map((key) => (key as CryptoKey).extractable)).toEqual([
    false,
  ]);
  expect(await vault.getItem(SESSION_KEY)).toContain('secret-refresh-token');
});

test('a stored session is a session although the network is away and the access token has run out', async () => {
  const expired = session('r1', -HOUR);
  await (await signedIn()).session();
  await vault.setItem(SESSION_KEY, JSON.stringify(expired));
  const port = open();
  await settled();
  expect(await port.session()).toMatchObject({
    user_id: user.id,
    email: user.email,
    name: 'Mara Lind',
    recovery: false,
  });
});

test.each([
  ['a rate limit', () => Response.json({ code: 'over_request_rate_limit' }, { status: 429 })],
  ['a broken server', () => Response.json({ code: 'unexpected_failure' }, { status: 500 })],
  [
    'the login page of a hotel',
    () => new Response('<html>Welcome</html>', { headers: { 'content-type': 'text/html' } }),
  ],
  ['a proxy that wants a password', () => new Response('no', { status: 403 })],
])('%s does not sign anybody out', async (_name, reply) => {
  await signedIn();
  await vault.setItem(SESSION_KEY, JSON.stringify(session('r1', -HOUR)));
  answer = reply;
  const port = open();
  await settled();
  expect(requests.filter((url) => url.includes('refresh_token'))).not.toEqual([]);
  expect(await port.session()).toMatchObject({ user_id: user.id });
});

test('a refused refresh token means signing in again, and the address is remembered', async () => {
  await signedIn();
  await vault.setItem(SESSION_KEY, JSON.stringify(session('r1', -HOUR)));
  const refused = { code: 'refresh_token_not_found', message: 'Invalid Refresh Token' };
  answer = () => Response.json(refused, { status: 400, headers: { 'x-supabase-api-version': '2024-01-01' } });
  const heard: (SessionInfo | null)[] = [];
  const port = open();
  port.onChange((session) => heard.push(session));
  await settled();
  expect(await port.session()).toBeNull();
  expect(heard.at(-1)).toBeNull();
  expect(await port.record()).toMatchObject({ left: false, last_email: user.email });
});

test('a refused refresh ends the session at once, although the access token would last a while', async () => {
  await signedIn();
  const stored = session('r1', 60);
  await vault.setItem(SESSION_KEY, JSON.stringify(stored));
  answer = () => Response.json({ error_code: 'session_not_found' }, { status: 400 });
  const port = open();
  await settled();
  expect(await port.session()).toBeNull();
});

test('a first look at the record while somebody signs in does not undo the sign-in', async () => {
  const looks = Array.from({ length: 8 }, () => readRecord(vault));
  await writeRecord(vault, { signed_in_at: now, refreshed_at: now });
  await Promise.all([...looks, readRecord(vault)]);
  expect(await readRecord(vault)).toMatchObject({ signed_in_at: now });
});

test('a refused token from elsewhere leaves the session that is here alone', async () => {
  const port = await signedIn('r1', 60);
  const refused = Response.json({ error_code: 'refresh_token_not_found' }, { status: 400 });
  const { global } = authOptions(vault, async () => refused);
  const body = JSON.stringify({ refresh_token: 'from a mail' });
  await global.fetch('http://portal.test/auth/v1/token?grant_type=refresh_token', { method: 'POST', body });
  expect(await port.session()).not.toBeNull();
});

test('a session that the database ended is over', async () => {
  await signedIn();
  await vault.setItem(SESSION_KEY, JSON.stringify(session('r1', -HOUR)));
  answer = () => Response.json({ code: '', message: 'session_expired' }, { status: 403 });
  const port = open();
  await settled();
  expect(await port.session()).toBeNull();
});

test('signing out here works without a network', async () => {
  const port = await signedIn();
  await port.signOut('here');
  expect(await port.session()).toBeNull();
  expect(await vault.getItem(SESSION_KEY)).toBeNull();
  expect(await port.record()).toMatchObject({ left: true });
});

test('local data stays readable for 7 days without a word from the server, on a trusted device for 30', async () => {
  const port = await signedIn();
  now += 6.9 * 86_400_000;
  expect(await port.session()).not.toBeNull();
  now += 0.2 * 86_400_000;
  expect(await port.session()).toBeNull();
  await port.registerDevice(true).catch(() => undefined);
  expect(await port.session()).not.toBeNull();
  now += 23 * 86_400_000;
  expect(await port.session()).toBeNull();
});

test('a tab that comes late to a refresh does not ask again and finds what the other tab got', async () => {
  const port = await signedIn();
  let asked = 0;
  const { global } = authOptions(vault, async () => {
    asked += 1;
    throw new TypeError('Failed to fetch');
  });
  await vault.setItem(SESSION_KEY, JSON.stringify(session('r2')));
  const late = global.fetch('http://portal.test/auth/v1/token?grant_type=refresh_token', {
    method: 'POST',
    body: JSON.stringify({ refresh_token: 'r1' }),
  });
  await expect(late).rejects.toThrow('another tab');
  expect(asked).toBe(0);
  expect(await vault.getItem(SESSION_KEY)).toContain('r2');
  expect(await port.session()).not.toBeNull();
});

test('a device whose clock is a day ahead takes a new token for new', async () => {
  const port = await signedIn();
  const yesterday = Math.floor(Date.now() / 1000) - 86_400;
  answer = () => Response.json({ ...session('r2'), expires_at: yesterday + HOUR });
  await port.signInWithPassword(user.email, 'a password of mine 1A');
  const stored = JSON.parse((await vault.getItem(SESSION_KEY))!) as { expires_at: number };
  expect(stored.expires_at * 1000).toBeGreaterThan(Date.now() + (HOUR - 60) * 1000);
});

test('a code for a recovery leaves the session marked until a new password is set', async () => {
  const port = open();
  answer = () => Response.json(session('r1'));
  expect(await port.verifyCode(user.email, '123456', 'recovery')).toMatchObject({ recovery: true });
  answer = () => Response.json(user);
  await port.setPassword('Another good one 42');
  expect(await port.session()).toMatchObject({ recovery: false });
});

test('asking for a code tells nobody whether the address has an account', async () => {
  const port = open();
  answer = () =>
    Response.json(
      { code: 'otp_disabled', message: 'Signups not allowed for otp' },
      { status: 422, headers: { 'x-supabase-api-version': '2024-01-01' } },
    );
  await expect(port.sendCode('nobody@example.com')).resolves.toBeUndefined();
});

test('signing out elsewhere shuts the doors in the database and in the auth server, and keeps this session', async () => {
  const port = await signedIn();
  requests = [];
  answer = (url) => (url.includes('/rpc/') ? Response.json(2) : new Response(null, { status: 204 }));
  await port.signOut('others');
  const doors = requests.map((url) => url.replace(/^.*\/v1\//, '')).filter((door) => !door.startsWith('token'));
  expect(doors).toEqual(['rpc/end_other_devices', 'logout?scope=others']);
  expect(await port.session()).not.toBeNull();
});
