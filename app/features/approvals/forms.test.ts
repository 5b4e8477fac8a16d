import { describe, expect, test } from 'vitest';
import { LARGEST_AMOUNT, problemOfLevels, problemsOfLoan, readMoney, typedMoney } from './forms.ts';
import { words } from './settings-words.ts';

describe('an amount', () => {
  test.each([
    ['500', 'EUR', 'en', 50_000],
    ['1.234,50', 'EUR', 'de-DE', 123_450],
    ['500', 'JPY', 'en', 500],
    ['', 'EUR', 'en', words.amountMissing],
    ['much', 'EUR', 'en', words.amountBad],
    ['-1', 'EUR', 'en', words.amountBad],
    [String(LARGEST_AMOUNT), 'EUR', 'en', words.amountBad],
  ])('%j %s in %s is %j', (text, currency, locale, read) => expect(readMoney(text, currency, locale)).toBe(read));

  test.each(['en', 'de-DE', 'fr-FR', 'hi-IN'])('survives being edited in %s', (locale) => {
    for (const [minor, currency] of [
      [123_456, 'EUR'],
      [5, 'EUR'],
      [1_000, 'JPY'],
      [1_234_567, 'KWD'],
    ] as const)
      expect(readMoney(typedMoney(minor, currency, locale), currency, locale)).toBe(minor);
  });
});

describe('a loan', () => {
  const loan = { lender_id: 'a', borrower_id: 'b', starts_on: '2026-03-01', ends_on: '2026-03-09', reason: 'Holiday' };
  const today = '2026-03-02';
  test.each([
    [{}, {}],
    [{ borrower_id: 'a' }, { borrower_id: words.samePerson }],
    [{ borrower_id: '' }, { borrower_id: words.choosePerson }],
    [{ ends_on: '2026-02-28' }, { ends_on: words.periodBad }],
    [{ ends_on: '2026-03-01' }, { ends_on: words.periodOver }],
    [{ ends_on: '2028-03-01' }, { ends_on: words.periodLong }],
    [{ starts_on: '' }, { starts_on: words.dateMissing }],
    [{ reason: ' ' }, { reason: words.reasonMissing }],
  ])('%j is told %j', (patch, told) => expect(problemsOfLoan({ ...loan, ...patch }, today)).toEqual(told));
});

test('nobody is named at two levels of a rule, while a role may be', () => {
  expect(problemOfLevels(['person:a', 'any', 'person:a'])).toBe(words.personTwice);
  expect(problemOfLevels(['role:accountant', 'role:accountant'])).toBeUndefined();
});
