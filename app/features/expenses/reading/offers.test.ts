import { describe, expect, it } from 'vitest';
import { typedFrom } from '../rules.ts';
import { filledBy, offersOf, sumOf, type Readings } from './offers.ts';
import type { Reading } from './receipt-of.ts';

const reading = (more: Partial<Reading> = {}): Reading => ({
  currency: { value: 'EUR', confidence: 0.9 },
  total: { value: 4210, confidence: 0.9, place: { x0: 0, y0: 0, x1: 1, y1: 1 } },
  date: { value: '2026-05-03', confidence: 0.6 },
  merchant: { value: 'Gasthof Adler', confidence: 0.7 },
  ...more,
});
const readings = (...all: Reading[]): Readings =>
  Object.fromEntries(all.map((one, at) => [`photo ${at}`, { at: '2026-05-03T12:00:00Z', reading: one }]));
const typed = typedFrom({ currency: 'EUR', expense_date: '2026-11-25' });
const filled = (all: Readings, chosen: string[] = [], form = typed) =>
  filledBy(offersOf(all, form, 'en'), new Set(chosen), form);

describe('what a photo fills', () => {
  it('is everything that nobody chose', () => {
    expect(filled(readings(reading()))).toEqual({
      amount: '42.10',
      currency: 'EUR',
      expense_date: '2026-05-03',
      merchant: 'Gasthof Adler',
    });
  });

  it('is never what somebody typed', () => {
    expect(filled(readings(reading()), ['amount', 'merchant'])).toEqual({ expense_date: '2026-05-03' });
  });

  it('is no amount in another currency than the one somebody chose', () => {
    const dollars = reading({ currency: { value: 'USD', confidence: 0.9 } });
    expect(filled(readings(dollars), ['currency'])).not.toHaveProperty('amount');
    expect(filled(readings(dollars))).toMatchObject({ amount: '42.10', currency: 'USD' });
  });

  it('is nothing that could hardly be read', () => {
    const faint = reading({ total: { value: 4210, confidence: 0.3 }, date: { value: '2026-05-03', confidence: 0.2 } });
    expect(filled(readings(faint))).toEqual({ merchant: 'Gasthof Adler' });
  });

  it('follows the decimal mark of the device', () => {
    expect(offersOf(readings(reading()), typed, 'de')[0]!.values.amount).toBe('42,10');
  });
});

describe('what photos offer', () => {
  it('is the largest total with what stands beside it', () => {
    const back = reading({ total: { value: 900, confidence: 0.9 }, merchant: { value: 'Kiosk', confidence: 0.9 } });
    const offers = offersOf(readings(back, reading()), typed, 'en');
    expect(offers.map(({ text }) => text)).toContain('Gasthof Adler');
    expect(offers[0]).toMatchObject({ field: 'amount', photo_id: 'photo 1', values: { amount: '42.10' } });
  });

  it('is taken when the form says the same', () => {
    const same = { ...typed, amount: '42.1', merchant: 'Gasthof Adler' };
    const taken = offersOf(readings(reading()), same, 'en').map(({ field, taken }) => [field, taken]);
    expect(taken).toEqual([
      ['amount', true],
      ['merchant', true],
      ['expense_date', false],
    ]);
  });

  it('is the sum as a choice, of one currency only', () => {
    const other = reading({ total: { value: 790, confidence: 0.9 } });
    expect(sumOf(readings(reading(), other), typed, 'en')?.values).toEqual({ amount: '50.00', currency: 'EUR' });
    const yen = reading({ currency: { value: 'JPY', confidence: 0.9 } });
    expect(sumOf(readings(reading(), yen), typed, 'en')).toBeUndefined();
    expect(sumOf(readings(reading()), typed, 'en')).toBeUndefined();
  });
});
