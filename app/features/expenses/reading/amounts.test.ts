import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minorDigits } from '../../../kernel/money.ts';
import { minorOf, numbersIn } from './amounts.ts';

const read = (text: string, currency: string) => numbersIn(text).map((number) => minorOf(number, currency));

describe('a printed amount', () => {
  it.each([
    ['41.50', 'MYR', 4150],
    ['41,50', 'EUR', 4150],
    ['1,234.50', 'USD', 123450],
    ['1.234,50', 'EUR', 123450],
    ['1 234,50', 'SEK', 123450],
    ["1'234.50", 'CHF', 123450],
    ['1’234.50', 'CHF', 123450],
    ['12,34,567.00', 'INR', 123456700],
    ['1,860', 'JPY', 1860],
    ['2.310', 'EUR', 231000],
    ['12.345', 'KWD', 12345],
    ['1,012.345', 'KWD', 1012345],
    ['7', 'EUR', 700],
    ['41. 50', 'EUR', 4150],
    ['4l,5O', 'EUR', 4150],
    ['-2.90', 'MYR', -290],
    ['12,5', 'EUR', 1250],
    ['$134.54', 'USD', 13454],
    ['191,68EUR', 'EUR', 19168],
  ])('%s in %s', (text, currency, minor) => {
    expect(read(text, currency)).toEqual([minor]);
  });

  it.each([
    ['a time', '13:42'],
    ['a date', '27/04/2018'],
    ['a code', 'VO31-B77x'],
    ['more decimals than the currency has', '1.2345'],
  ])('%s is none', (_, text) => {
    expect(read(text, 'EUR').filter((minor) => minor !== null)).toEqual([]);
  });

  const currencies = ['EUR', 'USD', 'JPY', 'KWD', 'CHF', 'SEK'] as const;
  const conventions = [
    [',', '.'],
    ['.', ','],
    [' ', ','],
    ["'", '.'],
    ['', '.'],
    ['', ','],
  ] as const;

  it('is read back whatever marks a country groups with', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999_999 }),
        fc.constantFrom(...currencies),
        fc.constantFrom(...conventions),
        (minor, currency, [group, decimal]) => {
          const digits = minorDigits(currency);
          const text = String(minor).padStart(digits + 1, '0');
          const whole = digits === 0 ? text : text.slice(0, -digits);
          const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
          const printed = digits === 0 ? grouped : grouped + decimal + text.slice(-digits);
          // "1,234" of a currency with three decimals is one and a bit; nothing printed can tell it apart from grouping.
          expect(read(printed, currency)).toEqual([minor]);
        },
      ),
    );
  });

  it('never throws and never makes up more than a safe integer, whatever was read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom(...currencies), (text, currency) => {
        for (const minor of read(text, currency)) expect(minor === null || Number.isSafeInteger(minor)).toBe(true);
      }),
    );
  });
});
