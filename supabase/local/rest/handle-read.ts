import type pg from 'pg';
import {
  bodySql,
  buildResponse,
  contentRange,
  HEADERS_SQL,
  type Outcome,
  rangeStatus,
  requireOne,
  shapeOf,
} from './answer.ts';
import { findRelation, planRead, type ReadNode } from './plan.ts';
import { parsePreferences, type Preferences } from './preferences.ts';
import { countSql, selectSql } from './read-sql.ts';
import type { Ask } from './ask.ts';
import { Values } from './sql.ts';
import { asCaller, runPlanned } from './transaction.ts';

/** GET and HEAD of a table or view. */
export async function readTable(ask: Ask, name: string): Promise<Response> {
  const preferences = parsePreferences(ask.request.headers.get('prefer'));
  const shape = shapeOf(ask.request.headers.get('accept'));
  const relation = findRelation(ask.catalog, ask.schema, name);
  const node = planRead(ask.catalog, relation, ask.params);
  bound(node, ask);
  const values = new Values();
  const source = selectSql(node, values);
  const sql = wrapSql(source, bodySql(shape), preferences.count === 'exact' ? countSql(node, values) : undefined);
  const settings = ask.catalog.roleSettings.get(ask.caller.claims.role) ?? [];
  const mode = { readOnly: true, searchPath: ask.searchPath, settings };
  const { outcome, total } = await asCaller(ask.deps.pool, ask.caller, mode, async (client) => {
    const { rows } = await runPlanned<Outcome & pg.QueryResultRow>(client, sql, values.list);
    requireOne(shape, Number(rows[0]!.rows));
    return { outcome: rows[0]!, total: await totalOf(client, node, preferences, rows[0]!, ask.deps.maxRows) };
  });
  const shown = Number(outcome.rows);
  const status = rangeStatus(node.offset, shown, total);
  const extra = { 'content-range': contentRange(node.offset, shown, total) };
  return buildResponse(status, outcome.body, outcome, shape, preferences, extra);
}

/** The statement that answers with one row: body, number of rows, total, and what `response.*` was set to. */
export function wrapSql(source: string, body: string, count: string | undefined): string {
  const total = count ? '(select count(*) from pgrst_total)' : 'null::bigint';
  return `with pgrst_source as (${source})${count ? `, pgrst_total as (${count})` : ''}
select ${total} as total, count(pgrst_rows) as rows, ${body} as body, ${HEADERS_SQL}
from (select * from pgrst_source) as pgrst_rows`;
}

/** Applies the `Range` header and the project's largest page. */
export function bound(node: ReadNode, { request, deps }: Ask): void {
  const [, from, to] = /^(?:items=)?(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '') ?? [];
  if (from !== undefined) {
    const length = to ? Number(to) - Number(from) + 1 : Infinity;
    node.offset = Math.max(node.offset, Number(from));
    if (Number.isFinite(length)) node.limit = Math.min(node.limit ?? Infinity, length);
  }
  node.limit = Math.min(node.limit ?? Infinity, deps.maxRows);
}

/** The total asked for: counted, or the planner's guess, or the guess only where counting would be long. */
async function totalOf(
  client: pg.PoolClient,
  node: ReadNode,
  { count }: Preferences,
  outcome: Outcome,
  maxRows: number,
): Promise<number | undefined> {
  if (count === undefined) return undefined;
  if (count === 'exact') return Number(outcome.total);
  const shown = node.offset + Number(outcome.rows);
  if (count === 'estimated' && Number(outcome.rows) < Math.min(node.limit ?? Infinity, maxRows)) return shown;
  return Math.max(await planned(client, node), count === 'estimated' ? shown : 0);
}

async function planned(client: pg.PoolClient, node: ReadNode): Promise<number> {
  const values = new Values();
  const text = `explain (format json) ${countSql(node, values)}`;
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>({
    text,
    values: values.list,
  });
  return rows[0]!['QUERY PLAN'][0].Plan['Plan Rows'];
}
