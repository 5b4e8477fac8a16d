import { minorDigits, type Money } from '../../../app/kernel/money.ts';

/** A number that goes into JSON digit by digit, so that no sum ever becomes a float. */
export class Exact {
  constructor(readonly text: string) {}
}

const MARK = '\u0001';

/** JSON in which every `Exact` stands as a plain number. */
export function exactJson(value: unknown): string {
  const marked = JSON.stringify(value, (_, part: unknown) => {
    if (part instanceof Exact) return MARK + part.text + MARK;
    // A mark that somebody typed is no mark.
    return typeof part === 'string' ? part.replaceAll(MARK, '') : part;
  });
  return marked.replace(/"\\u0001(-?\d+(?:\.\d+)?)\\u0001"/g, '$1');
}

/** The minor units of a sum as Xero writes it; its shortest decimal text is exactly what was sent. */
export function minorOf(value: number, currency: string): Money['amount_minor'] {
  const digits = minorDigits(currency);
  const [whole = '0', fraction = ''] = String(value).split('.');
  return Number(whole + fraction.padEnd(digits, '0').slice(0, digits));
}
