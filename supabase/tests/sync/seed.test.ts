import { readFileSync } from 'node:fs';
import bcrypt from 'bcryptjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Device } from './device.ts';
import { openStage, type Stage } from './stage.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const accounts = JSON.parse(read('demo-accounts.json')) as { email: string; password: string; who: string }[];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.sql(`begin; ${read('seed.sql')}; commit`);
});
afterAll(() => stage?.stop());

const SEEDED = `organization_id in (select id from organizations where slug in ('northlight', 'harbour-hall'))`;
const number = async (sql: string) => (await stage.sql<{ n: number }>(sql))[0]!.n;

test.each(accounts)('$who can sign in with a password that the policy allows', async ({ email, password }) => {
  expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{12,}$/);
  const sql = `select encrypted_password as hash, email_confirmed_at from auth.users where email = $1`;
  const [user] = await stage.sql<{ hash: string; email_confirmed_at: Date }>(sql, [email]);
  expect(await bcrypt.compare(password, user!.hash)).toBe(true);
  expect(user!.email_confirmed_at).toBeInstanceOf(Date);
});

test('the season is there: two organisations, one artist in both, eight roles and more, shows in many zones', async () => {
  const both = `select count(*)::int as n from (select user_id from memberships where ${SEEDED} group by 1 having count(*) = 2) x`;
  expect(await number(both)).toBe(1);
  expect(
    await number(`select count(distinct role)::int as n from membership_roles where ${SEEDED}`),
  ).toBeGreaterThanOrEqual(8);
  expect(
    await number(
      `select count(*)::int as n from shows where tour_id = (select id from tours where name like 'Glass%')`,
    ),
  ).toBe(24);
  expect(await number(`select count(distinct time_zone)::int as n from shows where ${SEEDED}`)).toBeGreaterThanOrEqual(
    10,
  );
});

test('more than 200 claims in at least six currencies are in every state', async () => {
  expect(await number(`select count(*)::int as n from expenses where ${SEEDED}`)).toBeGreaterThan(200);
  expect(
    await number(`select count(distinct currency)::int as n from expenses where ${SEEDED}`),
  ).toBeGreaterThanOrEqual(6);
  expect(await number(`select count(distinct status)::int as n from expenses where ${SEEDED}`)).toBe(7);
  expect(await number(`select count(*)::int as n from expenses where ${SEEDED} and expense_date > current_date`)).toBe(
    0,
  );
});

test('no claim was decided by its claimant or by somebody without the right, and time runs forward', async () => {
  const wrong = `select count(*)::int as n from expenses e where e.decided_by is not null and (e.decided_by = e.person_id
    or not exists (select from memberships m join membership_roles r on r.membership_id = m.id
      join access.role_permissions p on p.role = r.role
      where m.person_id = e.decided_by and p.permission = case when e.over_limit then 'expenses:approve_high' else 'expenses:approve' end))`;
  expect(await number(wrong)).toBe(0);
  const backwards = `select count(*)::int as n from expenses where ${SEEDED} and (decided_at < submitted_at or paid_at < decided_at
    or greatest(submitted_at, decided_at, paid_at) > now())`;
  expect(await number(backwards)).toBe(0);
  expect(await number(`select count(*)::int as n from activity where at > now()`)).toBe(0);
});

test('a device of the shared artist holds both organisations after one listing', async () => {
  const [user] = await stage.sql<{ id: string }>(`select id from auth.users where email = 'mara@northlight.example'`);
  const device = new Device(stage.pool, user!.id);
  await device.pull();
  expect(device.rows('organizations').size).toBe(2);
  expect(device.rows('shows').size).toBe(32);
  expect(new Set([...device.rows('expenses').values()].map((row) => row.person_id)).size).toBe(2);
});
