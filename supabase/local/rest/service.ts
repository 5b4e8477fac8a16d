import pg from 'pg';
import type { CallInfo, Service } from '../gateway/http.ts';
import { type Claims, TokenError, verify } from '../keys.ts';
import type { Ask, RestDeps } from './ask.ts';
import { type Catalog, loadCatalog } from './catalog.ts';
import { asRestError, errorResponse, RestError } from './errors.ts';
import { callProcedure } from './handle-rpc.ts';
import { readTable } from './handle-read.ts';
import { writeTable } from './handle-write.ts';
import { type Caller, forgetPlans } from './transaction.ts';

/** The REST service: PostgREST's behaviour over the same catalogue. */
export interface Rest {
  handle: Service;
  close(): Promise<void>;
}

/** Opens the REST service and keeps its view of the schema fresh by `notify pgrst`. */
export async function createRest(deps: RestDeps): Promise<Rest> {
  const load = () => loadCatalog(deps.pool, deps.schemas);
  let catalog = load();
  catalog.catch(() => undefined);
  const listener = await listen(deps.dbUrl, () => {
    forgetPlans();
    catalog = load();
    catalog.catch(() => undefined);
  });
  return {
    handle: async (request, info) => {
      let signedIn = false;
      try {
        const claims = claimsOf(request, deps.jwtSecret);
        signedIn = claims.role !== 'anon';
        return finish(request, await dispatch(deps, await catalog, request, claims, info));
      } catch (thrown) {
        return finish(request, errorResponse(asRestError(thrown, signedIn)));
      }
    },
    close: () => listener.end(),
  };
}

async function listen(dbUrl: string, reload: () => void): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: dbUrl });
  client.on('error', () => undefined);
  let waiting: NodeJS.Timeout | undefined;
  // A migration sends one notice a statement; the catalogue is read once they have calmed down.
  client.on('notification', () => {
    clearTimeout(waiting);
    waiting = setTimeout(reload, 20);
  });
  await client.connect();
  await client.query('listen pgrst');
  return client;
}

function claimsOf(request: Request, secret: string): Claims {
  const token = /^bearer\s+(.*)$/i.exec(request.headers.get('authorization') ?? '')?.[1]?.trim();
  if (!token) return { role: 'anon' };
  try {
    return verify(token, secret);
  } catch (error) {
    throw error instanceof TokenError ? tokenRefusal(error.reason) : error;
  }
}

function tokenRefusal(reason: TokenError['reason']): RestError {
  const refusals: Record<TokenError['reason'], [string, string]> = {
    malformed: ['PGRST301', 'JWT could not be decoded or is invalid'],
    signature: ['PGRST301', 'JWT could not be decoded or is invalid'],
    expired: ['PGRST303', 'JWT expired'],
    early: ['PGRST303', 'JWT not yet valid'],
    role: ['PGRST301', 'JWT names a role that this API does not take'],
  };
  const [code, message] = refusals[reason];
  const challenge = `Bearer error="invalid_token", error_description="${message}"`;
  return new RestError(401, code, message, { headers: { 'www-authenticate': challenge } });
}

async function dispatch(
  deps: RestDeps,
  catalog: Catalog,
  request: Request,
  claims: Claims,
  info: CallInfo,
): Promise<Response> {
  const url = new URL(request.url);
  const [kind, ...rest] = decodeURIComponent(url.pathname.replace(/^\/rest\/v1\/?/, '')).split('/');
  const schema = schemaOf(request, deps.schemas);
  const path = `/${[kind, ...rest].join('/')}`;
  const headers = { ...Object.fromEntries(request.headers), 'x-forwarded-for': info.ip };
  const caller: Caller = { claims, method: request.method, path, headers };
  const searchPath = [...new Set([schema, ...deps.extraSearchPath])]
    .map((name) => pg.escapeIdentifier(name))
    .join(', ');
  const ask: Ask = { deps, catalog, schema, request, params: url.searchParams, caller, searchPath };
  if (kind === '' && rest.length === 0) return overview(ask);
  if (kind === 'rpc' && rest.length === 1) return callProcedure(ask, rest[0]!);
  if (rest.length > 0) throw new RestError(404, 'PGRST125', 'Invalid path specified in request URL');
  return onTable(ask, kind!);
}

function onTable(ask: Ask, name: string): Promise<Response> {
  switch (ask.request.method) {
    case 'GET':
    case 'HEAD':
      return readTable(ask, name);
    case 'POST':
    case 'PATCH':
    case 'DELETE':
      return writeTable(ask, name);
    default:
      throw new RestError(405, 'PGRST117', `Unsupported HTTP method: ${ask.request.method}`);
  }
}

function schemaOf(request: Request, schemas: string[]): string {
  const reading = request.method === 'GET' || request.method === 'HEAD';
  const asked = request.headers.get(reading ? 'accept-profile' : 'content-profile') ?? schemas[0]!;
  if (schemas.includes(asked)) return asked;
  throw new RestError(406, 'PGRST106', `Invalid schema: ${asked}`, {
    hint: `Only the following schemas are exposed: ${schemas.join(', ')}`,
  });
}

/** What the root lists: the names that can be asked for. */
function overview({ catalog, schema }: Ask): Response {
  const tables = [...catalog.relations.values()].filter((one) => one.schema === schema).map(({ name }) => `/${name}`);
  const calls = [...catalog.procedures.values()]
    .flat()
    .filter((one) => one.schema === schema)
    .map(({ name }) => `/rpc/${name}`);
  const paths = Object.fromEntries([...tables, ...calls].sort().map((path) => [path, {}]));
  const body = {
    swagger: '2.0',
    info: { title: 'standard public schema', version: 'local' },
    basePath: '/rest/v1',
    paths,
  };
  return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/openapi+json; charset=utf-8' } });
}

/** HEAD answers with headers only. */
function finish(request: Request, response: Response): Response {
  if (request.method !== 'HEAD') return response;
  return new Response(null, { status: response.status, headers: response.headers });
}
