import { discardNotice, reissue } from '../sync/notices.ts';
import type { Notice, OperationDraft } from '../sync/protocol.ts';
import { localDatabase } from './db.ts';
import type { TableName } from './schema.gen.ts';
import { readable } from './sealed.ts';

/** Something this person wanted that the server did not take: what, why, and field by field mine against theirs. */
export interface AttentionItem {
  readonly id: string;
  /** Wire name of the intent, e.g. `expenses.approve`; `file.upload` for a file the store refused. */
  readonly name: string;
  readonly kind: 'conflict' | 'refused';
  /** A stable word to choose the sentence by, e.g. `missing_receipts`, `not_permitted`, `gone`. */
  readonly code: string;
  readonly fields: readonly { field: string; mine: unknown; theirs: unknown }[];
  readonly table: TableName;
  readonly row_id: string;
  /** ISO 8601 instant of this device. */
  readonly at: string;
}

/** Everything that needs this person, newest first; live inside a `LiveQuery`. */
export async function attention(): Promise<AttentionItem[]> {
  const notices = await localDatabase().replica.store.attention.toArray();
  return readable(notices.sort((a, b) => b.at.localeCompare(a.at)).map(asItem));
}

const asItem = ({ id, name, kind, code, fields, table, row_id, at }: Notice): AttentionItem => ({
  id,
  name,
  kind,
  code,
  fields,
  table: table as TableName,
  row_id,
  at,
});

/** What a refused intent wanted, complete: its operations, and the bytes of the files that went with it. */
export interface Wanted {
  readonly operations: readonly OperationDraft[];
  readonly files: ReadonlyMap<string, ArrayBuffer>;
}

/** What an item wanted, so that a form can take it up again; undefined when it is settled already. */
export async function wantedBy(id: string): Promise<Wanted | undefined> {
  const { attention, files, bytes } = localDatabase().replica.store;
  const notice = await attention.get(id);
  if (!notice) return undefined;
  const paths = await files.where('intent').equals(id).primaryKeys();
  const kept = (await bytes.bulkGet(paths)).filter((file) => file !== undefined);
  return { operations: await readable(notice.ops), files: new Map(kept.map(({ path, data }) => [path, data])) };
}

/** Issues the intent again over what is true now; it may be refused again. */
export const keepMine = (id: string): Promise<void> => reissue(localDatabase().replica, id);

/** Accepts what the server holds and forgets what I wanted. */
export const keepTheirs = (id: string): Promise<void> => discardNotice(localDatabase().replica, id);

/** Forgets what I wanted, with the files that went with it. */
export const discard = (id: string): Promise<void> => discardNotice(localDatabase().replica, id);
