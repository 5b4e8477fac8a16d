import { currentDatabase, rows } from '../../data/db.ts';
import type {
  ActivityRow,
  ExpenseCategoryRow,
  ExpenseReceiptRow,
  ExpenseRow,
  ExpenseStatus,
  OrganizationRow,
  PersonRow,
  ShowRow,
  VenueRow,
} from '../../data/schema.gen.ts';
import { currentWho, type Who } from '../../data/who.ts';
import { addDays, dateIn, type LocalDate } from '../../kernel/day.ts';
import { formatMoney, totals, type Money } from '../../kernel/money.ts';
import {
  approvalsOf,
  claimValue,
  decidersOf,
  levelsOfClaims,
  turnOf,
  waitingOf,
  type Approvals,
  type Level,
  type Turn,
} from '../approvals/index.ts';
import { flagsOf, hindrance, sameClaim, type ClaimState, type Flag } from './rules.ts';

/** What a list of claims is narrowed to; an empty text means any. */
export interface ClaimFilter {
  readonly whose: 'mine' | 'everyone';
  readonly state: string;
  /** "2026-11", or "2026" for a whole year. */
  readonly period: string;
  readonly category_id: string;
  readonly show_id: string;
  readonly text: string;
}

/** A filter that lets everything through. */
export const noFilter: ClaimFilter = { whose: 'mine', state: '', period: '', category_id: '', show_id: '', text: '' };

/** The claims that a filter lets through, newest purchase first; reads by the narrowest index. */
export async function claims(me: Who, filter: ClaimFilter): Promise<ExpenseRow[]> {
  const people = filter.text && filter.whose === 'everyone' ? await peopleById() : new Map<string, PersonRow>();
  const found = await candidates(me, filter)
    .filter((row) => passes(row, me, filter, people))
    .toArray();
  return found.sort(newestFirst);
}

function candidates(me: Who, filter: ClaimFilter) {
  const all = rows('expenses');
  if (filter.whose === 'mine') return all.where('person_id').equals(me.person.id);
  if (filter.period) return all.where('expense_date').between(filter.period, `${filter.period}\uffff`);
  if (filter.state) return all.where('status').equals(filter.state);
  return all.where('organization_id').equals(me.organization.id);
}

function passes(row: ExpenseRow, me: Who, filter: ClaimFilter, people: ReadonlyMap<string, PersonRow>): boolean {
  return (
    row.organization_id === me.organization.id &&
    isInSight(row, me, filter) &&
    (!filter.state || row.status === filter.state) &&
    row.expense_date.startsWith(filter.period) &&
    (!filter.category_id || row.category_id === filter.category_id) &&
    (!filter.show_id || row.show_id === filter.show_id) &&
    (!filter.text || searched(row, people.get(row.person_id)).includes(filter.text.trim().toLocaleLowerCase()))
  );
}

/** What others have not submitted yet is theirs alone to look at. */
const isInSight = (row: ExpenseRow, me: Who, filter: ClaimFilter): boolean =>
  row.person_id === me.person.id || (filter.whose === 'everyone' && row.status !== 'draft');

function searched(row: ExpenseRow, person: PersonRow | undefined): string {
  const money =
    row.amount_minor === null ? '' : formatMoney({ amount_minor: row.amount_minor, currency: row.currency });
  const parts = [row.merchant, row.description, row.notes, money, row.currency, person?.display_name];
  return parts.filter(Boolean).join(' ').toLocaleLowerCase();
}

/** By the day of the purchase, then by when the claim was made, newest first. */
export const newestFirst = (a: ExpenseRow, b: ExpenseRow): number =>
  b.expense_date.localeCompare(a.expense_date) || (b.created_at ?? '').localeCompare(a.created_at ?? '');

/** What claims add up to, currency by currency; cancelled ones and those without an amount do not count. */
export const claimTotals = (all: readonly ExpenseRow[]): Money[] =>
  totals(
    all.flatMap(({ amount_minor, currency, status }) =>
      amount_minor === null || status === 'cancelled' ? [] : [{ amount_minor, currency }],
    ),
  );

/** My own latest claims, from which the form guesses merchants, categories, currency and twins. */
export async function latestOwnClaims(me: Who, most = 300): Promise<ExpenseRow[]> {
  const own = await rows('expenses').where('person_id').equals(me.person.id).toArray();
  return own.sort((a, b) => (b.created_at ?? '').localeCompare(a.created_at ?? '')).slice(0, most);
}

/** Everything a claim's page shows. */
export interface ClaimDetail {
  readonly row: ExpenseRow;
  readonly receipts: readonly ExpenseReceiptRow[];
  readonly history: readonly ActivityRow[];
  readonly category: ExpenseCategoryRow | undefined;
  readonly show: ShowLabel | undefined;
  readonly person: PersonRow | undefined;
  /** Another claim of the same person for the same purchase, as it seems. */
  readonly twin: ExpenseRow | undefined;
  readonly approvals: Approvals;
  readonly levels: readonly Level[];
}

/** One claim with all that belongs to it, or undefined when it is not in this organisation. */
export async function claimDetail(
  id: string,
  organization: OrganizationRow | undefined,
): Promise<ClaimDetail | undefined> {
  const row = await rows('expenses').get(id);
  if (!row || !organization || row.organization_id !== organization.id) return undefined;
  const [receipts, history, category, show, person, twin, approvals] = await Promise.all([
    receiptsOf(id),
    rows('activity').where('entity_id').equals(id).sortBy('at'),
    row.category_id === null ? undefined : rows('expense_categories').get(row.category_id),
    row.show_id === null ? undefined : showLabel(row.show_id),
    rows('people').get(row.person_id),
    twinOf(row),
    approvalsOf(organization),
  ]);
  const levels = (await levelsOfClaims([row], approvals)).get(id) ?? [];
  return { row, receipts, history, category, show, person, twin, approvals, levels };
}

const twinOf = async (row: ExpenseRow): Promise<ExpenseRow | undefined> =>
  rows('expenses')
    .where('person_id')
    .equals(row.person_id)
    .filter((other) => other.id !== row.id && row.amount_minor !== null && sameClaim(row, other))
    .first();

/** The photos of a claim in their order. */
export const receiptsOf = (expense_id: string): Promise<ExpenseReceiptRow[]> =>
  rows('expense_receipts').where('expense_id').equals(expense_id).sortBy('position');

/** A show as it is named beside money: its day, city and venue. */
export interface ShowLabel {
  readonly id: string;
  readonly show_date: LocalDate;
  readonly status: string;
  readonly tour_id: string | null;
  readonly place: string;
}

const labelOf = (show: ShowRow, venue: VenueRow | undefined): ShowLabel => ({
  id: show.id,
  show_date: show.show_date,
  status: show.status,
  tour_id: show.tour_id,
  place: [venue?.city, venue?.name ?? show.title].filter(Boolean).join(', ') || 'Show',
});

async function showLabel(id: string): Promise<ShowLabel | undefined> {
  const show = await rows('shows').get(id);
  return show && labelOf(show, show.venue_id === null ? undefined : await rows('venues').get(show.venue_id));
}

/** The shows of an organisation by id, as they are named beside money. */
export async function showsById(organization_id: string): Promise<Map<string, ShowLabel>> {
  const shows = await rows('shows').where('organization_id').equals(organization_id).toArray();
  const venues = await rows('venues').bulkGet(shows.map((show) => show.venue_id ?? ''));
  return new Map(shows.map((show, at) => [show.id, labelOf(show, venues[at])]));
}

/** The shows around a day, nearest first, to choose from. */
export function showsAround(shows: Iterable<ShowLabel>, date: LocalDate, keep: string): ShowLabel[] {
  const [from, to] = [addDays(date, -45), addDays(date, 45)];
  const near = [...shows].filter(
    (show) => show.id === keep || (show.show_date >= from && show.show_date <= to && show.status !== 'cancelled'),
  );
  return near.sort((a, b) => a.show_date.localeCompare(b.show_date));
}

/** The ids of the tours a person is on. */
export async function toursOf(person_id: string): Promise<Set<string>> {
  const parts = await rows('tour_people').where('person_id').equals(person_id).toArray();
  return new Set(parts.map((part) => part.tour_id));
}

/** The currency of a tour, when it has one of its own. */
export const tourCurrency = async (tour_id: string | null): Promise<string | null> =>
  tour_id === null ? null : ((await rows('tours').get(tour_id))?.currency ?? null);

/** The categories of an organisation in their order. */
export async function categories(organization_id: string): Promise<ExpenseCategoryRow[]> {
  const all = await rows('expense_categories').where('organization_id').equals(organization_id).toArray();
  return all.sort((a, b) => a.position - b.position || a.name.localeCompare(b.name));
}

/** The people this device knows, by id. */
export async function peopleById(): Promise<Map<string, PersonRow>> {
  const all = await rows('people').toArray();
  return new Map(all.map((person) => [person.id, person]));
}

/** A claim that waits for a decision, with what the queue shows of it. */
export interface WaitingClaim {
  readonly row: ExpenseRow;
  /** Why this person cannot approve it, `null` when they can. */
  readonly hindrance: ReturnType<typeof hindrance>;
  /** Why this person cannot reject it, `null` when they can. */
  readonly rejection: ReturnType<typeof hindrance>;
  readonly levels: readonly Level[];
  /** Who may decide it now. */
  readonly deciders: readonly string[];
  /** For whom this person would decide. */
  readonly lender_id: string | null;
  readonly flags: readonly Flag[];
}

/** Whether a photo has not reached the server yet. */
export const isMissing = ({ uploaded_at }: ExpenseReceiptRow): boolean => uploaded_at === null;

/** The claims that wait for a decision in this organisation, the longest waiting first; one's own are left out. */
export async function waitingClaims(me: Who): Promise<WaitingClaim[]> {
  const submitted = await rows('expenses').where('status').equals('submitted').toArray();
  const others = submitted.filter(
    (row) => row.organization_id === me.organization.id && row.person_id !== me.person.id,
  );
  others.sort((a, b) => (a.submitted_at ?? '').localeCompare(b.submitted_at ?? ''));
  const [approvals, all, receipts, twins] = await Promise.all([
    approvalsOf(me.organization),
    categories(me.organization.id),
    receiptsOfClaims(others),
    claimsWithTwin(others),
  ]);
  const levels = await levelsOfClaims(others, approvals);
  const byId = new Map(all.map((category) => [category.id, category]));
  const today = dateIn(me.organization.time_zone);
  return others.map((row) => {
    const photos = receipts.get(row.id) ?? [];
    const photo_missing = photos.some(isMissing);
    const category = row.category_id === null ? undefined : byId.get(row.category_id);
    const { over_limit, expense_date } = row;
    const facts = { over_limit, expense_date, category, receipts: photos.length, photo_missing };
    const way = levels.get(row.id) ?? [];
    const { turn, deciders } = turnAt(row, way, approvals, me);
    const state = { ...stateOf(row, photo_missing), turn };
    return {
      row,
      hindrance: hindrance('approve', state, actorOf(me)),
      rejection: hindrance('reject', state, actorOf(me)),
      levels: way,
      deciders,
      lender_id: turn.lender_id,
      flags: flagsOf({ ...facts, has_twin: twins.has(row.id) }, today),
    };
  });
}

/** What the level a claim waits for means to a person, and who may decide it. */
function turnAt(
  row: ExpenseRow,
  levels: readonly Level[],
  approvals: Approvals,
  me: Who,
): { turn: Turn; deciders: string[] } {
  const waiting = waitingOf(row, levels, claimValue(row, approvals.organization));
  const turn = turnOf(waiting, { person_id: me.person.id, roles: me.roles }, approvals);
  return { turn, deciders: decidersOf(waiting, approvals).map(({ person_id }) => person_id) };
}

async function receiptsOfClaims(claims: readonly ExpenseRow[]): Promise<Map<string, ExpenseReceiptRow[]>> {
  const found = new Map<string, ExpenseReceiptRow[]>();
  const ids = claims.map(({ id }) => id);
  for (const receipt of await rows('expense_receipts').where('expense_id').anyOf(ids).toArray())
    found.set(receipt.expense_id, [...(found.get(receipt.expense_id) ?? []), receipt]);
  return found;
}

/** The ids of those claims for which there seems to be another one for the same purchase. */
async function claimsWithTwin(claims: readonly ExpenseRow[]): Promise<Set<string>> {
  const days = [...new Set(claims.map(({ expense_date }) => expense_date))];
  const groups = new Map<string, ExpenseRow[]>();
  for (const row of await rows('expenses').where('expense_date').anyOf(days).toArray())
    groups.set(purchaseOf(row), [...(groups.get(purchaseOf(row)) ?? []), row]);
  const isTwin = (row: ExpenseRow) => (other: ExpenseRow) => other.id !== row.id && sameClaim(row, other);
  return new Set(claims.filter((row) => groups.get(purchaseOf(row))?.some(isTwin(row))).map(({ id }) => id));
}

const purchaseOf = ({ person_id, expense_date, amount_minor, currency }: ExpenseRow): string =>
  `${person_id} ${expense_date} ${amount_minor} ${currency}`;

/** The part of a row that the rules of claims ask about. */
export const stateOf = (row: ExpenseRow, photo_missing = false): ClaimState => ({
  photo_missing,
  person_id: row.person_id,
  status: row.status,
  over_limit: row.over_limit,
});

/** A claim's state together with what the level it waits for means to this person. */
export const stateFor = ({ row, receipts, levels, approvals }: ClaimDetail, me: Who): ClaimState => ({
  ...stateOf(row, receipts.some(isMissing)),
  turn: turnAt(row, levels, approvals, me).turn,
});

/** Who may decide a claim now. */
export const decidersNow = ({ row, levels, approvals }: ClaimDetail, me: Who): string[] =>
  turnAt(row, levels, approvals, me).deciders;

/** The part of "who am I" that the rules of claims ask about. */
export const actorOf = (me: Who) => ({ person_id: me.person.id, can: me.can });

/** How many claims wait for this person's decision; 0 when nobody is signed in. */
export async function waitingCount(me: Who | undefined): Promise<number> {
  if (!me || !currentDatabase() || !me.can('expenses:read')) return 0;
  return (await waitingClaims(me)).filter((claim) => claim.hindrance === null).length;
}

/** How many claims wait for the person at this device. */
export const countForMe = (): Promise<number> => waitingCount(currentWho());

/** A person's claims by what they need: how many, and what they add up to. */
export interface ClaimSummary {
  readonly count: number;
  readonly sums: readonly Money[];
}

/** My claims that are still of interest, by state. */
export async function ownSummary(
  me: Who,
): Promise<Record<'draft' | 'submitted' | 'approved' | 'rejected', ClaimSummary>> {
  const own = await claims(me, noFilter);
  const of = (status: ExpenseStatus): ClaimSummary => {
    const some = own.filter((row) => row.status === status);
    return { count: some.length, sums: claimTotals(some) };
  };
  return { draft: of('draft'), submitted: of('submitted'), approved: of('approved'), rejected: of('rejected') };
}
