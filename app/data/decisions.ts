import { discardNotice, reissue, restore, setAside, settled, truthOf, wishes, type Wish } from '../sync/decisions.ts';
import { rowKey, splitKey } from '../sync/protocol.ts';
import type { Notice, Operation, OperationDraft, Resolution, Resolutions, Row, Settled } from '../sync/protocol.ts';
import { localDatabase } from './db.ts';
import { itemOf, together, type AttentionItem } from './needs-attention.ts';
import { tables } from './schema.gen.ts';
import { readable, sealedValues } from './sealed.ts';

export { same, type Wish } from '../sync/decisions.ts';
export type { Operation, OperationDraft, Resolution, Resolutions, Row, Values } from '../sync/protocol.ts';

/** One item with everything a decision needs. */
export interface Case {
  readonly item: AttentionItem;
  readonly organization_id: string;
  /** The operations of all its intents, oldest first. */
  readonly operations: readonly Operation[];
  /** What updates want of each row, by row key. */
  readonly wishes: ReadonlyMap<string, Wish>;
  /** What the server holds of each row as far as this device knows, by row key; null when it is not here. */
  readonly truth: ReadonlyMap<string, Row | null>;
  /** How many photos travel with it. */
  readonly files: number;
}

/** The item that a notice belongs to, beside what is true now; undefined when it is settled. Live inside a `LiveQuery`. */
export async function caseOf(id: string): Promise<Case | undefined> {
  const { store } = localDatabase().replica;
  const group = together(await store.attention.toArray()).find((notices) => notices.some((each) => each.id === id));
  return group && describe(group);
}

async function describe(notices: readonly Notice[]): Promise<Case> {
  const { replica } = localDatabase();
  const operations = notices.flatMap(({ ops }) => ops);
  const item = itemOf(notices);
  const keys = [...new Set([rowKey(item.table, item.row_id), ...operations.map(({ t, id }) => rowKey(t, id))])];
  const known = keys.filter((key) => splitKey(key)[0] in tables);
  const rows = await Promise.all(known.map((key) => truthOf(replica, ...splitKey(key))));
  const truth = new Map(known.map((key, at) => [key, rows[at]!]));
  const files = await replica.store.files.where('intent').anyOf(item.ids).count();
  const [{ organization_id }] = notices as [Notice, ...Notice[]];
  const sealed = { item, operations, wishes: [...wishes(tables, notices)], truth: [...truth] };
  const open = await readable(sealed); // last, as live queries want it
  return { ...open, organization_id, wishes: new Map(open.wishes), truth: new Map(open.truth), files };
}

/** Issues an item's intents again as one, over what is true now and as the person decided; it may be refused again. */
export async function sendAgain(ids: readonly string[], resolutions: Resolutions = {}): Promise<void> {
  const { replica } = localDatabase();
  await reissue(replica, ids, await sealedResolutions(resolutions));
  replica.announce();
}

/** What was chosen on the screen, as it may rest on this device. */
async function sealedResolutions(resolutions: Resolutions): Promise<Resolutions> {
  const entries = Object.entries(resolutions).map(async ([key, resolution]): Promise<[string, Resolution]> => {
    const [table] = splitKey(key);
    const { values, seen, ...rest } = resolution;
    return [
      key,
      {
        ...rest,
        ...(values ? { values: await sealedValues(table, values) } : {}),
        ...(seen ? { seen: await sealedValues(table, seen) } : {}),
      },
    ];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Accepts what the server holds; what I wanted can be restored for a while. */
export const keepTheirs = (ids: readonly string[]): Promise<void> => setAside(localDatabase().replica, ids, 'theirs');

/** Gives up what I wanted; it can be restored for a while, with the files that went with it. */
export const discard = (ids: readonly string[]): Promise<void> => setAside(localDatabase().replica, ids, 'discarded');

/** Something settled against the person's own wish that can still be taken up again. */
export interface SettledItem {
  readonly key: string;
  readonly item: AttentionItem;
  readonly operations: readonly Operation[];
  readonly how: Settled['how'];
  /** ISO 8601 instant of this device. */
  readonly at: string;
}

/** What was settled in the last 30 days, at most 50, newest first; live inside a `LiveQuery`. */
export async function settledLately(): Promise<SettledItem[]> {
  const found = await settled(localDatabase().replica);
  const items = found.map(([key, { notices, how, at }]) => ({
    key,
    item: itemOf(notices),
    operations: notices.flatMap(({ ops }) => ops),
    how,
    at,
  }));
  return readable(items);
}

/** Puts what was settled back before the person; false when it is not kept any more. */
export const restoreSettled = (key: string): Promise<boolean> => restore(localDatabase().replica, key);

/** The key under which an item that is being settled can be restored. */
export const settledKey = ({ ids }: AttentionItem): string => `settled:${ids.at(-1)}`;

/** What refused intents wanted, complete: their operations, and the bytes of the files that went with them. */
export interface Wanted {
  readonly operations: readonly OperationDraft[];
  readonly files: ReadonlyMap<string, ArrayBuffer>;
}

/** What an item wanted, so that a form can take it up again; undefined when it is settled already. */
export async function wantedBy(ids: readonly string[]): Promise<Wanted | undefined> {
  const { attention, files, bytes } = localDatabase().replica.store;
  const notices = (await attention.bulkGet([...ids])).filter((notice) => notice !== undefined);
  if (notices.length === 0) return undefined;
  const paths = await files.where('intent').anyOf(ids).primaryKeys();
  const kept = (await bytes.bulkGet(paths)).filter((file) => file !== undefined);
  return {
    operations: await readable(notices.flatMap(({ ops }) => ops)),
    files: new Map(kept.map(({ path, data }) => [path, data])),
  };
}

/** Forgets an item whose wish lives on in a form, with the files that only it wanted. */
export async function takenUp(ids: readonly string[]): Promise<void> {
  for (const id of ids) await discardNotice(localDatabase().replica, id);
}
