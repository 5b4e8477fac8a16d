import type { OperationDraft } from '../../data/define-mutation.ts';
import type { ExpenseRow } from '../../data/schema.gen.ts';
import { who } from '../../data/who.ts';
import { againWords, didWords } from './again-words.ts';
import { actorOf, claimDetail, stateFor, stateOf } from './queries.ts';
import { hindrance, isEditable, type ExpenseEvent } from './rules.ts';
import { hindranceSentence, words } from './words.ts';

/** What somebody did to a claim that came back, and whether it is still possible now. */
export interface Again {
  /** "You approved this claim."; undefined when fields were changed. */
  readonly did?: string;
  /** What the button says that does it again. */
  readonly label?: string;
  /** The words that went with it, such as the reason for a rejection. */
  readonly said?: string;
  /** What became of the claim meanwhile, beyond what can be compared: the reason of a rejection. */
  readonly note?: string;
  /** Why it cannot be done any more, in a sentence; null when it can. */
  readonly hindrance: string | null;
}

/** Asks the rules of claims whether operations on a claim could still go through, the claim being what it is now. */
export async function askAgain(operations: readonly OperationDraft[], row: ExpenseRow): Promise<Again> {
  const about = operations.filter(({ t, id }) => t === 'expenses' && id === row.id);
  const step = about.findLast((op) => op.op === 'cmd');
  if (!step || about.some(({ op }) => op === 'upd' || op === 'ins')) return { hindrance: editing(row) };
  const event = step.cmd.split('.')[1] as ExpenseEvent;
  const detail = await claimDetail(row.id, who().organization);
  const state = detail ? stateFor({ ...detail, row }, who()) : stateOf(row);
  const found = hindrance(event, state, actorOf(who()));
  const { reason } = step.args;
  return {
    did: didWords[event],
    label: againWords[event],
    ...(typeof reason === 'string' ? { said: reason } : {}),
    ...(row.rejection_reason ? { note: `${words.rejectedBecause}: ${row.rejection_reason}` } : {}),
    hindrance: found && hindranceSentence[found],
  };
}

const editing = (row: ExpenseRow): string | null =>
  isEditable(stateOf(row), actorOf(who())) ? null : words.cannotEdit;
