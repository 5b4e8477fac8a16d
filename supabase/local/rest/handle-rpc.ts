import type pg from 'pg';
import {
  bodySql,
  buildResponse,
  contentRange,
  HEADERS_SQL,
  type Outcome,
  rangeStatus,
  requireOne,
  type Shape,
  shapeOf,
} from './answer.ts';
import type { Procedure } from './catalog.ts';
import { RestError } from './errors.ts';
import { bound, wrapSql } from './handle-read.ts';
import { planRead, type ReadNode } from './plan.ts';
import { parsePreferences, type Preferences } from './preferences.ts';
import { countSql, selectSql } from './read-sql.ts';
import { type Call, callByQuery, callSql, findProcedure, hoisted, resultRelation } from './rpc.ts';
import type { Ask } from './ask.ts';
import { ident, Values } from './sql.ts';
import { asCaller, runPlanned } from './transaction.ts';
import { parseBody } from './write-sql.ts';

/** GET, HEAD and POST of `/rpc/<function>`. */
export async function callProcedure(ask: Ask, name: string): Promise<Response> {
  const preferences = parsePreferences(ask.request.headers.get('prefer'));
  const shape = shapeOf(ask.request.headers.get('accept'));
  const values = new Values();
  const { call, from } = await matched(ask, name, values);
  const { procedure } = call;
  const plan = procedure.returns === 'composite' ? planResult(ask, call) : undefined;
  const sql = plan
    ? rowsStatement(plan, from, shape, preferences, procedure.returnsSet, values)
    : scalarStatement(from, procedure);
  const readOnly = ask.request.method !== 'POST' || procedure.volatility !== 'v';
  const roleSettings = ask.catalog.roleSettings.get(ask.caller.claims.role) ?? [];
  const mode = { readOnly, searchPath: ask.searchPath, settings: [...roleSettings, ...hoisted(procedure)] };
  const outcome = await asCaller(ask.deps.pool, ask.caller, mode, async (client) => {
    const { rows } = await runPlanned<Outcome & pg.QueryResultRow>(client, sql, values.list);
    if (procedure.returnsSet || plan) requireOne(shape, Number(rows[0]!.rows));
    return rows[0]!;
  });
  if (procedure.returns === 'void') return buildResponse(204, null, outcome, shape, preferences);
  return respond(plan, outcome, shape, preferences);
}

async function matched(ask: Ask, name: string, values: Values): Promise<{ call: Call; from: string }> {
  const { request, catalog, schema, params } = ask;
  if (request.method === 'POST') {
    const text = (await request.text()) || '{}';
    const call = findProcedure(catalog, schema, name, keysOf(text), true);
    return { call, from: callSql(call, text, name, values) };
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new RestError(405, 'PGRST101', `Cannot use the ${request.method} method on RPC`);
  }
  const call = findProcedure(catalog, schema, name, argumentKeys(ask, name), false);
  return { call, from: callByQuery(call, params, name, values) };
}

function keysOf(text: string): string[] {
  const body = parseBody(text);
  return Array.isArray(body) ? ['[]'] : Object.keys(body);
}

/** In an address, arguments and filters of the result look alike; what any overload calls an argument is one. */
function argumentKeys({ catalog, schema, params }: Ask, name: string): string[] {
  const overloads = catalog.procedures.get(`${schema}.${name}`) ?? [];
  const names = new Set(overloads.flatMap(({ args }) => args.map((arg) => arg.name)));
  const looksLikeFilter = (value: string) => /^(not\.)?(eq|neq|gte?|lte?|i?like|in|is|cs|cd)(\(|\.)/.test(value);
  const keys = [...new Set(params.keys())];
  const reserved = new Set(['select', 'order', 'limit', 'offset', 'and', 'or', 'not.and', 'not.or']);
  return keys.filter((key) => names.has(key) || !(reserved.has(key) || looksLikeFilter(params.get(key)!)));
}

function planResult(ask: Ask, { procedure, given }: Call): ReadNode {
  const skip = ask.request.method === 'POST' ? undefined : given;
  const node = planRead(ask.catalog, resultRelation(procedure), ask.params, skip);
  node.alias = procedure.name;
  bound(node, ask);
  return node;
}

function rowsStatement(
  node: ReadNode,
  from: string,
  shape: Shape,
  preferences: Preferences,
  set: boolean,
  values: Values,
): string {
  const shown = set || shape !== 'array' ? bodySql(shape) : `coalesce((json_agg(pgrst_rows)->0)::text, 'null')`;
  if (preferences.count !== 'exact') return wrapSql(selectSql(node, values, { from }), shown, undefined);
  // The function must run once, though its rows are needed twice.
  const once = `select ${ident(node.alias)}.* from ${from}`;
  const rows = `pgrst_call as ${ident(node.alias)}`;
  const statement = wrapSql(selectSql(node, values, { from: rows }), shown, countSql(node, values, rows));
  return statement.replace(/^with /, `with pgrst_call as materialized (${once}), `);
}

/** A single value is shown as it is; taking it through an array would parse large JSON a second time. */
function scalarStatement(from: string, { name, returns, returnsSet }: Procedure): string {
  const value = `to_json(${ident(name)})`;
  const single = returns === 'void' ? 'null' : `coalesce(${value}::text, 'null')`;
  const body = returnsSet ? `coalesce(json_agg(${value}), '[]')::text` : single;
  return `select null::bigint as total, ${returnsSet ? 'count(*)' : '1'} as rows, ${body} as body, ${HEADERS_SQL} from ${from}`;
}

function respond(plan: ReadNode | undefined, outcome: Outcome, shape: Shape, preferences: Preferences): Response {
  const rows = Number(outcome.rows);
  const total = preferences.count === 'exact' ? Number(outcome.total ?? rows) : undefined;
  const offset = plan?.offset ?? 0;
  const extra = { 'content-range': contentRange(offset, rows, total) };
  return buildResponse(rangeStatus(offset, rows, total), outcome.body, outcome, shape, preferences, extra);
}
