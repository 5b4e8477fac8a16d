import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.sql(
    `insert into venues (organization_id, name, city, country, time_zone)
     select $1, 'Venue ' || n, 'Bremen', 'DE', 'Europe/Berlin' from generate_series(1, 300) n`,
    [stage.north],
  );
  for (let at = 0; at < 8; at += 1) await stage.claim('artist', { notes: `claim ${at}` });
});
afterAll(() => stage?.stop());

test('S27: the first page tells a device who its person is, however many rows are newer', async () => {
  const device = stage.device('manager');
  device.apply(await device.ask(20));
  const user = stage.user('manager');
  const membership = [...device.rows('memberships').values()].find((row) => row['user_id'] === user);
  expect(membership).toBeDefined();
  expect(device.rows('organizations').has(stage.north)).toBe(true);
  expect(device.rows('people').has(stage.person('manager'))).toBe(true);
  expect([...device.rows('membership_roles').values()].map((row) => row['membership_id'])).toContain(membership!.id);
});

test('S27: the first page has something of every place, newest first', async () => {
  const device = stage.device('owner');
  device.apply(await device.ask(24));
  expect(device.rows('venues').size).toBeGreaterThan(0);
  expect([...device.rows('expenses').values()].map((row) => row['notes'])).toContain('claim 7');
});

test('S27: whoever works nowhere is told nothing, and that is complete', async () => {
  await stage.sql(
    `insert into auth.users (id, email) values ('00000000-0000-4000-8000-00000000dead', 'nobody@example.org')`,
  );
  const reply = await stage.sql<{ m: boolean; k: object }>(
    `with me as materialized (select set_config('request.jwt.claims', '{"sub": "00000000-0000-4000-8000-00000000dead", "role": "authenticated"}', true))
     select r ->> 'm' = 'true' as m, r -> 'k' as k from me, lateral (select sync_pull('{}', 10) as r where me is not null) pulled`,
  );
  expect(reply).toEqual([{ m: false, k: {} }]);
});

test('S27: small pages after the first bring every row exactly as one large page would', async () => {
  const [slow, fast] = [stage.device('owner'), stage.device('owner')];
  await slow.pull(7);
  await fast.pull(5000);
  expect(slow.ids()).toEqual(fast.ids());
});

test('S28: an app that is too old is refused by name in both directions, and nothing of its work is remembered', async () => {
  const device = stage.device('artist');
  await stage.sql('update sync.meta set min_client = 2');
  try {
    const calls = [`sync_pull('{}', 10, 1)`, `sync_pull()`, `sync_push(gen_random_uuid(), '[]', 1)`];
    for (const call of calls)
      await expect(device.query(`select ${call}`), call).rejects.toMatchObject({
        code: 'BL426',
        message: 'update_needed',
      });
    expect(await device.query(`select sync_pull('{}', 10, 2) ->> 'm' as m`)).toHaveLength(1);
  } finally {
    await stage.sql('update sync.meta set min_client = 1');
  }
});
