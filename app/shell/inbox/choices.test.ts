import { describe, expect, test } from 'vitest';
import type { Case, Operation, Row, Values } from '../../data/decisions.ts';
import type { AttentionItem } from '../../data/needs-attention.ts';
import { tables } from '../../data/schema.gen.ts';
import { wishes } from '../../sync/decisions.ts';
import type { ContestedField, Notice } from '../../sync/protocol.ts';
import { alongside, isDecision, linesOf, resolutionsOf, seenNow, sends, stays, type Choice } from './choices.ts';

const KEY = 'expenses:e1';
const row = (more: Values = {}): Row => ({
  id: 'e1',
  organization_id: 'o1',
  merchant: 'Shell',
  amount_minor: 1250,
  currency: 'EUR',
  notes: null,
  status: 'draft',
  updated_by: 'priya',
  updated_at: '2026-11-14T20:05:00Z',
  row_version: 7,
  ...more,
});
const change = (v: Values, b: Values, id = 'e1', t = 'expenses'): Operation => ({ op: 'upd', t, id, v, b });
const told = (field: string, theirs: unknown, more: Partial<ContestedField> = {}): ContestedField => ({
  field,
  mine: null,
  theirs,
  table: 'expenses',
  row_id: 'e1',
  by: 'priya',
  changed_at: '2026-11-14T20:05:00Z',
  version: 7,
  ...more,
});

function caseOf(
  operations: Operation[],
  fields: ContestedField[],
  truth: Row | null,
  more: [string, Row][] = [],
): Case {
  const notice: Notice = {
    id: 'n1',
    name: 'expenses.save',
    organization_id: 'o1',
    kind: 'conflict',
    code: 'conflict',
    fields,
    table: 'expenses',
    row_id: 'e1',
    ops: operations,
    at: '2026-11-14T20:10:00Z',
  };
  const item = { ...notice, ids: ['n1'], fields, table: 'expenses' } as unknown as AttentionItem;
  return {
    item,
    organization_id: 'o1',
    operations,
    wishes: wishes(tables, [notice]),
    truth: new Map([[KEY, truth], ...more]),
    files: 0,
  };
}

const lines = (found: Case) => linesOf(found, tables);

describe('what there is to decide', () => {
  test('a field with mine, theirs, who changed it and when', () => {
    const found = caseOf([change({ merchant: 'Aral' }, { merchant: 'OMV' })], [told('merchant', 'Shell')], row());
    expect(lines(found)).toEqual([
      {
        key: `${KEY}:merchant`,
        row: KEY,
        table: 'expenses',
        fields: ['merchant'],
        mine: { merchant: 'Aral' },
        theirs: { merchant: 'Shell' },
        by: 'priya',
        changed_at: '2026-11-14T20:05:00Z',
        newer: false,
      },
    ]);
  });

  test('an amount and its currency are one line, also when only one of them was changed on each side', () => {
    const base = { amount_minor: 1000, currency: 'EUR' };
    const truth = row({ amount_minor: 1000, currency: 'JPY' });
    const found = caseOf([change({ amount_minor: 1500 }, base)], [told('amount_minor', 1000)], truth);
    expect(lines(found)).toMatchObject([
      {
        fields: ['amount_minor', 'currency'],
        mine: { amount_minor: 1500, currency: 'EUR' },
        theirs: { amount_minor: 1000, currency: 'JPY' },
      },
    ]);
  });

  test('theirs is the newest word, and says that it changed again', () => {
    const truth = row({ merchant: 'Esso', updated_by: 'ines', updated_at: '2026-11-15T08:00:00Z', row_version: 8 });
    const found = caseOf([change({ merchant: 'Aral' }, { merchant: 'OMV' })], [told('merchant', 'Shell')], truth);
    expect(lines(found)).toMatchObject([{ theirs: { merchant: 'Esso' }, newer: true, by: 'ines' }]);
  });

  test('a row that has not caught up with the verdict does not hide it', () => {
    const truth = row({ merchant: 'OMV', row_version: 6 });
    const found = caseOf([change({ merchant: 'Aral' }, { merchant: 'OMV' })], [told('merchant', 'Shell')], truth);
    expect(lines(found)).toMatchObject([{ theirs: { merchant: 'Shell' }, newer: false }]);
  });

  test('a notice of an earlier version, without who and row, tells both from the row that is here', () => {
    const old = { field: 'merchant', mine: 'Aral', theirs: 'Shell' };
    const found = caseOf([change({ merchant: 'Aral' }, { merchant: 'OMV' })], [old], row());
    expect(lines(found)).toMatchObject([{ theirs: { merchant: 'Shell' }, by: 'priya', newer: false }]);
    expect(lines(caseOf([change({ merchant: 'Aral' }, { merchant: 'OMV' })], [old], null))).toMatchObject([
      { theirs: { merchant: 'Shell' }, by: undefined, changed_at: undefined },
    ]);
  });

  test('a field that came to what was wanted is nothing to decide', () => {
    const found = caseOf([change({ merchant: 'Aral' }, {})], [told('merchant', 'Shell')], row({ merchant: 'Aral' }));
    expect(lines(found)).toEqual([]);
  });

  test('of several operations the rows here say what else moved, though the server named one', () => {
    const details = { id: 'e1', organization_id: 'o1', phone: '2', updated_by: 'ines', updated_at: 'then' } as Row;
    const found = caseOf(
      [
        change({ merchant: 'Aral' }, { merchant: 'OMV' }),
        change({ phone: '1' }, { phone: '0' }, 'e1', 'person_details'),
      ],
      [told('merchant', 'Shell')],
      row(),
      [['person_details:e1', details]],
    );
    expect(lines(found)).toMatchObject([
      { fields: ['merchant'] },
      { fields: ['phone'], table: 'person_details', mine: { phone: '1' }, theirs: { phone: '2' }, by: 'ines' },
    ]);
  });
});

describe('a step that came back', () => {
  const approve: Operation = {
    op: 'cmd',
    t: 'expenses',
    id: 'e1',
    cmd: 'expenses.approve',
    args: {},
    seen: { status: 'submitted', amount_minor: 1000, currency: 'EUR' },
    expect: { status: 'approved' },
  };

  test('what was seen stands beside what is now, for everything that differs', () => {
    const found = caseOf([approve], [told('status', 'rejected')], row({ status: 'rejected', amount_minor: 1250 }));
    expect(isDecision(found)).toBe(true);
    expect(lines(found)).toMatchObject([
      { fields: ['amount_minor', 'currency'], mine: { amount_minor: 1000 }, theirs: { amount_minor: 1250 } },
      { fields: ['status'], mine: { status: 'submitted' }, theirs: { status: 'rejected' } },
    ]);
  });

  test('taken again it goes by what is on the screen now', () => {
    const found = caseOf([approve], [told('amount_minor', 1250)], row({ status: 'submitted' }));
    expect(seenNow(found)).toEqual({ [KEY]: { seen: { status: 'submitted', amount_minor: 1250, currency: 'EUR' } } });
  });

  test('a deletion shows what was to go and what is there', () => {
    const found = caseOf(
      [{ op: 'del', t: 'expenses', id: 'e1', b: { merchant: 'OMV' } }],
      [told('merchant', 'Shell')],
      row(),
    );
    expect(lines(found)).toMatchObject([{ mine: { merchant: 'OMV' }, theirs: { merchant: 'Shell' } }]);
  });
});

describe('the decision', () => {
  const base = { merchant: 'OMV', notes: 'x', amount_minor: 1000, currency: 'EUR' };
  const wanted = { merchant: 'Aral', notes: 'mine', amount_minor: 900 };
  const fields = [told('merchant', 'Shell'), told('notes', null), told('amount_minor', 1250)];
  const found = caseOf([change(wanted, base)], fields, row());
  const choose = (merchant: Choice, notes: Choice, money: Choice) =>
    new Map<string, Choice>([
      [`${KEY}:merchant`, merchant],
      [`${KEY}:notes`, notes],
      [`${KEY}:amount_minor+currency`, money],
    ]);

  test('mine is sent, theirs stays, something else is sent instead; all of it over what was on the screen', () => {
    const sum = { amount_minor: 1100, currency: 'USD' };
    expect(resolutionsOf(lines(found), choose('mine', 'theirs', sum))).toEqual({
      [KEY]: {
        leave: ['notes'],
        values: sum,
        seen: { merchant: 'Shell', notes: null, amount_minor: 1250, currency: 'EUR' },
      },
    });
  });

  test('typing what the others wrote leaves it to them', () => {
    const [money] = lines(found);
    expect(stays(money!, { amount_minor: 1250, currency: 'EUR' })).toBe(true);
    expect(stays(money!, undefined)).toBe(false);
  });

  test('nothing is sent when all stays, unless something goes along', () => {
    const none = choose('theirs', 'theirs', 'theirs');
    expect(sends(found, lines(found), none)).toBe(false);
    expect(sends(found, lines(found), choose('mine', 'theirs', 'theirs'))).toBe(true);
    const submit: Operation = {
      op: 'cmd',
      t: 'expenses',
      id: 'e1',
      cmd: 'expenses.submit',
      args: {},
      seen: {},
      expect: {},
    };
    const more = caseOf(
      [change({ ...wanted, description: 'Diesel' }, base), submit],
      [told('merchant', 'Shell')],
      row(),
    );
    expect(alongside(more, lines(more))).toEqual([{ row: KEY, values: { description: 'Diesel' } }]);
    expect(sends(more, lines(more), none)).toBe(true);
  });
});
