import { byAge, rowKey, type ContestedField, type Notice } from '../sync/protocol.ts';
import { localDatabase } from './db.ts';
import type { TableName } from './schema.gen.ts';
import { readable } from './sealed.ts';

/** Something this person wanted that the server did not take: what, why, and field by field mine against theirs. */
export interface AttentionItem {
  /** That of its oldest notice, so that it stays while others join. */
  readonly id: string;
  /** Every notice about the same rows, oldest first; they are settled together. */
  readonly ids: readonly string[];
  /** Wire name of the latest intent, e.g. `expenses.approve`; `files.upload` for a file the store refused. */
  readonly name: string;
  readonly kind: 'conflict' | 'refused';
  /** A stable word to choose the sentence by, e.g. `missing_receipts`, `not_permitted`, `gone`. */
  readonly code: string;
  /** The latest wish for each field. */
  readonly fields: readonly ContestedField[];
  readonly table: TableName;
  readonly row_id: string;
  /** ISO 8601 instant of this device. */
  readonly at: string;
}

/** Everything that needs this person, newest first; live inside a `LiveQuery`. */
export async function attention(): Promise<AttentionItem[]> {
  const notices = await localDatabase().replica.store.attention.toArray();
  const items = together(notices).map(itemOf);
  return readable(items.sort((a, b) => b.at.localeCompare(a.at)));
}

/** How many things need this person; live inside a `LiveQuery`. Nothing is unsealed for it. */
export const attentionCount = async (): Promise<number> =>
  together(await localDatabase().replica.store.attention.toArray()).length;

/** Notices of one kind that share a row belong together, oldest first. */
export function together(notices: readonly Notice[]): Notice[][] {
  const groups = new Map<string, Notice[]>();
  for (const notice of [...notices].sort(byAge)) {
    const near = new Set(keysOf(notice).flatMap((key) => groups.get(key) ?? []));
    const group = [...near, notice].sort(byAge);
    for (const key of group.flatMap(keysOf)) groups.set(key, group);
  }
  return [...new Set(groups.values())];
}

const keysOf = (notice: Notice): string[] => rowsOf(notice).map((key) => `${notice.kind} ${key}`);

const rowsOf = ({ table, row_id, ops }: Notice): string[] => [
  rowKey(table, row_id),
  ...ops.map(({ t, id }) => rowKey(t, id)),
];

/** Notices about the same rows as one item. */
export function itemOf(notices: readonly Notice[]): AttentionItem {
  const [oldest, latest] = [notices[0]!, notices.at(-1)!];
  const { name, kind, code, at } = latest;
  const all = notices.flatMap((notice) => notice.fields);
  const fields = [...new Map(all.map((one) => [`${one.table}:${one.row_id}:${one.field}`, one])).values()];
  const { id, row_id } = oldest;
  return {
    id,
    ids: notices.map((each) => each.id),
    name,
    kind,
    code,
    fields,
    table: oldest.table as TableName,
    row_id,
    at,
  };
}
