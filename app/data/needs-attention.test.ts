import { beforeEach, expect, test } from 'vitest';
import { rows, type LocalDatabase } from './db.ts';
import { defineMutation, update } from './define-mutation.ts';
import { attention, discard, keepMine, keepTheirs } from './needs-attention.ts';
import { syncStatus } from './sync-status.ts';
import { arrive, testDatabase } from './testing.ts';

const expense = { id: 'e1', organization_id: 'o1', status: 'draft', merchant: 'Shell' };
const rename = defineMutation('expenses.rename', (merchant: string) => ({
  organization_id: 'o1',
  operations: [update('expenses', 'e1', { merchant })],
}));
let db: LocalDatabase;
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
      name: 'expenses.rename',
      kind: 'conflict',
      code: 'conflict',
      fields: [{ field: 'merchant', mine: 'mine', theirs: 'theirs' }],
      table: 'expenses',
      row_id: 'e1',
      at: expect.any(String) as string,
    },
  ]);
  expect(await syncStatus()).toMatchObject({ state: 'needs_you', needs_you: 1 });
});

test('S14: keep mine sends it again and clears the notice', async () => {
  await keepMine(id);
  expect(await attention()).toEqual([]);
  expect(await rows('expenses').get('e1')).toMatchObject({ merchant: 'mine' });
  expect((await syncStatus()).waiting).toBe(1);
});

test.each([
  ['keep theirs', keepTheirs],
  ['discard', discard],
])('S14: %s leaves the truth on screen and nothing to send', async (_, answer) => {
  await answer(id);
  expect(await attention()).toEqual([]);
  expect(await rows('expenses').get('e1')).toMatchObject({ merchant: 'theirs' });
  expect((await syncStatus()).waiting).toBe(0);
});
