import { minorDigits } from '../../../kernel/money.ts';

/** A number as it is printed, before its currency is known: digits in groups, and where it stands in the text. */
export interface PrintedNumber {
  /** Digits and marks without spaces, letters that look like digits mended. */
  readonly text: string;
  readonly negative: boolean;
  readonly start: number;
  readonly end: number;
}

/** Marks that stand between groups of three digits, or before decimals. */
const MARK = `[.,'’·]`;
/** A run that may be a number: it begins with a digit; spaces only where a group of three or two decimals follows. */
const RUN = new RegExp(
  `(?<![\\p{L}\\d])[-−–]?\\d[\\dOolISB]*(?:(?:\\s?${MARK}\\s?|\\s(?=\\d{3}(?!\\d)))[\\dOolISB]{1,3}(?![\\dOolISB]))*`,
  'gu',
);
const LOOKALIKES: Readonly<Record<string, string>> = { O: '0', o: '0', l: '1', I: '1', S: '5', B: '8' };

/** All numbers in a text. */
export function numbersIn(text: string): PrintedNumber[] {
  return [...text.matchAll(RUN)].flatMap((match) => {
    const digits = match[0].replace(/[OolISB]/g, (letter) => LOOKALIKES[letter]!).replace(/^[-−–]/, '');
    const start = match.index;
    const end = start + match[0].length;
    // What goes on with letters, a colon or a slash is a code, a time or a date.
    if (
      /^(?:[\p{L}\d:/\\]|[.,]\d)/u.test(text.slice(end)) &&
      !/^(?:[A-Z]\b|kr|zł|Kč|Ft|EUR|TL|RM)/u.test(text.slice(end))
    )
      return [];
    if (/\d\s?[:.,]$|[/\\#]$/.test(text.slice(0, start))) return [];
    return [
      { text: digits.replace(/\s+/g, ' '), negative: match[0] !== digits && /^[-−–]/.test(match[0]), start, end },
    ];
  });
}

/** Whether a printed number looks like money of a currency with so many decimals: it says its decimals, or has none. */
export const hasDecimals = (number: PrintedNumber, digits: number): boolean =>
  digits === 0 ? true : new RegExp(`${MARK}\\s?\\d{${digits}}$`).test(number.text);

/**
 * A printed number in minor units of a currency, or `null` when it cannot be one. Which mark is decimal is told by what
 * follows the last one, never by a locale: receipts travel.
 */
export function minorOf({ text, negative }: PrintedNumber, currency: string): number | null {
  const digits = minorDigits(currency);
  const bare = text.replace(/\s/g, text.match(/[.,]/) ? '' : ' ').replace(/ /g, "'");
  const split = decimalAt(bare, digits);
  const [whole, fraction] = split === -1 ? [bare, ''] : [bare.slice(0, split), bare.slice(split + 1)];
  if (!/^\d+$|^\d{1,3}([.,'’·]\d{2,3})*[.,'’·]\d{3}$/.test(whole)) return null;
  if (fraction.length > digits && !/^0+$/.test(fraction)) return null;
  const joined = whole.replace(/\D/g, '') + fraction.slice(0, digits).padEnd(digits, '0');
  const minor = Number(joined);
  return joined.length > 12 || !Number.isSafeInteger(minor) ? null : negative ? -minor : minor;
}

/** The place of the decimal mark, -1 when all marks group thousands. */
function decimalAt(text: string, digits: number): number {
  const last = Math.max(...['.', ',', '·'].map((mark) => text.lastIndexOf(mark)));
  if (last === -1) return -1;
  const follow = text.length - last - 1;
  const before = text.slice(0, last);
  const repeated = before.includes(text[last]!);
  if (follow === 3) return digits === 3 && !repeated ? last : -1;
  return repeated ? -1 : last;
}
