import type { ApprovalDelegationRow } from '../../data/schema.gen.ts';
import { addDays, isDate, type LocalDate } from '../../kernel/day.ts';
import { asFailure } from '../../kernel/failure.ts';
import { decimalText, minorDigits, parseAmount } from '../../kernel/money.ts';
import { words } from './settings-words.ts';

/** The largest amount a rule or a limit can hold, in minor units. */
export const LARGEST_AMOUNT = 9_999_999_999;
/** The longest reason for a loan, in characters. */
export const LONGEST_REASON = 200;
/** The longest loan, in days after its first. */
const LONGEST_LOAN_DAYS = 366;

/** An amount as it was typed in minor units, or the sentence about what is wrong with it. */
export function readMoney(text: string, currency: string, locale: string): number | string {
  try {
    const minor = parseAmount(text, currency, locale);
    return minor < 0 || minor > LARGEST_AMOUNT ? words.amountBad : minor;
  } catch (thrown) {
    return asFailure(thrown).code === 'amount_missing' ? words.amountMissing : words.amountBad;
  }
}

/** A stored amount as it is typed in this locale, without grouping. */
export function typedMoney(amount_minor: number, currency: string, locale: string): string {
  const text = decimalText({ amount_minor, currency });
  const decimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(0.5);
  const mark = decimal.find(({ type }) => type === 'decimal')?.value ?? '.';
  return minorDigits(currency) === 0 ? text : text.replace('.', mark);
}

/** A loan as it is typed. */
export type TypedLoan = Pick<ApprovalDelegationRow, 'lender_id' | 'borrower_id' | 'starts_on' | 'ends_on' | 'reason'>;

/** What is wrong with a loan, by field; empty when nothing is. */
export function problemsOfLoan(loan: TypedLoan, today: LocalDate): Partial<Record<keyof TypedLoan, string>> {
  const { lender_id, borrower_id, starts_on, ends_on, reason } = loan;
  const found: Partial<Record<keyof TypedLoan, string>> = {};
  if (!lender_id) found.lender_id = words.choosePerson;
  if (!borrower_id) found.borrower_id = words.choosePerson;
  else if (borrower_id === lender_id) found.borrower_id = words.samePerson;
  if (!isDate(starts_on)) found.starts_on = words.dateMissing;
  if (!isDate(ends_on)) found.ends_on = words.dateMissing;
  else if (ends_on < starts_on) found.ends_on = words.periodBad;
  else if (ends_on < today) found.ends_on = words.periodOver;
  else if (isDate(starts_on) && ends_on > addDays(starts_on, LONGEST_LOAN_DAYS)) found.ends_on = words.periodLong;
  if (reason.trim() === '') found.reason = words.reasonMissing;
  return found;
}

/** What is wrong with the levels of a rule, undefined when nothing is. */
export const problemOfLevels = (levels: readonly string[]): string | undefined =>
  levels.some((level, at) => level.startsWith('person:') && levels.indexOf(level) !== at)
    ? words.personTwice
    : undefined;
