import pg from 'pg';
import type { Claims } from '../keys.ts';

/** Who asks, and with which request: what policies can read. */
export interface Caller {
  claims: Claims;
  method: string;
  path: string;
  headers: Record<string, string>;
}

/** How a statement is to run. */
export interface Mode {
  readOnly: boolean;
  searchPath: string;
  /** Settings of the caller's role and of the function called. */
  settings: [string, string][];
}

/** Lends a connection on which the caller's role and claims hold until the end of one transaction. */
export async function asCaller<T>(
  pool: pg.Pool,
  caller: Caller,
  mode: Mode,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(opening(caller, mode));
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((fatal: Error) => (broken = fatal));
    throw error;
  } finally {
    client.release(broken);
  }
}

const literal = (text: string): string => pg.escapeLiteral(text);

/** One round trip: the transaction, then everything it must know, `role` last because it takes rights away. */
function opening({ claims, method, path, headers }: Caller, { readOnly, searchPath, settings }: Mode): string {
  const all: [string, string][] = [
    ['search_path', searchPath],
    ['request.jwt.claims', JSON.stringify(claims)],
    ['request.method', method],
    ['request.path', path],
    ['request.headers', JSON.stringify(headers)],
    ...settings,
    ['role', claims.role],
  ];
  const calls = all.map(([name, value]) => `set_config(${literal(name)}, ${literal(value)}, true)`);
  return `begin isolation level read committed ${readOnly ? 'read only' : 'read write'}; select ${calls.join(', ')}`;
}

const MAX_PLANS = 400;
const planNames = new Map<string, string>();
let generation = 0;

/** Runs a statement by a prepared plan; too many different ones would fill the server's memory, so the rest run unnamed. */
export function runPlanned<R extends pg.QueryResultRow>(
  client: pg.PoolClient,
  text: string,
  values: (string | null)[],
): Promise<pg.QueryResult<R>> {
  const name = planName(text);
  return client.query<R>(name ? { name, text, values } : { text, values });
}

function planName(text: string): string | undefined {
  const known = planNames.get(text);
  if (known !== undefined || planNames.size >= MAX_PLANS) return known;
  const name = `rest_${generation}_${planNames.size}`;
  planNames.set(text, name);
  return name;
}

/** After a change of the schema old plans may be wrong; their names are not used again. */
export function forgetPlans(): void {
  generation += 1;
  planNames.clear();
}
