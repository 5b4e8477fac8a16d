import { deleteLocal, getLocal, rows, setLocal } from '../../data/db.ts';
import { attention } from '../../data/needs-attention.ts';
import { waitingIds } from '../../data/sync-status.ts';
import { heldApprovals } from './held-approvals.ts';
import type { Hindrance } from './rules.ts';
import { hindranceSentence, refusalSentence, words } from './words.ts';

const KEY = 'decided:batch';

/** One of many claims that were decided in one go. */
export interface BatchedClaim {
  readonly id: string;
  readonly title: string;
  /** The level it waited for. */
  readonly level: number | null;
  /** Why nothing was sent for it. */
  readonly hindrance?: Hindrance;
}

/** Keeps which claims were decided in one go, so that what became of each can be told, also after a restart. */
export const keepBatch = (claims: readonly BatchedClaim[]): Promise<void> =>
  setLocal(KEY, { claims, at: new Date().toISOString() });

/** Closes the results. */
export const closeBatch = (): Promise<void> => deleteLocal(KEY);

/** Where one claim of the batch stands. */
export type Outcome =
  'held' | 'waiting' | 'approved' | 'passed_on' | 'rejected' | 'came_back' | 'not_able' | 'taken_back';

/** What became of one claim; `sentence` says why when it came back. */
export interface BatchResult {
  readonly claim: BatchedClaim;
  readonly outcome: Outcome;
  readonly sentence?: string;
}

/** What became of each claim of the last batch, undefined without one; live inside a `LiveQuery`. */
export async function batchResults(): Promise<BatchResult[] | undefined> {
  const batch = await getLocal<{ claims: readonly BatchedClaim[]; at: string }>(KEY);
  if (!batch) return undefined;
  const { claims, at } = batch;
  const [held, waiting, notices, found] = await Promise.all([
    heldApprovals(),
    waitingIds('expenses'),
    attention(),
    rows('expenses').bulkGet(claims.map(({ id }) => id)),
  ]);
  const backs = new Map(notices.filter((notice) => notice.at >= at).map((notice) => [notice.row_id, notice]));
  return claims.map((claim, n): BatchResult => {
    if (claim.hindrance) return { claim, outcome: 'not_able', sentence: hindranceSentence[claim.hindrance] };
    if (held.has(claim.id)) return { claim, outcome: 'held' };
    const back = backs.get(claim.id);
    if (back) {
      const sentence = back.kind === 'conflict' ? words.bulkReturned : refusalSentence(back.code);
      return { claim, outcome: 'came_back', sentence };
    }
    if (waiting.has(claim.id)) return { claim, outcome: 'waiting' };
    return { claim, outcome: outcomeOf(found[n], claim) };
  });
}

function outcomeOf(
  row: { status: string; waits_for_level: number | null } | undefined,
  { level }: BatchedClaim,
): Outcome {
  if (row?.status === 'rejected') return 'rejected';
  if (row?.status !== 'submitted') return 'approved';
  return (row.waits_for_level ?? 1) > (level ?? 1) ? 'passed_on' : 'taken_back';
}
