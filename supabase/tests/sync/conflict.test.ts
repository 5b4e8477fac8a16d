import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PushResult } from './device.ts';
import { command, insert, update } from './device.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.stop());

type Fields = Record<string, unknown>;

const stored = async (table: string, id: string): Promise<Fields> =>
  (await stage.sql<Fields>(`select * from ${table} where id = $1`, [id]))[0]!;

/** Both sides saw 12.50 EUR; the first one's change arrives before the second one's. */
async function bothChange(first: Fields, second: Fields): Promise<{ id: string; verdict: PushResult }> {
  const id = await stage.claim('artist');
  const seen = { amount_minor: 1250, currency: 'EUR' };
  expect(await stage.device('artist').push(update('expenses', id, first, seen))).toMatchObject({ s: 'applied' });
  return { id, verdict: await stage.device('artist').push(update('expenses', id, second, seen)) };
}

describe('money never merges silently', () => {
  test.each<[string, Fields, Fields, string[]]>([
    ['amount against amount', { amount_minor: 900 }, { amount_minor: 1500 }, ['amount_minor']],
    ['amount against currency', { amount_minor: 900 }, { currency: 'JPY' }, ['currency']],
    ['currency against amount', { currency: 'JPY' }, { amount_minor: 1500 }, ['amount_minor']],
    ['currency against currency', { currency: 'JPY' }, { currency: 'USD' }, ['currency']],
    ['both against amount', { amount_minor: 900, currency: 'USD' }, { amount_minor: 1500 }, ['amount_minor']],
    [
      'amount against both',
      { amount_minor: 900 },
      { amount_minor: 1500, currency: 'USD' },
      ['amount_minor', 'currency'],
    ],
    [
      'the same number in another currency',
      { amount_minor: 2000 },
      { amount_minor: 2000, currency: 'USD' },
      ['amount_minor', 'currency'],
    ],
    [
      'another number in the same new currency',
      { currency: 'USD' },
      { amount_minor: 2000, currency: 'USD' },
      ['amount_minor', 'currency'],
    ],
  ])('%s is a conflict, and the first sum stays whole', async (_, first, second, lost) => {
    const { id, verdict } = await bothChange(first, second);
    expect(verdict).toMatchObject({ s: 'conflict', ops: [{ f: lost }] });
    const { amount_minor = 1250, currency = 'EUR' } = first;
    expect(await stored('expenses', id)).toMatchObject({ amount_minor: String(amount_minor), currency });
  });

  test('the same sum written twice is agreement, not a conflict', async () => {
    const sum = { amount_minor: 900, currency: 'USD' };
    expect((await bothChange(sum, sum)).verdict).toMatchObject({ s: 'applied' });
  });

  test('other fields of the same change go through, the sum comes back', async () => {
    const { id, verdict } = await bothChange({ amount_minor: 900 }, { currency: 'USD', merchant: 'Bar' });
    expect(verdict).toMatchObject({ s: 'merged', ops: [{ f: ['currency'] }] });
    expect(await stored('expenses', id)).toMatchObject({ amount_minor: '900', currency: 'EUR', merchant: 'Bar' });
  });

  test('a change of several rows is given back whole when one of its sums was changed', async () => {
    const id = await stage.claim('artist');
    const other = await stage.claim('artist');
    const artist = stage.device('artist');
    await artist.push(update('expenses', id, { amount_minor: 900 }, { amount_minor: 1250, currency: 'EUR' }));
    const verdict = await artist.push(
      update('expenses', other, { notes: 'x' }, { notes: null }),
      update('expenses', id, { currency: 'USD' }, { amount_minor: 1250, currency: 'EUR' }),
    );
    expect(verdict).toMatchObject({ s: 'conflict', ops: [{ f: ['currency'] }] });
    expect(await stored('expenses', other)).toMatchObject({ notes: null });
  });

  test('the limit of a category keeps its currency', async () => {
    const owner = stage.device('owner');
    const id = randomUUID();
    const limit = { max_amount_minor: 5000, currency: 'EUR' };
    await owner.push(
      insert('expense_categories', id, { organization_id: stage.north, name: 'Strings', code: 'strings', ...limit }),
    );
    await owner.push(update('expense_categories', id, { currency: 'JPY' }, limit));
    const verdict = await owner.push(update('expense_categories', id, { max_amount_minor: 9000 }, limit));
    expect(verdict).toMatchObject({ s: 'conflict', ops: [{ f: ['max_amount_minor'] }] });
  });

  test('the limit of an organisation keeps its currency', async () => {
    const owner = stage.device('owner');
    const { currency, expense_limit_minor } = await stored('organizations', stage.north);
    const seen = { currency, expense_limit_minor: Number(expense_limit_minor) };
    await owner.push(update('organizations', stage.north, { currency: 'JPY' }, seen));
    const verdict = await owner.push(update('organizations', stage.north, { expense_limit_minor: 7000 }, seen));
    expect(verdict).toMatchObject({ s: 'conflict', ops: [{ f: ['expense_limit_minor'] }] });
  });
});

describe('a state is decided once', () => {
  const submitted = async (more: object = {}): Promise<{ id: string; seen: Fields }> => {
    const id = await stage.claim('artist', more);
    expect(await stage.device('artist').push(command('expenses.submit', id))).toMatchObject({ s: 'applied' });
    const { status, currency, amount_minor } = await stored('expenses', id);
    return { id, seen: { status, currency, amount_minor: Number(amount_minor) } };
  };
  const reject = { args: { reason: 'No receipt' } };

  test.each([
    ['approved', 'rejected', 'expenses.approve', 'expenses.reject'],
    ['rejected', 'approved', 'expenses.reject', 'expenses.approve'],
    ['approved', 'approved again', 'expenses.approve', 'expenses.approve'],
    ['approved', 'taken back', 'expenses.approve', 'expenses.cancel'],
  ])('a claim %s by one cannot be %s by another who saw it waiting', async (state, _, first, second) => {
    const { id, seen } = await submitted();
    await stage.device('finance_director').push(command(first, id, { seen, ...reject }));
    const late = stage.device(second === 'expenses.cancel' ? 'artist' : 'admin');
    const verdict = await late.push(command(second, id, { seen, ...reject }));
    expect(verdict).toMatchObject({ s: 'conflict', ops: [{ f: ['status'], row: { status: state } }] });
    expect(await stored('expenses', id)).toMatchObject({ status: state });
  });

  test('an approval of another amount than the one that is there comes back with both facts', async () => {
    const { id, seen } = await submitted();
    const verdict = await stage
      .device('finance_director')
      .push(command('expenses.approve', id, { seen: { ...seen, amount_minor: 900, currency: 'USD' } }));
    expect(verdict).toMatchObject({ s: 'conflict', ops: [{ f: ['amount_minor', 'currency'] }] });
    expect(await stored('expenses', id)).toMatchObject({ status: 'submitted' });
  });

  test('an approval that says again what it saw goes through', async () => {
    const { id, seen } = await submitted();
    const director = stage.device('finance_director');
    const stale = { ...seen, amount_minor: 900 };
    expect(await director.push(command('expenses.approve', id, { seen: stale }))).toMatchObject({ s: 'conflict' });
    expect(await director.push(command('expenses.approve', id, { seen }))).toMatchObject({ s: 'applied' });
  });

  test('the state of a show is not settled by who comes last', async () => {
    const owner = stage.device('owner');
    const id = randomUUID();
    const show = { organization_id: stage.north, title: 'Graz', show_date: '2026-05-01', time_zone: 'Europe/Vienna' };
    expect(await owner.push(insert('shows', id, show))).toMatchObject({ s: 'applied' });
    const { status } = await stored('shows', id);
    await owner.push(update('shows', id, { status: 'confirmed' }, { status }));
    const verdict = await owner.push(update('shows', id, { status: 'cancelled' }, { status }));
    expect(verdict).toMatchObject({ s: 'conflict', ops: [{ f: ['status'], row: { status: 'confirmed' } }] });
  });

  test('the standing of a member is not settled by who comes last', async () => {
    const [member] = await stage.sql<{ id: string }>('select id from memberships where user_id = $1', [
      stage.user('crew'),
    ]);
    const owner = stage.device('owner');
    await owner.push(update('memberships', member!.id, { status: 'suspended' }, { status: 'active' }));
    const verdict = await owner.push(update('memberships', member!.id, { status: 'ended' }, { status: 'active' }));
    expect(verdict).toMatchObject({ s: expect.stringMatching(/conflict|rejected/) as string });
    expect(await stored('memberships', member!.id)).toMatchObject({ status: 'suspended' });
  });
});

describe('whoever comes second hears who came first', () => {
  test('a conflict carries the row with its last author and its version', async () => {
    const id = randomUUID();
    const show = { organization_id: stage.north, title: 'Graz', show_date: '2026-05-01', time_zone: 'Europe/Vienna' };
    await stage.device('owner').push(insert('shows', id, show));
    await stage.device('admin').push(update('shows', id, { title: 'Linz' }, { title: 'Graz' }));
    const verdict = await stage.device('owner').push(update('shows', id, { title: 'Wels' }, { title: 'Graz' }));
    const row = { title: 'Linz', updated_by: stage.user('admin'), row_version: 2 };
    expect(verdict).toMatchObject({ s: 'conflict', ops: [{ row, by: stage.user('admin') }] });
  });

  test('after a merge the author before it is named, not the one who merged', async () => {
    const id = randomUUID();
    const show = { organization_id: stage.north, title: 'Graz', show_date: '2026-05-01', time_zone: 'Europe/Vienna' };
    await stage.device('owner').push(insert('shows', id, show));
    await stage.device('admin').push(update('shows', id, { title: 'Linz' }, { title: 'Graz' }));
    const before = (await stored('shows', id))['updated_at'] as Date;
    const verdict = await stage
      .device('owner')
      .push(update('shows', id, { title: 'Wels', notes: 'x' }, { title: 'Graz', notes: null }));
    expect(verdict).toMatchObject({ s: 'merged', ops: [{ f: ['title'], by: stage.user('admin') }] });
    const { at } = verdict.ops![0] as { at?: string };
    expect(new Date(at!).getTime()).toBe(before.getTime());
  });
});
