import { expect, test, vi } from 'vitest';
import { useLocalDatabase } from './db.ts';
import { arrive, testDatabase, type TestDatabase } from './testing.ts';
import { currentWho, onWhoChange, switchOrganization, who, whoReady } from './who.ts';

const org = (id: string, name: string) => ({ id, organization_id: id, name });
const membership = (organization_id: string, status = 'active') => ({
  id: `m-${organization_id}`,
  organization_id,
  person_id: `p-${organization_id}`,
  user_id: 'u1',
  status,
});
const person = (organization_id: string) => ({
  id: `p-${organization_id}`,
  organization_id,
  user_id: 'u1',
  display_name: 'Ada',
});
const role = (organization_id: string, name: string) => ({
  id: `r-${organization_id}-${name}`,
  organization_id,
  membership_id: `m-${organization_id}`,
  user_id: 'u1',
  role: name,
});

async function ada(): Promise<TestDatabase> {
  const db = await testDatabase();
  await arrive(db, {
    organizations: [org('o2', 'Zeta'), org('o1', 'Alpha'), org('o3', 'Ended')],
    memberships: [membership('o1'), membership('o2'), membership('o3', 'ended')],
    people: [person('o1'), person('o2'), person('o3')],
    membership_roles: [role('o1', 'artist'), role('o1', 'accountant'), role('o2', 'owner'), role('o3', 'owner')],
  });
  await vi.waitFor(() => expect(currentWho()).toBeDefined());
  return db;
}

test('before the first sync nobody is known, and asking is a bug', async () => {
  await testDatabase();
  await whoReady();
  expect(currentWho()).toBeUndefined();
  expect(() => who()).toThrow('before anybody was known');
});

test('who I am comes from local rows: person, several roles, and my active organisations by name', async () => {
  await ada();
  const me = who();
  expect([me.user_id, me.email, me.organization.id, me.person.id]).toEqual(['u1', 'ada@example.org', 'o1', 'p-o1']);
  expect([...me.roles].sort()).toEqual(['accountant', 'artist']);
  expect(me.organizations.map(({ name }) => name)).toEqual(['Alpha', 'Zeta']);
});

test('I may do what any of my roles here may', async () => {
  await ada();
  expect([who().can('expenses:approve'), who().can('expenses:approve_high')]).toEqual([true, false]);
});

test('switching the organisation changes person and permissions, and is remembered', async () => {
  const db = await ada();
  await switchOrganization('o2');
  await vi.waitFor(() => expect(who().organization.id).toBe('o2'));
  expect([who().person.id, who().can('expenses:approve_high')]).toEqual(['p-o2', true]);
  useLocalDatabase(null);
  expect(currentWho()).toBeUndefined();
  useLocalDatabase(db);
  await whoReady();
  expect(who().organization.id).toBe('o2');
});

test('a role that is taken away is heard of', async () => {
  const db = await ada();
  const heard = vi.fn();
  const stop = onWhoChange(heard);
  const gone = {
    c: { e: 'epoch', s: {} },
    m: false,
    w: [],
    k: {},
    r: {},
    g: { membership_roles: ['r-o1-accountant'] },
  };
  await db.replica.applyPull(await db.replica.pullRequest(), gone);
  await vi.waitFor(() => expect(who().can('expenses:approve')).toBe(false));
  expect(heard).toHaveBeenCalled();
  stop();
});
