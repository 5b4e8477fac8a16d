import {
  same,
  type Case,
  type Operation,
  type Resolution,
  type Resolutions,
  type Values,
} from '../../data/decisions.ts';
import type { TableInfo, TableName } from '../../data/schema.gen.ts';

/** One thing to decide: a field, or fields that belong together such as an amount and its currency. */
export interface Line {
  readonly key: string;
  /** `table:id` of the row it is about. */
  readonly row: string;
  readonly table: TableName;
  readonly fields: readonly string[];
  readonly mine: Values;
  readonly theirs: Values;
  /** The login that changed the row last; null when no person did, undefined when this device does not know. */
  readonly by: string | null | undefined;
  readonly changed_at: string | undefined;
  /** Theirs has changed again since the server spoke. */
  readonly newer: boolean;
}

/** Mine, theirs, or values typed instead. */
export type Choice = 'mine' | 'theirs' | Values;

type Infos = Readonly<Record<string, Pick<TableInfo, 'groups'>>>;
type Told = Case['item']['fields'][number];

/** Whether nothing but steps is in question (an approval, a deletion): they are taken again or left, never field by field. */
export const isDecision = ({ operations }: Pick<Case, 'operations'>): boolean =>
  operations.every(({ op }) => op === 'cmd' || op === 'del');

/** What there is to decide, or for a step: everything that is not as it was seen. */
export function linesOf(found: Case, tables: Infos): Line[] {
  const wanted = isDecision(found)
    ? seenBySteps(found)
    : [...found.wishes].map(([row, wish]) => ({ row, ...whole(wish) }));
  return wanted.flatMap(({ row, mine, base }) => {
    const contested = Object.keys(mine).filter((field) => isContested(found, row, field, mine, base));
    return units(tables[tableOf(row)]?.groups ?? {}, contested, Object.keys(mine))
      .map((fields) => lineOf(found, row, fields, mine))
      .filter((line) => !sameIn(line.fields, line.mine, line.theirs));
  });
}

const whole = ({ own, kin, base }: { own: Values; kin: Values; base: Values }) => ({ mine: { ...kin, ...own }, base });

/** What the latest step about each row saw, or what a deletion took away. */
function seenBySteps({ operations, item }: Case): { row: string; mine: Values; base: Values }[] {
  const latest = new Map(operations.map((op) => [`${op.t}:${op.id}`, op] as const));
  return [...latest].map(([row, op]) => {
    const told = item.fields.filter((field) => rowOf(field, item) === row);
    const unseen = Object.fromEntries(told.map(({ field }) => [field, undefined]));
    const mine = { ...unseen, ...(op.op === 'cmd' ? op.seen : op.b) };
    return { row, mine, base: mine };
  });
}

/** The server named it, or the row has moved since without coming to what is wanted. */
function isContested(found: Case, row: string, field: string, mine: Values, base: Values): boolean {
  if (toldOf(found, row, field)) return true;
  const { value } = theirsOf(found, row, field);
  return found.truth.get(row) !== null && !same(base[field], value) && !same(mine[field], value);
}

/** Fields one by one, and those that belong together as one. */
function units(groups: Readonly<Record<string, readonly string[]>>, contested: string[], wanted: string[]): string[][] {
  const touched = Object.values(groups).filter((group) => group.some((field) => contested.includes(field)));
  const single = contested.filter((field) => !touched.flat().includes(field));
  const joint = touched.map((group) => group.filter((field) => wanted.includes(field)));
  return [...joint, ...single.map((field) => [field])];
}

function lineOf(found: Case, row: string, fields: readonly string[], mine: Values): Line {
  const facts = fields.map((field) => theirsOf(found, row, field));
  const theirs = Object.fromEntries(fields.map((field, at) => [field, facts[at]!.value]));
  const { by, changed_at } = facts.find(({ told }) => told) ?? facts[0]!;
  const newer = facts.some((fact) => fact.newer);
  return {
    key: `${row}:${fields.join('+')}`,
    row,
    table: tableOf(row) as TableName,
    fields,
    mine: Object.fromEntries(fields.map((field) => [field, mine[field]])),
    theirs,
    by,
    changed_at,
    newer,
  };
}

/** The newest word on a field: the verdict's, or that of the row here when it is at least as new (S14). */
function theirsOf(found: Case, row: string, field: string) {
  const told = toldOf(found, row, field);
  const held = found.truth.get(row);
  const version = held?.['row_version'];
  const here = held && !(typeof version === 'number' && told?.version !== undefined && version < told.version);
  const value = here ? (held[field] ?? null) : (told?.theirs ?? null);
  const newer = Boolean(here && told && !same(value, told.theirs));
  const stamped = told?.changed_at && !newer;
  const by = stamped ? told.by : (held?.['updated_by'] as string | null | undefined);
  const changed_at = stamped ? told.changed_at! : (held?.['updated_at'] as string | undefined);
  return { told: told !== undefined, value, newer, by, changed_at };
}

const toldOf = ({ item, wishes }: Case, row: string, field: string): Told | undefined =>
  item.fields.findLast((told) => told.field === field && rowOf(told, item, wishes) === row);

/** Notices of earlier versions do not say which row a field belongs to: it is the one it was wanted in. */
function rowOf(told: Told, item: Case['item'], wishes?: Case['wishes']): string {
  if (told.table && told.row_id) return `${told.table}:${told.row_id}`;
  const wanted = [...(wishes ?? [])].find(([, { own }]) => told.field in own);
  return wanted?.[0] ?? `${item.table}:${item.row_id}`;
}

/** The table of a row key. */
export const tableOf = (row: string): string => row.slice(0, row.indexOf(':'));

const sameIn = (fields: readonly string[], a: Values, b: Values): boolean =>
  fields.every((field) => same(a[field], b[field]));

/** What a line comes to. */
export function resultOf({ mine, theirs }: Line, choice: Choice): Values {
  if (choice === 'mine') return mine;
  return choice === 'theirs' ? theirs : choice;
}

/** Whether a choice leaves a line as the others made it. */
export const stays = (line: Line, choice: Choice | undefined): boolean =>
  choice !== undefined && sameIn(line.fields, resultOf(line, choice), line.theirs);

/** The decisions of a person, as sync wants them. */
export function resolutionsOf(lines: readonly Line[], choices: ReadonlyMap<string, Choice>): Resolutions {
  const found: Record<string, { leave: string[]; values: Values; seen: Values }> = {};
  for (const line of lines) {
    const choice = choices.get(line.key) ?? 'mine';
    const about = (found[line.row] ??= { leave: [], values: {}, seen: {} });
    Object.assign(about.seen, line.theirs);
    if (stays(line, choice)) about.leave.push(...line.fields);
    else if (typeof choice === 'object') Object.assign(about.values, choice);
  }
  return found satisfies Record<string, Resolution>;
}

/** What a step goes by when it is taken again: what is on the screen now of everything it looked at. */
export function seenNow(found: Case): Resolutions {
  const steps = found.operations.filter((op): op is Extract<Operation, { op: 'cmd' }> => op.op === 'cmd');
  return Object.fromEntries(
    steps.map((op) => {
      const row = `${op.t}:${op.id}`;
      const fields = Object.keys(op.seen);
      return [row, { seen: Object.fromEntries(fields.map((field) => [field, theirsOf(found, row, field).value])) }];
    }),
  );
}

/** What goes along without anybody contesting it, by row: other fields of an intent that is sent or left as a whole. */
export function alongside(found: Case, lines: readonly Line[]): { row: string; values: Values }[] {
  const decided = new Set(lines.flatMap(({ row, fields }) => fields.map((field) => `${row}:${field}`)));
  const added = found.operations.flatMap((op) => (op.op === 'ins' ? [{ row: `${op.t}:${op.id}`, values: op.v }] : []));
  const changed = [...found.wishes].map(([row, { own }]) => {
    const open = ([field, value]: [string, unknown]) =>
      !decided.has(`${row}:${field}`) && !same(value, theirsOf(found, row, field).value);
    return { row, values: Object.fromEntries(Object.entries(own).filter(open)) };
  });
  return [...changed, ...added].filter(({ values }) => Object.keys(values).length > 0);
}

/** Whether a decision sends anything: a field that does not stay, something alongside, or a step. */
export function sends(found: Case, lines: readonly Line[], choices: ReadonlyMap<string, Choice>): boolean {
  return (
    lines.some((line) => !stays(line, choices.get(line.key))) ||
    alongside(found, lines).length > 0 ||
    found.operations.some(({ op }) => op !== 'upd')
  );
}
