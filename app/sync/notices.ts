import { pick } from './paint.ts';
import { splitKey } from './protocol.ts';
import type { ContestedField, Intent, Notice, Operation, PushResult, Values } from './protocol.ts';
import type { Bench } from './store.ts';

type Verdict = NonNullable<PushResult['ops']>[number];

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
  const order = intent.seq === undefined ? {} : { seq: intent.seq };
  return { id, name, organization_id, kind, code, fields: fieldsOf(intent, result), table, row_id, ops, at, ...order };
}

/** Mine against theirs for every field the server names. A conflict of several operations is reported as a single one. */
function fieldsOf(intent: Intent, result: PushResult): ContestedField[] {
  const verdicts = result.ops ?? [];
  return verdicts.flatMap((verdict, at) =>
    (verdict.f ?? []).map((field) => {
      const op = verdicts.length === intent.ops.length ? intent.ops[at] : opAbout(intent, verdict, field);
      return contested(op, verdict, field);
    }),
  );
}

/** A person and their details share an id, and one intent may change and submit the same row. */
function opAbout(intent: Intent, { t, row }: Verdict, field: string): Operation | undefined {
  const about = intent.ops.filter((op) => op.id === row?.id && (t === undefined || op.t === t));
  return about.find((op) => field in wanted(op)) ?? about[0];
}

function contested(op: Operation | undefined, verdict: Verdict, field: string): ContestedField {
  const { row } = verdict;
  const where = op ? { table: op.t, row_id: op.id } : {};
  const version = typeof row?.['row_version'] === 'number' ? { version: row['row_version'] } : {};
  return {
    field,
    mine: (op && wanted(op)[field]) ?? null,
    theirs: row?.[field] ?? null,
    ...where,
    ...last(verdict),
    ...version,
  };
}

/** Who changed the row last, and when; a merge is the author's own change and says who came before. */
function last({ row, by, at }: Verdict): Pick<ContestedField, 'by' | 'changed_at'> {
  if (at) return { by: by ?? null, changed_at: at };
  const [who, when] = [row?.['updated_by'], row?.['updated_at']];
  return typeof when === 'string' ? { by: typeof who === 'string' ? who : null, changed_at: when } : {};
}

/** What a command saw tells more than the state it was to bring about. */
function wanted(op: Operation): Values {
  if (op.op === 'cmd') return { ...op.expect, ...op.seen };
  return op.op === 'del' ? (op.b ?? {}) : op.v;
}
