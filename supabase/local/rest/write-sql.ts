import type { Column, Relation } from './catalog.ts';
import { RestError } from './errors.ts';
import type { ReadNode } from './plan.ts';
import type { Preferences } from './preferences.ts';
import { whereSql } from './read-sql.ts';
import { ident, qualified, type Values } from './sql.ts';

/** A body that has been understood: its rows' columns, and the text that goes to the database as it came. */
export interface Payload {
  text: string;
  columns: Column[];
  /** No rows at all: `[]`. */
  empty: boolean;
}

type Json = Record<string, unknown>;

/** Reads a JSON body for a table; throws PGRST102 for nonsense and PGRST204 for a column that does not exist. */
export function readPayload(relation: Relation, text: string, only: string[] | undefined): Payload {
  const body = parseBody(text);
  const rows = Array.isArray(body) ? body : [body];
  const keys = only ?? uniformKeys(rows);
  const columns = keys.map((key) => relation.columns.get(key) ?? unknownColumn(relation, key));
  return { text: Array.isArray(body) ? text : `[${text}]`, columns, empty: rows.length === 0 };
}

/** Parses a body that must be a JSON object or an array of them. */
export function parseBody(text: string): Json | Json[] {
  let body: unknown;
  try {
    body = JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new RestError(400, 'PGRST102', 'Empty or invalid json');
  }
  const rows: unknown[] = Array.isArray(body) ? body : [body];
  if (rows.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row))) return body as Json | Json[];
  throw new RestError(400, 'PGRST102', 'Empty or invalid json');
}

function uniformKeys(rows: Json[]): string[] {
  const keys = Object.keys(rows[0] ?? {});
  const same = (row: Json) => Object.keys(row).length === keys.length && keys.every((key) => key in row);
  if (!rows.every(same)) throw new RestError(400, 'PGRST102', 'All object keys must match');
  return keys;
}

function unknownColumn(relation: Relation, key: string): never {
  throw new RestError(400, 'PGRST204', `Could not find the '${key}' column of '${relation.name}' in the schema cache`);
}

const definition = ({ name, type }: Column): string => `${ident(name)} ${type}`;

/** Rows of the payload as a table; `missing=default` fills absent keys with the column's default. */
function bodySql(payload: Payload, preferences: Preferences, values: Values): string {
  const given = `${values.add(payload.text)}::json`;
  const defaults = payload.columns.filter((column) => column.default !== null);
  const definitions = payload.columns.map(definition).join(', ');
  if (!preferences.missingDefault || defaults.length === 0)
    return `json_to_recordset(${given}) as pgrst_body(${definitions})`;
  const pairs = defaults.map((column) => `${pgLiteral(column.name)}, ${column.default}`).join(', ');
  const filled = `select jsonb_agg(jsonb_build_object(${pairs}) || item) from jsonb_array_elements((${given})::jsonb) as item`;
  return `jsonb_to_recordset((${filled})) as pgrst_body(${definitions})`;
}

const pgLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** `insert`, with what to do about rows that exist. */
export function insertSql(
  node: ReadNode,
  payload: Payload,
  preferences: Preferences,
  conflict: string[] | undefined,
  values: Values,
): string {
  const { relation } = node;
  const names = payload.columns.map(({ name }) => ident(name));
  const target = `insert into ${qualified(relation.schema, relation.name)} as ${ident(node.alias)}`;
  const returning = returningSql(node, preferences);
  if (payload.empty)
    return `${target} select * from ${qualified(relation.schema, relation.name)} where false ${returning}`;
  if (names.length === 0) return `${target} default values ${returning}`;
  const rows = names.map((name) => `pgrst_body.${name}`).join(', ');
  const source = `select ${rows} from ${bodySql(payload, preferences, values)}`;
  const upsert = conflictSql(relation, names, preferences, conflict);
  return `${target} (${names.join(', ')}) ${source} ${upsert} ${returning}`;
}

function conflictSql(
  relation: Relation,
  names: string[],
  { resolution }: Preferences,
  given: string[] | undefined,
): string {
  const target = given ?? relation.primaryKey;
  if (!resolution || target.length === 0) return '';
  const on = `on conflict (${target.map(ident).join(', ')})`;
  if (resolution === 'ignore') return `${on} do nothing`;
  return `${on} do update set ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}

/** `update` of the rows that the filters find; hosted Supabase refuses one without filters, and so does this. */
export function updateSql(node: ReadNode, payload: Payload, preferences: Preferences, values: Values): string {
  const { relation, alias } = node;
  const returning = returningSql(node, preferences);
  const table = `${qualified(relation.schema, relation.name)} as ${ident(alias)}`;
  if (payload.columns.length === 0) return `select ${ident(alias)}.* from ${table} where false`;
  requireWhere(node, 'UPDATE');
  const set = payload.columns.map(({ name }) => `${ident(name)} = pgrst_body.${ident(name)}`).join(', ');
  return `update ${table} set ${set} from ${bodySql(payload, preferences, values)} ${whereSql(node, values)} ${returning}`;
}

/** `delete` of the rows that the filters find. */
export function deleteSql(node: ReadNode, preferences: Preferences, values: Values): string {
  requireWhere(node, 'DELETE');
  const { relation, alias } = node;
  const returning = returningSql(node, preferences);
  return `delete from ${qualified(relation.schema, relation.name)} as ${ident(alias)} ${whereSql(node, values)} ${returning}`;
}

function requireWhere(node: ReadNode, verb: string): void {
  if (node.where.length === 0) throw new RestError(400, '21000', `${verb} requires a WHERE clause`);
}

/** Only what the answer shows is returned, because returning a column needs the right to read it. */
function returningSql(node: ReadNode, { returning }: Preferences): string {
  if (returning !== 'representation') return 'returning 1';
  const shown = node.fields.map(({ field }) => field.name);
  const sorted = node.order.filter(({ relation }) => relation === undefined).map(({ field }) => field.name);
  const links = node.embeds.flatMap(({ path }) => path.on.map(([here]) => here));
  const needed = [...new Set([...shown, ...sorted, ...links])];
  const all = needed.includes('*');
  const rest = needed.filter((name) => name !== '*' && !(all && node.relation.columns.has(name)));
  const columns = [...(all ? ['*'] : []), ...rest].map((name) => columnSql(node.alias, name));
  return `returning ${columns.join(', ') || '1'}`;
}

const columnSql = (alias: string, name: string): string =>
  name === '*' ? `${ident(alias)}.*` : `${ident(alias)}.${ident(name)} as ${ident(name)}`;

/** The columns of `on_conflict=`, or nothing. */
export function conflictTarget(relation: Relation, params: URLSearchParams): string[] | undefined {
  const names = listOf(params.get('on_conflict'));
  for (const name of names ?? []) if (!relation.columns.has(name)) unknownColumn(relation, name);
  return names;
}

/** `columns=a,"b c"` as names, or nothing. */
export function listOf(text: string | null): string[] | undefined {
  if (!text) return undefined;
  return text.split(',').map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
}
