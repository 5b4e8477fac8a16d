import type { LocalDate } from '../../../kernel/day.ts';
import { currencyIn, orderOf, type HomeHints, type ReadCurrency } from './country.ts';
import { datesIn } from './dates.ts';
import { plainWords } from './labels.ts';
import { merchantOf } from './merchant-of.ts';
import { around, sureness, textOf, wordsBetween, type Box, type Line, type Page, type Word } from './page.ts';
import { onPhoto, type PhotoText } from './photo-text.ts';
import { taxOf, totalIn } from './total-of.ts';

/** One thing read on a photo: what it says, how sure that is (0 to 1), and where it stands (fractions of the photo's sides). */
export interface Found<T> {
  readonly value: T;
  readonly confidence: number;
  readonly place?: Box;
}

/** What a photo of a receipt says; what it does not say is missing. Money is in minor units of `currency`. */
export interface Reading {
  readonly total?: Found<number>;
  /** Also there when the receipt names none: the currency in which the total was understood, at confidence 0. */
  readonly currency: Found<string>;
  readonly date?: Found<LocalDate>;
  readonly merchant?: Found<string>;
  readonly tax?: Found<number>;
  /** In hundredths of a percent: 1900 is 19 %. */
  readonly tax_rate?: Found<number>;
}

/** What is known before a receipt is read. */
export interface Hints extends HomeHints {
  readonly today: LocalDate;
  /** Names of places the person has been to. */
  readonly merchants: readonly string[];
}

/** Understands the text of a photo. */
export function receiptOf({ block, column, angle }: PhotoText, hints: Hints): Reading {
  const found = currencyOf(block, hints);
  const currency = found?.currency ?? hints.currencies[0] ?? 'EUR';
  const place = (page: Page, words: readonly Word[]) =>
    words.length > 0 ? { place: onPhoto(around(words.map((word) => word.box)), page, angle) } : {};
  const total = totalIn(block, column, currency);
  const date = dateIn(block, column, hints, found);
  const merchant = merchantOf(column, hints.merchants, hints.today) ?? merchantOf(block, hints.merchants, hints.today);
  const tax = taxOf(block, currency, total?.minor);
  const taxPlace = tax ? place(block, tax.words) : {};
  return {
    currency: { value: currency, confidence: rounded(found?.confidence ?? 0), ...place(block, found?.words ?? []) },
    ...(total && {
      total: { value: total.minor, confidence: rounded(total.confidence), ...place(total.page, total.words) },
    }),
    ...(date && { date: { value: date.date, confidence: rounded(date.confidence), ...place(date.page, date.words) } }),
    ...(merchant && {
      merchant: { value: merchant.name, confidence: rounded(merchant.confidence), ...place(column, merchant.words) },
    }),
    ...(tax && { tax: { value: tax.minor, confidence: rounded(tax.confidence), ...taxPlace } }),
    ...(tax?.rate !== undefined && {
      tax_rate: { value: tax.rate, confidence: rounded(tax.confidence), ...taxPlace },
    }),
  };
}

/** Confidence has two decimals, as it is stored. */
const rounded = (confidence: number): number => Math.round(Math.min(1, Math.max(0, confidence)) * 100) / 100;

/** Text as one string, with which word each character belongs to. */
interface Joined {
  readonly text: string;
  readonly words: (start: number, end: number) => Word[];
}

function joined(lines: readonly Line[]): Joined {
  const texts = lines.map(textOf);
  const starts: number[] = [];
  let at = 0;
  for (const text of texts) {
    starts.push(at);
    at += text.length + 1;
  }
  const words = (start: number, end: number) => {
    const line = starts.findLastIndex((from) => from <= start);
    return line === -1 ? [] : wordsBetween(lines[line]!, start - starts[line]!, end - starts[line]!);
  };
  return { text: texts.join('\n'), words };
}

function currencyOf(page: Page, hints: Hints): (ReadCurrency & { words: readonly Word[] }) | undefined {
  const { text, words } = joined(page.lines);
  const found = currencyIn(text, hints);
  return found && { ...found, words: found.end > 0 ? words(found.start, found.end) : [] };
}

const DATE_LABELS: ReadonlySet<string> = new Set(
  'date datum belegdatum rechnungsdatum fecha data dato emissione le tarikh tanggal pvm paivays kelt tarih dated bill invoice'.split(
    ' ',
  ),
);
const OTHER_DAYS =
  /\b(?:exp|expiry|expires|valid|until|best before|return|returns|due|gultig|bis|birth|since|seit|scad|caduca|delivery|check-?out|arrival|departure|print(?:ed)?)\b/i;
const TIME = /(?<!\d)(?:[01]?\d|2[0-3])\s?[:.h]\s?[0-5]\d(?::[0-5]\d)?(?!\d|[.,/]\d)/;

interface PlacedDate {
  readonly date: LocalDate;
  readonly confidence: number;
  readonly rank: number;
  readonly words: readonly Word[];
}

/** The date on a page seen in two ways; what both say is surer. */
function dateIn(first: Page, second: Page, hints: Hints, currency: ReadCurrency | undefined) {
  const [one, other] = [first, second].map((page) => {
    const date = dateOf(page, hints, currency);
    return date && { ...date, page };
  });
  if (!one || !other) return one ?? other;
  const same = one.date === other.date;
  const better = same || one.rank >= other.rank ? one : other;
  return { ...better, confidence: same ? Math.min(0.99, better.confidence + 0.05) : better.confidence * 0.8 };
}

/** The day of the purchase: of all dates the one with a label or a time beside it. */
function dateOf(page: Page, hints: Hints, currency: ReadCurrency | undefined): PlacedDate | undefined {
  const order = orderOf(currency, hints);
  const all = page.lines.flatMap((line, at) => {
    const text = textOf(line);
    const above = page.lines[at - 1];
    return datesIn(text, { today: hints.today, order }).map(({ date, confidence, start, end }) => {
      const words = wordsBetween(line, start, end);
      const rank = confidence + besideDate(text.slice(0, start), text.slice(end), above ? textOf(above) : '');
      return { date, words, rank, confidence: confidence * (0.6 + 0.4 * sureness(words)) };
    });
  });
  all.sort((a, b) => b.rank - a.rank);
  const [best] = all;
  if (!best) return undefined;
  const borneOut = all.some((one) => one !== best && one.date === best.date);
  return { ...best, confidence: Math.min(0.99, best.confidence + (borneOut ? 0.05 : 0)) };
}

/** What stands around a date says which day it is. */
function besideDate(before: string, after: string, above: string): number {
  const labelled = plainWords(before).some((word) => DATE_LABELS.has(word));
  const columned = plainWords(above).some((word) => DATE_LABELS.has(word)) ? 0.1 : 0;
  const timed = TIME.test(after) || TIME.test(before) ? 0.15 : 0;
  const other = OTHER_DAYS.test(before) || OTHER_DAYS.test(above) ? -0.4 : 0;
  return (labelled ? 0.25 : columned) + timed + other;
}
