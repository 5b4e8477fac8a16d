import type { LocalDate } from '../../kernel/day.ts';
import { addDays, isDate } from '../../kernel/day.ts';

/** What a column of a routing may hold. */
export const fields = [
  'date',
  'venue',
  'city',
  'region',
  'country',
  'title',
  'status',
  'doors',
  'time',
  'capacity',
  'notes',
  'url',
  'tour',
  'external_id',
  'zone',
] as const;

/** One of them. */
export type Field = (typeof fields)[number];

/** Which column (from 0) holds which field; a field that is not there is not in the file. */
export type Mapping = Readonly<Partial<Record<Field, number>>>;

/** Which number of 04/05/2026 comes first. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** What is wrong with a date that could not be read. */
export type DateProblem = 'date_missing' | 'date_unreadable' | 'date_impossible' | 'date_no_year';

/** A date as it was read, with the time when one stood beside it and the weekday when one was written. */
export type ReadDate =
  { readonly date: LocalDate; readonly time?: string; readonly weekday?: number } | { readonly problem: DateProblem };

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'sv'];
/** Two digits are this century: routings are about the road, not about history. */
const CENTURY = 2000;
/** Excel counts days from here; the day that never was, 29 February 1900, is before anything we read. */
const SERIAL_ZERO = '1899-12-30';
/** Numbers outside are no dates of shows: 1954 to 2119. */
const SERIAL_RANGE = [20_000, 80_000] as const;

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\.$/, '');

/** Names of months or weekdays in the languages we know, long and short, to their number. */
function names(options: Intl.DateTimeFormatOptions, count: number, at: (n: number) => Date): Map<string, number> {
  const known = new Map<string, number>();
  for (const language of LANGUAGES)
    for (const length of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(language, { ...mapped(options, length), timeZone: 'UTC' });
      for (let n = 0; n < count; n++) known.set(plain(format.format(at(n))), n);
    }
  return known;
}

const mapped = (options: Intl.DateTimeFormatOptions, length: 'long' | 'short'): Intl.DateTimeFormatOptions =>
  Object.fromEntries(Object.keys(options).map((key) => [key, length]));

let months: Map<string, number> | undefined;
let weekdays: Map<string, number> | undefined;
const monthOf = (word: string): number | undefined =>
  (months ??= names({ month: 'long' }, 12, (n) => new Date(Date.UTC(2026, n, 15))).set('sept', 8)).get(plain(word));
/** 4 January 2026 is a Sunday. */
const weekdayOf = (word: string): number | undefined =>
  (weekdays ??= names({ weekday: 'long' }, 7, (n) => new Date(Date.UTC(2026, 0, 4 + n)))
    .set('tues', 2)
    .set('weds', 3)
    .set('thur', 4)
    .set('thurs', 4)).get(plain(word));

/** Reads a date in any form a routing has been seen to have. `order` decides what the digits cannot. */
export function readDate(text: string, order: DateOrder): ReadDate {
  const trimmed = text.trim();
  if (!trimmed) return { problem: 'date_missing' };
  const { rest, weekday } = withoutWeekday(trimmed);
  const found = serial(rest) ?? isoLike(rest) ?? numeric(rest, order) ?? named(rest);
  if (!found) return { problem: 'date_unreadable' };
  if ('problem' in found || weekday === undefined) return found;
  return { ...found, weekday };
}

function withoutWeekday(text: string): { rest: string; weekday?: number } {
  const [, word, rest] = /^(\p{L}+\.?)[,\s]+(.+)$/u.exec(text) ?? [];
  const weekday = word === undefined ? undefined : weekdayOf(word);
  return weekday === undefined || rest === undefined ? { rest: text } : { rest: rest.trim(), weekday };
}

function serial(text: string): ReadDate | undefined {
  if (!/^\d{5}(\.\d+)?$/.test(text)) return undefined;
  const days = Number(text);
  if (days < SERIAL_RANGE[0] || days > SERIAL_RANGE[1]) return undefined;
  const time = days % 1 === 0 ? undefined : timeOfDay(days % 1);
  return { date: addDays(SERIAL_ZERO, Math.floor(days)), ...(time && { time }) };
}

function isoLike(text: string): ReadDate | undefined {
  const parts =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(.+))?$/.exec(text) ?? /^(\d{4})(\d\d)(\d\d)(?:T(.+))?$/.exec(text);
  return parts ? dated(Number(parts[1]), Number(parts[2]), Number(parts[3]), parts[4]) : undefined;
}

const NUMERIC = /^(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})(?:,?\s+(.+))?$/;

function numeric(text: string, order: DateOrder): ReadDate | undefined {
  const parts = NUMERIC.exec(text);
  if (!parts) return /^\d{1,2}[-/.]\d{1,2}\.?$/.test(text) ? { problem: 'date_no_year' } : undefined;
  const [a, b, c] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (order === 'ymd' && parts[3]!.length === 2) return dated(CENTURY + a, b, c, parts[4]);
  const [day, month] = order === 'mdy' ? [b, a] : [a, b];
  return dated(c < 100 ? CENTURY + c : c, month, day, parts[4]);
}

/** "14 Nov 2026", "Nov. 14th, 2026", "14-Nov-26". */
function named(text: string): ReadDate | undefined {
  const words = text.split(/[\s,./-]+/).filter(Boolean);
  const at = words.findIndex((word) => monthOf(word) !== undefined);
  if (at < 0 || at > 1) return undefined;
  const numbers = words
    .filter((_, index) => index !== at)
    .map((word) => Number(word.replace(/^(\d{1,2})(st|nd|rd|th|er|º|ª)$/i, '$1')));
  const [day, year] = numbers;
  if (day === undefined || !Number.isInteger(day)) return undefined;
  if (year === undefined) return { problem: 'date_no_year' };
  if (!Number.isInteger(year)) return undefined;
  return dated(year < 100 ? CENTURY + year : year, monthOf(words[at]!)! + 1, day, undefined);
}

function dated(year: number, month: number, day: number, time: string | undefined): ReadDate {
  const pad = (n: number): string => String(n).padStart(2, '0');
  const date = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
  if (!isDate(date) || year < 1900 || year > 2199) return { problem: 'date_impossible' };
  const read = time === undefined ? undefined : readTime(time);
  return read && read !== '00:00' ? { date, time: read } : { date };
}

/** How the numbers of a whole column are to be read, and how one knows. */
export interface InferredOrder {
  readonly order: DateOrder;
  /** `plain`: no number needs it. `calendar`: a day beyond 12 says so. `sorted`: only so are they in order. `ask`: nobody can know. */
  readonly by: 'plain' | 'calendar' | 'sorted' | 'ask';
}

/** Infers day-month or month-day over a whole column: one 14/11 decides for all the 04/05 beside it. */
export function inferOrder(texts: readonly string[]): InferredOrder {
  const numbers = texts.flatMap((text) => {
    const parts = NUMERIC.exec(withoutWeekday(text.trim()).rest);
    return parts ? [[Number(parts[1]), Number(parts[2]), Number(parts[3])] as const] : [];
  });
  if (numbers.length === 0) return { order: 'dmy', by: 'plain' };
  const dayFirst = numbers.filter(([a, b]) => a > 12 && b <= 12).length;
  const monthFirst = numbers.filter(([a, b]) => b > 12 && a <= 12).length;
  const yearFirst = numbers.filter(([a, , c]) => a > 31 || (a > 12 && c > 12 && c <= 31)).length;
  if (yearFirst > numbers.length / 2) return { order: 'ymd', by: 'calendar' };
  if (dayFirst !== monthFirst) return { order: dayFirst > monthFirst ? 'dmy' : 'mdy', by: 'calendar' };
  if (dayFirst > 0) return { order: 'dmy', by: 'ask' };
  const byWeekday = weekdayOrder(texts);
  if (byWeekday) return { order: byWeekday, by: 'calendar' };
  const [asDays, asMonths] = [inversions(texts, 'dmy'), inversions(texts, 'mdy')];
  if (numbers.length > 2 && (asDays === 0) !== (asMonths === 0))
    return { order: asDays === 0 ? 'dmy' : 'mdy', by: 'sorted' };
  return { order: 'dmy', by: numbers.every(([a, b]) => a === b) ? 'plain' : 'ask' };
}

/** A weekday beside the numbers is right in one order only. */
function weekdayOrder(texts: readonly string[]): DateOrder | undefined {
  const right = (order: DateOrder): number =>
    texts.filter((text) => weekdayFits(readDate(text, order)) === true).length;
  const [days, monthsFirst] = [right('dmy'), right('mdy')];
  return days === monthsFirst ? undefined : days > monthsFirst ? 'dmy' : 'mdy';
}

/** Whether the weekday written beside a date is its weekday; undefined when none was written. */
export function weekdayFits(read: ReadDate): boolean | undefined {
  if ('problem' in read || read.weekday === undefined) return undefined;
  return new Date(`${read.date}T00:00:00Z`).getUTCDay() === read.weekday;
}

function inversions(texts: readonly string[], order: DateOrder): number {
  const dates = texts.flatMap((text) => {
    const read = readDate(text, order);
    return 'date' in read ? [read.date] : [];
  });
  return dates.filter((date, at) => at > 0 && date < dates[at - 1]!).length;
}

/** Reads a time of day as "19:30"; undefined when it is none (or not known yet: "TBA"). */
export function readTime(text: string): string | undefined {
  const trimmed = text.trim().toLowerCase();
  if (/^0?\.\d+$/.test(trimmed)) return timeOfDay(Number(trimmed));
  const parts = /^(\d{1,2})(?:[:.h](\d{2})?(?::\d{2}(?:\.\d+)?)?|(\d{2}))?\s*(?:uhr|z)?\s*([ap])?\.?(?:m\.?)?$/.exec(
    trimmed,
  );
  if (!parts || (!parts[2] && !parts[3] && !parts[4] && !trimmed.includes('h'))) return undefined;
  const minutes = Number(parts[2] ?? parts[3] ?? 0);
  const hours = Number(parts[1]);
  if (minutes > 59 || hours > (parts[4] ? 12 : 23) || (parts[4] && hours === 0)) return undefined;
  const half = parts[4] === undefined ? hours : (hours % 12) + (parts[4] === 'p' ? 12 : 0);
  return `${String(half).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

function timeOfDay(share: number): string {
  const minutes = Math.round(share * 24 * 60) % (24 * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Whether a text says that something is not known yet. */
export const isToBeTold = (text: string): boolean =>
  /^(tb[acd]|to be (announced|confirmed|decided)|\?+|-+|n\/?a)$/i.test(text.trim());
