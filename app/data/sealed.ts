import { asFailure } from '../kernel/failure.ts';
import type { OperationDraft } from '../sync/protocol.ts';
import { openSealed, sealValues } from '../sync/sealing.ts';
import { localDatabase } from './db.ts';
import { tables } from './schema.gen.ts';

/** A value, or a row, with everything sealed in it readable; null in its place while it cannot be opened. In a live query it comes last. */
export async function readable<T>(value: T): Promise<T> {
  const { seal } = localDatabase();
  return openSealed({ open: (token) => seal.open(token).catch(orNothing) }, value);
}

/** Locked, or of a key this device no longer has: to the reader it is not there. */
function orNothing(thrown: unknown): null {
  const { code } = asFailure(thrown);
  if (code !== 'locked' && code !== 'sealed_away') throw thrown;
  return null;
}

/** The operations as they may rest on this device. Throws the weather failure `locked` when they hold something to seal and the screen is locked. */
export function sealedOperations(operations: readonly OperationDraft[]): Promise<OperationDraft[]> {
  return Promise.all(operations.map(sealedOperation));
}

/** Values of a table's row as they may rest on this device. Throws the weather failure `locked` as above. */
export const sealedValues = (table: string, values: Record<string, unknown>): Promise<Record<string, unknown>> =>
  sealValues(localDatabase().seal, tables, table, values);

async function sealedOperation(op: OperationDraft): Promise<OperationDraft> {
  if (op.op !== 'ins' && op.op !== 'upd') return op;
  const v = await sealedValues(op.t, op.v);
  return op.op === 'ins' && op.expect ? { ...op, v, expect: await sealedValues(op.t, op.expect) } : { ...op, v };
}
