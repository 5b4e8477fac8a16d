import { formatDate } from '../../../kernel/day.ts';
import { formatMoney, type Money } from '../../../kernel/money.ts';
import { typedAmount } from '../forms.ts';
import { readAmount, type TypedClaim } from '../rules.ts';
import type { KeptReading } from './kept-reading.ts';
import type { Box } from './page.ts';
import type { Found, Reading } from './receipt-of.ts';

/** The fields of a claim that a photo can fill. */
export type ReadField = 'amount' | 'merchant' | 'expense_date';

/** What a photo offers for one field of the form. */
export interface Offer {
  readonly field: ReadField;
  /** What it says, as a person reads it. */
  readonly text: string;
  readonly confidence: number;
  readonly values: Partial<TypedClaim>;
  readonly photo_id: string;
  readonly place?: Box;
  /** Whether the form says the same. */
  readonly taken: boolean;
}

/** The readings of a claim's photos by their ids. */
export type Readings = Readonly<Record<string, KeptReading>>;

/** From here on a reading is called certain; below a person is asked to check. */
export const CERTAIN = 0.8;
/** Less sure readings are offered, never filled in. */
const WORTH_FILLING = 0.4;

/**
 * What the photos offer: the largest total (a second photo is more often the back of the slip than a second purchase), and
 * the date and name beside it.
 */
export function offersOf(readings: Readings, typed: TypedClaim, locale: string): Offer[] {
  const all = Object.entries(readings).map(([photo_id, { reading }]) => ({ photo_id, reading }));
  const size = ({ reading }: { reading: Reading }) => reading.total?.value ?? -1;
  all.sort((a, b) => size(b) - size(a));
  const lead = all[0];
  if (!lead) return [];
  const first = (field: 'merchant' | 'date') => all.find(({ reading }) => reading[field]);
  const found = [
    lead.reading.total && amountOffer(lead.photo_id, lead.reading, typed, locale),
    textOffer('merchant', first('merchant'), (name) => name, typed),
    textOffer('expense_date', first('date'), (date) => formatDate(date), typed),
  ];
  return found.filter((offer) => offer !== undefined);
}

function amountOffer(photo_id: string, { total, currency }: Reading, typed: TypedClaim, locale: string): Offer {
  const money = { amount_minor: total!.value, currency: currency.confidence > 0 ? currency.value : typed.currency };
  const confidence = currency.confidence > 0 ? Math.min(total!.confidence, currency.confidence) : total!.confidence;
  return {
    field: 'amount',
    text: formatMoney(money),
    confidence,
    values: valuesOf(money, locale),
    photo_id,
    ...placeOf(total!),
    taken: readAmount(typed, locale) === money.amount_minor && typed.currency === money.currency,
  };
}

const valuesOf = (money: Money, locale: string): Partial<TypedClaim> => ({
  amount: typedAmount(money.amount_minor, money.currency, locale),
  currency: money.currency,
});

function textOffer(
  field: 'merchant' | 'expense_date',
  from: { readonly photo_id: string; readonly reading: Reading } | undefined,
  text: (value: string) => string,
  typed: TypedClaim,
): Offer | undefined {
  const found = from?.reading[field === 'merchant' ? 'merchant' : 'date'];
  if (!from || !found) return undefined;
  const { value, confidence } = found;
  return {
    field,
    text: text(value),
    confidence,
    values: { [field]: value },
    photo_id: from.photo_id,
    ...placeOf(found),
    taken: typed[field].trim() === value,
  };
}

const placeOf = ({ place }: Found<unknown>): { place?: Box } => (place ? { place } : {});

/** What the form takes from the offers by itself: only for fields that nobody chose anything for. */
export function filledBy(
  offers: readonly Offer[],
  chosen: ReadonlySet<string>,
  typed: TypedClaim,
): Partial<TypedClaim> {
  const free = offers.filter(({ field, confidence, values }) => {
    if (chosen.has(field) || confidence < WORTH_FILLING) return false;
    return !(chosen.has('currency') && values.currency !== undefined && values.currency !== typed.currency);
  });
  return Object.assign({}, ...free.map(({ values }) => values)) as Partial<TypedClaim>;
}

/** The sum of the totals when several photos have one in the same currency, as a choice beside the largest. */
export function sumOf(
  readings: Readings,
  typed: TypedClaim,
  locale: string,
): Pick<Offer, 'text' | 'values'> | undefined {
  const known = Object.values(readings)
    .map(({ reading }) => reading)
    .filter(({ total }) => total !== undefined);
  const currencies = new Set(known.map(({ currency }) => currency.value));
  if (known.length < 2 || currencies.size !== 1) return undefined;
  const amount_minor = known.reduce((sum, { total }) => sum + total!.value, 0);
  const money = { amount_minor, currency: known[0]!.currency.value };
  if (readAmount(typed, locale) === amount_minor && typed.currency === money.currency) return undefined;
  return { text: formatMoney(money), values: valuesOf(money, locale) };
}
