import { pathToFileURL } from 'node:url';
import { findFunction, type StackConfig } from '../config.ts';
import { json, type Service } from '../gateway/http.ts';
import { type Keys, TokenError, verify } from '../keys.ts';
import { createRuntime, type Runtime } from './runtime.ts';

/** What the functions' gate needs. */
export interface FunctionsDeps {
  config: StackConfig;
  keys: Keys;
  /** The stack's own address. */
  url: string;
  dbUrl: string;
  /** Where Deno keeps what it has compiled. */
  cacheDir: string;
  /** Settings that lead to emulators in place of providers. */
  sandbox: Record<string, string>;
  log(line: string): void;
}

/** Opens `/functions/v1`: checks the token where config.toml asks for one, then hands over to Deno. */
export function createFunctions(deps: FunctionsDeps): { handle: Service; close(): Promise<void> } {
  const { config, keys, url, dbUrl } = deps;
  const env = {
    SUPABASE_URL: url,
    SUPABASE_ANON_KEY: keys.anonKey,
    SUPABASE_SERVICE_ROLE_KEY: keys.serviceRoleKey,
    SUPABASE_DB_URL: dbUrl,
    PORTAL_URL: url,
    JOBS_SECRET: keys.jobsSecret,
    CREDENTIALS_KEYS: keys.credentialsKeys,
    ...deps.sandbox,
  };
  const runtime = createRuntime({ env, cacheDir: deps.cacheDir, log: deps.log });
  return {
    handle: async (request, info) => {
      const { pathname, search } = new URL(request.url);
      const path = pathname.replace(/^\/functions\/v1/, '');
      const name = path.split('/')[1] ?? '';
      const found = findFunction(config, name);
      if (!found) return refuse(404, 'NOT_FOUND', 'Requested function was not found');
      const refused =
        found.verify_jwt && request.method !== 'OPTIONS' ? checkToken(request, keys.jwtSecret) : undefined;
      if (refused) return refused;
      return forward(runtime, request, {
        name,
        entrypoint: found.entrypoint,
        path: path + search,
        origin: url,
        ip: info.ip,
      });
    },
    close: () => runtime.close(),
  };
}

const refuse = (status: number, code: string | number, message: string): Response =>
  json(status, { code, message }, { 'access-control-allow-origin': '*' });

function checkToken(request: Request, secret: string): Response | undefined {
  const token = /^bearer\s+(.*)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (!token) return refuse(401, 401, 'Missing authorization header');
  try {
    verify(token, secret);
    return undefined;
  } catch (error) {
    if (error instanceof TokenError) return refuse(401, 401, 'Invalid JWT');
    throw error;
  }
}

interface Destination {
  name: string;
  entrypoint: string;
  path: string;
  origin: string;
  ip: string;
}

const HOP = [
  'connection',
  'host',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'accept-encoding',
  'upgrade',
  'expect',
];

async function forward(runtime: Runtime, request: Request, to: Destination): Promise<Response> {
  const { origin, token } = await runtime.address();
  const headers = new Headers(request.headers);
  for (const name of HOP) headers.delete(name);
  headers.set('x-forwarded-for', to.ip);
  headers.set('x-stack-token', token);
  headers.set('x-stack-function', to.name);
  headers.set('x-stack-entrypoint', pathToFileURL(to.entrypoint).href);
  headers.set('x-stack-origin', to.origin);
  const body = request.method === 'GET' || request.method === 'HEAD' ? null : request.body;
  const init = { method: request.method, headers, body, redirect: 'manual', duplex: 'half' } as RequestInit;
  const reply = await fetch(origin + to.path, init);
  const own = new Headers(reply.headers);
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding', 'connection']) own.delete(name);
  return new Response(reply.body, { status: reply.status, headers: own });
}
