import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { openLocalDatabase, rows, useLocalDatabase } from '../../data/db.ts';
import type { ExpenseBillRow, ExpenseRow, IntegrationRow } from '../../data/schema.gen.ts';
import { billOfClaim, booksOf, claimsToExport } from './queries.ts';

const organization_id = '10000000-0000-4000-8000-000000000001';
const other = '10000000-0000-4000-8000-000000000002';
const zone = 'Europe/Berlin';

beforeEach(async () => {
  useLocalDatabase(await openLocalDatabase(crypto.randomUUID(), { indexedDB: new IDBFactory(), IDBKeyRange }));
});

async function claim(id: string, more: Partial<ExpenseRow> = {}): Promise<void> {
  const stamps = { submitted_at: '2026-11-24T10:00:00Z', decided_at: '2026-11-25T23:30:00Z' };
  const money = { amount_minor: 100, currency: 'EUR', expense_date: '2026-11-14' };
  const row = {
    id,
    organization_id,
    person_id: 'p',
    category_id: null,
    show_id: null,
    status: 'approved',
    ...money,
    ...stamps,
  };
  await rows('expenses').put({ ...row, ...more } as ExpenseRow);
}
const bill = (expense_id: string, round: number, state: ExpenseBillRow['state']) =>
  rows('expense_bills').put({
    id: `${expense_id}-${round}`,
    organization_id,
    expense_id,
    round,
    state,
  } as ExpenseBillRow);

test('a file takes along what is approved and has no bill that stands or is on its way', async () => {
  for (const id of ['free', 'queued', 'synced', 'error', 'void']) await claim(id);
  await claim('theirs', { organization_id: other });
  await claim('paid', { status: 'paid' });
  for (const state of ['queued', 'synced', 'error', 'void'] as const) await bill(state, 1, state);
  const found = await claimsToExport(organization_id, zone);
  expect(found.map(({ expense_id, round }) => [expense_id, round])).toEqual([
    ['free', 1],
    ['void', 2],
  ]);
});

test('the day of the approval is that of the organisation', async () => {
  await claim('late');
  expect(await claimsToExport(organization_id, zone)).toMatchObject([{ approved_on: '2026-11-26' }]);
});

test('the latest bill of a claim counts, whatever order they came in', async () => {
  await bill('a', 2, 'queued');
  await bill('a', 1, 'void');
  expect(await billOfClaim('a')).toMatchObject({ round: 2 });
  expect(await billOfClaim('b')).toBeUndefined();
});

test('books that were disconnected, or are kept elsewhere, are none', async () => {
  const put = (provider: string, status: string) =>
    rows('integrations').put({ id: provider, organization_id, provider, status } as IntegrationRow);
  await put('docusign', 'connected');
  await put('xero', 'disconnected');
  expect(await booksOf(organization_id)).toBeUndefined();
  await put('xero', 'needs_attention');
  expect(await booksOf(organization_id)).toMatchObject({ provider: 'xero' });
});
