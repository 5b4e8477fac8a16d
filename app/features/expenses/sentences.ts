import { formatDate, formatInstant } from '../../kernel/day.ts';
import { formatMoney } from '../../kernel/money.ts';
import { count } from '../../kernel/words.ts';
import type { Exceeded, Problem, ProblemCode, Warning } from './rules.ts';

const problemSentences: Readonly<Record<ProblemCode, (facts: Problem['facts']) => string>> = {
  amount_missing: () => 'Enter the amount on the receipt.',
  amount_not_a_number: () => 'Write the amount in digits, for example 12.50.',
  amount_too_precise: ({ currency, digits }) =>
    digits === 0
      ? `${String(currency)} has no decimals. Write a whole number.`
      : `${String(currency)} has ${String(digits)} decimals. Remove the digits after that.`,
  amount_too_large: () => 'This is more than one claim can hold. Check the number of digits.',
  amount_zero: () => 'The amount is zero. Enter what you paid.',
  amount_negative: () => 'Enter what you paid without a minus sign.',
  bad_currency: () => 'Choose a currency.',
  date_missing: () => 'Enter the day you paid.',
  date_invalid: () => 'This day does not exist. Choose one from the calendar.',
  future_date: () => 'This day has not come yet. Enter the day you paid.',
  category_missing: () => 'Choose a category.',
  category_inactive: () => 'This category is no longer used. Choose another one.',
  description_missing: () => 'Say in a few words what it was for.',
  description_too_long: ({ over }) => `Shorten it by ${count(Number(over), 'character', 'characters')}.`,
  merchant_too_long: () => 'Shorten the name of the merchant.',
  missing_receipts: () => 'This category needs a photo of the receipt. Add one.',
  too_many_receipts: () => 'A claim holds 5 photos. Remove some.',
};

/** What to do about a problem, in a sentence. */
export const problemSentence = ({ code, facts }: Problem): string => problemSentences[code](facts);

/** A warning in a sentence. */
export function warningSentence(warning: Warning, locale?: string): string {
  if (warning.code === 'over_limit') return overLimitSentence(warning.exceeded, locale);
  if (warning.code === 'date_tomorrow') return 'This is tomorrow by the clock of this device. Check the date.';
  if (warning.code === 'date_long_ago') return 'This is more than half a year ago. Check the year.';
  return 'You have a claim for this amount, merchant and day already.';
}

/** Says which limit is exceeded and what follows from it. */
export function overLimitSentence({ by, limit }: Exceeded, locale?: string): string {
  const whose = by === 'category' ? 'the limit of this category' : 'the limit of your organisation';
  return `This is over ${whose} (${formatMoney(limit, locale)}). You can submit it; a higher approval decides.`;
}

/** Says to everybody who looks at a claim over a limit who can decide it. */
export function overLimitNote(
  category: { name: string; max_amount_minor: number | null; currency: string | null } | undefined,
  organization: { expense_limit_minor: number; currency: string },
  locale?: string,
): string {
  const limits = [
    category?.max_amount_minor && category.currency
      ? `${category.name}: ${formatMoney({ amount_minor: category.max_amount_minor, currency: category.currency }, locale)}`
      : '',
    `organisation: ${formatMoney({ amount_minor: organization.expense_limit_minor, currency: organization.currency }, locale)}`,
  ];
  return `Over a limit (${limits.filter(Boolean).join('; ')}). The finance director or an administrator decides.`;
}

const actionSentences: Readonly<Record<string, (who: string, detail: Record<string, unknown>) => string>> = {
  submitted: (who) => `Submitted by ${who}`,
  approved: (who) => `Approved by ${who}`,
  rejected: (who) => `Rejected by ${who}`,
  draft: (who) => `Taken back to draft by ${who}`,
  paid: (who) => `Marked as paid by ${who}`,
  cancelled: (who) => `Cancelled by ${who}`,
  archived: () => 'Archived',
  level_approved: (who, { level, levels }) => `Level ${String(level)} of ${String(levels)} approved by ${who}`,
  level_skipped: (_, { level }) => `Level ${String(level)} passed over, because nobody could decide it`,
};

/** "Approved by Mara Lind": one line of a claim's history. */
export function historyLine(action: string, actor: string | null, detail: Record<string, unknown> = {}): string {
  const bare = action.replace(/^expenses?[._]/, '');
  const who = `${actor ?? 'somebody'}${typeof detail['for'] === 'string' ? ` for ${detail['for']}` : ''}`;
  return (actionSentences[bare] ?? ((name: string) => `${bare} by ${name}`))(who, detail);
}

/** "Approved by Mara Lind, 14 Nov, 21:05". */
export const decidedLine = (action: string, actor: string | null, at: string, locale?: string): string =>
  `${historyLine(action, actor)}, ${formatInstant(at, locale)}`;

/** A month as a heading: "November 2026". */
export const monthName = (month: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );

/** A claim's day as people read it. */
export const dayWords = (date: string, locale?: string): string => formatDate(date, locale);
