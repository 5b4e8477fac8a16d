import type { Operation, Row, Values } from '../../data/decisions.ts';
import { localDatabase, rows } from '../../data/db.ts';
import type { AttentionItem } from '../../data/needs-attention.ts';
import type { ExpenseStatus, TableName } from '../../data/schema.gen.ts';
import { claimEditing, statusWords } from '../../features/expenses/index.ts';
import { formatDate, formatInstant, isDate } from '../../kernel/day.ts';
import { formatMoney } from '../../kernel/money.ts';
import { words, tableWord } from './words.ts';

/** Which table a column of ids points into. */
export const pointsTo: Readonly<Record<string, TableName>> = {
  show_id: 'shows',
  category_id: 'expense_categories',
  person_id: 'people',
  decided_by: 'people',
  tour_id: 'tours',
  venue_id: 'venues',
  item_id: 'schedule_items',
  room_id: 'venue_rooms',
};

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

/** The values of fields that belong together as a person reads them: an amount with its currency, rows by their names. */
export async function valueWords(table: string, fields: readonly string[], values: Values): Promise<string> {
  const amount = fields.find((field) => field.endsWith('_minor'));
  const currency = values['currency'];
  if (amount && typeof currency === 'string') return moneyWords(values[amount], currency);
  const found = await Promise.all(fields.map((field) => oneValue(table, field, values[field])));
  return found.join(', ');
}

const moneyWords = (amount: unknown, currency: string): string =>
  typeof amount === 'number' ? formatMoney({ amount_minor: amount, currency }) : `${words.nothing} (${currency})`;

async function oneValue(table: string, field: string, value: unknown): Promise<string> {
  if (value === undefined) return words.notNoted;
  if (value === null || value === '') return words.nothing;
  const target = pointsTo[field];
  if (target) return nameOf(await rows(target).get(String(value)));
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (field === 'payment_method') return (await claimEditing()).paymentWord(String(value));
  if (typeof value === 'object') return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
  return textWords(table, field, String(value as string | number));
}

function textWords(table: string, field: string, text: string): string {
  if (isDate(text)) return formatDate(text);
  if (INSTANT.test(text)) return formatInstant(text);
  if (table === 'expenses' && field === 'status') return statusWords[text as ExpenseStatus] ?? text;
  return field === 'status' || field === 'kind' ? text.replaceAll('_', ' ') : text;
}

/** What a row is called, whatever its table calls that. */
export function nameOf(row: object | undefined): string {
  const { merchant, title, display_name, name, email, description } = (row ?? {}) as Record<string, string | null>;
  return merchant ?? display_name ?? name ?? title ?? email ?? description ?? words.unknown;
}

/** "Claim: Hotel Adler", from the row that is here or, where it is not, from what was wanted. */
export async function titleOf(
  { table, row_id }: Pick<AttentionItem, 'table' | 'row_id'>,
  operations: readonly Operation[],
): Promise<string> {
  const row = await namedRow(table, row_id, operations);
  const name = nameOf(row);
  return name === words.unknown ? tableWord(table) : `${tableWord(table)}: ${name}`;
}

/** The row that gives another its name: a person for their contact details, a claim for its photos. */
async function namedRow(table: TableName, id: string, operations: readonly Operation[]): Promise<object | undefined> {
  const wanted = operations.find((op) => op.t === table && op.id === id && (op.op === 'ins' || op.op === 'upd'));
  const row = table ? await rows(table).get(id) : undefined;
  const all = { ...(wanted as { v?: Values } | undefined)?.v, ...row } as Partial<Row>;
  if (table === 'person_details') return rows('people').get(id);
  if (table === 'schedule_people' && typeof all['item_id'] === 'string')
    return rows('schedule_items').get(all['item_id']);
  const above = all['expense_id'] ?? (table.startsWith('membership') ? all['person_id'] : undefined);
  if (typeof above !== 'string') return all;
  return table === 'expense_receipts' ? rows('expenses').get(above) : rows('people').get(above);
}

/** The person behind a login, by the name this device knows them by. */
export async function personWords(login: string | null | undefined, organization_id: string): Promise<string> {
  if (!login) return words.somebody;
  if (login === localDatabase().user_id) return words.you;
  const people = await rows('people').where('user_id').equals(login).toArray();
  const here = people.find((person) => person.organization_id === organization_id) ?? people[0];
  return here?.display_name ?? words.somebody;
}
