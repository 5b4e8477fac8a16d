import { addDays, isDate, type LocalDate } from '../../../kernel/day.ts';
import { monthOf } from './months.ts';

/** Which part of a date like 03/04/2026 comes first. */
export type DayOrder = 'day_first' | 'month_first';

/** A date in a text and how sure it is. */
export interface ReadDate {
  readonly date: LocalDate;
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
}

/** What helps to tell one reading of a date from another. */
export interface DateHints {
  readonly today: LocalDate;
  /** The order of the country where the receipt was printed; undefined when that is not known. */
  readonly order?: DayOrder | undefined;
}

/** A receipt is claimed within this many days, as a rule. */
const FRESH_DAYS = 120;
/** Nobody claims what is older than this many days; such a date is more likely misread. */
const OLD_DAYS = 2 * 365;

const D = '[\\dOolI]';
const SEPARATOR = `\\s?[-./\\\\,'‘’]\\s?`;
const LEFT = '(?<![\\p{L}\\d.,/])';
const RIGHT = '(?![\\d/])';
const numeric = (...parts: string[]) => new RegExp(LEFT + parts.join(SEPARATOR) + RIGHT, 'gu');
const YEAR_FIRST = numeric(`((?:19|2[O0])${D}{2})`, `(${D}{1,2})`, `(${D}{1,2})`);
const YEAR_LAST = numeric(`(${D}{1,2})`, `(${D}{1,2})`, `((?:19|2[O0])${D}{2}|${D}{2})`);
const CJK = /(20\d{2})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})/gu;
const NAMED_DAY_FIRST = new RegExp(
  `${LEFT}(${D}{1,2})(?:st|nd|rd|th|er|º|\\.)?[\\s./-]{0,2}(?:de |of )?(\\p{L}{3,12})\\.?,?[\\s./'-]{0,3}(?:de |del )?((?:19|20)\\d{2}|\\d{2})(?!\\d|[:.]\\d)`,
  'gu',
);
const NAMED_MONTH_FIRST = new RegExp(
  `(?<!\\p{L})(\\p{L}{3,12})\\.?[\\s-]{0,2}(${D}{1,2})(?:st|nd|rd|th)?[,.\\s-]{1,3}((?:19|20)\\d{2}|'?\\d{2}(?!\\d|:))(?!\\d)`,
  'gu',
);
const COMPACT = /(?<!\d)(20\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d)/g;

/** Reads every date in a text, each with the readings that are possible weighed against each other. */
export function datesIn(text: string, hints: DateHints): ReadDate[] {
  const found = [
    ...each(text, YEAR_FIRST, ([y, m, d]) => sure(yearOf(y!), m!, d!, 0.95)),
    ...each(text, CJK, ([y, m, d]) => sure(yearOf(y!), m!, d!, 0.98)),
    ...each(text, NAMED_DAY_FIRST, ([d, name, y]) => named(y!, name!, d!)),
    ...each(text, NAMED_MONTH_FIRST, ([name, d, y]) => named(y!, name!, d!)),
    ...each(text, YEAR_LAST, ([a, b, y]) => eitherOrder(a!, b!, y!, hints)),
    ...each(text, COMPACT, ([y, m, d]) => sure(yearOf(y!), m!, d!, 0.6)),
  ];
  return found.map((one) => plausible(one, hints)).filter((one) => one !== null);
}

type Reading = Pick<ReadDate, 'date' | 'confidence'> | null;

function each(text: string, pattern: RegExp, read: (parts: string[]) => Reading): ReadDate[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const reading = read(match.slice(1));
    return reading ? [{ ...reading, start: match.index, end: match.index + match[0].length }] : [];
  });
}

const digits = (text: string): string => text.replace(/[Oo]/g, '0').replace(/[lI]/g, '1').replace(/\D/g, '');

/** Two digits are a year of this century: receipts are never older. */
const yearOf = (text: string): number => {
  const year = Number(digits(text));
  return year < 100 ? 2000 + year : year;
};

const dateOf = (year: number, month: number, day: number): LocalDate | null => {
  const date = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isDate(date) ? date : null;
};

function sure(year: number, month: string, day: string, confidence: number): Reading {
  const date = dateOf(year, Number(digits(month)), Number(digits(day)));
  return date === null ? null : { date, confidence };
}

function named(year: string, name: string, day: string): Reading {
  const month = monthOf(name);
  return month === undefined ? null : sure(yearOf(year), String(month), day, 0.95);
}

/** Both orders are tried; where both are days of the calendar, the country decides, then what is near today. */
function eitherOrder(first: string, second: string, year: string, { today, order }: DateHints): Reading {
  const full = digits(year).length === 4 ? 0 : 0.05;
  const [a, b] = [Number(digits(first)), Number(digits(second))];
  const dayFirst = dateOf(yearOf(year), b, a);
  const monthFirst = dateOf(yearOf(year), a, b);
  if (!dayFirst || !monthFirst || dayFirst === monthFirst) {
    const date = dayFirst ?? monthFirst;
    return date === null ? null : { date, confidence: 0.95 - full };
  }
  const [hinted, other] = order === 'month_first' ? [monthFirst, dayFirst] : [dayFirst, monthFirst];
  if (hinted > addDays(today, 1) && other <= addDays(today, 1)) return { date: other, confidence: 0.7 - full };
  if (order === undefined && isFresh(other, today) && !isFresh(hinted, today))
    return { date: other, confidence: 0.6 - full };
  return { date: hinted, confidence: (order === undefined ? 0.6 : 0.85) - full };
}

const isFresh = (date: LocalDate, today: LocalDate): boolean =>
  date <= addDays(today, 1) && date >= addDays(today, -FRESH_DAYS);

/** Days to come are no purchases, and long gone ones are rarely claimed. */
function plausible(one: ReadDate, { today }: DateHints): ReadDate | null {
  if (one.date < '2000-01-01' || one.date > addDays(today, 31)) return null;
  const doubt = one.date > addDays(today, 1) ? 0.4 : one.date < addDays(today, -OLD_DAYS) ? 0.75 : 1;
  return { ...one, confidence: one.confidence * doubt };
}
