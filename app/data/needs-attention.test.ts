import { beforeEach, expect, test } from 'vitest';
import { rows } from './db.ts';
import { caseOf, discard, keepTheirs, restoreSettled, sendAgain, settledKey, settledLately } from './decisions.ts';
import { defineMutation, update } from './define-mutation.ts';
import { attention } from './needs-attention.ts';
import { syncStatus } from './sync-status.ts';
import { arrive, testDatabase, type TestDatabase } from './testing.ts';

const expense = { id: 'e1', organization_id: 'o1', status: 'draft', merchant: 'Shell' };
const rename = defineMutation('expenses.rename', (merchant: string) => ({
  organization_id: 'o1',
  operations: [update('expenses', 'e1', { merchant })],
}));
let db: TestDatabase;
let id: string;

beforeEach(async () => {
  db = await testDatabase();
  await arrive(db, { expenses: [expense] });
  await rename('mine');
  id = (await db.replica.nextBatch(1))!.mutations[0]!.id;
  const row = { ...expense, merchant: 'theirs' };
  await db.replica.applyPush([{ id, s: 'conflict', ops: [{ s: 'conflict', t: 'expenses', row, f: ['merchant'] }] }]);
  await arrive(db, { expenses: [row] });
});

test('S14: what was not taken is told with mine and theirs', async () => {
  expect(await attention()).toEqual([
    {
      id,
      ids: [id],
      name: 'expenses.rename',
      kind: 'conflict',
      code: 'conflict',
      fields: [{ field: 'merchant', mine: 'mine', theirs: 'theirs', table: 'expenses', row_id: 'e1' }],
      table: 'expenses',
      row_id: 'e1',
      at: expect.any(String) as string,
    },
  ]);
  expect(await syncStatus()).toMatchObject({ state: 'needs_you', needs_you: 1 });
});

test('S14: keep mine sends it again and clears the notice', async () => {
  let woken = 0;
  db.replica.onWrite(() => (woken += 1));
  await sendAgain([id]);
  expect(woken).toBe(1);
  expect(await attention()).toEqual([]);
  expect(await rows('expenses').get('e1')).toMatchObject({ merchant: 'mine' });
  expect((await syncStatus()).waiting).toBe(1);
});

test.each([
  ['keep theirs', keepTheirs],
  ['discard', discard],
])('S14: %s leaves the truth on screen and nothing to send', async (_, answer) => {
  await answer([id]);
  expect(await attention()).toEqual([]);
  expect(await rows('expenses').get('e1')).toMatchObject({ merchant: 'theirs' });
  expect((await syncStatus()).waiting).toBe(0);
});

test('a second notice about the same row joins the first, with the latest wish', async () => {
  await rename('mine again');
  const second = (await db.replica.nextBatch(1))!.mutations[0]!.id;
  const row = { ...expense, merchant: 'newer' };
  await db.replica.applyPush([
    { id: second, s: 'conflict', ops: [{ s: 'conflict', t: 'expenses', row, f: ['merchant'] }] },
  ]);
  const items = await attention();
  expect(items).toMatchObject([{ id, ids: [id, second], fields: [{ mine: 'mine again', theirs: 'newer' }] }]);
  expect(await syncStatus()).toMatchObject({ needs_you: 1 });
  await keepTheirs(items[0]!.ids);
  expect(await attention()).toEqual([]);
});

test('a case shows what is true now, without what waits to be sent', async () => {
  await arrive(db, { expenses: [{ ...expense, merchant: 'newer' }] });
  await rename('on its way');
  const found = await caseOf(id);
  expect(found!.truth.get('expenses:e1')).toMatchObject({ merchant: 'newer' });
  expect(found!.wishes.get('expenses:e1')).toMatchObject({ own: { merchant: 'mine' }, base: { merchant: 'Shell' } });
});

test('what was given up is listed and comes back', async () => {
  const [item] = await attention();
  await discard(item!.ids);
  expect(await settledLately()).toMatchObject([{ key: settledKey(item!), how: 'discarded', item: { id } }]);
  expect(await restoreSettled(settledKey(item!))).toBe(true);
  expect(await attention()).toEqual([item]);
});
