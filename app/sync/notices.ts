import { refusal } from '../kernel/failure.ts';
import { pick } from './paint.ts';
import { splitKey } from './protocol.ts';
import type { Intent, Notice, Operation, OperationDraft, PushResult, Values } from './protocol.ts';
import type { Bench } from './store.ts';

/** Applies the server's verdict to one intent; runs inside a step. */
export async function settle(replica: Bench, intent: Intent, result: PushResult): Promise<void> {
  if (result.s === 'conflict' || result.s === 'rejected') return refuse(replica, intent, result);
  if (result.s === 'merged') return settleMerged(replica, intent, result);
  await replica.store.outbox.update(intent.seq!, { state: 'acked' }); // S13: painted until its rows come home
}

/** The server took some fields; those it kept leave the screen and go to the notice (S14). */
async function settleMerged(replica: Bench, intent: Intent, result: PushResult): Promise<void> {
  const ops = intent.ops.map((op, at) => without(op, result.ops?.[at]?.f ?? []));
  await replica.store.attention.put(noticeOf(replica, intent, result));
  await replica.store.outbox.update(intent.seq!, { state: 'acked', ops });
  await replica.repaint(intent.rows);
}

function without(op: Operation, fields: readonly string[]): Operation {
  if (op.op !== 'upd') return op;
  const kept = Object.keys(op.v).filter((field) => !fields.includes(field));
  return { ...op, v: pick(op.v, kept) };
}

/** The screen returns to the truth, and the notice keeps what the person wanted, files included (S14, S15). */
async function refuse(replica: Bench, intent: Intent, result: PushResult): Promise<void> {
  const { outbox, files, attention } = replica.store;
  await attention.put(noticeOf(replica, intent, result));
  await outbox.delete(intent.seq!);
  const followers = await outbox.where('follows').equals(intent.id).toArray();
  await outbox.bulkDelete(followers.map((follower) => follower.seq!));
  await files.where('intent').equals(intent.id).modify({ state: 'held' });
  await replica.repaint([...new Set([intent, ...followers].flatMap((settled) => settled.rows))]);
}

function noticeOf(replica: Bench, intent: Intent, result: PushResult): Notice {
  const [table, row_id] = splitKey(intent.rows[0]!);
  const kind = result.s === 'rejected' ? 'refused' : 'conflict';
  const code = kind === 'conflict' ? 'conflict' : (result.code ?? 'refused');
  const { id, name, organization_id, ops } = intent;
  const at = new Date(replica.now()).toISOString();
  return { id, name, organization_id, kind, code, fields: fieldsOf(intent, result), table, row_id, ops, at };
}

/** Mine against theirs for every field the server names. A conflict of several operations is reported as a single one. */
function fieldsOf(intent: Intent, result: PushResult): Notice['fields'] {
  const verdicts = result.ops ?? [];
  return verdicts.flatMap((verdict, at) => {
    const op =
      verdicts.length === intent.ops.length ? intent.ops[at] : intent.ops.find(({ id }) => id === verdict.row?.id);
    const mine = op ? wanted(op) : {};
    return (verdict.f ?? []).map((field) => ({
      field,
      mine: mine[field] ?? null,
      theirs: verdict.row?.[field] ?? null,
    }));
  });
}

function wanted(op: Operation): Values {
  if (op.op === 'cmd') return { ...op.seen, ...op.expect };
  return op.op === 'del' ? (op.b ?? {}) : op.v;
}

/** Issues a refused intent again over what is true now: new id, fresh base values, its files sent anew. Throws `gone` when its row left. */
export async function reissue(replica: Bench, id: string): Promise<void> {
  const { attention, files } = replica.store;
  await replica.store.step(async () => {
    const notice = await attention.get(id);
    if (!notice) return;
    const operations = await Promise.all(notice.ops.map((op) => afresh(replica, notice, op)));
    const again = await replica.enqueue({ ...notice, operations: operations.filter((op) => op !== null) });
    const stopped = files
      .where('intent')
      .equals(id)
      .and(({ state }) => state === 'held' || state === 'refused');
    await stopped.modify({ state: 'waiting', intent: again });
    await attention.delete(id);
  });
}

/** After a merge only what was lost is wanted again; a command is judged by what the person sees now. */
async function afresh(replica: Bench, notice: Notice, op: Operation): Promise<OperationDraft | null> {
  const row = (await replica.table(op.t).get(op.id)) ?? null;
  if (!row && op.op !== 'ins') throw refusal('gone', `${op.t} ${op.id} is not here any more`);
  if (op.op === 'cmd') return { ...op, seen: pick(row, Object.keys(op.seen)) };
  const lost = notice.fields.map(({ field }) => field);
  if (op.op !== 'upd' || notice.kind !== 'conflict' || !lost.length) return op;
  const fields = Object.keys(op.v).filter((field) => lost.includes(field));
  return fields.length ? { ...op, v: pick(op.v, fields) } : null;
}

/** Forgets a refused intent, with the files that only it wanted; the files of a merged one stay. */
export async function discardNotice(replica: Bench, id: string): Promise<void> {
  const { attention, files, bytes } = replica.store;
  await replica.store.step(async () => {
    const stopped = files
      .where('intent')
      .equals(id)
      .and(({ state }) => state === 'held' || state === 'refused');
    const held = await stopped.primaryKeys();
    await files.bulkDelete(held);
    await bytes.bulkDelete(held);
    await attention.delete(id);
  }, [attention, files, bytes]);
}
