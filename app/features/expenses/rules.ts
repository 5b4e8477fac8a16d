import type { ExpenseStatus, Permission } from '../../data/schema.gen.ts';
import { addDays, isDate, type LocalDate } from '../../kernel/day.ts';
import { asFailure } from '../../kernel/failure.ts';
import { parseAmount, type Money } from '../../kernel/money.ts';

/** What can happen to a claim; each moves it along the table of transitions. */
export type ExpenseEvent = 'submit' | 'approve' | 'reject' | 'reopen' | 'cancel' | 'pay' | 'archive';

const nowhere = { submit: null, approve: null, reject: null, reopen: null, cancel: null, pay: null, archive: null };

/** The state machine of a claim: what each event leads to, `null` where it cannot happen. The database enforces the same table. */
export const transitions: Readonly<Record<ExpenseStatus, Readonly<Record<ExpenseEvent, ExpenseStatus | null>>>> = {
  draft: { ...nowhere, submit: 'submitted', cancel: 'cancelled' },
  submitted: { ...nowhere, approve: 'approved', reject: 'rejected', cancel: 'cancelled' },
  approved: { ...nowhere, pay: 'paid', reject: 'rejected' },
  rejected: { ...nowhere, reopen: 'draft' },
  paid: { ...nowhere, archive: 'archived' },
  cancelled: { ...nowhere },
  archived: { ...nowhere },
};

/** Every state, in the order a claim passes through them. */
export const statuses = Object.keys(transitions) as readonly ExpenseStatus[];

/** The most photos one claim carries. */
export const MOST_RECEIPTS = 5;
/** The largest file the storage takes, in bytes (10 MB). */
export const LARGEST_FILE = 10 * 1024 * 1024;
/** The largest amount a claim can hold, in minor units. */
export const LARGEST_AMOUNT = 9_999_999_999;
/** The longest description, in characters. */
export const LONGEST_DESCRIPTION = 500;
/** The longest reason for a rejection, in characters. */
export const LONGEST_REASON = 500;
/** The longest merchant name, in characters. */
export const LONGEST_MERCHANT = 120;

/** After this many days a claim's date deserves a second look. */
export const LONG_AGO_DAYS = 180;

/** Who acts, as far as the rules of claims care. */
export interface Actor {
  readonly person_id: string;
  readonly can: (permission: Permission) => boolean;
}

/** The parts of a claim that decide who may do what. */
export interface ClaimState {
  readonly person_id: string;
  readonly status: ExpenseStatus;
  readonly over_limit: boolean;
  /** A photo has not reached the server yet, so it could still be another one than the approver saw. */
  readonly photo_missing?: boolean;
  /** What the level that a submitted claim waits for means to this person, where the chain is known. */
  readonly turn?: { readonly hindrance: LevelHindrance | null };
}

/** Why the level a claim waits for is not for somebody. */
type LevelHindrance =
  | 'own_claim'
  | 'lenders_claim'
  | 'approved_before'
  | 'insufficient_approval_limit'
  | 'not_your_level'
  | 'not_permitted';

/** Why a person may not do something, as a code with a sentence in words.ts. */
export type Hindrance = LevelHindrance | 'wrong_state' | 'not_yours' | 'receipts_not_arrived';

const ownerActs: ReadonlySet<ExpenseEvent> = new Set(['submit', 'reopen', 'cancel']);

/** What stands in the way of an act, or `null` when the person may do it; the database asks the same questions again. */
export function hindrance(event: ExpenseEvent, claim: ClaimState, actor: Actor): Hindrance | null {
  if (transitions[claim.status][event] === null) return 'wrong_state';
  const own = claim.person_id === actor.person_id;
  if (ownerActs.has(event)) return own ? null : 'not_yours';
  if (event === 'pay' || event === 'archive') {
    if (!actor.can('expenses:pay')) return 'not_permitted';
    return event === 'pay' && claim.photo_missing ? 'receipts_not_arrived' : null;
  }
  if (claim.status === 'submitted' && claim.turn) return turnHindrance(event, claim, claim.turn.hindrance, actor);
  return decisionHindrance(event, claim, actor, own);
}

/** At a level: sending a claim back needs no limit and no turn, only the right to approve. */
function turnHindrance(
  event: ExpenseEvent,
  claim: ClaimState,
  found: LevelHindrance | null,
  actor: Actor,
): Hindrance | null {
  const barred = found === 'own_claim' || found === 'lenders_claim';
  if (event === 'reject') return !barred && actor.can('expenses:approve') ? null : found;
  return found ?? (claim.photo_missing ? 'receipts_not_arrived' : null);
}

/** Approving and rejecting: never one's own claim; above a limit, or after approval, only with the higher permission. */
function decisionHindrance(event: ExpenseEvent, claim: ClaimState, actor: Actor, own: boolean): Hindrance | null {
  if (!actor.can('expenses:approve')) return 'not_permitted';
  if (own) return 'own_claim';
  const high = (event === 'approve' && claim.over_limit) || claim.status === 'approved';
  if (high && !actor.can('expenses:approve_high')) return 'insufficient_approval_limit';
  return event === 'approve' && claim.photo_missing ? 'receipts_not_arrived' : null;
}

/** Whether the fields of a claim can still be changed by its owner. */
export const isEditable = (claim: ClaimState, actor: Actor): boolean =>
  claim.person_id === actor.person_id && (claim.status === 'draft' || claim.status === 'rejected');

/** The limits a claim is measured against. */
export interface Limits {
  readonly category?: { readonly max_amount_minor: number | null; readonly currency: string | null } | undefined;
  readonly organization: { readonly expense_limit_minor: number | null; readonly currency: string };
}

/** A limit that an amount exceeds. */
export interface Exceeded {
  readonly by: 'category' | 'organization';
  readonly limit: Money;
}

/**
 * The limit an amount goes beyond, or `null`. A category's limit measures its own currency; without exchange rates the
 * organisation's counts a minor unit as a minor unit, as the database does.
 */
export function exceededLimit({ amount_minor, currency }: Money, { category, organization }: Limits): Exceeded | null {
  const own = category?.max_amount_minor ?? null;
  if (own !== null && category?.currency === currency && amount_minor > own)
    return { by: 'category', limit: { amount_minor: own, currency } };
  const most = organization.expense_limit_minor;
  return most !== null && amount_minor > most
    ? { by: 'organization', limit: { amount_minor: most, currency: organization.currency } }
    : null;
}

/** A place in the form that a problem belongs to. */
export type Field = 'receipts' | 'amount' | 'expense_date' | 'merchant' | 'category_id' | 'description' | 'notes';

/** What keeps a claim from being saved or sent, as a code with a sentence in words.ts. */
export type ProblemCode =
  | 'amount_missing'
  | 'amount_not_a_number'
  | 'amount_too_precise'
  | 'amount_too_large'
  | 'amount_zero'
  | 'amount_negative'
  | 'bad_currency'
  | 'date_missing'
  | 'date_invalid'
  | 'future_date'
  | 'category_missing'
  | 'category_inactive'
  | 'description_missing'
  | 'description_too_long'
  | 'merchant_too_long'
  | 'missing_receipts'
  | 'too_many_receipts';

/** One thing to mend, at one field, with the facts its sentence needs. */
export interface Problem {
  readonly field: Field;
  readonly code: ProblemCode;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A claim as it is typed: texts, possibly empty or nonsense. */
export interface TypedClaim {
  readonly amount: string;
  readonly currency: string;
  readonly expense_date: string;
  readonly merchant: string;
  readonly category_id: string;
  readonly show_id: string;
  readonly description: string;
  readonly payment_method: string;
  readonly notes: string;
}

const typedFields = [
  'amount',
  'currency',
  'expense_date',
  'merchant',
  'category_id',
  'show_id',
  'description',
  'payment_method',
  'notes',
] as const satisfies readonly (keyof TypedClaim)[];

/** Reads back a claim that was typed and kept on this device; a field it does not have is empty. */
export function typedFrom(kept: Readonly<Partial<Record<keyof TypedClaim, unknown>>>): TypedClaim {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return Object.fromEntries(typedFields.map((field) => [field, text(kept[field])])) as unknown as TypedClaim;
}

/** What the checks need to know beside the typed claim. */
export interface Surroundings {
  readonly receipts: number;
  readonly category: { readonly requires_receipt: boolean; readonly active: boolean } | undefined;
  readonly today: LocalDate;
  readonly locale: string;
}

/** The amount of a typed claim in minor units, or the problem with it. */
export function readAmount(typed: Pick<TypedClaim, 'amount' | 'currency'>, locale: string): number | Problem {
  try {
    const minor = parseAmount(typed.amount, typed.currency, locale);
    if (minor === 0) return problem('amount', 'amount_zero');
    if (minor < 0) return problem('amount', 'amount_negative');
    return minor > LARGEST_AMOUNT ? problem('amount', 'amount_too_large') : minor;
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.kind !== 'refusal') throw failure;
    return problem('amount', failure.code as ProblemCode, { currency: typed.currency, ...failure.details });
  }
}

/** What must be mended before a draft can be kept with the organisation: what is typed must be readable, gaps are fine. */
export function problemsOfDraft(typed: TypedClaim, around: Surroundings): Problem[] {
  const amount = readAmount(typed, around.locale);
  const found: (Problem | null)[] = [
    around.receipts > MOST_RECEIPTS ? problem('receipts', 'too_many_receipts') : null,
    typeof amount === 'number' || amount.code === 'amount_missing' ? null : amount,
    problemOfDate(typed.expense_date, around.today),
    typed.merchant.length > LONGEST_MERCHANT ? problem('merchant', 'merchant_too_long') : null,
    typed.description.length > LONGEST_DESCRIPTION
      ? problem('description', 'description_too_long', { over: typed.description.length - LONGEST_DESCRIPTION })
      : null,
  ];
  return found.filter((each) => each !== null);
}

/** What must be mended before a claim can be submitted, in the order of the form. */
export function problemsOfSubmit(typed: TypedClaim, around: Surroundings): Problem[] {
  const missing: (Problem | null)[] = [
    around.receipts === 0 && around.category?.requires_receipt ? problem('receipts', 'missing_receipts') : null,
    typed.amount.trim() === '' ? problem('amount', 'amount_missing') : null,
    typed.category_id === '' ? problem('category_id', 'category_missing') : null,
    around.category?.active === false ? problem('category_id', 'category_inactive') : null,
    typed.description.trim() === '' ? problem('description', 'description_missing') : null,
  ];
  const all = [...problemsOfDraft(typed, around), ...missing.filter((each) => each !== null)];
  return all.sort((a, b) => fieldOrder.indexOf(a.field) - fieldOrder.indexOf(b.field));
}

const fieldOrder: readonly Field[] = [
  'receipts',
  'amount',
  'expense_date',
  'merchant',
  'category_id',
  'description',
  'notes',
];

const problem = (field: Field, code: ProblemCode, facts: Record<string, unknown> = {}): Problem => ({
  field,
  code,
  facts,
});

/** A clock may be a day off, so tomorrow is only a warning here; the server has the last word. */
function problemOfDate(date: string, today: LocalDate): Problem | null {
  if (date === '') return problem('expense_date', 'date_missing');
  if (!isDate(date)) return problem('expense_date', 'date_invalid');
  return date > addDays(today, 1) ? problem('expense_date', 'future_date') : null;
}

/** Something worth a second look that does not stop anybody. */
export type Warning =
  | { readonly field: 'amount'; readonly code: 'over_limit'; readonly exceeded: Exceeded }
  | { readonly field: 'amount'; readonly code: 'possible_duplicate'; readonly other_id: string }
  | { readonly field: 'expense_date'; readonly code: 'date_tomorrow' | 'date_long_ago' };

/** What a person should look at twice before submitting: limits, a day that is not here yet, one long gone, a claim made already. */
export function warningsOf(
  typed: TypedClaim,
  locale: string,
  today: LocalDate,
  limits: Limits,
  others: readonly ClaimFacts[],
): Warning[] {
  const found: Warning[] = [];
  const amount_minor = readAmount(typed, locale);
  if (typeof amount_minor === 'number') {
    const exceeded = exceededLimit({ amount_minor, currency: typed.currency }, limits);
    if (exceeded) found.push({ field: 'amount', code: 'over_limit', exceeded });
    const twin = others.find((other) => sameClaim({ ...typed, amount_minor }, other));
    if (twin) found.push({ field: 'amount', code: 'possible_duplicate', other_id: twin.id });
  }
  if (isDate(typed.expense_date)) {
    if (typed.expense_date === addDays(today, 1)) found.push({ field: 'expense_date', code: 'date_tomorrow' });
    if (typed.expense_date < addDays(today, -LONG_AGO_DAYS))
      found.push({ field: 'expense_date', code: 'date_long_ago' });
  }
  return found;
}

/** The facts by which two claims are recognised as the same purchase. */
export interface ClaimFacts {
  readonly id: string;
  readonly amount_minor: number | null;
  readonly currency: string;
  readonly expense_date: LocalDate;
  readonly merchant: string | null;
  readonly status: ExpenseStatus;
}

type Purchase = Omit<ClaimFacts, 'id' | 'status'>;

/** Whether another live claim is for the same money at the same place on the same day. */
export const sameClaim = (one: Purchase, other: ClaimFacts): boolean =>
  other.status !== 'cancelled' &&
  one.amount_minor === other.amount_minor &&
  one.currency === other.currency &&
  one.expense_date === other.expense_date &&
  merchantKey(one.merchant) === merchantKey(other.merchant);

/** A merchant's name as it is compared: "  Shell  AG" and "shell ag" are one. */
export const merchantKey = (name: string | null): string =>
  (name ?? '').normalize('NFKC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('en');

/** Why a claim deserves a look before it is approved, as a code with a word in words.ts. */
export type Flag = 'over_limit' | 'duplicate' | 'no_photo' | 'photo_on_its_way' | 'long_ago' | 'no_category';

/** What flags are found by. */
export interface FlagFacts {
  readonly over_limit: boolean;
  readonly expense_date: LocalDate;
  readonly category: { readonly requires_receipt: boolean } | undefined;
  readonly receipts: number;
  readonly photo_missing: boolean;
  /** Whether another live claim is for the same purchase. */
  readonly has_twin: boolean;
}

/** What is out of the ordinary about a waiting claim; a claim without flags is ready to be approved with others. */
export function flagsOf(facts: FlagFacts, today: LocalDate): Flag[] {
  const found: [Flag, boolean][] = [
    ['over_limit', facts.over_limit],
    ['duplicate', facts.has_twin],
    ['no_photo', facts.receipts === 0 && (facts.category?.requires_receipt ?? true)],
    ['photo_on_its_way', facts.photo_missing],
    ['long_ago', facts.expense_date < addDays(today, -LONG_AGO_DAYS)],
    ['no_category', facts.category === undefined],
  ];
  return found.filter(([, holds]) => holds).map(([flag]) => flag);
}
