import pg from 'pg';
import type { Relation } from './catalog.ts';
import type { Condition, Filter, Ordering } from './filter.ts';
import { RestError } from './errors.ts';
import type { Field } from './scanner.ts';

/** Quotes a name. */
export const ident = (name: string): string => pg.escapeIdentifier(name);
/** Quotes a name with its schema. */
export const qualified = (schema: string, name: string): string => `${ident(schema)}.${ident(name)}`;
const literal = (text: string): string => pg.escapeLiteral(text);

/** The values of one statement; what a caller sends only ever travels as one of these. */
export class Values {
  readonly list: (string | null)[] = [];

  add(value: string | null): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}

/** A column of aliased rows, with its walk into JSON. */
export function fieldSql(alias: string, relation: Relation, { name, path }: Field): string {
  const column = `${ident(alias)}.${name === '*' ? '*' : ident(name)}`;
  if (path.length === 0) return column;
  const isJson = /^jsonb?$/.test(relation.columns.get(name)?.base ?? 'jsonb');
  const steps = path.map(({ key, text }) => `${text ? '->>' : '->'}${/^-?\d+$/.test(key) ? key : literal(key)}`);
  return `${isJson ? column : `to_jsonb(${column})`}${steps.join('')}`;
}

const COMPARISONS: Record<string, string> = {
  eq: '=',
  neq: '<>',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  like: 'like',
  ilike: 'ilike',
  match: '~',
  imatch: '~*',
  isdistinct: 'is distinct from',
  cs: '@>',
  cd: '<@',
  ov: '&&',
  sl: '<<',
  sr: '>>',
  nxr: '&<',
  nxl: '&>',
  adj: '-|-',
};
const SEARCHES: Record<string, string> = {
  fts: 'to_tsquery',
  plfts: 'plainto_tsquery',
  phfts: 'phraseto_tsquery',
  wfts: 'websearch_to_tsquery',
};
const IS = new Set(['null', 'true', 'false', 'unknown', 'not_null']);

/** A condition or a tree of them. */
export function filterSql(alias: string, relation: Relation, filter: Filter, values: Values): string {
  if (filter.kind === 'condition') return conditionSql(alias, relation, filter, values);
  const parts = filter.parts.map((part) => filterSql(alias, relation, part, values));
  return `${filter.negated ? 'not ' : ''}(${parts.join(` ${filter.join} `)})`;
}

function conditionSql(alias: string, relation: Relation, condition: Condition, values: Values): string {
  const field = fieldSql(alias, relation, condition.field);
  const test = testSql(field, relation, condition, values);
  return condition.negated ? `not (${test})` : test;
}

function testSql(field: string, relation: Relation, condition: Condition, values: Values): string {
  const { operator, value } = condition;
  if (operator === 'in') return `${field} = any(${values.add(arrayLiteral(condition.list))})`;
  if (operator === 'is') return isSql(field, value);
  if (operator in SEARCHES) return searchSql(field, relation, condition, values);
  const sign = COMPARISONS[operator]!;
  const pattern = operator === 'like' || operator === 'ilike' ? value.replaceAll('*', '%') : value;
  const operand = values.add(pattern);
  return `${field} ${sign} ${condition.quantifier ? `${condition.quantifier}(${operand})` : operand}`;
}

function isSql(field: string, value: string): string {
  const word = value.toLowerCase();
  if (IS.has(word)) return `${field} is ${word === 'not_null' ? 'not null' : word}`;
  throw new RestError(400, 'PGRST100', `"failed to parse filter (is.${value})" (line 1, column 4)`, {
    details: 'unexpected value, expecting null, not_null, true, false or unknown',
  });
}

function searchSql(field: string, relation: Relation, condition: Condition, values: Values): string {
  const language = condition.language ? `${values.add(condition.language)}::regconfig, ` : '';
  const isVector = relation.columns.get(condition.field.name)?.base === 'tsvector';
  const document = isVector ? field : `to_tsvector(${language}${field})`;
  return `${document} @@ ${SEARCHES[condition.operator]!}(${language}${values.add(condition.value)})`;
}

/** A Postgres array literal of texts. */
export function arrayLiteral(items: string[]): string {
  const quoted = items.map((item) => `"${item.replace(/(["\\])/g, '\\$1')}"`);
  return `{${quoted.join(',')}}`;
}

/** One item of `order by`. */
export function orderSql(alias: string, relation: Relation, { field, descending, nulls }: Ordering): string {
  const direction = descending ? ' desc' : ' asc';
  return `${fieldSql(alias, relation, field)}${direction}${nulls ? ` nulls ${nulls}` : ''}`;
}
