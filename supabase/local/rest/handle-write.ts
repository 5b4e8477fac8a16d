import type pg from 'pg';
import type { Relation } from './catalog.ts';
import {
  bodySql,
  buildResponse,
  HEADERS_SQL,
  type Outcome,
  requireAtMost,
  requireOne,
  type Shape,
  shapeOf,
} from './answer.ts';
import { RestError } from './errors.ts';
import { findRelation, planRead, type ReadNode } from './plan.ts';
import { parsePreferences, type Preferences } from './preferences.ts';
import { selectSql } from './read-sql.ts';
import type { Ask } from './ask.ts';
import { ident, Values } from './sql.ts';
import { asCaller, runPlanned } from './transaction.ts';
import { conflictTarget, deleteSql, insertSql, listOf, readPayload, updateSql } from './write-sql.ts';

/** POST, PATCH and DELETE of a table or view. */
export async function writeTable(ask: Ask, name: string): Promise<Response> {
  const { request } = ask;
  const preferences = parsePreferences(request.headers.get('prefer'));
  const shape = shapeOf(request.headers.get('accept'));
  const relation = findRelation(ask.catalog, ask.schema, name);
  const node = planRead(ask.catalog, relation, ask.params);
  const values = new Values();
  const change = await changeSql(ask, relation, node, preferences, values);
  const sql = statement(node, change, preferences, shape, values);
  const settings = ask.catalog.roleSettings.get(ask.caller.claims.role) ?? [];
  const outcome = await asCaller(
    ask.deps.pool,
    ask.caller,
    { readOnly: false, searchPath: ask.searchPath, settings },
    async (client) => {
      const { rows } = await runPlanned<Outcome & pg.QueryResultRow>(client, sql, values.list);
      const touched = Number(rows[0]!.rows);
      if (preferences.returning === 'representation') requireOne(shape, touched);
      if (request.method !== 'POST') requireAtMost(preferences.maxAffected, touched);
      return rows[0]!;
    },
  );
  return respond(request.method, outcome, shape, preferences);
}

async function changeSql(
  ask: Ask,
  relation: Relation,
  node: ReadNode,
  preferences: Preferences,
  values: Values,
): Promise<string> {
  const { method } = ask.request;
  if (method === 'DELETE') return deleteSql(node, preferences, values);
  const text = await bodyText(ask.request);
  const payload = readPayload(relation, text, listOf(ask.params.get('columns')));
  if (method === 'PATCH') return updateSql(node, payload, preferences, values);
  node.where = [];
  return insertSql(node, payload, preferences, conflictTarget(relation, ask.params), values);
}

async function bodyText(request: Request): Promise<string> {
  const type = request.headers.get('content-type') ?? 'application/json';
  if (/^(application\/json|application\/vnd\.pgrst\.)/.test(type)) return request.text();
  throw new RestError(415, 'PGRST107', `Content-Type not acceptable: ${type}`);
}

/** The change, then what is shown of the changed rows; conditions chose the rows already and do not apply again. */
function statement(node: ReadNode, change: string, preferences: Preferences, shape: Shape, values: Values): string {
  const head = `with pgrst_changed as (${change})`;
  if (preferences.returning !== 'representation') {
    return `${head} select null::bigint as total, count(*) as rows, null::text as body, ${HEADERS_SQL} from pgrst_changed`;
  }
  const shown = { ...node, where: [], limit: undefined, offset: 0 };
  const source = selectSql(shown, values, { from: `pgrst_changed as ${ident(node.alias)}` });
  return `${head}, pgrst_source as (${source})
select null::bigint as total, count(pgrst_rows) as rows, ${bodySql(shape)} as body, ${HEADERS_SQL}
from (select * from pgrst_source) as pgrst_rows`;
}

function respond(method: string, outcome: Outcome, shape: Shape, preferences: Preferences): Response {
  const showing = preferences.returning === 'representation';
  const rows = Number(outcome.rows);
  const total = preferences.count ? String(rows) : '*';
  const range = method === 'PATCH' && rows > 0 ? `0-${rows - 1}/${total}` : `*/${total}`;
  const status = method === 'POST' ? 201 : showing ? 200 : 204;
  const body = showing ? outcome.body : null;
  return buildResponse(status, body, outcome, shape, preferences, { 'content-range': range });
}
