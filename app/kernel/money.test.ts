import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from './failure.ts';
import { decimalText, formatMoney, minorDigits, parseAmount, totals } from './money.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (thrown) {
    return thrown instanceof Failure ? thrown.code : String(thrown);
  }
  return 'no failure';
};

const currencies = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'INR', 'GBP');
const locales = fc.constantFrom('en', 'de', 'fr', 'en-IN', 'de-CH', 'pt-BR');
const amounts = fc.integer({ min: -9_999_999_999, max: 9_999_999_999 });

describe('minor digits', () => {
  it.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
  ])('%s has %i decimal places', (currency, digits) => {
    expect(minorDigits(currency)).toBe(digits);
  });

  it('a code that is not three capitals is refused', () => {
    expect(codeOf(() => minorDigits('eur'))).toBe('bad_currency');
    expect(codeOf(() => minorDigits(''))).toBe('bad_currency');
  });
});

describe('reading an amount as people type it', () => {
  it.each([
    ['12', 'EUR', 'en', 1200],
    ['12.5', 'EUR', 'en', 1250],
    ['12,5', 'EUR', 'en', 1250],
    ['12.50', 'EUR', 'de', 1250],
    ['1,234.50', 'EUR', 'en', 123450],
    ['1.234,50', 'EUR', 'en', 123450],
    ['1.234,50', 'EUR', 'de', 123450],
    ["1'234.50", 'CHF', 'de-CH', 123450],
    ['1 234,50', 'EUR', 'fr', 123450],
    ['1\u202f234,50 EUR', 'EUR', 'fr', 123450],
    ['EUR 12', 'EUR', 'en', 1200],
    ['12,34,567.89', 'INR', 'en-IN', 123456789],
    ['1,500', 'EUR', 'en', 150000],
    ['1.500', 'EUR', 'de', 150000],
    ['1,500', 'EUR', 'de', 150],
    ['1.500', 'EUR', 'en', 150],
    ['1,500', 'JPY', 'en', 1500],
    ['1.500', 'JPY', 'en', 1500],
    ['1.234', 'KWD', 'en', 1234],
    ['1,234', 'KWD', 'en', 1234000],
    ['12.00', 'JPY', 'en', 12],
    ['12.', 'EUR', 'en', 1200],
    ['.5', 'EUR', 'en', 50],
    ['007', 'EUR', 'en', 700],
    ['-3', 'EUR', 'en', -300],
    ['−3', 'EUR', 'en', -300],
    ['99999999.99', 'EUR', 'en', 9_999_999_999],
  ])('"%s" %s in %s', (text, currency, locale, minor) => {
    expect(parseAmount(text, currency, locale)).toBe(minor);
  });

  it.each([
    ['', 'EUR', 'amount_missing'],
    ['   ', 'EUR', 'amount_missing'],
    ['EUR', 'EUR', 'amount_missing'],
    ['twelve', 'EUR', 'amount_not_a_number'],
    ['12 beers', 'EUR', 'amount_not_a_number'],
    ['1e5', 'EUR', 'amount_not_a_number'],
    ['12-', 'EUR', 'amount_not_a_number'],
    ['--3', 'EUR', 'amount_not_a_number'],
    ['Infinity', 'EUR', 'amount_not_a_number'],
    ['0x10', 'EUR', 'amount_not_a_number'],
    ['.', 'EUR', 'amount_not_a_number'],
    ['1.2.3', 'EUR', 'amount_not_a_number'],
    ['1,2,3', 'EUR', 'amount_not_a_number'],
    ['1,23.45', 'EUR', 'amount_not_a_number'],
    ['1.234,567.89', 'EUR', 'amount_not_a_number'],
    ['12.345', 'EUR', 'amount_too_precise'],
    ['12,345.678', 'EUR', 'amount_too_precise'],
    ['12.5', 'JPY', 'amount_too_precise'],
    ['1.2345', 'KWD', 'amount_too_precise'],
    ['99999999999999999', 'EUR', 'amount_too_large'],
  ])('"%s" %s is refused as %s', (text, currency, code) => {
    expect(codeOf(() => parseAmount(text, currency))).toBe(code);
  });

  it('a minus before nothing is plain zero', () => {
    expect(Object.is(parseAmount('-0', 'EUR'), 0)).toBe(true);
  });

  it('reads back what decimalText writes, in every currency and to the last unit', () => {
    fc.assert(
      fc.property(amounts, currencies, (amount_minor, currency) => {
        expect(parseAmount(decimalText({ amount_minor, currency }), currency, 'en')).toBe(amount_minor);
      }),
    );
  });

  it('reads back what the locale itself writes with its separators', () => {
    fc.assert(
      fc.property(amounts, currencies, locales, (amount_minor, currency, locale) => {
        const digits = minorDigits(currency);
        const format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits });
        const text = format.format(decimalText({ amount_minor, currency }) as Intl.StringNumericLiteral);
        expect(parseAmount(text, currency, locale)).toBe(amount_minor);
      }),
    );
  });

  it('never answers anything but a safe integer or a refusal with a known code', () => {
    const known = ['amount_missing', 'amount_not_a_number', 'amount_too_precise', 'amount_too_large'];
    const typed = fc.oneof(fc.string(), fc.stringMatching(/^[-0-9.,' ]{0,24}$/));
    fc.assert(
      fc.property(typed, currencies, locales, (text, currency, locale) => {
        try {
          expect(Number.isSafeInteger(parseAmount(text, currency, locale))).toBe(true);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(Failure);
          expect(known).toContain((thrown as Failure).code);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('writing money', () => {
  it.each([
    [1234, 'EUR', '12.34'],
    [5, 'EUR', '0.05'],
    [-5, 'EUR', '-0.05'],
    [1234, 'JPY', '1234'],
    [1234, 'KWD', '1.234'],
    [Number.MAX_SAFE_INTEGER, 'EUR', '90071992547409.91'],
  ])('%i %s is %s', (amount_minor, currency, text) => {
    expect(decimalText({ amount_minor, currency })).toBe(text);
  });

  it('follows the locale and keeps the last cent of large amounts', () => {
    expect(formatMoney({ amount_minor: 123450, currency: 'EUR' }, 'en')).toBe('€1,234.50');
    expect(formatMoney({ amount_minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' }, 'en')).toBe(
      '€90,071,992,547,409.91',
    );
  });
});

describe('totals', () => {
  it('adds currency by currency and never mixes them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ amount_minor: fc.integer({ min: 0, max: 1e9 }), currency: currencies })),
        (all) => {
          const sums = totals(all);
          expect(new Set(sums.map((sum) => sum.currency)).size).toBe(sums.length);
          for (const sum of sums) {
            const own = all.filter((amount) => amount.currency === sum.currency);
            expect(sum.amount_minor).toBe(own.reduce((total, amount) => total + amount.amount_minor, 0));
          }
        },
      ),
    );
  });
});
