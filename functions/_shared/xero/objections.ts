import type { BooksObjection, ObjectionCode } from '../accounting.ts';

/** Xero tells its refusals apart by their sentences only. */
const SENTENCES: readonly (readonly [RegExp, ObjectionCode])[] = [
  [/account code.*(archived|deleted)/i, 'account_archived'],
  [/account code/i, 'account_unknown'],
  [/not subscribed to currency/i, 'currency_not_enabled'],
  [/lock date/i, 'period_locked'],
  [/contact.*archived/i, 'contact_archived'],
  [/contact name.*already assigned/i, 'contact_name_taken'],
  [/tracking/i, 'tracking_archived'],
  [/payment or credit note allocated/i, 'already_paid'],
];

/** What a person can mend about a refusal; the first sentence that is understood decides. */
export function objectionOf(said: readonly string[]): BooksObjection {
  const known = said.flatMap((sentence) =>
    SENTENCES.filter(([pattern]) => pattern.test(sentence)).map(([, code]) => ({ code, said: sentence })),
  );
  return known[0] ?? { code: 'refused', said: said.join(' ') };
}
