import { deleteLocal, getLocal, localEntries, rows, setLocal } from '../../data/db.ts';
import type { ExpenseRow } from '../../data/schema.gen.ts';
import { approveExpense } from './mutations.ts';
import { inTurn } from './turns.ts';

/** How long an approval can be taken back before it becomes an intent that leaves the device, in milliseconds. */
export const GRACE_MS = 6_000;

/** An approval that is decided, kept on this device, and not on its way yet. */
interface HeldApproval {
  /** The claim as it was seen. */
  readonly row: ExpenseRow;
  readonly by: string;
  readonly until: number;
}

const PREFIX = 'held:approval:';
const keyOf = (id: string): string => PREFIX + id;

/** Holds approvals back for a moment in which they can be undone; a closed page or a crash does not lose them. */
export async function holdApprovals(claims: readonly ExpenseRow[], by: string): Promise<void> {
  const until = Date.now() + GRACE_MS;
  for (const row of claims) await setLocal(keyOf(row.id), { row, by, until } satisfies HeldApproval);
  setTimeout(() => void sendHeldApprovals(), GRACE_MS + 50);
}

/** Takes held approvals back; says how many were still here. */
export async function undoApprovals(ids: readonly string[]): Promise<number> {
  const undone = await Promise.all(ids.map((id) => inTurn(keyOf(id), () => forget(id))));
  return undone.filter(Boolean).length;
}

async function forget(id: string): Promise<boolean> {
  if (!(await getLocal(keyOf(id)))) return false;
  await deleteLocal(keyOf(id));
  return true;
}

/** The claims with a held approval; live inside a `LiveQuery`. */
export async function heldApprovals(): Promise<Set<string>> {
  const held = await localEntries<HeldApproval>(PREFIX);
  return new Set(held.map(([key]) => key.slice(PREFIX.length)));
}

/** Sends every held approval whose moment has passed, one tab at a time; with `now` all of them, because the page is going away. */
export async function sendHeldApprovals(now = false): Promise<void> {
  const held = await localEntries<HeldApproval>(PREFIX);
  const due = held.filter(([, { until }]) => now || until <= Date.now());
  await Promise.all(due.map(([key]) => inTurn(key, () => send(key))));
  const next = held.length - due.length;
  if (next > 0) setTimeout(() => void sendHeldApprovals(), GRACE_MS);
}

/** Nothing is left to say about these: a crash came between sending and forgetting, or somebody else approved too. */
const agreed: ReadonlySet<string | undefined> = new Set(['approved', 'paid', 'archived']);

/** Also sent when the claim was decided otherwise meanwhile: who was told "approved" hears of it by the server's refusal. */
async function send(key: string): Promise<void> {
  const held = await getLocal<HeldApproval>(key);
  if (!held) return;
  const current = await rows('expenses').get(held.row.id);
  if (current && !agreed.has(current.status)) await approveExpense({ row: held.row, by: held.by });
  await deleteLocal(key);
}
