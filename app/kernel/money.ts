import { refusal } from './failure.ts';

/** An amount of money: a safe integer of the currency's minor unit (cents, pence, yen) and its ISO 4217 code. */
export interface Money {
  readonly amount_minor: number;
  readonly currency: string;
}

/** Decimal places of a currency (ISO 4217): 2 for EUR, 0 for JPY, 3 for KWD. Throws a refusal for a malformed code. */
export function minorDigits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) throw refusal('bad_currency', `not an ISO 4217 code: ${currency}`);
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** The separators a locale writes numbers with, e.g. `{ group: '.', decimal: ',' }` for German. */
function separators(locale: string): { group: string; decimal: string } {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6);
  const find = (type: string, otherwise: string) => parts.find((part) => part.type === type)?.value ?? otherwise;
  return { group: find('group', ','), decimal: find('decimal', '.') };
}

/**
 * Reads an amount as a person types it ("1.234,50", "1,234.5", "12") into minor units, without floating point.
 * The last separator followed by no more digits than the currency has is the decimal one; a lone ambiguous one follows the locale.
 * Throws a refusal with code `amount_missing`, `amount_not_a_number` or `amount_too_precise`.
 */
export function parseAmount(text: string, currency: string, locale = 'en'): number {
  const digits = minorDigits(currency);
  const bare = text.replace(/[\s\u00a0\u202f'’]/g, '').replace(new RegExp(`^${currency}|${currency}$`, 'i'), '');
  if (bare === '') throw refusal('amount_missing', 'no amount');
  const match = /^([-−]?)(\d[\d.,]*|[.,]\d+)$/.exec(bare);
  if (!match) throw refusal('amount_not_a_number', `not an amount: ${text}`);
  const [whole, fraction] = splitDecimal(match[2]!, digits, locale);
  if (!isGrouped(whole)) throw refusal('amount_not_a_number', `not an amount: ${text}`);
  if (fraction.replace(/0+$/, '').length > digits)
    throw refusal('amount_too_precise', `${currency} has ${digits} decimal places`, { digits });
  const minor = Number(`${whole.replace(/[.,]/g, '') || '0'}${fraction.slice(0, digits).padEnd(digits, '0')}`);
  if (!Number.isSafeInteger(minor)) throw refusal('amount_too_large', `too large: ${text}`);
  return match[1] && minor !== 0 ? -minor : minor;
}

/** Whether separators before the decimal one stand where a person groups: every three, or two as in India; never of two kinds. */
const isGrouped = (whole: string): boolean => /^(\d*|\d{1,3}([.,])(\d{2,3}\2)*\d{3})$/.test(whole);

function splitDecimal(text: string, digits: number, locale: string): [whole: string, fraction: string] {
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  if (last < 0 || isGrouping(text, last, digits, locale)) return [text, ''];
  return [text.slice(0, last), text.slice(last + 1)];
}

/** Whether the last separator groups thousands: it is repeated, or it stands alone before three digits and this locale groups so. */
function isGrouping(text: string, last: number, digits: number, locale: string): boolean {
  const mark = text[last]!;
  if (text.indexOf(mark) !== last) return true;
  const alone = !text.includes(mark === '.' ? ',' : '.');
  const thousands = alone && text.length - last - 1 === 3;
  if (!thousands || digits === 0) return thousands;
  const { group, decimal } = separators(locale);
  return digits < 3 ? mark !== decimal : mark === group;
}

/** Writes minor units as a plain decimal text with a dot, e.g. `1234` EUR -> "12.34"; exact for every safe integer. */
export function decimalText({ amount_minor, currency }: Money): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(amount_minor)).padStart(digits + 1, '0');
  const sign = amount_minor < 0 ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Writes money for people in their locale with its currency, e.g. "€12.34"; the text goes in as an exact decimal string. */
export function formatMoney(money: Money, locale?: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency });
  return format.format(decimalText(money) as Intl.StringNumericLiteral);
}

/** Adds amounts currency by currency; amounts of different currencies never mix. */
export function totals(amounts: Iterable<Money>): Money[] {
  const sums = new Map<string, number>();
  for (const { amount_minor, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + amount_minor);
  return [...sums].map(([currency, amount_minor]) => ({ amount_minor, currency }));
}
