import { rows } from '../../data/db.ts';
import type {
  BooksAccountRow,
  ExpenseBillRow,
  ExpenseCategoryRow,
  ExpenseRow,
  IntegrationRow,
} from '../../data/schema.gen.ts';
import { dateIn } from '../../kernel/day.ts';
import type { CsvClaim } from './rules.ts';

/** How an organisation stands with its books; undefined when nobody has connected them, or it is none of one's business. */
export async function booksOf(organization_id: string): Promise<IntegrationRow | undefined> {
  const all = await rows('integrations').where('organization_id').equals(organization_id).toArray();
  return all.find(({ provider, status }) => provider === 'xero' && status !== 'disconnected');
}

/** The bill that stands for a claim, else the latest that did. */
export async function billOfClaim(expense_id: string): Promise<ExpenseBillRow | undefined> {
  const all = await rows('expense_bills').where('expense_id').equals(expense_id).sortBy('round');
  return all.at(-1);
}

/** Everything the line about a claim's bill says. */
export interface ClaimBill {
  readonly claim: ExpenseRow;
  readonly bill: ExpenseBillRow | undefined;
  readonly category: ExpenseCategoryRow | undefined;
  readonly books: IntegrationRow | undefined;
}

/** A claim with its bill. */
export async function claimBill(expense_id: string): Promise<ClaimBill | undefined> {
  const claim = await rows('expenses').get(expense_id);
  if (!claim) return undefined;
  const [bill, category, books] = await Promise.all([
    billOfClaim(expense_id),
    claim.category_id === null ? undefined : rows('expense_categories').get(claim.category_id),
    booksOf(claim.organization_id),
  ]);
  return { claim, bill, category, books };
}

/** The categories of an organisation that can be chosen, and the accounts its books offer. */
export interface Mapping {
  readonly books: IntegrationRow | undefined;
  readonly categories: readonly ExpenseCategoryRow[];
  readonly accounts: readonly BooksAccountRow[];
}

/** Which account each category posts to. */
export async function mapping(organization_id: string): Promise<Mapping> {
  const within = <T>(table: { where(key: string): { equals(value: string): { toArray(): PromiseLike<T[]> } } }) =>
    table.where('organization_id').equals(organization_id).toArray();
  const [books, categories, accounts] = await Promise.all([
    booksOf(organization_id),
    within<ExpenseCategoryRow>(rows('expense_categories')),
    within<BooksAccountRow>(rows('books_accounts')),
  ]);
  return {
    books,
    categories: categories.filter(({ active }) => active).sort((a, b) => a.position - b.position),
    accounts: accounts.sort((a, b) => a.code.localeCompare(b.code)),
  };
}

/** The approved claims without any bill that stands or is on its way, as an import file needs them, oldest first. */
export async function claimsToExport(organization_id: string, time_zone: string): Promise<CsvClaim[]> {
  const approved = await rows('expenses').where('status').equals('approved').toArray();
  const bills = await rows('expense_bills').toArray();
  const billed = new Set(bills.filter(({ state }) => state !== 'void').map(({ expense_id }) => expense_id));
  const waiting = approved.filter((row) => row.organization_id === organization_id && !billed.has(row.id));
  const rounds = (row: ExpenseRow) => bills.filter(({ expense_id }) => expense_id === row.id).length + 1;
  const claims = await Promise.all(waiting.map((row) => csvClaim(row, rounds(row), time_zone)));
  return claims.sort((a, b) => a.expense_date.localeCompare(b.expense_date));
}

async function csvClaim(row: ExpenseRow, round: number, time_zone: string): Promise<CsvClaim> {
  const [person, details, category, show] = await Promise.all([
    rows('people').get(row.person_id),
    rows('person_details').get(row.person_id),
    row.category_id === null ? undefined : rows('expense_categories').get(row.category_id),
    row.show_id === null ? undefined : rows('shows').get(row.show_id),
  ]);
  const tour = show?.tour_id ? await rows('tours').get(show.tour_id) : undefined;
  const accounts = await rows('books_accounts').where('organization_id').equals(row.organization_id).toArray();
  const account_code = category?.xero_account_code ?? null;
  return {
    expense_id: row.id,
    round,
    money: { amount_minor: row.amount_minor ?? 0, currency: row.currency },
    expense_date: row.expense_date,
    approved_on: dateIn(time_zone, row.decided_at ? new Date(row.decided_at) : new Date()),
    merchant: row.merchant,
    description: row.description,
    category: category?.name ?? null,
    account_code,
    tour: tour?.name ?? null,
    show: show?.title ?? null,
    contact: person?.display_name ?? '',
    email: details?.email ?? null,
    tax_name: accounts.find(({ code }) => code === account_code)?.tax_name ?? null,
  };
}
