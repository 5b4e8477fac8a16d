import { describe, expect, test } from 'vitest';
import type { ExpenseRow } from '../../data/schema.gen.ts';
import { between, groupsOf, isSelectable } from './approval-groups.ts';
import type { WaitingClaim } from './queries.ts';
import { flagsOf, hindrance, type ClaimState } from './rules.ts';

const claim = (id: string, patch: Partial<WaitingClaim> = {}): WaitingClaim => ({
  row: {
    id,
    person_id: 'p',
    merchant: `Merchant ${id}`,
    description: null,
    amount_minor: 1250,
    currency: 'EUR',
  } as ExpenseRow,
  hindrance: null,
  rejection: null,
  levels: [],
  deciders: [],
  lender_id: null,
  flags: [],
  ...patch,
});
const ids = (items: readonly WaitingClaim[]) => items.map(({ row }) => row.id);

describe('approval by exception', () => {
  const all = [
    claim('a', { flags: ['duplicate'] }),
    claim('b'),
    claim('c', { hindrance: 'not_your_level' }),
    claim('d', { hindrance: 'receipts_not_arrived' }),
    claim('e'),
  ];

  test('what is ready stands on top, then what deserves a look, then what others decide', () => {
    expect(groupsOf(all, 'all', '', new Map()).map(({ items }) => ids(items))).toEqual([['b', 'e'], ['a', 'd'], ['c']]);
    expect(groupsOf(all, 'ready', '', new Map()).flatMap(({ items }) => ids(items))).toEqual(['b', 'e']);
  });

  test('a search looks at merchants and sums', () => {
    expect(groupsOf(all, 'all', 'merchant E', new Map()).flatMap(({ items }) => ids(items))).toEqual(['e']);
    expect(groupsOf(all, 'all', '12.50', new Map()).flatMap(({ items }) => ids(items))).toHaveLength(5);
    expect(groupsOf(all, 'all', 'nowhere', new Map())).toEqual([]);
  });

  test('a range goes both ways', () => {
    expect(ids(between(all, 'b', 'd'))).toEqual(['b', 'c', 'd']);
    expect(ids(between(all, 'd', 'b'))).toEqual(['b', 'c', 'd']);
    expect(ids(between(all, 'gone', 'b'))).toEqual(['b']);
  });

  test('a claim that can neither be approved nor sent back is not selected', () => {
    expect(isSelectable(claim('x', { hindrance: 'own_claim', rejection: 'own_claim' }))).toBe(false);
    expect(isSelectable(claim('x', { hindrance: 'not_your_level' }))).toBe(true);
  });
});

test('a claim is flagged for each thing that is out of the ordinary', () => {
  const facts = {
    over_limit: false,
    expense_date: '2026-11-01',
    category: { requires_receipt: true },
    receipts: 1,
    photo_missing: false,
    has_twin: false,
  };
  const flags = (patch: object) => flagsOf({ ...facts, ...patch }, '2026-11-20');
  expect(flags({})).toEqual([]);
  expect(flags({ category: { requires_receipt: false }, receipts: 0 })).toEqual([]);
  expect(flags({ over_limit: true, has_twin: true, receipts: 0 })).toEqual(['over_limit', 'duplicate', 'no_photo']);
  expect(flags({ photo_missing: true, expense_date: '2026-01-01' })).toEqual(['photo_on_its_way', 'long_ago']);
  expect(flags({ category: undefined })).toEqual(['no_category']);
});

describe('at a level', () => {
  const state = (found: NonNullable<ClaimState['turn']>['hindrance']): ClaimState => ({
    person_id: 'claimant',
    status: 'submitted',
    over_limit: false,
    turn: { hindrance: found },
  });
  const accountant = { person_id: 'me', can: () => true };
  const manager = { person_id: 'me', can: () => false };

  test.each([
    [null, accountant, null, null],
    [null, manager, null, null],
    ['not_your_level', accountant, 'not_your_level', null],
    ['insufficient_approval_limit', accountant, 'insufficient_approval_limit', null],
    ['not_permitted', manager, 'not_permitted', 'not_permitted'],
    ['lenders_claim', accountant, 'lenders_claim', 'lenders_claim'],
    ['own_claim', accountant, 'own_claim', 'own_claim'],
  ] as const)('%s means', (found, actor, approving, rejecting) => {
    expect(hindrance('approve', state(found), actor)).toBe(approving);
    expect(hindrance('reject', state(found), actor)).toBe(rejecting);
  });
});
