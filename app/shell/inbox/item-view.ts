import { caseOf, type Case, type Operation } from '../../data/decisions.ts';
import { tables, type ExpenseRow } from '../../data/schema.gen.ts';
import { askAgain, type Again } from '../../features/expenses/index.ts';
import { formatInstant } from '../../kernel/day.ts';
import { alongside, isDecision, linesOf, tableOf, type Line } from './choices.ts';
import { fieldWord, refusalSentence, words } from './words.ts';
import { personWords, titleOf, valueWords } from './value-words.ts';

/** A line with its words. */
export interface LineView extends Line {
  readonly name: string;
  readonly mineWords: string;
  readonly theirsWords: string;
  /** Whose "theirs" is. */
  readonly who: string;
  /** When it was changed, as a person reads it. */
  readonly when: string;
}

/** A name and a value in words. */
export interface Entry {
  readonly name: string;
  readonly value: string;
}

/** Everything the screen of one item shows. */
export interface ItemView {
  readonly found: Case;
  readonly shape: 'fields' | 'decision' | 'refused';
  readonly title: string;
  readonly sentence: string;
  readonly lines: readonly LineView[];
  /** What goes along without anybody contesting it; of a refused intent all that was typed. */
  readonly along: readonly Entry[];
  /** The row is not here any more. */
  readonly gone: boolean;
  readonly again: Again;
  readonly organization_id: string;
  /** Where the thing itself can be looked at. */
  readonly path: string | undefined;
}

/** One item in words; undefined when it is settled. Live inside a `LiveQuery`. */
export async function viewOf(id: string): Promise<ItemView | undefined> {
  const found = await caseOf(id);
  if (!found) return undefined;
  const { item, operations, organization_id } = found;
  const lines = await Promise.all(linesOf(found, tables).map((line) => inWords(line, organization_id)));
  const shape = item.kind === 'refused' ? 'refused' : isDecision(found) ? 'decision' : 'fields';
  const again = await againOf(found);
  return {
    found,
    shape,
    title: await titleOf(item, operations),
    sentence: sentenceOf(found, shape, lines, again),
    lines: shape === 'refused' ? [] : lines,
    along: await entriesOf(found, shape === 'refused' ? [] : lines),
    gone: isGone(found),
    again,
    organization_id,
    path: pathOf(found),
  };
}

async function inWords(line: Line, organization_id: string): Promise<LineView> {
  const { table, fields, mine, theirs, by, changed_at } = line;
  const [mineWords, theirsWords, who] = await Promise.all([
    valueWords(table, fields, mine),
    valueWords(table, fields, theirs),
    personWords(by, organization_id),
  ]);
  const when = changed_at ? formatInstant(changed_at) : '';
  return { ...line, name: fieldWord(table, fields), mineWords, theirsWords, who, when };
}

function sentenceOf({ item }: Case, shape: ItemView['shape'], lines: readonly LineView[], again: Again): string {
  if (shape === 'refused') return refusalSentence(item);
  if (lines.length === 0 && shape === 'fields') return words.equal;
  const who = listed([...new Set(lines.map((line) => line.who))]) || words.somebody;
  const what = listed(lines.map(({ name }) => `“${name}”`));
  if (shape === 'decision') return `${again.did ?? words.didSomething} ${words.meanwhile(who, what)}`;
  return who === words.you ? words.changedByMe(what) : words.changed(who, what);
}

const listed = (names: readonly string[]): string => new Intl.ListFormat('en', { type: 'conjunction' }).format(names);

/** What the room says about doing it once more; rooms without a say let it be tried. */
async function againOf({ item, operations, truth }: Case): Promise<Again> {
  const claim = [...truth].find(([key, row]) => row && tableOf(key) === 'expenses')?.[1];
  if (claim && operations.some(({ t }) => t === 'expenses'))
    return askAgain(operations, claim as unknown as ExpenseRow);
  const deletes = operations.some(({ op }) => op === 'del') && item.kind === 'conflict';
  return deletes ? { did: words.didDelete, label: words.deleteAgain, hindrance: null } : { hindrance: null };
}

/** A row that was to be changed and is not here; rows that were to be added need not be. */
function isGone({ operations, truth }: Case): boolean {
  const added = new Set(operations.flatMap((op) => (op.op === 'ins' ? [`${op.t}:${op.id}`] : [])));
  return operations.some(({ t, id }) => !added.has(`${t}:${id}`) && truth.get(`${t}:${id}`) === null);
}

const silent = new Set(['id', 'organization_id', 'person_id', 'user_id', 'expense_id', 'membership_id', 'position']);

/** Names and values of what goes along, money in one piece; the bookkeeping of photos is not for people. */
async function entriesOf(found: Case, lines: readonly Line[]): Promise<Entry[]> {
  const about = alongside(found, lines).filter(({ row }) => tableOf(row) !== 'expense_receipts');
  const entries = about.flatMap(({ row, values }) =>
    unitsOf(tableOf(row), values).map(async (fields) => {
      const held = { ...found.truth.get(row), ...values };
      return { name: fieldWord(tableOf(row), fields), value: await valueWords(tableOf(row), fields, held) };
    }),
  );
  const all = await Promise.all(entries);
  return all.filter(({ value }) => value !== words.nothing);
}

function unitsOf(table: string, values: Record<string, unknown>): string[][] {
  const named = Object.keys(values).filter((field) => !silent.has(field));
  const groups = Object.values(tables[table as keyof typeof tables]?.groups ?? {});
  const touched = groups.filter((group) => group.some((field) => named.includes(field)));
  return [...touched.map((group) => [...group]), ...named.filter((f) => !touched.flat().includes(f)).map((f) => [f])];
}

function pathOf({ item, truth, operations }: Case): string | undefined {
  const held = truth.get(`${item.table}:${item.row_id}`);
  const expense = item.table === 'expenses' ? item.row_id : held?.['expense_id'];
  if (typeof expense === 'string' && (held || operations.length === 0)) return `/expenses/${expense}`;
  return held && (item.table === 'people' || item.table === 'person_details') ? `/people/${item.row_id}` : undefined;
}

/** Intents whose author typed a claim; decisions about one are not corrected in a form. */
export const writesClaim = ({ operations }: { operations: readonly Operation[] }, name: string): boolean =>
  (name === 'expenses.save' || name === 'expenses.submit') && operations.some(({ t }) => t === 'expenses');
