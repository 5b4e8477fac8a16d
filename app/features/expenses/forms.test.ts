import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimForm, fieldsOf, submittableClaim, typedAmount, typedOf } from './forms.ts';
import { readAmount } from './rules.ts';

const id = '3f2b8c1e-4d5a-4b6c-8d7e-9f0a1b2c3d4e';
const fields = {
  amount_minor: 1250,
  currency: 'EUR',
  expense_date: '2026-11-14',
  merchant: 'Shell',
  category_id: id,
  show_id: null,
  description: 'Diesel',
  payment_method: null,
  notes: null,
};

describe('a claim at the door of the database', () => {
  it('is taken when it is complete', () => {
    expect(submittableClaim.parse(fields)).toEqual(fields);
  });

  it('may have gaps only as a draft', () => {
    const gaps = { ...fields, amount_minor: null, category_id: null, description: null };
    expect(claimForm.safeParse(gaps).success).toBe(true);
    expect(submittableClaim.safeParse(gaps).success).toBe(false);
  });

  it.each([
    { amount_minor: 0 },
    { amount_minor: -1 },
    { amount_minor: 12.5 },
    { amount_minor: 10_000_000_000 },
    { currency: 'euro' },
    { expense_date: '2026-02-30' },
    { category_id: 'fuel' },
    { description: 'x'.repeat(501) },
  ])('is not taken with %o', (patch) => {
    expect(claimForm.safeParse({ ...fields, ...patch }).success).toBe(false);
  });
});

describe('typing', () => {
  it('and storing are two views of one claim', () => {
    expect(fieldsOf(typedOf(fields, 'de'), 'de')).toEqual(fields);
    expect(typedOf(fields, 'de').amount).toBe('12,50');
  });

  it('reads every stored amount back in the locale it is shown in', () => {
    const currencies = fc.constantFrom('EUR', 'JPY', 'KWD');
    const locales = fc.constantFrom('en', 'de', 'fr', 'hi', 'ar-EG', 'de-CH');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), currencies, locales, (minor, currency, locale) => {
        expect(readAmount({ amount: typedAmount(minor, currency, locale), currency }, locale)).toBe(minor);
      }),
    );
  });

  it('leaves blank texts out', () => {
    expect(fieldsOf({ ...typedOf(fields, 'en'), merchant: '  ', description: '' }, 'en')).toMatchObject({
      merchant: null,
      description: null,
    });
  });
});
