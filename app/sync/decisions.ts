import { refusal } from '../kernel/failure.ts';
import { pick } from './paint.ts';
import { byAge, rowKey } from './protocol.ts';
import type {
  Notice,
  Operation,
  OperationDraft,
  Resolution,
  Resolutions,
  Row,
  Settled,
  Tables,
  Values,
} from './protocol.ts';
import type { Bench } from './store.ts';

const SETTLED = 'settled:';
/** How long, and how many, settled notices can be taken up again. */
const KEPT_MS = 30 * 86_400_000;
const KEPT = 50;

/** What updates want of one row: fields the person changed, what belongs together with them, and what they saw. */
export interface Wish {
  readonly own: Values;
  /** Siblings of changed fields as the person saw them: an amount means nothing without its currency (S11). */
  readonly kin: Values;
  readonly base: Values;
}

/** What notices want of each row by its key, oldest first: the latest wish for a field counts. */
export function wishes(tables: Tables, notices: readonly Notice[]): Map<string, Wish> {
  const found = new Map<string, Wish>();
  for (const notice of notices) {
    for (const op of notice.ops) {
      if (op.op !== 'upd') continue;
      const key = rowKey(op.t, op.id);
      found.set(key, later(found.get(key), wishOf(tables, notice, op)));
    }
  }
  return found;
}

const later = (before: Wish | undefined, wish: Wish): Wish => ({
  own: { ...before?.own, ...wish.own },
  kin: { ...before?.kin, ...wish.kin },
  base: { ...before?.base, ...wish.base },
});

function wishOf(tables: Tables, notice: Notice, op: Extract<Operation, { op: 'upd' }>): Wish {
  const base = op.b ?? {};
  const fields = Object.keys(op.v).filter((field) => isWanted(notice, field));
  const groups = Object.values(tables[op.t]?.groups ?? {}).filter((group) => group.some((f) => fields.includes(f)));
  const kin = groups.flat().filter((field) => !fields.includes(field) && field in base);
  return { own: pick(op.v, fields), kin: pick(base, kin), base: pick(base, [...fields, ...kin]) };
}

/** Of a change that stood alone the server took what it did not name; several operations are taken or left together. */
function isWanted({ kind, ops, fields }: Notice, field: string): boolean {
  return kind !== 'conflict' || ops.length > 1 || !fields.length || fields.some((lost) => lost.field === field);
}

/**
 * Issues refused intents again as ONE, over what is true now and as the person decided: new id, fresh base values, files
 * sent anew. Throws `gone` when a row left.
 */
export async function reissue(
  replica: Bench,
  ids: string | readonly string[],
  resolutions: Resolutions = {},
): Promise<void> {
  await replica.store.step(async () => {
    const notices = await noticesOf(replica, ids);
    const latest = notices.at(-1);
    if (!latest) return;
    const { name, organization_id } = latest;
    const operations = await again(replica, notices, resolutions);
    const intent = await replica.enqueue({ name, organization_id, operations });
    const known = notices.map(({ id }) => id);
    await stopped(replica, known).modify({ state: 'waiting', intent });
    await replica.store.attention.bulkDelete(known);
    if (givesUp(resolutions)) await keepSettled(replica, notices, 'mixed');
  });
}

/** Whether a decision gives up something the person had typed. */
const givesUp = (resolutions: Resolutions): boolean =>
  Object.values(resolutions).some(({ leave = [], values = {} }) => leave.length + Object.keys(values).length > 0);

async function noticesOf(replica: Bench, ids: string | readonly string[]): Promise<Notice[]> {
  const found = await replica.store.attention.bulkGet([ids].flat());
  return found.filter((notice) => notice !== undefined).sort(byAge);
}

/** The files that wait for the decision about these notices. */
const stopped = ({ store }: Bench, ids: readonly string[]) =>
  store.files
    .where('intent')
    .anyOf(ids)
    .and(({ state }) => state === 'held' || state === 'refused');

/** The operations of all notices in their order: each row is added, changed and deleted once. */
async function again(replica: Bench, notices: readonly Notice[], resolutions: Resolutions): Promise<OperationDraft[]> {
  const wanted = wishes(replica.tables, notices);
  const ops = latestSteps(notices);
  const added = new Set(ops.filter(({ op }) => op === 'ins').map(({ t, id }) => rowKey(t, id)));
  const operations: OperationDraft[] = [];
  for (const op of ops) {
    const key = rowKey(op.t, op.id);
    const row = (await replica.table(op.t).get(op.id)) ?? null;
    if (!row && op.op === 'del') continue; // the wish came true
    if (!row && !added.has(key)) throw refusal('gone', `${op.t} ${op.id} is not here any more`);
    const draft = afresh(op, row, wanted.get(key), resolutions[key] ?? {});
    if (draft) operations.push(draft);
  }
  return operations;
}

/** Each row once for each kind of operation; the steps of a row are those of the latest notice that asks for any. */
function latestSteps(notices: readonly Notice[]): Operation[] {
  const deciding = new Map<string, Notice>();
  for (const notice of notices)
    for (const op of notice.ops) if (op.op === 'cmd') deciding.set(rowKey(op.t, op.id), notice);
  const seen = new Set<string>();
  return notices.flatMap((notice) =>
    notice.ops.filter((op) => {
      const key = rowKey(op.t, op.id);
      if (op.op === 'cmd') return deciding.get(key) === notice;
      return !seen.has(`${op.op} ${key}`) && seen.add(`${op.op} ${key}`);
    }),
  );
}

/** One operation as it is wanted now; null when nothing of it is. */
function afresh(op: Operation, row: Row | null, wish: Wish | undefined, decided: Resolution): OperationDraft | null {
  if (op.op === 'cmd') return row ? { ...op, seen: decided.seen ?? pick(row, Object.keys(op.seen)) } : op;
  if (op.op !== 'upd' || !wish) return op;
  const kin = Object.keys(wish.kin).filter((field) => !same(row?.[field], wish.kin[field]));
  const wanted = { ...pick(wish.kin, kin), ...wish.own };
  const kept = Object.keys(wanted).filter((field) => !decided.leave?.includes(field));
  const v = { ...pick(wanted, kept), ...decided.values };
  const seen = decided.seen ? { b: decided.seen } : {};
  return Object.keys(v).length ? { op: 'upd', t: op.t, id: op.id, v, ...seen } : null;
}

/** Whether two values are one, also when they are lists or objects. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** What the server holds of a row as far as this device knows, without what waits to be sent; null when it is not here. */
export async function truthOf(replica: Bench, table: string, id: string): Promise<Row | null> {
  const shadow = await replica.store.shadow.get(rowKey(table, id));
  return shadow ? shadow.row : ((await replica.table(table).get(id)) ?? null);
}

/** Settles notices against the person's own wish; they and their files can be taken up again for a while. */
export async function setAside(replica: Bench, ids: readonly string[], how: Settled['how']): Promise<void> {
  await replica.store.step(async () => {
    const notices = await noticesOf(replica, ids);
    if (notices.length === 0) return;
    await keepSettled(replica, notices, how);
    await replica.store.attention.bulkDelete(notices.map(({ id }) => id));
  });
}

async function keepSettled(replica: Bench, notices: Notice[], how: Settled['how']): Promise<void> {
  const value: Settled = { notices, how, at: new Date(replica.now()).toISOString() };
  await replica.store.deviceValues.put({ key: SETTLED + notices.at(-1)!.id, value });
  await forgetOld(replica);
}

/** What was settled lately by its key, newest first. */
export async function settled({ store, now }: Bench): Promise<[key: string, value: Settled][]> {
  const found = await store.deviceValues.where('key').startsWith(SETTLED).toArray();
  const oldest = new Date(now() - KEPT_MS).toISOString();
  return found
    .map(({ key, value }): [string, Settled] => [key, value as Settled])
    .filter(([, { at }]) => at > oldest)
    .sort(([, a], [, b]) => b.at.localeCompare(a.at))
    .slice(0, KEPT);
}

/** Lets go of what was settled long ago, with the files that only it wanted. */
async function forgetOld(replica: Bench): Promise<void> {
  const { deviceValues } = replica.store;
  const kept = new Set((await settled(replica)).map(([key]) => key));
  const all = await deviceValues.where('key').startsWith(SETTLED).toArray();
  const old = all.filter(({ key }) => !kept.has(key));
  await deviceValues.bulkDelete(old.map(({ key }) => key));
  await dropFiles(
    replica,
    old.flatMap(({ value }) => (value as Settled).notices.map(({ id }) => id)),
  );
}

async function dropFiles(replica: Bench, ids: readonly string[]): Promise<void> {
  const paths = await stopped(replica, ids).primaryKeys();
  await replica.store.files.bulkDelete(paths);
  await replica.store.bytes.bulkDelete(paths);
}

/** Puts settled notices back before the person; false when they are not kept any more. */
export async function restore(replica: Bench, key: string): Promise<boolean> {
  const { deviceValues, attention } = replica.store;
  return replica.store.step(async () => {
    const kept = (await deviceValues.get(key))?.value as Settled | undefined;
    if (!kept) return false;
    await attention.bulkPut(kept.notices);
    await deviceValues.delete(key);
    return true;
  }, [deviceValues, attention]);
}

/** Forgets a refused intent, with the files that only it wanted; the files of a merged one stay. */
export async function discardNotice(replica: Bench, id: string): Promise<void> {
  const { attention, files, bytes } = replica.store;
  await replica.store.step(async () => {
    await dropFiles(replica, [id]);
    await attention.delete(id);
  }, [attention, files, bytes]);
}
