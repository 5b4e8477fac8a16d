import type { ExpenseApprovalRow, ExpenseApprovalStatus, ExpenseRow } from '../../data/schema.gen.ts';
import { chainOf, type Measure, type Rule, type Waiting } from './rules.ts';

/** One level of a claim as it stands on this device. */
export interface Level {
  readonly level: number;
  readonly wanted: string;
  readonly status: ExpenseApprovalStatus;
  readonly decided_by: string | null;
  readonly for_person_id: string | null;
}

type Claim = Pick<ExpenseRow, 'status' | 'waits_for_level' | 'decided_by'>;

/**
 * The levels of a claim in their order. Without rows from the server they are those its rules would choose; what was
 * decided on this device shows before the server has answered.
 */
export function levelsOf(
  claim: Claim,
  stored: readonly ExpenseApprovalRow[],
  rules: readonly Rule[],
  measure: Measure,
): Level[] {
  const known: Level[] = stored.length > 0 || claim.status !== 'submitted' ? [...stored] : expected(rules, measure);
  return known
    .sort((a, b) => a.level - b.level)
    .map((level) => (isPassed(level, claim) ? passed(level, claim) : level));
}

const expected = (rules: readonly Rule[], measure: Measure): Level[] =>
  chainOf(rules, measure).map((wanted, at) => ({
    level: at + 1,
    wanted,
    status: 'waiting',
    decided_by: null,
    for_person_id: null,
  }));

/** Whether the claim has gone beyond a level whose row does not say so yet. */
const isPassed = ({ level, status }: Level, claim: Claim): boolean =>
  status === 'waiting' &&
  (claim.status === 'approved' || (claim.status === 'submitted' && level < (claim.waits_for_level ?? 1)));

const passed = (level: Level, { decided_by }: Claim): Level => ({ ...level, status: 'approved', decided_by });

/** The level a submitted claim waits for. */
export const waitingLevel = (levels: readonly Level[]): Level | undefined =>
  levels.find(({ status }) => status === 'waiting');

/** A submitted claim as the rules ask about it: what it waits for and who has decided. */
export function waitingOf(
  claim: Pick<ExpenseRow, 'person_id' | 'over_limit'>,
  levels: readonly Level[],
  worth: number | null,
): Waiting {
  const approved = levels.filter(({ status }) => status === 'approved');
  const people = approved.flatMap(({ decided_by, for_person_id }) => [decided_by, for_person_id]);
  return {
    claimant_id: claim.person_id,
    wanted: waitingLevel(levels)?.wanted ?? 'any',
    worth,
    over_limit: claim.over_limit,
    decided: people.filter((id) => id !== null),
  };
}
