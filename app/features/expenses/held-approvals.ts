import { deleteLocal, getLocal, localEntries, rows, setLocal } from '../../data/db.ts';
import type { ExpenseStatus } from '../../data/schema.gen.ts';
import { newId } from '../../kernel/id.ts';
import type { Decided } from './decisions.ts';
import { approveExpense, rejectExpense } from './steps.ts';
import { inTurn } from './turns.ts';

/** How long a decision can be taken back before it becomes an intent that leaves the device, in milliseconds. */
export const GRACE_MS = 6_000;

/** How many decisions are written in one local step, so that the screen has its turn in between. */
const AT_ONCE = 50;

/** Decisions that were taken together, are kept on this device, and are not on their way yet. */
interface HeldDecisions {
  readonly decisions: readonly Decided[];
  readonly until: number;
}

/** As the first version of the app held a single approval. */
type HeldApproval = Decided & Pick<HeldDecisions, 'until'>;

const PREFIX = 'held:approval:';

/** Holds decisions back for a moment in which they can be undone; a closed page or a crash does not lose them. */
export async function holdDecisions(decisions: readonly Decided[]): Promise<void> {
  await setLocal(PREFIX + newId(), { decisions, until: Date.now() + GRACE_MS } satisfies HeldDecisions);
  setTimeout(() => void sendHeldApprovals(), GRACE_MS + 50);
}

/** Takes held decisions back; says how many were still here. */
export async function undoApprovals(ids: readonly string[]): Promise<number> {
  const wanted = new Set(ids);
  const held = await localEntries(PREFIX);
  const undone = await Promise.all(held.map(([key]) => inTurn(key, () => takeOut(key, wanted))));
  return undone.reduce((sum, n) => sum + n, 0);
}

async function takeOut(key: string, wanted: ReadonlySet<string>): Promise<number> {
  const held = await heldAt(key);
  const left = held.decisions.filter(({ row }) => !wanted.has(row.id));
  const undone = held.decisions.length - left.length;
  if (undone > 0) await keep(key, { ...held, decisions: left });
  return undone;
}

async function heldAt(key: string): Promise<HeldDecisions> {
  return batchOf(await getLocal<HeldDecisions | HeldApproval>(key));
}

const batchOf = (held: HeldDecisions | HeldApproval | undefined): HeldDecisions =>
  !held ? { decisions: [], until: 0 } : 'decisions' in held ? held : { decisions: [held], until: held.until };

const keep = (key: string, held: HeldDecisions): Promise<void> =>
  held.decisions.length > 0 ? setLocal(key, held) : deleteLocal(key);

/** The claims with a held decision; live inside a `LiveQuery`. */
export async function heldApprovals(): Promise<Set<string>> {
  const held = await localEntries<HeldDecisions | HeldApproval>(PREFIX);
  return new Set(held.flatMap(([, value]) => batchOf(value).decisions.map(({ row }) => row.id)));
}

/** Sends every held decision whose moment has passed, one tab at a time; with `now` all of them, because the page is going away. */
export async function sendHeldApprovals(now = false): Promise<void> {
  const held = await localEntries<HeldDecisions | HeldApproval>(PREFIX);
  const due = held.filter(([, { until }]) => now || until <= Date.now());
  await Promise.all(due.map(([key]) => inTurn(key, () => send(key))));
  const next = held.length - due.length;
  if (next > 0) setTimeout(() => void sendHeldApprovals(), GRACE_MS);
}

/** Nothing is left to say about these: a crash came between sending and forgetting, or somebody else decided so too. */
const agreed: Readonly<Record<'approve' | 'reject', ReadonlySet<ExpenseStatus>>> = {
  approve: new Set(['approved', 'paid', 'archived']),
  reject: new Set(['rejected']),
};

/** Also sent when the claim was decided otherwise meanwhile: who was told "approved" hears of it by the server's refusal. */
async function send(key: string): Promise<void> {
  for (let held = await heldAt(key); held.decisions.length > 0; held = await heldAt(key)) {
    await sendSome(held.decisions.slice(0, AT_ONCE));
    await keep(key, { ...held, decisions: held.decisions.slice(AT_ONCE) });
  }
}

async function sendSome(decisions: readonly Decided[]): Promise<void> {
  const found = await rows('expenses').bulkGet(decisions.map(({ row }) => row.id));
  const open = decisions.filter(({ reason }, at) => {
    const current = found[at];
    return current && !agreed[reason === undefined ? 'approve' : 'reject'].has(current.status);
  });
  const approvals = open.filter((decision) => decision.reason === undefined && !isPassedOn(decision, found));
  const rejections = open.flatMap((decision) =>
    decision.reason === undefined ? [] : [{ ...decision, reason: decision.reason }],
  );
  if (approvals.length > 0) await approveExpense.each(approvals);
  if (rejections.length > 0) await rejectExpense.each(rejections);
}

/** Whether this very decision was written before a crash: the claim shows it, decided by the same person. */
function isPassedOn(
  { row, by, next_level }: Decided,
  found: readonly ({ id: string; waits_for_level: number | null; decided_by: string | null } | undefined)[],
): boolean {
  const current = found.find((each) => each?.id === row.id);
  return next_level !== undefined && current?.waits_for_level === next_level && current.decided_by === by;
}
