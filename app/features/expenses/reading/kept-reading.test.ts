import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, saidBy, saidByAll, type ReadColumns } from './kept-reading.ts';
import type { Found, Reading } from './receipt-of.ts';

const place = { x0: 0.123456, y0: 0.2, x1: 0.3, y1: 1 };
const reading: Reading = {
  currency: { value: 'EUR', confidence: 0.97 },
  total: { value: 4210, confidence: 0.93, place },
  date: { value: '2026-05-03', confidence: 0.8 },
  merchant: { value: 'Gasthof Adler', confidence: 0.7 },
  tax: { value: 383, confidence: 0.6 },
  tax_rate: { value: 1000, confidence: 0.6 },
};
const at = '2026-05-03T12:00:00.000Z';
const columns = (more: Partial<Reading> = {}): ReadColumns =>
  columnsOf({ at, reading: { ...reading, ...more } }) as ReadColumns;
const claim = { amount_minor: 4210, currency: 'EUR', expense_date: '2026-05-03' };

describe('a reading as it is stored', () => {
  it('says what was read, how surely, and where', () => {
    expect(columns()).toEqual({
      extracted_amount_minor: 4210,
      extracted_currency: 'EUR',
      extracted_date: '2026-05-03',
      extracted_merchant: 'Gasthof Adler',
      extracted_confidence: 0.93,
      extracted_data: {
        v: 1,
        currency: { c: 0.97 },
        total: { c: 0.93, b: [123, 200, 300, 1000] },
        date: { c: 0.8 },
        merchant: { c: 0.7 },
        tax: { c: 0.6, value: 383 },
        tax_rate: { c: 0.6, value: 1000 },
      },
      processed_at: at,
    });
  });

  it('is nothing when the photo was not read', () => {
    expect(columnsOf(undefined)).toEqual({});
  });

  it('always fits into the columns', () => {
    const found = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Found<T>> =>
      fc.record({ value, confidence: fc.double({ min: 0, max: 1, noNaN: true }), place: fc.constant(place) });
    const any = fc.record({
      currency: found(fc.constant('EUR')),
      total: found(fc.integer({ min: 0, max: 99_999_999_999 })),
      merchant: found(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 })),
      tax: found(fc.integer({ min: 1 })),
    });
    fc.assert(
      fc.property(any, (one) => {
        const { extracted_data, extracted_merchant, extracted_amount_minor: sum } = columnsOf({ at, reading: one });
        expect(sum === null || (sum! >= 1 && sum! <= 9_999_999_999)).toBe(true);
        expect(new TextEncoder().encode(JSON.stringify(extracted_data)).length).toBeLessThan(4096);
        expect(extracted_merchant!.length).toBeLessThanOrEqual(120);
      }),
    );
  });
});

describe('what a photo says beside a claim', () => {
  it('agrees', () => {
    expect(saidBy(columns(), claim, 'en-GB')).toMatchObject({ amount_differs: false, date_differs: false });
    expect(saidBy(columns(), claim, 'en-GB')!.text).toMatch(/^€42\.10, .*3 May/);
  });

  it.each([
    ['amount', { amount_minor: 5210 }, { amount_differs: true, date_differs: false }],
    ['currency', { currency: 'CHF' }, { amount_differs: true, date_differs: false }],
    ['date', { expense_date: '2026-05-04' }, { amount_differs: false, date_differs: true }],
  ])('differs in the %s', (_, more, differs) => {
    expect(saidBy(columns(), { ...claim, ...more })).toMatchObject(differs);
  });

  it('is not held against anybody when it was hard to read', () => {
    expect(saidBy(columns({ total: { value: 1, confidence: 0.4 } }), claim)).toBeNull();
  });

  it('does not differ when several photos add up to the claim', () => {
    const two = [
      columns({ total: { value: 4000, confidence: 0.9 } }),
      columns({ total: { value: 210, confidence: 0.9 } }),
    ];
    expect(saidByAll(two, claim).map((said) => said!.amount_differs)).toEqual([false, false]);
    expect(saidByAll(two, { ...claim, amount_minor: 1 }).map((said) => said!.amount_differs)).toEqual([true, true]);
  });
});
