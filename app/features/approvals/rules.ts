import type { Permission, Role } from '../../data/schema.gen.ts';
import type { LocalDate } from '../../kernel/day.ts';

/** The most levels one rule holds. */
export const MOST_LEVELS = 3;

/** Which levels claims over an amount need, of one category or (`null`) of any; 0 is every claim. */
export interface Rule {
  readonly category_id: string | null;
  readonly over_minor: number;
  /** Each is `any`, `high`, `role:<role>` or `person:<id>`. */
  readonly levels: readonly string[];
}

/** What rules ask about a claim. */
export interface Measure {
  readonly category_id: string | null;
  /** In the organisation's currency, `null` where that is not known. */
  readonly worth: number | null;
  readonly over_limit: boolean;
}

/** What a claim is worth to rules and limits; the database's private.claim_value says the same. */
export const claimValue = (
  claim: { readonly amount_minor: number | null; readonly currency: string },
  organization: { readonly currency: string },
): number | null => (claim.currency === organization.currency ? claim.amount_minor : null);

const highLevels: ReadonlySet<string> = new Set(['high', 'role:finance_director', 'role:admin', 'role:owner']);

/** The rule that holds for a claim: a category's own before one for any, then the one with the highest amount. */
export const ruleFor = <R extends Rule>(rules: readonly R[], { category_id, worth }: Measure): R | undefined =>
  rules
    .filter((rule) => rule.category_id === null || rule.category_id === category_id)
    .filter((rule) => rule.over_minor === 0 || (worth !== null && worth > rule.over_minor))
    .sort((a, b) => Number(a.category_id === null) - Number(b.category_id === null) || b.over_minor - a.over_minor)[0];

/** The levels a claim has to pass: at least one, at most three, and the last one is a high one when it is over a limit. */
export function chainOf(rules: readonly Rule[], measure: Measure): readonly string[] {
  const chain = ruleFor(rules, measure)?.levels ?? ['any'];
  const last = chain.at(-1)!;
  if (!measure.over_limit || highLevels.has(last)) return chain;
  return [...(last === 'any' ? chain.slice(0, -1) : chain.slice(0, MOST_LEVELS - 1)), 'high'];
}

/** An active member and what they are. */
export interface Member {
  readonly person_id: string;
  readonly roles: readonly Role[];
}

/** The most somebody may approve: of a role, or of one person. */
export interface Limit {
  readonly role: string | null;
  readonly person_id: string | null;
  readonly max_minor: number;
}

/** Who lends their approvals to whom, and when. */
export interface Loan {
  readonly lender_id: string;
  readonly borrower_id: string;
  readonly starts_on: LocalDate;
  readonly ends_on: LocalDate;
  readonly ended_at: string | null;
}

/** The people of an organisation as far as approvals care. */
export interface Scene {
  readonly members: readonly Member[];
  readonly limits: readonly Limit[];
  /** Only those that run today. */
  readonly loans: readonly Loan[];
  readonly can: (roles: readonly Role[], permission: Permission) => boolean;
}

/** Whether a loan runs on a day. */
export const runsOn = ({ starts_on, ends_on, ended_at }: Loan, today: LocalDate): boolean =>
  ended_at === null && starts_on <= today && today <= ends_on;

/** Whether these roles run the organisation: they have no limit by role, and decide where nobody else can. */
export const administers = (roles: readonly Role[]): boolean => roles.includes('owner') || roles.includes('admin');

/** The most a member may approve, `null` for any amount: their own limit, else the widest of their roles. */
export function approvalLimit(
  { person_id, roles }: Member,
  { limits, can }: Pick<Scene, 'limits' | 'can'>,
): number | null {
  const own = limits.find((limit) => limit.person_id === person_id);
  if (own) return own.max_minor;
  if (administers(roles)) return null;
  const byRole = roles.map((role) => ({ role, limit: limits.find((limit) => limit.role === role) }));
  if (byRole.some(({ role, limit }) => !limit && can([role], 'expenses:approve'))) return null;
  const set = byRole.flatMap(({ limit }) => (limit ? [limit.max_minor] : []));
  return set.length === 0 ? null : Math.max(...set);
}

/** A claim at the level it waits for. */
export interface Waiting {
  readonly claimant_id: string;
  readonly wanted: string;
  readonly worth: number | null;
  readonly over_limit: boolean;
  /** Everybody who approved an earlier level, and for whom. */
  readonly decided: readonly string[];
}

/** Whether a level wants this member, whatever the amount; `any` of a claim over a limit is `high`. */
export function isNamed(
  { wanted, over_limit }: Pick<Waiting, 'wanted' | 'over_limit'>,
  member: Member,
  can: Scene['can'],
): boolean {
  const { person_id, roles } = member;
  if (!can(roles, 'expenses:read')) return false;
  if (wanted === 'high' || (wanted === 'any' && over_limit)) return can(roles, 'expenses:approve_high');
  if (wanted === 'any') return can(roles, 'expenses:approve');
  return wanted === `person:${person_id}` || roles.some((role) => wanted === `role:${role}`);
}

/** Somebody who may decide; the lender where they do it for a colleague. */
export interface Decider {
  readonly person_id: string;
  readonly lender_id: string | null;
}

/** Who may decide: those the level names, within their limits, and who stands in for them; else owners and admins. */
export function decidersOf(waiting: Waiting, scene: Scene): Decider[] {
  const within = (limit: number | null) => waiting.worth === null || limit === null || waiting.worth <= limit;
  const named = scene.members.filter(
    (member) => isNamed(waiting, member, scene.can) && within(approvalLimit(member, scene)),
  );
  const found = among(named, waiting, scene);
  return found.length > 0
    ? found
    : among(
        scene.members.filter(({ roles }) => administers(roles)),
        waiting,
        scene,
      );
}

/** Nobody decides a claim of their own, one they decided before, or one of somebody whose approvals they hold. */
function among(named: readonly Member[], { claimant_id, decided }: Waiting, { members, loans, can }: Scene): Decider[] {
  const holders = loans.filter(({ lender_id }) => lender_id === claimant_id).map(({ borrower_id }) => borrower_id);
  const barred = new Set([claimant_id, ...decided, ...holders]);
  const lenders = new Set(named.map(({ person_id }) => person_id).filter((id) => !barred.has(id)));
  const readers = new Set(members.filter(({ roles }) => can(roles, 'expenses:read')).map(({ person_id }) => person_id));
  const borrowed = loans
    .filter(({ lender_id, borrower_id }) => lenders.has(lender_id) && readers.has(borrower_id))
    .map(({ lender_id, borrower_id }) => ({ person_id: borrower_id, lender_id }))
    .sort((a, b) => (a.lender_id < b.lender_id ? -1 : 1));
  const all: Decider[] = [...named.map(({ person_id }) => ({ person_id, lender_id: null })), ...borrowed];
  const seen = new Set(barred);
  return all.filter(({ person_id }) => !seen.has(person_id) && seen.add(person_id));
}

/** Why somebody may not decide a level, as a code with a sentence in words. */
export type LevelHindrance =
  | 'own_claim'
  | 'lenders_claim'
  | 'approved_before'
  | 'insufficient_approval_limit'
  | 'not_your_level'
  | 'not_permitted';

/** What a level means to one person. */
export interface Turn {
  /** Why they may not decide it, `null` when they may. */
  readonly hindrance: LevelHindrance | null;
  /** Whose approval they use. */
  readonly lender_id: string | null;
}

/** Whether it is somebody's turn, asking in the order in which the database asks. */
export function turnOf(waiting: Waiting, me: Member, scene: Scene): Turn {
  const mine = decidersOf(waiting, scene).find(({ person_id }) => person_id === me.person_id);
  return mine
    ? { hindrance: null, lender_id: mine.lender_id }
    : { hindrance: obstacle(waiting, me, scene), lender_id: null };
}

function obstacle(waiting: Waiting, me: Member, { loans, can }: Scene): LevelHindrance {
  const approves = can(me.roles, 'expenses:approve');
  const named = isNamed(waiting, me, can);
  if (waiting.claimant_id === me.person_id) return approves || named ? 'own_claim' : 'not_permitted';
  if (loans.some((loan) => loan.borrower_id === me.person_id && loan.lender_id === waiting.claimant_id))
    return 'lenders_claim';
  if (waiting.decided.includes(me.person_id)) return 'approved_before';
  const high = waiting.wanted === 'high' || (waiting.wanted === 'any' && waiting.over_limit);
  if (named || (approves && high)) return 'insufficient_approval_limit';
  return approves ? 'not_your_level' : 'not_permitted';
}
