import type pg from 'pg';
import { FOREIGN_KEYS, FUNCTIONS, RELATIONS, ROLE_SETTINGS } from './catalog-sql.ts';
import { viewColumns, type ViewColumn } from './view-tree.ts';

/** A column; `base` is the type's own name, below any domain. */
export interface Column {
  name: string;
  position: number;
  type: string;
  base: string;
  default: string | null;
}

/** A table or view. */
export interface Relation {
  oid: number;
  schema: string;
  name: string;
  view: boolean;
  columns: Map<string, Column>;
  primaryKey: string[];
  uniques: string[][];
}

/** One step from a relation to another, as a foreign key allows it. */
export interface Link {
  constraint: string;
  source: Relation;
  target: Relation;
  columns: string[];
  references: string[];
}

/** An argument of a function. */
export interface Argument {
  name: string;
  type: string;
  base: string;
  required: boolean;
}

/** A callable function. */
export interface Procedure {
  schema: string;
  name: string;
  args: Argument[];
  variadic: boolean;
  volatility: 'i' | 's' | 'v';
  returnsSet: boolean;
  returns: 'void' | 'scalar' | 'composite';
  /** The table whose rows it returns, which can be embedded into and selected from. */
  relation: Relation | undefined;
  settings: [string, string][];
}

/** What the database offers to the API. */
export interface Catalog {
  relations: Map<string, Relation>;
  links: Link[];
  procedures: Map<string, Procedure[]>;
  roleSettings: Map<string, [string, string][]>;
}

/** The key of a relation or function: schema and name. */
export const keyOf = (schema: string, name: string): string => `${schema}.${name}`;

interface RelationRow {
  oid: number;
  schema: string;
  name: string;
  view: boolean;
  columns: Column[];
  primary_key: string[];
  uniques: string[][];
  view_tree: string | null;
}

interface KeyRow {
  name: string;
  source: number;
  target: number;
  columns: string[];
  references: string[];
}

/** Reads what the exposed schemas hold. */
export async function loadCatalog(pool: pg.Pool, schemas: string[]): Promise<Catalog> {
  const [relations, keys, functions, settings] = await Promise.all([
    pool.query<RelationRow>(RELATIONS, [schemas]),
    pool.query<KeyRow>(FOREIGN_KEYS),
    pool.query<FunctionRow>(FUNCTIONS, [schemas]),
    pool.query<{ role: string; name: string; value: string }>(ROLE_SETTINGS),
  ]);
  const byOid = new Map(relations.rows.map((row) => [row.oid, relation(row)]));
  const exposed = [...byOid.values()].filter(({ schema }) => schemas.includes(schema));
  const links = keys.rows.flatMap((row) => link(row, byOid));
  return {
    relations: new Map(exposed.map((one) => [keyOf(one.schema, one.name), one])),
    links: withViews(links, relations.rows, byOid),
    procedures: group(functions.rows.map((row) => procedure(row, byOid))),
    roleSettings: settingsByRole(settings.rows),
  };
}

function relation({ oid, schema, name, view, columns, primary_key, uniques }: RelationRow): Relation {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return { oid, schema, name, view, columns: byName, primaryKey: primary_key, uniques };
}

function link(row: KeyRow, byOid: Map<number, Relation>): Link[] {
  const source = byOid.get(row.source);
  const target = byOid.get(row.target);
  if (!source || !target) return [];
  return [{ constraint: row.name, source, target, columns: row.columns, references: row.references }];
}

/** A view links as the tables below it do, as far as it shows the key's columns. */
function withViews(links: Link[], rows: RelationRow[], byOid: Map<number, Relation>): Link[] {
  const trees = new Map(
    rows.flatMap((row) => (row.view_tree ? [[row.oid, viewColumns(row.view_tree)]] : [])) as [number, ViewColumn[]][],
  );
  const shown = [...trees.keys()].map((oid) => ({ view: byOid.get(oid)!, columns: resolveColumns(oid, trees, byOid) }));
  const all = [...links];
  for (const one of links) {
    const sources = shown.flatMap((view) => throughView(one.source, one.columns, view));
    const targets = shown.flatMap((view) => throughView(one.target, one.references, view));
    const from = [{ relation: one.source, columns: one.columns }, ...sources];
    const to = [{ relation: one.target, columns: one.references }, ...targets];
    for (const a of from) {
      for (const b of to) {
        if (a.relation === one.source && b.relation === one.target) continue;
        all.push({
          constraint: one.constraint,
          source: a.relation,
          target: b.relation,
          columns: a.columns,
          references: b.columns,
        });
      }
    }
  }
  return all;
}

interface ShownView {
  view: Relation;
  /** `table oid:column name` to the view's own column name. */
  columns: Map<string, string>;
}

function throughView(base: Relation, columns: string[], { view, columns: shown }: ShownView) {
  const names = columns.map((column) => shown.get(`${base.oid}:${column}`));
  return names.includes(undefined) ? [] : [{ relation: view, columns: names as string[] }];
}

function resolveColumns(
  oid: number,
  trees: Map<number, ViewColumn[]>,
  byOid: Map<number, Relation>,
): Map<string, string> {
  const found = new Map<string, string>();
  for (const { name, table, position } of trees.get(oid) ?? []) {
    const below = trees.has(table) ? resolveColumns(table, trees, byOid) : undefined;
    const columns = [...(byOid.get(table)?.columns.values() ?? [])];
    const column = columns.find((one) => one.position === position)?.name;
    if (!column) continue;
    if (!below) found.set(`${table}:${column}`, name);
    else for (const [origin, shown] of below) if (shown === column) found.set(origin, name);
  }
  return found;
}

interface FunctionRow {
  schema: string;
  name: string;
  volatility: 'i' | 's' | 'v';
  returns_set: boolean;
  return_name: string;
  composite: boolean | null;
  has_outputs: boolean | null;
  return_relation: number;
  variadic: boolean;
  settings: string[] | null;
  args: Omit<Argument, 'required'>[];
  defaults: number;
}

function procedure(row: FunctionRow, byOid: Map<number, Relation>): Procedure {
  const optionalFrom = row.args.length - row.defaults;
  const composite = row.return_name === 'record' ? row.has_outputs === true : row.return_relation > 0;
  return {
    schema: row.schema,
    name: row.name,
    args: row.args.map((arg, at) => ({ ...arg, required: at < optionalFrom })),
    variadic: row.variadic,
    volatility: row.volatility,
    returnsSet: row.returns_set,
    returns: row.return_name === 'void' ? 'void' : composite ? 'composite' : 'scalar',
    relation: byOid.get(row.return_relation),
    settings: (row.settings ?? []).map(pair),
  };
}

const pair = (setting: string): [string, string] => {
  const at = setting.indexOf('=');
  return [setting.slice(0, at), setting.slice(at + 1)];
};

function group(procedures: Procedure[]): Map<string, Procedure[]> {
  const map = new Map<string, Procedure[]>();
  for (const one of procedures) {
    const key = keyOf(one.schema, one.name);
    map.set(key, [...(map.get(key) ?? []), one]);
  }
  return map;
}

function settingsByRole(rows: { role: string; name: string; value: string }[]): Catalog['roleSettings'] {
  const map: Catalog['roleSettings'] = new Map();
  for (const { role, name, value } of rows) map.set(role, [...(map.get(role) ?? []), [name, value]]);
  return map;
}
