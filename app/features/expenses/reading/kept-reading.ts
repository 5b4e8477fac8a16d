import { formatDate } from '../../../kernel/day.ts';
import { formatMoney } from '../../../kernel/money.ts';
import type { ExpenseReceiptRow } from '../../../data/schema.gen.ts';
import { LARGEST_AMOUNT, LONGEST_MERCHANT } from '../rules.ts';
import type { Found, Reading } from './receipt-of.ts';

/** A reading with when it was made (an ISO 8601 instant of this device). */
export interface KeptReading {
  readonly at: string;
  readonly reading: Reading;
}

/** The columns of a receipt's row that say what was read on it. */
export type ReadColumns = Pick<
  ExpenseReceiptRow,
  | 'extracted_amount_minor'
  | 'extracted_currency'
  | 'extracted_date'
  | 'extracted_merchant'
  | 'extracted_confidence'
  | 'extracted_data'
  | 'processed_at'
>;

/** The version of the raw data beside a reading. */
const DATA_VERSION = 1;

/** A reading as a receipt's row keeps it; without one nothing is written. */
export function columnsOf(kept: KeptReading | undefined): Partial<ReadColumns> {
  if (!kept) return {};
  const { currency, date, merchant } = kept.reading;
  const total = isClaimable(kept.reading.total) ? kept.reading.total : undefined;
  return {
    extracted_amount_minor: total?.value ?? null,
    extracted_currency: total || currency.confidence > 0 ? currency.value : null,
    extracted_date: date?.value ?? null,
    extracted_merchant: merchant?.value.slice(0, LONGEST_MERCHANT) ?? null,
    extracted_confidence: total?.confidence ?? date?.confidence ?? merchant?.confidence ?? 0,
    extracted_data: { v: DATA_VERSION, ...rawOf(kept.reading) },
    processed_at: kept.at,
  };
}

/** A barcode taken for a sum must not keep a claim from being stored. */
const isClaimable = (total: Found<number> | undefined): boolean =>
  total !== undefined && total.value >= 1 && total.value <= LARGEST_AMOUNT;

/** Each field's confidence and place, in thousandths of the photo's sides; the values of what has no column of its own. */
function rawOf(reading: Reading): Record<string, unknown> {
  const fields = Object.entries(reading) as [keyof Reading, Found<unknown>][];
  return Object.fromEntries(
    fields.map(([field, { value, confidence, place }]) => [
      field,
      {
        c: confidence,
        ...(place && { b: [place.x0, place.y0, place.x1, place.y1].map((side) => Math.round(side * 1000)) }),
        ...(field === 'tax' || field === 'tax_rate' ? { value } : {}),
      },
    ]),
  );
}

/** What a receipt's row says was read, and whether it differs from what is claimed. */
export interface Said {
  /** "€42.10, 3 May": empty when neither a sum nor a date was read. */
  readonly text: string;
  readonly amount_differs: boolean;
  readonly date_differs: boolean;
}

/** Below this the photo is too hard to read to hold it against anybody. */
const WORTH_SAYING = 0.5;

/** What the photo of a receipt says beside its claim; `null` when nothing worth saying was read on it. */
export function saidBy(
  receipt: ReadColumns,
  claim: { readonly amount_minor: number | null; readonly currency: string; readonly expense_date: string },
  locale?: string,
): Said | null {
  const { extracted_amount_minor: minor, extracted_currency: currency, extracted_date: date } = receipt;
  if (receipt.processed_at === null || (receipt.extracted_confidence ?? 0) < WORTH_SAYING) return null;
  const money = minor !== null && currency !== null ? { amount_minor: minor, currency } : null;
  const day = date === null ? null : formatDate(date, locale);
  const text = [money && formatMoney(money, locale), day].filter((part) => part !== null).join(', ');
  if (text === '') return null;
  return {
    text,
    amount_differs: money !== null && (minor !== claim.amount_minor || currency !== claim.currency),
    date_differs: date !== null && date !== claim.expense_date,
  };
}

/** What all photos of a claim say: several receipts that add up to the claimed amount do not differ from it. */
export function saidByAll(
  receipts: readonly ReadColumns[],
  claim: { readonly amount_minor: number | null; readonly currency: string; readonly expense_date: string },
  locale?: string,
): (Said | null)[] {
  const all = receipts.map((receipt) => saidBy(receipt, claim, locale));
  const own = receipts.filter((receipt, at) => all[at] && receipt.extracted_currency === claim.currency);
  const sum = own.reduce((total, receipt) => total + (receipt.extracted_amount_minor ?? 0), 0);
  const explained = sum === claim.amount_minor || own.some((one) => one.extracted_amount_minor === claim.amount_minor);
  return all.map((said) => said && { ...said, amount_differs: said.amount_differs && !explained });
}
