import { describe, expect, it } from 'vitest';
import { categoryAt, firstCurrency, merchantsLike, showOn, type EarlierClaim } from './smart-defaults.ts';

const show = (id: string, show_date: string, status = 'confirmed') => ({ id, show_date, status });
const earlier: EarlierClaim[] = [
  { merchant: 'Shell', category_id: 'fuel', status: 'approved' },
  { merchant: 'Hotel Daniel', category_id: null, status: 'draft' },
  { merchant: 'SHELL ', category_id: 'meals', status: 'paid' },
  { merchant: 'Hotel Daniel', category_id: 'hotel', status: 'paid' },
  { merchant: 'Shellfish Bar', category_id: 'meals', status: 'paid' },
];

describe('the show of a purchase', () => {
  it('is the one on that date', () => {
    expect(showOn('2026-11-14', [show('a', '2026-11-13'), show('b', '2026-11-14')])).toBe('b');
    expect(showOn('2026-11-15', [show('a', '2026-11-13')])).toBe(null);
  });

  it('is never a cancelled one, and the surest of two', () => {
    expect(showOn('2026-11-14', [show('a', '2026-11-14', 'cancelled')])).toBe(null);
    expect(showOn('2026-11-14', [show('a', '2026-11-14', 'hold'), show('b', '2026-11-14', 'confirmed')])).toBe('b');
  });
});

it('the currency is the last one used, else the tour’s, else the organisation’s', () => {
  expect(firstCurrency('CHF', 'EUR', 'USD')).toBe('CHF');
  expect(firstCurrency(null, 'EUR', 'USD')).toBe('EUR');
  expect(firstCurrency(undefined, null, 'USD')).toBe('USD');
});

describe('a merchant', () => {
  it('brings the category used last', () => {
    expect(categoryAt('shell', earlier)).toBe('fuel');
    expect(categoryAt('Hotel Daniel', earlier)).toBe('hotel');
    expect(categoryAt('', earlier)).toBe(null);
    expect(categoryAt('Aral', earlier)).toBe(null);
  });

  it('is offered while it is typed, once', () => {
    expect(merchantsLike('she', earlier)).toEqual(['Shell', 'Shellfish Bar']);
    expect(merchantsLike('shell', earlier)).toEqual(['Shellfish Bar']);
  });
});
