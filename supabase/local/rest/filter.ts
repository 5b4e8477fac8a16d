import { type Field, Scanner, scanField } from './scanner.ts';

/** One condition on one field. */
export interface Condition {
  kind: 'condition';
  field: Field;
  negated: boolean;
  operator: string;
  /** `eq(any)`, `like(all)`. */
  quantifier: 'any' | 'all' | undefined;
  /** The language of a full-text search. */
  language: string | undefined;
  value: string;
  /** The values of `in.(…)`. */
  list: string[];
}

/** Conditions joined by `and` or `or`. */
export interface Group {
  kind: 'group';
  join: 'and' | 'or';
  negated: boolean;
  parts: Filter[];
}

/** What `where` is made from. */
export type Filter = Condition | Group;

/** One item of `order=`. */
export interface Ordering {
  /** The embedded relation whose column sorts, for `order=client(name)`. */
  relation: string | undefined;
  field: Field;
  descending: boolean;
  nulls: 'first' | 'last' | undefined;
}

const OPERATOR =
  /(?:eq|neq|gte|gt|lte|lt|like|ilike|imatch|match|in|isdistinct|is|fts|plfts|phfts|wfts|cs|cd|ov|sl|sr|nxr|nxl|adj)(?=[.(])/y;
const LIST_ITEM = /[^,()"]*/y;

/** Parses `column=operator.value`. */
export function parseCondition(key: string, text: string): Condition {
  const fieldScanner = new Scanner(key, 'tree path');
  const field = scanField(fieldScanner);
  if (!fieldScanner.done) fieldScanner.fail('expecting end of input');
  const scanner = new Scanner(text, 'filter');
  const head = scanOperator(scanner);
  const value = head.operator === 'in' ? '' : text.slice(scanner.at);
  const list = head.operator === 'in' ? scanList(scanner) : [];
  return { kind: 'condition', field, ...head, value, list };
}

function scanOperator(scanner: Scanner): Pick<Condition, 'negated' | 'operator' | 'quantifier' | 'language'> {
  const negated = scanner.take('not.');
  const operator = scanner.match(OPERATOR) ?? scanner.fail('expecting operator (eq, gt, ...)');
  const modifier = scanner.match(/\([^)]*\)/y)?.slice(1, -1);
  scanner.expect('.');
  const quantifier = modifier === 'any' || modifier === 'all' ? modifier : undefined;
  return { negated, operator, quantifier, language: quantifier ? undefined : modifier };
}

function scanList(scanner: Scanner): string[] {
  scanner.expect('(');
  const values: string[] = [];
  if (scanner.take(')')) return values;
  do values.push(scanner.peek('"') ? scanner.quoted() : scanner.match(LIST_ITEM)!);
  while (scanner.take(','));
  scanner.expect(')');
  return values;
}

/** Parses `or=(a.eq.1,and(b.gt.2,c.is.null))`. */
export function parseGroup(join: 'and' | 'or', negated: boolean, text: string): Group {
  const scanner = new Scanner(text, 'logic tree');
  const group = scanGroup(scanner, join, negated);
  if (!scanner.done) scanner.fail('expecting end of input');
  return group;
}

function scanGroup(scanner: Scanner, join: 'and' | 'or', negated: boolean): Group {
  scanner.expect('(');
  const parts: Filter[] = [];
  do {
    scanner.match(/\s*/y);
    parts.push(scanPart(scanner));
    scanner.match(/\s*/y);
  } while (scanner.take(','));
  scanner.expect(')');
  return { kind: 'group', join, negated, parts };
}

function scanPart(scanner: Scanner): Filter {
  const word = scanner.match(/(?:not\.)?(?:and|or)(?=\()/y);
  if (word) return scanGroup(scanner, word.endsWith('and') ? 'and' : 'or', word.startsWith('not.'));
  const field = scanField(scanner);
  scanner.expect('.');
  const head = scanOperator(scanner);
  if (head.operator === 'in') return { kind: 'condition', field, ...head, value: '', list: scanList(scanner) };
  return { kind: 'condition', field, ...head, value: scanValue(scanner), list: [] };
}

/** Inside a tree a value ends at a comma or parenthesis, unless it is quoted, an array `{…}` or a range. */
function scanValue(scanner: Scanner): string {
  if (scanner.peek('"')) return scanner.quoted();
  if (scanner.peek('{')) return scanner.match(/\{[^}]*\}/y) ?? scanner.fail('unfinished array');
  if (scanner.sees(/[[(][^,()]*,[^,()]*[\])]/y)) return scanner.match(/[[(][^,()]*,[^,()]*[\])]/y)!;
  return scanner.match(/[^,()]*/y)!;
}

/** Parses `order=`. */
export function parseOrder(text: string): Ordering[] {
  const scanner = new Scanner(text, 'order');
  const orderings: Ordering[] = [];
  do orderings.push(scanOrdering(scanner));
  while (scanner.take(','));
  if (!scanner.done) scanner.fail('expecting "," or end of input');
  return orderings;
}

function scanOrdering(scanner: Scanner): Ordering {
  let field = scanField(scanner);
  let relation: string | undefined;
  if (scanner.take('(')) {
    relation = field.name;
    field = scanField(scanner);
    scanner.expect(')');
  }
  const direction = scanner.match(/\.(?:asc|desc)/y);
  const nulls = scanner.match(/\.nulls(?:first|last)/y);
  return {
    relation,
    field,
    descending: direction === '.desc',
    nulls: nulls === '.nullsfirst' ? 'first' : nulls === '.nullslast' ? 'last' : undefined,
  };
}
