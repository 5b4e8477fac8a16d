import * as z from 'zod/mini';
import type { ExpenseCategoryRow, ExpenseRow } from '../../data/schema.gen.ts';
import { isDate } from '../../kernel/day.ts';
import { decimalText, minorDigits } from '../../kernel/money.ts';
import {
  LARGEST_AMOUNT,
  LONGEST_DESCRIPTION,
  LONGEST_MERCHANT,
  MOST_RECEIPTS,
  readAmount,
  type TypedClaim,
} from './rules.ts';

/** The fields of a claim that its owner writes. */
export type ClaimFields = Pick<
  ExpenseRow,
  | 'amount_minor'
  | 'currency'
  | 'expense_date'
  | 'merchant'
  | 'category_id'
  | 'show_id'
  | 'description'
  | 'payment_method'
  | 'notes'
>;

// Compiling checks at run time is not allowed here: the page forbids code from strings.
z.config({ jitless: true });

const words = (longest: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(longest));
const matching = (pattern: RegExp) => z.string().check(z.regex(pattern));
const between = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
const currency = matching(/^[A-Z]{3}$/);

/** A claim as a draft may be kept: gaps are fine, nonsense is not. */
export const claimForm = z.object({
  amount_minor: z.nullable(between(1, LARGEST_AMOUNT)),
  currency,
  expense_date: z.string().check(z.refine(isDate)),
  merchant: z.nullable(words(LONGEST_MERCHANT)),
  category_id: z.nullable(z.uuid()),
  show_id: z.nullable(z.uuid()),
  description: z.nullable(words(LONGEST_DESCRIPTION)),
  payment_method: z.nullable(words(40)),
  notes: z.nullable(words(2000)),
}) satisfies z.ZodMiniType<ClaimFields>;

/** A claim as it may be submitted: amount, category and purpose are there. */
export const submittableClaim = z.extend(claimForm, {
  amount_minor: between(1, LARGEST_AMOUNT),
  category_id: z.uuid(),
  description: words(LONGEST_DESCRIPTION),
}) satisfies z.ZodMiniType<ClaimFields>;

/** A photo's row as its owner adds it. */
export const receiptForm = z.object({
  id: z.uuid(),
  byte_size: z.int().check(z.minimum(1)),
  original_name: z.string().check(z.maxLength(255)),
  width: z.int().check(z.minimum(1)),
  height: z.int().check(z.minimum(1)),
  sha256: matching(/^[0-9a-f]{64}$/),
  position: between(0, MOST_RECEIPTS * 20),
});

/** The fields of a category that somebody who manages categories writes. */
export type CategoryFields = Pick<
  ExpenseCategoryRow,
  'name' | 'code' | 'icon' | 'requires_receipt' | 'max_amount_minor' | 'currency' | 'active' | 'position'
>;

/** A category as it may be saved; a limit and its currency come together. */
export const categoryForm = z.object({
  name: words(80),
  code: z.string().check(z.regex(/^[a-z0-9]+(_[a-z0-9]+)*$/), z.maxLength(40)),
  icon: matching(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  requires_receipt: z.boolean(),
  max_amount_minor: z.nullable(between(1, LARGEST_AMOUNT)),
  currency: z.nullable(currency),
  active: z.boolean(),
  position: z.int().check(z.minimum(0)),
}) satisfies z.ZodMiniType<CategoryFields>;

/** The code of a category in the books, made from its name: "Fuel & tolls" becomes fuel_tolls. */
export const codeOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40)
    .replace(/_+$/, '') || 'category';

/** The row's fields of a typed claim; an amount that cannot be read is left out, so check for problems first. */
export function fieldsOf(typed: TypedClaim, locale: string): ClaimFields {
  const amount = readAmount(typed, locale);
  const text = (value: string) => value.trim() || null;
  return {
    amount_minor: typeof amount === 'number' ? amount : null,
    currency: typed.currency,
    expense_date: typed.expense_date,
    merchant: text(typed.merchant),
    category_id: typed.category_id || null,
    show_id: typed.show_id || null,
    description: text(typed.description),
    payment_method: text(typed.payment_method),
    notes: text(typed.notes),
  };
}

/** A stored claim as texts to edit, the amount with the decimal mark of the locale. */
export function typedOf(row: ClaimFields, locale: string): TypedClaim {
  return {
    amount: row.amount_minor === null ? '' : typedAmount(row.amount_minor, row.currency, locale),
    currency: row.currency,
    expense_date: row.expense_date,
    merchant: row.merchant ?? '',
    category_id: row.category_id ?? '',
    show_id: row.show_id ?? '',
    description: row.description ?? '',
    payment_method: row.payment_method ?? '',
    notes: row.notes ?? '',
  };
}

/** An amount as a person would type it: no grouping, the locale's decimal mark, all decimals. */
export function typedAmount(amount_minor: number, currency: string, locale: string): string {
  const digits = minorDigits(currency);
  const format = new Intl.NumberFormat(locale, {
    useGrouping: false,
    minimumFractionDigits: digits,
    numberingSystem: 'latn',
  });
  return format.format(decimalText({ amount_minor, currency }) as Intl.StringNumericLiteral);
}
