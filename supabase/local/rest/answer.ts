import { RestError } from './errors.ts';
import type { Preferences } from './preferences.ts';

/** The shapes an answer can take. */
export type Shape = 'array' | 'object' | 'stripped-array' | 'stripped-object' | 'csv';

/** The one row every statement gives back. */
export interface Outcome {
  body: string | null;
  rows: string | number;
  total: string | number | null;
  headers: string | null;
  status: string | null;
}

/** Reads `Accept`; throws PGRST107 for a type that is not served. */
export function shapeOf(accept: string | null): Shape {
  const types = (accept ?? '*/*').split(',').map((type) => type.trim());
  for (const type of types) {
    const shape = shapeOfType(type);
    if (shape) return shape;
  }
  throw new RestError(406, 'PGRST107', `None of these media types are available: ${types.join(', ')}`);
}

function shapeOfType(type: string): Shape | undefined {
  const stripped = /nulls=stripped/.test(type);
  if (type.startsWith('application/vnd.pgrst.object')) return stripped ? 'stripped-object' : 'object';
  if (type.startsWith('application/vnd.pgrst.array')) return stripped ? 'stripped-array' : 'array';
  if (type.startsWith('text/csv')) return 'csv';
  return /^(\*\/\*|application\/(\*|json|geo\+json))/.test(type) ? 'array' : undefined;
}

/** SQL for the body over rows called `pgrst_rows`. */
export function bodySql(shape: Shape): string {
  if (shape === 'csv') return CSV;
  const strip = shape.startsWith('stripped');
  const rows = strip ? 'json_strip_nulls(json_agg(pgrst_rows))' : 'json_agg(pgrst_rows)';
  return shape.endsWith('object') ? `(${rows}->0)::text` : `coalesce(${rows}, '[]')::text`;
}

const CSV = `(select coalesce(string_agg(a.k, ','), '') from (select json_object_keys(r)::text as k from
  (select row_to_json(h) as r from pgrst_source as h limit 1) s) a) || E'\\n' ||
  coalesce(string_agg(substring(pgrst_rows::text, 2, length(pgrst_rows::text) - 2), E'\\n'), '')`;

/** What functions and triggers may set to shape the answer. */
export const HEADERS_SQL = `nullif(current_setting('response.headers', true), '') as headers,
  nullif(current_setting('response.status', true), '') as status`;

/** Refuses an answer of other than one row where one was asked for; the transaction is undone by it. */
export function requireOne(shape: Shape, rows: number): void {
  if (!shape.endsWith('object') || rows === 1) return;
  throw new RestError(406, 'PGRST116', 'Cannot coerce the result to a single JSON object', {
    details: `The result contains ${rows} rows`,
  });
}

/** Refuses a write that touched more rows than the caller allowed. */
export function requireAtMost(limit: number | undefined, rows: number): void {
  if (limit === undefined || rows <= limit) return;
  throw new RestError(400, 'PGRST124', 'Query result exceeds max-affected preference constraint', {
    details: `The query affects ${rows} rows`,
  });
}

const CONTENT_TYPES: Record<Shape, string> = {
  array: 'application/json; charset=utf-8',
  object: 'application/vnd.pgrst.object+json; charset=utf-8',
  'stripped-array': 'application/vnd.pgrst.array+json;nulls=stripped; charset=utf-8',
  'stripped-object': 'application/vnd.pgrst.object+json;nulls=stripped; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
};

/** Which rows of how many were sent. */
export function contentRange(offset: number, rows: number, total: number | undefined): string {
  const range = rows === 0 ? '*' : `${offset}-${offset + rows - 1}`;
  return `${range}/${total ?? '*'}`;
}

/** 200, 206 for a part, 416 for a beginning beyond the end. */
export function rangeStatus(offset: number, rows: number, total: number | undefined): number {
  if (total === undefined) return 200;
  if (offset > total) {
    throw new RestError(416, 'PGRST103', 'Requested range not satisfiable', {
      details: `An offset of ${offset} was requested, but there are only ${total} rows.`,
    });
  }
  return rows < total ? 206 : 200;
}

/** Builds the response; what the database set by `response.*` wins. */
export function buildResponse(
  status: number,
  body: string | null,
  outcome: Outcome,
  shape: Shape,
  preferences: Preferences,
  extra: Record<string, string> = {},
): Response {
  const headers = new Headers(extra);
  if (body !== null) headers.set('content-type', CONTENT_TYPES[shape]);
  if (preferences.applied.length > 0) headers.set('preference-applied', preferences.applied.join(', '));
  for (const item of parseHeaders(outcome.headers)) headers.set(...item);
  return new Response(body, { status: outcome.status ? Number(outcome.status) : status, headers });
}

function parseHeaders(text: string | null): [string, string][] {
  if (!text) return [];
  try {
    return (JSON.parse(text) as Record<string, string>[]).flatMap((one) => Object.entries(one));
  } catch {
    throw new RestError(
      500,
      'PGRST111',
      'response.headers guc must be a JSON array composed of objects with a single key and a string value',
    );
  }
}
