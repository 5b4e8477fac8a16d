import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from '@supabase/supabase-js';
import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js';
import { SignJWT } from 'jose';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { startBench } from '../auth/testing.ts';
import type { Bench } from '../auth/testing.ts';
import { createRealtime } from './service.ts';
import type { RealtimeService } from './service.ts';

let bench: Bench;
let pool: Pool;
let service: RealtimeService;
let url: string;
let closeServer: () => Promise<void>;

beforeAll(async () => {
  bench = await startBench();
  pool = new Pool({ connectionString: bench.dbUrl, max: 5 });
  pool.on('error', () => undefined);
  await pool.query(`
    create table public.ended (session_id uuid);
    grant select on public.ended to authenticated;
    create policy room_select on realtime.messages for select to authenticated using (
      realtime.topic() like 'room:%' and not exists (
        select from public.ended e where e.session_id = (auth.jwt() ->> 'session_id')::uuid))`);
  service = createRealtime({ ...bench, pool, clock: bench.now, confirmEvery: 20 });
  const server = createServer().on('upgrade', service.handleUpgrade);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
  closeServer = () => new Promise((resolve) => server.close(() => resolve()));
}, 60_000);
beforeEach(() => pool.query('truncate realtime.messages, public.ended'));
afterAll(async () => {
  await service.close();
  await closeServer();
  await pool.end();
  await bench.stop();
});

const signed = (claims: Record<string, unknown>, lifetime: number): Promise<string> =>
  new SignJWT({ ...claims, exp: Math.floor(bench.now().getTime() / 1000) + lifetime })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(bench.jwtSecret));

async function member(lifetime = 3600): Promise<{ client: SupabaseClient; session_id: string }> {
  const session_id = crypto.randomUUID();
  const sub = crypto.randomUUID();
  const client = createClient(url, await signed({ role: 'anon' }, 1e9), {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: { transport: WebSocket as never },
  });
  await client.realtime.setAuth(await signed({ role: 'authenticated', sub, session_id }, lifetime));
  onTestFinished(async () => {
    await client.removeAllChannels();
  });
  return { client, session_id };
}

interface Room {
  channel: RealtimeChannel;
  events: unknown[];
  statuses: string[];
  said: string[];
  /** Waits until something that was collected satisfies the question. */
  until(enough: () => boolean): Promise<void>;
}

async function join(client: SupabaseClient, name: string, config: object = {}): Promise<Room> {
  let wake = () => {};
  const room = {
    events: [] as unknown[],
    statuses: [] as string[],
    said: [] as string[],
    until: async (enough: () => boolean) => {
      while (!enough()) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
  const channel = client.channel(name, { config: { private: true, ...config } });
  channel.on('broadcast', { event: '*' }, (message) => {
    room.events.push(message);
    wake();
  });
  channel.on('system', {}, ({ message }: { message: string }) => room.said.push(message));
  channel.subscribe((status) => {
    room.statuses.push(status);
    wake();
  });
  await room.until(() => room.statuses.length > 0);
  return { channel, ...room };
}

const sendFromSql = (topic: string, n: number) =>
  pool.query(`select realtime.send(jsonb_build_object('n', $2::int), 'poke', $1, true)`, [topic, n]);

test('a channel closes when its token expires, and says so', async () => {
  const { client } = await member(60);
  const room = await join(client, 'room:1');
  expect(room.statuses).toEqual(['SUBSCRIBED']);
  bench.pass(61);
  await room.until(() => room.statuses.includes('CLOSED'));
  expect(room.said[0]).toMatch(/^Token has expired \d+ seconds ago$/);
});

test('an expired token does not let in', async () => {
  const { client } = await member(-10);
  expect((await join(client, 'room:1')).statuses).toEqual(['CHANNEL_ERROR']);
});

test('a channel closes when its session has been ended, before the token expires', async () => {
  const { client, session_id } = await member();
  const room = await join(client, 'room:1');
  await pool.query('insert into public.ended values ($1)', [session_id]);
  await room.until(() => room.statuses.includes('CLOSED'));
  expect(room.said[0]).toMatch(/do not have permissions/);
  expect((await join((await member()).client, 'room:1')).statuses).toEqual(['SUBSCRIBED']);
});

test('listening goes on after the connection to the database was lost', async () => {
  const room = await join((await member()).client, 'room:1');
  const listening = `select pid from pg_stat_activity where application_name = 'realtime' and query = 'listen realtime_message'`;
  const before = (await pool.query<{ pid: number }>(listening)).rows[0]!.pid;
  await pool.query('select pg_terminate_backend($1)', [before]);
  await expect
    .poll(async () => (await pool.query<{ pid: number }>(listening)).rows[0]?.pid ?? before, { timeout: 10_000 })
    .not.toBe(before);
  await sendFromSql('room:1', 7);
  await room.until(() => room.events.length > 0);
  expect(room.events[0]).toMatchObject({ event: 'poke', payload: { n: 7 } });
});

test('a thousand messages of one transaction arrive in their order', async () => {
  const room = await join((await member()).client, 'room:1');
  await pool.query(
    `select realtime.send(jsonb_build_object('n', n), 'poke', 'room:1', true) from generate_series(1, 1000) n`,
  );
  await room.until(() => room.events.length === 1000);
  const order = room.events.map((message) => (message as { payload: { n: number } }).payload.n);
  expect(order).toEqual(Array.from({ length: 1000 }, (_, n) => n + 1));
});

test('who asks for a replay gets what was said before, marked as such', async () => {
  const since = Date.now() - 60_000;
  for (const n of [1, 2, 3]) await sendFromSql('room:2', n);
  const room = await join((await member()).client, 'room:2', { broadcast: { replay: { since, limit: 2 } } });
  await room.until(() => room.events.length === 2);
  expect(room.events).toMatchObject([
    { payload: { n: 2 }, meta: { replayed: true } },
    { payload: { n: 3 }, meta: { replayed: true } },
  ]);
});

test('messages older than three days are pruned', async () => {
  await sendFromSql('room:3', 1);
  await sendFromSql('room:3', 2);
  await pool.query(
    `update realtime.messages set inserted_at = inserted_at - interval '4 days' where payload ->> 'n' = '1'`,
  );
  await pool.query('select realtime.prune_messages()');
  const { rows } = await pool.query(`select payload ->> 'n' as n from realtime.messages where topic = 'room:3'`);
  expect(rows).toEqual([{ n: '2' }]);
});

test('asking for permission leaves nothing behind', async () => {
  await join((await member()).client, 'room:4');
  expect((await pool.query('select from realtime.messages')).rowCount).toBe(0);
});
