import { unreachable } from '../kernel/assert.ts';
import type { Intent, Operation, OperationDraft, Row, Tables, Values, WireMutation } from './protocol.ts';

/** The row as it looks after one operation; null when there is none (S9). */
export function step(tables: Tables, row: Row | null, op: OperationDraft): Row | null {
  switch (op.op) {
    case 'ins': // once the server has the row, its version is the truth
      return row ?? ({ ...blank(tables, op.t), ...op.v, ...op.expect, id: op.id } as Row);
    case 'upd':
      return row && { ...row, ...op.v };
    case 'del':
      return null;
    case 'cmd':
      return row && { ...row, ...op.expect };
    default:
      return unreachable(op);
  }
}

/** The row on screen: what the server holds, and on top of it the unsettled intents in the order they were made (S9). */
export function paint(
  tables: Tables,
  base: Row | null,
  table: string,
  id: string,
  intents: readonly Intent[],
): Row | null {
  const mine = intents.flatMap(({ ops }) => ops.filter((op) => op.t === table && op.id === id));
  return mine.reduce<Row | null>((row, op) => step(tables, row, op), base);
}

/** The operation with the values the person saw in what they change or delete (S10). */
export function withBase(tables: Tables, row: Row | null, known: boolean, op: OperationDraft): Operation {
  if (op.op === 'upd') return { ...op, b: pick({ ...row, ...op.b }, withSiblings(tables, op.t, Object.keys(op.v))) };
  // a row the server has not confirmed has no base to compare a deletion with
  if (op.op === 'del') return { ...op, b: known ? pick(row, tables[op.t]?.writable ?? []) : {} };
  return op.op === 'ins' ? withExpectation(tables, op) : op;
}

/** Fields that win or lose together are compared together (S11). */
function withSiblings(tables: Tables, table: string, fields: string[]): string[] {
  const groups = Object.values(tables[table]?.groups ?? {}).filter((group) => group.some((f) => fields.includes(f)));
  return [...new Set([...fields, ...groups.flat()])];
}

/** Columns the server fills in itself are shown, not sent. */
function withExpectation(tables: Tables, op: Extract<OperationDraft, { op: 'ins' }>): Operation {
  const insertable = new Set(tables[op.t]?.insertable);
  const sent = Object.entries(op.v).filter(([column]) => insertable.has(column));
  return { ...op, v: Object.fromEntries(sent), expect: { ...op.v, ...op.expect } };
}

/** An intent as it travels: without what is only for the screen. */
export function toWire({ id, organization_id, name, ops }: Intent): WireMutation {
  return { id, org: organization_id, name, ops: ops.map(stripped) };
}

function stripped(op: Operation): Values {
  const { expect: _shown, ...wire } = op as Operation & { expect?: Values };
  return wire;
}

function blank(tables: Tables, table: string): Values {
  return Object.fromEntries((tables[table]?.columns ?? []).map((column) => [column, null]));
}

/** Some values of a row; what it does not have is null, as the database would say. */
export function pick(row: Values | null, columns: readonly string[]): Values {
  return Object.fromEntries(columns.map((column) => [column, row?.[column] ?? null]));
}
