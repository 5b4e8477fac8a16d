import { rows } from '../../data/db.ts';
import type { TableName } from '../../data/schema.gen.ts';
import { formatDate, formatInstant, isDate } from '../../kernel/day.ts';
import { formatMoney } from '../../kernel/money.ts';
import { words } from './words.ts';

/** Which table a column of ids points into. */
const pointsTo: Readonly<Record<string, TableName>> = {
  show_id: 'shows',
  category_id: 'expense_categories',
  person_id: 'people',
  decided_by: 'people',
  tour_id: 'tours',
  venue_id: 'venues',
};

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

/** A column's value as a person reads it: money with its currency, dates by locale, rows by their names. */
export async function valueWords(field: string, value: unknown, currency: string | null): Promise<string> {
  if (value === null || value === undefined || value === '') return words.nothing;
  const table = pointsTo[field];
  if (table) return nameOf(await rows(table).get(String(value)));
  if (field.endsWith('_minor') && typeof value === 'number' && currency)
    return formatMoney({ amount_minor: value, currency });
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  return textWords(field, Array.isArray(value) ? value.join(', ') : String(value));
}

function textWords(field: string, text: string): string {
  if (isDate(text)) return formatDate(text);
  if (INSTANT.test(text)) return formatInstant(text);
  return field === 'status' ? text.replaceAll('_', ' ') : text;
}

/** What a row is called, whatever its table calls that. */
export function nameOf(row: object | undefined): string {
  const { merchant, title, display_name, name, email } = (row ?? {}) as Record<string, string | null | undefined>;
  return merchant ?? display_name ?? name ?? title ?? email ?? words.unknown;
}
