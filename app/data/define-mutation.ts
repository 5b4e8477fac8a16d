import { newId } from '../kernel/id.ts';
import type { FileDraft as StoredFileDraft, OperationDraft } from '../sync/protocol.ts';
import { localDatabase } from './db.ts';
import type { RowsByTable, TableName } from './schema.gen.ts';
import { sealedOperations } from './sealed.ts';

export type { OperationDraft } from '../sync/protocol.ts';

/** A file to send with an intent: a deterministic path in a bucket, its bytes, and what to send once it has arrived. */
export interface FileDraft extends StoredFileDraft {
  readonly bucket: 'receipts';
}

/** What a mutation wants: operations of one organisation that succeed or fail together, files, and what to hand back. */
export interface Draft<R = void> {
  readonly organization_id: string;
  readonly operations: readonly OperationDraft[];
  readonly files?: readonly FileDraft[];
  readonly result?: R;
}

/**
 * Names an intent ("expenses.submit") and says what it does to rows. Calling it writes the intent and its visible effect
 * in one local transaction and returns at once, online or not. Throws the refusals `device_full` and `gone`.
 */
export function defineMutation<A = void, R = void>(
  name: string,
  draft: (args: A) => Draft<R> | Promise<Draft<R>>,
): Mutation<A, R> {
  const intentOf = async (args: A) => {
    const { result, ...intent } = await draft(args);
    return { result: result as R, intent: { name, ...intent, operations: await sealedOperations(intent.operations) } };
  };
  const mutate = async (args: A): Promise<R> => {
    const { result, intent } = await intentOf(args);
    await localDatabase().replica.write(intent);
    return result;
  };
  const each = async (list: readonly A[]): Promise<void> => {
    const all = await Promise.all(list.map(intentOf));
    await localDatabase().replica.writeEach(all.map(({ intent }) => intent));
  };
  return Object.assign(mutate, { each });
}

/** A mutation; `each` does it for many in one local step, of which every one travels, succeeds and fails by itself. */
export interface Mutation<A, R> {
  (args: A): Promise<R>;
  readonly each: (list: readonly A[]) => Promise<void>;
}

/** Columns a person supplies for a new row; the id is made here when it is left out. */
export type NewRow<T extends TableName> = Partial<RowsByTable[T]> & { organization_id: string };

/**
 * Adds a row. `row` is what travels; `expect` is shown until the server answers: the values it will set itself
 * (status, defaults), so that a change made on top of them has the right base.
 */
export function insert<T extends TableName>(
  table: T,
  row: NewRow<T>,
  expect?: Partial<RowsByTable[T]>,
): OperationDraft {
  const { id = newId(), ...v } = row as { id?: string };
  return { op: 'ins', t: table, id, v, ...(expect ? { expect: { ...expect } } : {}) };
}

/** Changes fields of a row; only the named fields travel, with the values the person saw. */
export const update = <T extends TableName>(table: T, id: string, patch: Partial<RowsByTable[T]>): OperationDraft => ({
  op: 'upd',
  t: table,
  id,
  v: { ...patch },
});

/** Deletes a row, unless somebody changed it since this person saw it. */
export const remove = (table: TableName, id: string): OperationDraft => ({ op: 'del', t: table, id });

/**
 * Asks the server for a transition such as `expenses.approve`. `seen` holds the values on the person's screen: if they
 * changed meanwhile it is a conflict. `expect` is shown until the server answers.
 */
export function command<T extends TableName>(
  name: string,
  to: {
    table: T;
    id: string;
    args?: Record<string, unknown>;
    seen?: Partial<RowsByTable[T]>;
    expect: Partial<RowsByTable[T]>;
  },
): OperationDraft {
  const { table, id, args = {}, seen = {}, expect } = to;
  return { op: 'cmd', t: table, id, cmd: name, args, seen: { ...seen }, expect: { ...expect } };
}
