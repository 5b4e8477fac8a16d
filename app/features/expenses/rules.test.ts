import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExpenseStatus, Permission } from '../../data/schema.gen.ts';
import {
  exceededLimit,
  hindrance,
  isEditable,
  merchantKey,
  problemsOfDraft,
  problemsOfSubmit,
  readAmount,
  statuses,
  transitions,
  typedFrom,
  warningsOf,
  type Actor,
  type ClaimState,
  type ExpenseEvent,
  type Limits,
  type Surroundings,
  type TypedClaim,
} from './rules.ts';

const person = (person_id: string, ...permissions: Permission[]): Actor => ({
  person_id,
  can: (permission) => permissions.includes(permission),
});
const artist = person('artist');
const accountant = person('accountant', 'expenses:read', 'expenses:approve', 'expenses:pay');
const director = person('director', 'expenses:read', 'expenses:approve', 'expenses:approve_high', 'expenses:pay');
const manager = person('manager', 'expenses:read');

const claim = (status: ExpenseStatus, over_limit = false, person_id = 'artist') => ({ person_id, status, over_limit });

const typed: TypedClaim = {
  amount: '12.50',
  currency: 'EUR',
  expense_date: '2026-11-14',
  merchant: 'Shell',
  category_id: 'fuel',
  show_id: '',
  description: 'Diesel to Graz',
  payment_method: '',
  notes: '',
};
const around: Surroundings = {
  receipts: 1,
  category: { requires_receipt: true, active: true },
  today: '2026-11-14',
  locale: 'en',
};
const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code);
const submitCodes = (patch: Partial<TypedClaim>, more: Partial<Surroundings> = {}) =>
  codes(problemsOfSubmit({ ...typed, ...patch }, { ...around, ...more }));

describe('the states of a claim', () => {
  const events = Object.keys(transitions.draft) as ExpenseEvent[];

  it('are reached only along the drawn arrows', () => {
    const arrows = statuses.flatMap((from) =>
      events.flatMap((event) => (transitions[from][event] ? [`${from} ${event} ${transitions[from][event]}`] : [])),
    );
    expect(arrows).toEqual([
      'draft submit submitted',
      'draft cancel cancelled',
      'submitted approve approved',
      'submitted reject rejected',
      'submitted cancel cancelled',
      'approved reject rejected',
      'approved pay paid',
      'rejected reopen draft',
      'paid archive archived',
    ]);
  });

  it('paid money never comes back to a state in which it could be paid twice', () => {
    const reachable = (from: ExpenseStatus): Set<ExpenseStatus> => {
      const seen = new Set<ExpenseStatus>([from]);
      for (const state of seen)
        for (const event of events) if (transitions[state][event]) seen.add(transitions[state][event]);
      return seen;
    };
    expect(reachable('paid').has('approved')).toBe(false);
    expect([...reachable('cancelled')]).toEqual(['cancelled']);
  });
});

describe('who may do what', () => {
  it.each<[string, ExpenseEvent, ClaimState, Actor, string | null]>([
    ['an artist submits their draft', 'submit', claim('draft'), artist, null],
    ['nobody submits for somebody else', 'submit', claim('draft'), director, 'not_yours'],
    ['an artist takes back a claim that waits', 'cancel', claim('submitted'), artist, null],
    ['an approved claim cannot be taken back', 'cancel', claim('approved'), artist, 'wrong_state'],
    ['an accountant approves', 'approve', claim('submitted'), accountant, null],
    ['an accountant cannot approve twice', 'approve', claim('approved'), accountant, 'wrong_state'],
    [
      'an accountant cannot approve over a limit',
      'approve',
      claim('submitted', true),
      accountant,
      'insufficient_approval_limit',
    ],
    [
      'nobody approves a claim whose photo is on its way',
      'approve',
      { ...claim('submitted'), photo_missing: true },
      director,
      'receipts_not_arrived',
    ],
    ['it may be rejected all the same', 'reject', { ...claim('submitted'), photo_missing: true }, director, null],
    ['an accountant rejects over a limit', 'reject', claim('submitted', true), accountant, null],
    ['a finance director approves over a limit', 'approve', claim('submitted', true), director, null],
    ['nobody approves their own claim', 'approve', claim('submitted', false, 'director'), director, 'own_claim'],
    ['nobody rejects their own claim', 'reject', claim('submitted', false, 'director'), director, 'own_claim'],
    ['a manager reads but does not decide', 'approve', claim('submitted'), manager, 'not_permitted'],
    ['an accountant cannot undo an approval', 'reject', claim('approved'), accountant, 'insufficient_approval_limit'],
    ['a finance director undoes an approval', 'reject', claim('approved'), director, null],
    ['a paid claim cannot be rejected', 'reject', claim('paid'), director, 'wrong_state'],
    ['an accountant marks as paid', 'pay', claim('approved'), accountant, null],
    ['an artist does not', 'pay', claim('approved'), artist, 'not_permitted'],
    ['a rejected claim is reopened by its owner', 'reopen', claim('rejected'), artist, null],
  ])('%s', (_, event, state, actor, expected) => {
    expect(hindrance(event, state, actor)).toBe(expected);
  });

  it('only the owner edits, and only a draft or a rejected claim', () => {
    expect(statuses.filter((status) => isEditable(claim(status), artist))).toEqual(['draft', 'rejected']);
    expect(statuses.filter((status) => isEditable(claim(status), director))).toEqual([]);
  });
});

describe('a claim that is typed', () => {
  it('is fine when it is complete', () => {
    expect(submitCodes({})).toEqual([]);
  });

  it.each([
    ['', 'amount_missing'],
    ['0', 'amount_zero'],
    ['0,00', 'amount_zero'],
    ['-12', 'amount_negative'],
    ['twelve', 'amount_not_a_number'],
    ['12.505', 'amount_too_precise'],
    ['100000000', 'amount_too_large'],
    ['99999999999999999999', 'amount_too_large'],
  ])('amount "%s" is %s', (amount, code) => {
    expect(submitCodes({ amount })).toEqual([code]);
  });

  it('has no more decimals than its currency', () => {
    expect(submitCodes({ amount: '12.5', currency: 'JPY' })).toEqual(['amount_too_precise']);
    expect(submitCodes({ amount: '12.505', currency: 'KWD' })).toEqual([]);
  });

  it('may be of tomorrow, because a clock can be a day off, and not later', () => {
    expect(submitCodes({ expense_date: '2026-11-15' })).toEqual([]);
    expect(submitCodes({ expense_date: '2026-11-16' })).toEqual(['future_date']);
    expect(submitCodes({ expense_date: '' })).toEqual(['date_missing']);
    expect(submitCodes({ expense_date: '2026-02-30' })).toEqual(['date_invalid']);
  });

  it('names everything that is missing, in the order of the form', () => {
    const nothing = { amount: '', expense_date: '', merchant: '', category_id: '', description: '  ' };
    expect(submitCodes(nothing, { receipts: 0 })).toEqual([
      'missing_receipts',
      'amount_missing',
      'date_missing',
      'category_missing',
      'description_missing',
    ]);
  });

  it('needs a photo only where the category asks for one', () => {
    expect(submitCodes({}, { receipts: 0, category: { requires_receipt: false, active: true } })).toEqual([]);
    expect(submitCodes({}, { receipts: 6 })).toEqual(['too_many_receipts']);
    expect(submitCodes({}, { category: { requires_receipt: true, active: false } })).toEqual(['category_inactive']);
  });

  it('says by how much a description is too long', () => {
    const [found] = problemsOfSubmit({ ...typed, description: 'x'.repeat(507) }, around);
    expect(found).toEqual({ field: 'description', code: 'description_too_long', facts: { over: 7 } });
  });

  it('can be kept as a draft with gaps, though not with nonsense', () => {
    const gaps = { ...typed, amount: '', category_id: '', description: '' };
    expect(problemsOfDraft(gaps, { ...around, receipts: 0 })).toEqual([]);
    expect(codes(problemsOfDraft({ ...gaps, amount: 'abc' }, around))).toEqual(['amount_not_a_number']);
  });

  it('gives an amount between one unit and the largest, whatever is typed, or says what is wrong with it', () => {
    fc.assert(
      fc.property(fc.string(), (amount) => {
        const read = readAmount({ amount, currency: 'EUR' }, 'en');
        if (typeof read === 'number') expect(read).toBeGreaterThan(0);
        else expect(read.code).toMatch(/^amount_/);
      }),
    );
  });
});

describe('limits', () => {
  const limits: Limits = {
    category: { max_amount_minor: 5000, currency: 'EUR' },
    organization: { expense_limit_minor: 1_000_000, currency: 'USD' },
  };
  const over = (amount_minor: number, currency: string, own: Limits = limits) =>
    exceededLimit({ amount_minor, currency }, own)?.by ?? null;

  it('are exceeded by more than the limit, not by the limit', () => {
    expect(over(5000, 'EUR')).toBe(null);
    expect(over(5001, 'EUR')).toBe('category');
    expect(over(1_000_000, 'USD')).toBe(null);
    expect(over(1_000_001, 'USD')).toBe('organization');
  });

  it('of a category measure its own currency only', () => {
    expect(over(5001, 'CHF')).toBe(null);
  });

  it('of the organisation measure every currency by its minor unit', () => {
    expect(over(1_000_001, 'CHF')).toBe('organization');
    expect(over(20_000, 'JPY')).toBe(null);
  });
});

describe('warnings', () => {
  const limits: Limits = { organization: { expense_limit_minor: 1000, currency: 'EUR' } };
  const other = {
    id: 'other',
    amount_minor: 1250,
    currency: 'EUR',
    expense_date: '2026-11-14',
    merchant: '  SHELL ',
    status: 'submitted' as const,
  };
  const warn = (patch: Partial<TypedClaim>, others: readonly (typeof other)[] = []) =>
    codes(warningsOf({ ...typed, ...patch }, 'en', '2026-11-14', limits, others));

  it('tell of a limit without stopping anybody', () => {
    expect(warn({})).toEqual(['over_limit']);
    expect(submitCodes({})).toEqual([]);
  });

  it('tell of a purchase that was claimed already', () => {
    expect(warn({ amount: '12.50' }, [other])).toContain('possible_duplicate');
    expect(warn({ amount: '12.51' }, [other])).not.toContain('possible_duplicate');
    expect(warn({ merchant: 'Aral' }, [other])).not.toContain('possible_duplicate');
    expect(warn({}, [{ ...other, status: 'cancelled' } as unknown as typeof other])).not.toContain(
      'possible_duplicate',
    );
  });

  it('tell of a day that is not here yet and of one long gone', () => {
    expect(warn({ amount: '1', expense_date: '2026-11-15' })).toEqual(['date_tomorrow']);
    expect(warn({ amount: '1', expense_date: '2025-11-14' })).toEqual(['date_long_ago']);
  });
});

it('a merchant is the same in other capitals and spaces', () => {
  expect(merchantKey('  Café  Central ')).toBe(merchantKey('CAFÉ central'));
});

it('typing that was kept by an older version reads as far as it goes', () => {
  expect(typedFrom({ amount: '12', merchant: 7 })).toMatchObject({ amount: '12', merchant: '', notes: '' });
});
