import type { Who } from '../../data/who.ts';
import { asFailure } from '../../kernel/failure.ts';
import { ask, type Question } from '../../ui/ask.ts';
import { navigate } from '../../ui/navigate.ts';
import { toast } from '../../ui/toast.ts';
import { approveExpense, cancelExpense, deleteDraft, payExpense, rejectExpense, reopenExpense } from './steps.ts';
import { nextLevel } from './decisions.ts';
import { actorOf, stateFor, stateOf, type ClaimDetail } from './queries.ts';
import { hindrance, isEditable, type ExpenseEvent } from './rules.ts';
import { refusalSentence, words } from './words.ts';

/** One thing a person can do about a claim: a step away (`path`) or an act (`run`). */
export interface ClaimAction {
  readonly label: string;
  readonly icon: string;
  readonly look: string;
  readonly path?: string;
  readonly asksReason?: boolean;
  readonly run: (reason: string) => Promise<void>;
}

/** What a person can do about a claim in its state, the likeliest first. */
export function actionsFor(claim: ClaimDetail, me: Who): ClaimAction[] {
  const { row } = claim;
  const state = stateFor(claim, me);
  const may = (event: ExpenseEvent) => hindrance(event, state, actorOf(me)) === null;
  const decision = { row, by: me.person.id, next_level: nextLevel(claim.levels) };
  const found = [
    isEditable(stateOf(row), actorOf(me)) &&
      away(row.status === 'rejected' ? words.correct : words.continueClaim, row.id),
    may('approve') && act(words.approve, 'check', 'primary', words.approved, () => approveExpense(decision)),
    may('pay') && act(words.pay, 'banknote', 'primary', words.paid, () => payExpense(row)),
    may('reject') && {
      ...act(words.reject, 'x', 'danger', words.rejected, () => Promise.resolve()),
      asksReason: true,
      run: (reason: string) => told(words.rejected, () => rejectExpense({ ...decision, reason })),
    },
    may('reopen') && act(words.reopen, 'undo-2', '', words.reopened, () => reopenExpense(row)),
    isForgettable(claim, me) && asked(words.deleteDraft, deleteQuestion, words.deleted, () => forget(claim)),
    may('cancel') &&
      !isForgettable(claim, me) &&
      asked(words.cancel, cancelQuestion, words.cancelled, () => cancelExpense(row)),
  ];
  return found.filter((action) => action !== false);
}

/** A draft that was never handed in leaves no trace when it goes. */
const isForgettable = ({ row }: ClaimDetail, me: Who): boolean =>
  row.status === 'draft' && row.submitted_at === null && row.person_id === me.person.id;

async function forget({ row, receipts }: ClaimDetail): Promise<void> {
  await deleteDraft({ row, receipts });
  navigate('/expenses', { replace: true });
}

const cancelQuestion: Question = {
  heading: words.cancelAsk,
  text: words.cancelAskText,
  confirm: words.cancel,
  danger: true,
};
const deleteQuestion: Question = {
  heading: words.deleteDraftAsk,
  text: words.deleteDraftAskText,
  confirm: words.deleteDraft,
  danger: true,
};

const away = (label: string, id: string): ClaimAction => ({
  label,
  icon: 'pencil',
  look: 'primary',
  path: `/expenses/${id}/edit`,
  run: () => Promise.resolve(),
});

const act = (label: string, icon: string, look: string, done: string, work: () => Promise<unknown>): ClaimAction => ({
  label,
  icon,
  look,
  run: () => told(done, work),
});

const asked = (label: string, question: Question, done: string, work: () => Promise<unknown>): ClaimAction => ({
  label,
  icon: 'trash-2',
  look: 'quiet danger',
  run: async () => {
    if (await ask(question)) await told(done, work);
  },
});

/** Does something and says so; a refusal is said in its own sentence. */
export async function told(done: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
    toast(done, { tone: 'good' });
  } catch (thrown) {
    toast(refusalSentence(asFailure(thrown).code), { tone: 'bad', duration: 15_000 });
  }
}
