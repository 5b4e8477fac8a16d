import { rows } from '../../data/db.ts';
import {
  permissionsByRole,
  type ApprovalDelegationRow,
  type ApprovalLimitRow,
  type ApprovalRuleRow,
  type ExpenseApprovalRow,
  type ExpenseRow,
  type OrganizationRow,
  type PersonRow,
  type Role,
} from '../../data/schema.gen.ts';
import { dateIn } from '../../kernel/day.ts';
import { levelsOf, type Level } from './levels.ts';
import { claimValue, runsOn, type Member, type Scene } from './rules.ts';

/** Everything on this device that says who decides what in an organisation. */
export interface Approvals extends Scene {
  readonly organization: OrganizationRow;
  readonly rules: readonly ApprovalRuleRow[];
  readonly limits: readonly ApprovalLimitRow[];
  /** Those that run today. */
  readonly loans: readonly ApprovalDelegationRow[];
  readonly allLoans: readonly ApprovalDelegationRow[];
  /** Also of people who left, because old levels name them. */
  readonly people: ReadonlyMap<string, PersonRow>;
}

/** Reads who decides what in an organisation, as of today there. */
export async function approvalsOf(organization: OrganizationRow): Promise<Approvals> {
  const here = <
    T extends
      'people' | 'memberships' | 'membership_roles' | 'approval_rules' | 'approval_limits' | 'approval_delegations',
  >(
    table: T,
  ) => rows(table).where('organization_id').equals(organization.id).toArray();
  const [people, memberships, grants, rules, limits, allLoans] = await Promise.all([
    here('people'),
    here('memberships'),
    here('membership_roles'),
    here('approval_rules'),
    here('approval_limits'),
    here('approval_delegations'),
  ]);
  const roles = new Map<string, Role[]>();
  for (const { membership_id, role } of grants) roles.set(membership_id, [...(roles.get(membership_id) ?? []), role]);
  const members: Member[] = memberships
    .filter(({ status }) => status === 'active')
    .map(({ id, person_id }) => ({ person_id, roles: roles.get(id) ?? [] }));
  const today = dateIn(organization.time_zone);
  const loans = allLoans.filter((loan) => runsOn(loan, today));
  const byId = new Map(people.map((person) => [person.id, person]));
  return { organization, members, rules, limits, loans, allLoans, people: byId, can };
}

const can: Scene['can'] = (roles, permission) => roles.some((role) => permissionsByRole[role].includes(permission));

/** The levels of claims, in their order, by claim; expected ones where the server has not answered yet. */
export async function levelsOfClaims(
  claims: readonly ExpenseRow[],
  approvals: Approvals,
): Promise<Map<string, Level[]>> {
  const stored = new Map<string, ExpenseApprovalRow[]>();
  const found = await rows('expense_approvals')
    .where('expense_id')
    .anyOf(claims.map(({ id }) => id))
    .toArray();
  for (const row of found) stored.set(row.expense_id, [...(stored.get(row.expense_id) ?? []), row]);
  return new Map(
    claims.map((claim) => {
      const { category_id, over_limit } = claim;
      const measure = { category_id, over_limit, worth: claimValue(claim, approvals.organization) };
      return [claim.id, levelsOf(claim, stored.get(claim.id) ?? [], approvals.rules, measure)];
    }),
  );
}

/** Whether this person has a part in deciding claims, by permission, by a rule that names them, or for a colleague. */
export function takesPart({ members, rules, loans, can }: Approvals, person_id: string): boolean {
  const roles = members.find((member) => member.person_id === person_id)?.roles ?? [];
  const named = (level: string) => level === `person:${person_id}` || roles.some((role) => level === `role:${role}`);
  return (
    can(roles, 'expenses:approve') ||
    rules.some(({ levels }) => levels.some(named)) ||
    loans.some(({ borrower_id }) => borrower_id === person_id)
  );
}
