import { beforeEach, expect, test } from 'vitest';
import { isId } from '../kernel/id.ts';
import { rows } from './db.ts';
import { command, defineMutation, insert, remove, update } from './define-mutation.ts';
import { arrive, testDatabase, type TestDatabase } from './testing.ts';

const expense = {
  id: 'e1',
  organization_id: 'o1',
  status: 'draft',
  merchant: 'Shell',
  amount_minor: 500,
  currency: 'EUR',
};
let db: TestDatabase;

beforeEach(async () => {
  db = await testDatabase();
  await arrive(db, { expenses: [expense] });
});

const sent = async () => (await db.replica.nextBatch(10))?.mutations ?? [];

test('a mutation writes under its name and hands back its result', async () => {
  const rename = defineMutation('expenses.rename', (merchant: string) => ({
    organization_id: 'o1',
    operations: [update('expenses', 'e1', { merchant })],
    result: merchant.length,
  }));
  expect(await rename('Aral')).toBe(4);
  expect(await rows('expenses').get('e1')).toMatchObject({ merchant: 'Aral' });
  expect(await sent()).toMatchObject([
    { org: 'o1', name: 'expenses.rename', ops: [{ op: 'upd', v: { merchant: 'Aral' }, b: { merchant: 'Shell' } }] },
  ]);
});

test('S2: a draft that throws writes nothing', async () => {
  const fails = defineMutation('expenses.fails', () => {
    throw new Error('no');
  });
  await expect(fails()).rejects.toThrow('no');
  expect(await sent()).toEqual([]);
});

test('an insert makes an id unless it is given, and sends only what a person may insert', () => {
  const made = insert('expenses', { organization_id: 'o1', merchant: 'Aral' });
  expect(made.op === 'ins' && isId(made.id)).toBe(true);
  expect(insert('expenses', { id: 'e9', organization_id: 'o1' })).toEqual({
    op: 'ins',
    t: 'expenses',
    id: 'e9',
    v: { organization_id: 'o1' },
  });
});

test('a command travels with what the person saw and shows what they expect', async () => {
  const approve = defineMutation('expenses.approve', (id: string) => ({
    organization_id: 'o1',
    operations: [
      command('expenses.approve', {
        table: 'expenses',
        id,
        seen: { amount_minor: 500 },
        expect: { status: 'approved' },
      }),
    ],
  }));
  await approve('e1');
  expect(await rows('expenses').get('e1')).toMatchObject({ status: 'approved' });
  const [op] = (await sent())[0]!.ops;
  expect(op).toEqual({
    op: 'cmd',
    t: 'expenses',
    id: 'e1',
    cmd: 'expenses.approve',
    args: {},
    seen: { amount_minor: 500 },
  });
});

test('a removed row leaves the screen at once', async () => {
  await defineMutation('expenses.discard', () => ({ organization_id: 'o1', operations: [remove('expenses', 'e1')] }))();
  expect(await rows('expenses').count()).toBe(0);
});
