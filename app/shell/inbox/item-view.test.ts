import { beforeEach, expect, test } from 'vitest';
import { command, defineMutation, update } from '../../data/define-mutation.ts';
import type { ExpenseRow, PersonRow } from '../../data/schema.gen.ts';
import { arrive, testDatabase, type TestDatabase } from '../../data/testing.ts';
import { whoReady } from '../../data/who.ts';
import type { PushResult } from '../../sync/protocol.ts';
import { viewOf } from './item-view.ts';

const stamps = { updated_by: 'u2', updated_at: '2026-11-14T20:05:00Z', row_version: 3 };
const claim = {
  id: 'e1',
  organization_id: 'o1',
  person_id: 'p3',
  merchant: 'Shell',
  amount_minor: 1250,
  currency: 'EUR',
  status: 'submitted',
  over_limit: false,
};
const vera = { id: 'p9', organization_id: 'o1', display_name: 'Vera', title: 'driver' };
let db: TestDatabase;

beforeEach(async () => {
  db = await testDatabase();
  await arrive(db, {
    organizations: [{ id: 'o1', organization_id: 'o1', name: 'Northlight', currency: 'EUR', time_zone: 'UTC' }],
    people: [
      { id: 'p1', organization_id: 'o1', user_id: 'u1', display_name: 'Jonas Weber' },
      { id: 'p2', organization_id: 'o1', user_id: 'u2', display_name: 'Priya Raman' },
      vera,
    ],
    person_details: [{ id: 'p9', organization_id: 'o1', email: 'vera@road.example', phone: '1' }],
    memberships: [{ id: 'm1', organization_id: 'o1', person_id: 'p1', user_id: 'u1', status: 'active' }],
    membership_roles: [{ id: 'r1', organization_id: 'o1', membership_id: 'm1', user_id: 'u1', role: 'admin' }],
    expenses: [claim],
  });
  await whoReady();
});

const approve = defineMutation('expenses.approve', () => ({
  organization_id: 'o1',
  operations: [
    command('expenses.approve', {
      table: 'expenses',
      id: 'e1',
      seen: { status: 'submitted', amount_minor: 1250, currency: 'EUR' },
      expect: { status: 'approved' },
    }),
  ],
}));
const describePerson = defineMutation('people.save', (patch: Partial<PersonRow>) => ({
  organization_id: 'o1',
  operations: [
    update('people', 'p9', patch),
    update('person_details', 'p9', { email: 'vera@run.example', phone: '3' }),
  ],
}));

async function judged(verdict: Omit<PushResult, 'id'>): Promise<string> {
  const [first] = (await db.replica.nextBatch(1))!.mutations;
  await db.replica.applyPush([{ id: first!.id, ...verdict }]);
  return first!.id;
}

async function approvalLost(now: Partial<ExpenseRow>): Promise<string> {
  await approve();
  const row = { ...claim, ...now, ...stamps };
  const f = Object.keys(now);
  const id = await judged({ s: 'conflict', ops: [{ s: 'conflict', t: 'expenses', row, f }] });
  await arrive(db, { expenses: [row] });
  return id;
}

test('an approval shows what was seen beside what it is now, and by whom', async () => {
  const view = (await viewOf(await approvalLost({ amount_minor: 9900 })))!;
  expect(view).toMatchObject({
    shape: 'decision',
    title: 'Claim: Shell',
    sentence: 'You approved this claim. Before that arrived, Priya Raman changed “Amount”.',
    lines: [{ name: 'Amount', mineWords: '€12.50', theirsWords: '€99.00', who: 'Priya Raman' }],
    again: { label: 'Approve what it is now', hindrance: null },
  });
});

test('an approval of what was decided meanwhile is not offered again', async () => {
  const view = (await viewOf(await approvalLost({ status: 'rejected' })))!;
  expect(view.lines).toMatchObject([{ name: 'Status', mineWords: 'Submitted', theirsWords: 'Rejected' }]);
  expect(view.again.hindrance).toBe('This is no longer possible for this claim.');
});

test('a person and their contact details are one item with a line for each field', async () => {
  await describePerson({ title: 'runner' });
  const row = { ...vera, title: 'bus driver', ...stamps };
  const id = await judged({ s: 'conflict', ops: [{ s: 'conflict', t: 'people', row, f: ['title'] }] });
  const details = { id: 'p9', organization_id: 'o1', email: 'vera@bus.example', phone: '2', ...stamps };
  await arrive(db, { people: [row], person_details: [details] });
  const view = (await viewOf(id))!;
  expect(view).toMatchObject({ shape: 'fields', title: 'Person: Vera', path: '/people/p9' });
  expect(view.lines.map(({ name, mineWords, theirsWords }) => [name, mineWords, theirsWords])).toEqual([
    ['What they do', 'runner', 'bus driver'],
    ['E-mail', 'vera@run.example', 'vera@bus.example'],
    ['Phone', '3', '2'],
  ]);
});

test('what was refused says what was wanted, why it was not accepted, and what to do', async () => {
  await describePerson({ title: 'runner' });
  const view = (await viewOf(await judged({ s: 'rejected', code: 'people_title_check' })))!;
  expect(view).toMatchObject({ shape: 'refused', lines: [] });
  expect(view.sentence).toMatch(/^“What they do” does not fit/);
  expect(view.along.map(({ name }) => name)).toEqual(['What they do', 'E-mail', 'Phone']);
});
