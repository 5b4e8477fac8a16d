import { type Catalog, keyOf, type Relation } from './catalog.ts';
import { RestError } from './errors.ts';
import { type Filter, type Ordering, parseCondition, parseGroup, parseOrder } from './filter.ts';
import { findPath, type Path } from './links.ts';
import { parseSelect, type SelectedField, type SelectedRelation, type SelectItem } from './select.ts';

/** One level of a read: a table, what is shown of it, and what hangs below. */
export interface ReadNode {
  relation: Relation;
  /** The name of its rows inside the statement. */
  alias: string;
  fields: SelectedField[];
  embeds: Embed[];
  where: Filter[];
  order: Ordering[];
  limit: number | undefined;
  offset: number;
}

/** A related table inside a read. */
export interface Embed {
  /** The key in the parent's JSON. */
  key: string;
  /** The name in `select=`. */
  name: string;
  node: ReadNode;
  path: Path;
  inner: boolean;
  spread: boolean;
  /** `client=is.null` and `client=not.is.null` on the parent. */
  mustExist: boolean | undefined;
}

const RESERVED = new Set(['select', 'order', 'limit', 'offset', 'columns', 'on_conflict', 'apikey']);

/** Finds a relation; throws PGRST205 with a guess at what was meant. */
export function findRelation(catalog: Catalog, schema: string, name: string): Relation {
  const found = catalog.relations.get(keyOf(schema, name));
  if (found) return found;
  const guess = closest(
    name,
    [...catalog.relations.values()].filter((one) => one.schema === schema).map((one) => one.name),
  );
  throw new RestError(404, 'PGRST205', `Could not find the table '${schema}.${name}' in the schema cache`, {
    hint: guess ? `Perhaps you meant the table '${schema}.${guess}'` : null,
  });
}

/** The name that shares the longest beginning, if it is worth mentioning. */
export function closest(name: string, names: string[]): string | undefined {
  const shared = (other: string) => [...other].findIndex((letter, at) => letter !== name[at]);
  const score = (other: string) => (shared(other) === -1 ? other.length : shared(other));
  const best = names.toSorted((a, b) => score(b) - score(a))[0];
  return best !== undefined && score(best) >= Math.min(3, name.length) ? best : undefined;
}

/** Turns the query parameters of a read into a tree; `skip` are parameters with another meaning (arguments of a call). */
export function planRead(catalog: Catalog, relation: Relation, params: URLSearchParams, skip?: Set<string>): ReadNode {
  const names = new Aliases();
  const root = node(catalog, relation, names.take(relation.name), parseSelect(params.get('select')), names);
  for (const [key, value] of params) if (!skip?.has(key)) apply(root, key, value);
  return root;
}

/** Names of rows inside one statement: `clients`, `clients_1`, … */
class Aliases {
  #count = 0;

  take(name: string): string {
    const alias = this.#count === 0 ? name : `${name.slice(0, 50)}_${this.#count}`;
    this.#count += 1;
    return alias;
  }
}

function node(catalog: Catalog, relation: Relation, alias: string, items: SelectItem[], names: Aliases): ReadNode {
  const fields = items.filter((item) => item.kind === 'field');
  const relations = items.filter((item) => item.kind === 'relation');
  const embeds = relations.map((item) => embed(catalog, relation, item, names));
  return { relation, alias, fields, embeds, where: [], order: [], limit: undefined, offset: 0 };
}

function embed(catalog: Catalog, parent: Relation, item: SelectedRelation, names: Aliases): Embed {
  const path = findPath(catalog, parent, item);
  if (item.spread && !path.one) throw noSpread(parent, item);
  return {
    key: item.alias ?? item.name,
    name: item.name,
    node: node(catalog, path.target, names.take(path.target.name), item.items, names),
    path,
    inner: item.inner,
    spread: item.spread,
    mustExist: undefined,
  };
}

const noSpread = (parent: Relation, item: SelectedRelation): RestError =>
  new RestError(400, 'PGRST119', `A spread operation on '${item.name}' is not possible`, {
    details: `'${parent.name}' and '${item.name}' do not form a many-to-one or one-to-one relationship`,
  });

const PATH = /^(?:[\p{L}\p{N}_$ -]+|"[^"]*")\./u;

/** Puts one query parameter where it belongs in the tree. */
function apply(root: ReadNode, key: string, value: string): void {
  let at = root;
  let rest = key;
  for (let step = stepOf(rest); step !== undefined; step = stepOf(rest)) {
    at = below(at, step.replaceAll('"', ''));
    rest = rest.slice(step.length + 1);
  }
  if (at !== root || !RESERVED.has(rest)) applyHere(at, rest, value);
  else applyReserved(at, rest, value);
}

/** The first step of `clients.not.or`, if it is the name of an embedded relation. */
function stepOf(key: string): string | undefined {
  const step = PATH.exec(key)?.[0].slice(0, -1);
  const arrow = key.indexOf('->');
  const isJsonPath = arrow >= 0 && arrow < key.indexOf('.');
  return step === 'not' || isJsonPath ? undefined : step;
}

function below(parent: ReadNode, name: string): ReadNode {
  const found = parent.embeds.find((one) => one.key === name) ?? parent.embeds.find((one) => one.name === name);
  if (found) return found.node;
  throw new RestError(400, 'PGRST108', `'${name}' is not an embedded resource in this request`, {
    hint: `Verify that '${name}' is included in the 'select' query parameter.`,
  });
}

function applyReserved(node: ReadNode, name: string, value: string): void {
  if (name === 'order') node.order = parseOrder(value);
  else if (name === 'limit') node.limit = whole(value, node.limit);
  else if (name === 'offset') node.offset = whole(value, 0) ?? 0;
}

function applyHere(node: ReadNode, name: string, value: string): void {
  const logic = /^(not\.)?(and|or)$/.exec(name);
  if (logic) node.where.push(parseGroup(logic[2] as 'and' | 'or', logic[1] !== undefined, value));
  else if (name === 'order' || name === 'limit' || name === 'offset') applyReserved(node, name, value);
  else applyCondition(node, name, value);
}

function applyCondition(node: ReadNode, name: string, value: string): void {
  const condition = parseCondition(name, value);
  const child = node.embeds.find((one) => one.key === name || one.name === name);
  const aboutEmbed =
    child && !node.relation.columns.has(name) && condition.operator === 'is' && condition.value === 'null';
  if (aboutEmbed) child.mustExist = condition.negated;
  else node.where.push(condition);
}

function whole(value: string, fallback: number | undefined): number | undefined {
  if (/^\d+$/.test(value)) return Number(value);
  if (value === '') return fallback;
  throw new RestError(400, 'PGRST100', `"failed to parse integer (${value})" (line 1, column 1)`);
}
