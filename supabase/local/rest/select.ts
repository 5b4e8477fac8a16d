import { RestError } from './errors.ts';
import { type Field, Scanner, scanField } from './scanner.ts';

/** A column in `select=`. */
export interface SelectedField {
  kind: 'field';
  field: Field;
  alias: string | undefined;
  cast: string | undefined;
}

/** A related table in `select=`. */
export interface SelectedRelation {
  kind: 'relation';
  name: string;
  alias: string | undefined;
  hint: string | undefined;
  inner: boolean;
  spread: boolean;
  items: SelectItem[];
}

/** One item of `select=`. */
export type SelectItem = SelectedField | SelectedRelation;

const ALIAS = /(?:[\p{L}\p{N}_$ ]+|"(?:[^"\\]|\\.)*"):(?!:)/uy;
const CAST = /[\w ]+(?:\(\d+(?:,\d+)?\))?(?:\[\])?/y;
const AGGREGATE = /\.?(?:count|sum|avg|min|max)\(\)/y;

/** Parses `select=`; an empty one means everything. */
export function parseSelect(text: string | null): SelectItem[] {
  if (text === null || text === '') return [star()];
  const scanner = new Scanner(text, 'select parameter');
  const items = scanItems(scanner);
  if (!scanner.done) scanner.fail('expecting "," or end of input');
  return items;
}

const star = (): SelectedField => ({
  kind: 'field',
  field: { name: '*', path: [] },
  alias: undefined,
  cast: undefined,
});

function scanItems(scanner: Scanner): SelectItem[] {
  const items: SelectItem[] = [];
  if (scanner.peek(')')) return items;
  do {
    scanner.match(/\s*/y);
    items.push(scanItem(scanner));
    scanner.match(/\s*/y);
  } while (scanner.take(','));
  return items;
}

function scanItem(scanner: Scanner): SelectItem {
  if (scanner.take('*')) return star();
  const spread = scanner.take('...');
  if (scanner.sees(AGGREGATE)) throw noAggregates();
  const alias = unquote(scanner.match(ALIAS)?.slice(0, -1).trim());
  if (scanner.sees(AGGREGATE)) throw noAggregates();
  const field = scanField(scanner);
  if (field.path.length === 0 && (scanner.peek('!') || scanner.peek('('))) {
    return scanRelation(scanner, field.name, alias, spread);
  }
  if (spread) scanner.fail('expecting "("');
  if (scanner.sees(AGGREGATE)) throw noAggregates();
  const cast = scanner.take('::') ? (scanner.match(CAST) ?? scanner.fail('expecting a type')) : undefined;
  if (scanner.sees(AGGREGATE)) throw noAggregates();
  return { kind: 'field', field, alias, cast };
}

function unquote(name: string | undefined): string | undefined {
  return name?.startsWith('"') ? name.slice(1, -1).replace(/\\(.)/gs, '$1') : name;
}

function scanRelation(scanner: Scanner, name: string, alias: string | undefined, spread: boolean): SelectedRelation {
  let hint: string | undefined;
  let inner = false;
  while (scanner.take('!')) {
    const word = scanner.name();
    if (word === 'inner') inner = true;
    else if (word !== 'left') hint = word;
  }
  scanner.expect('(');
  const items = scanItems(scanner);
  scanner.expect(')');
  return { kind: 'relation', name, alias, hint, inner, spread, items };
}

/** Hosted Supabase keeps aggregates off unless a project turns them on. */
const noAggregates = (): RestError => new RestError(400, 'PGRST123', 'Use of aggregate functions is not allowed');
