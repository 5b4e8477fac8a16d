import type { Level } from '../approvals/index.ts';
import type { Decision } from './steps.ts';
import type { WaitingClaim } from './queries.ts';

/** What somebody decided about a claim as they saw it: an approval, or with a reason a rejection. */
export interface Decided extends Decision {
  readonly reason?: string | undefined;
}

/** The level after the one that waits, undefined when that is the last. */
export function nextLevel(levels: readonly Level[]): number | undefined {
  const [, next] = levels.filter(({ status }) => status === 'waiting');
  return next?.level;
}

/** A decision about a claim of the queue. */
export const decisionOn = ({ row, levels }: WaitingClaim, by: string, reason?: string): Decided => ({
  row,
  by,
  next_level: nextLevel(levels),
  ...(reason === undefined ? {} : { reason }),
});
