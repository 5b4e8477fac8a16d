import type { Values } from '../../data/decisions.ts';
import { rows } from '../../data/db.ts';
import type { ExpenseCategoryRow, ShowRow } from '../../data/schema.gen.ts';
import { claimEditing } from '../../features/expenses/index.ts';
import { currencyChoices, zoneChoices } from '../../features/organization/index.ts';
import { formatDate, isDate } from '../../kernel/day.ts';
import { nameOf, pointsTo } from './value-words.ts';
import { words } from './words.ts';

/** What fits a field: money with its currency, a day, a choice among some, a number, or text of a kind. */
export type Input = 'money' | 'date' | 'choice' | 'number' | 'long' | 'email' | 'tel' | 'text' | 'none';

/** One entry of a select. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

const long = new Set(['description', 'notes', 'message', 'rejection_reason']);
const offered = new Set(['payment_method', 'currency', 'time_zone', 'status', ...Object.keys(pointsTo)]);
const needed = new Set([
  'expense_categories.name',
  'expenses.expense_date',
  'organizations.name',
  'people.display_name',
  'shows.show_date',
  'shows.title',
  'tours.name',
  'venues.name',
]);
const longest: Readonly<Record<string, number>> = {
  'expenses.merchant': 120,
  'expenses.description': 500,
  'expenses.notes': 2000,
  'people.display_name': 120,
  'people.title': 120,
};

const states: Readonly<Record<string, readonly string[]>> = {
  shows: ['hold', 'option', 'confirmed', 'advanced', 'played', 'settled', 'cancelled', 'postponed'],
  tours: ['planned', 'confirmed', 'on_road', 'finished', 'cancelled'],
  memberships: ['active', 'suspended'],
};

/** The input that fits fields which are decided together; `none` where typing has no sense. */
export function inputFor(fields: readonly string[], sample: Values): Input {
  const [field] = fields as readonly [string];
  if (fields.length > 1) return fields.includes('currency') ? 'money' : 'none';
  const value = sample[field];
  if (field.endsWith('_minor') || field.endsWith('_at') || (typeof value === 'object' && value !== null)) return 'none';
  if (typeof value === 'boolean' || offered.has(field)) return 'choice';
  if (field.endsWith('_date') || field.endsWith('_on') || (typeof value === 'string' && isDate(value))) return 'date';
  if (typeof value === 'number') return 'number';
  if (field === 'email') return 'email';
  return field === 'phone' ? 'tel' : long.has(field) ? 'long' : 'text';
}

/** The longest text a field takes; undefined where the database alone knows. */
export const longestOf = (table: string, field: string): number | undefined => longest[`${table}.${field}`];

/** What was typed as the field's value, or the sentence that says what is wrong with it. */
export function readTyped(table: string, field: string, kind: Input, text: string): { value: unknown } | string {
  const bare = text.trim();
  if (bare === '') return needed.has(`${table}.${field}`) ? words.enterValue : { value: null };
  if (kind === 'date') return isDate(bare) ? { value: bare } : words.enterDate;
  if (kind === 'number') return /^-?\d{1,15}$/.test(bare) ? { value: Number(bare) } : words.enterNumber;
  if (kind === 'email')
    return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(bare) ? { value: bare.toLowerCase() } : words.enterEmail;
  if (kind === 'tel') return /^\+?[0-9 ()./-]{3,40}$/.test(bare) ? { value: bare } : words.enterPhone;
  return { value: bare === 'true' ? true : bare === 'false' ? false : bare };
}

/** What can be chosen for a field, the value it has now included. */
export async function optionsFor(table: string, field: string, organization: string, now: unknown): Promise<Option[]> {
  const chosen = typeof now === 'string' ? now : '';
  if (typeof now === 'boolean') return [option('true', words.yes), option('false', words.no)];
  if (field === 'payment_method') return [none, ...(await claimEditing()).paymentMethods];
  if (field === 'currency') return [...currencyChoices(chosen)];
  if (field === 'time_zone') return zoneChoices(chosen).flatMap(({ zones }) => [...zones]);
  if (field === 'status') return (states[table] ?? [chosen]).map((state) => option(state, state.replaceAll('_', ' ')));
  return [none, ...(await rowsFor(field, organization, chosen))];
}

const option = (value: string, label: string): Option => ({ value, label });
const none = option('', words.none);

async function rowsFor(field: string, organization: string, chosen: string): Promise<Option[]> {
  const all = await rows(pointsTo[field]!).where('organization_id').equals(organization).toArray();
  const retired = (row: object) => 'active' in row && !(row as ExpenseCategoryRow).active;
  const usable = all.filter((row) => row.id === chosen || !retired(row));
  const labels = usable.map((row) => option(row.id, labelOf(row)));
  return labels.sort((a, b) => a.label.localeCompare(b.label));
}

/** A show is known by its day. */
const labelOf = (row: object): string => {
  const { show_date } = row as Partial<ShowRow>;
  return show_date ? `${formatDate(show_date)}, ${nameOf(row)}` : nameOf(row);
};
