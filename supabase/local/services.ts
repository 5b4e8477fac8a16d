import type { IncomingMessage } from 'node:http';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createAuth } from './auth/service.ts';
import type { StackConfig } from './config.ts';
import type { Route } from './gateway/gateway.ts';
import type { Keys } from './keys.ts';
import { createMailPages } from './mail/pages.ts';
import { openMailbox } from './mail/mailbox.ts';
import type { RunningPostgres } from './postgres.ts';
import { asRole } from './postgres/prepare.ts';
import { createRest } from './rest/service.ts';

/** What the services are made from. */
export interface ServiceDeps {
  config: StackConfig;
  keys: Keys;
  postgres: RunningPostgres;
  dataDir: string;
  /** The stack's own address, without a trailing slash. */
  url: string;
  /** Names this run, so that another process can tell it from an earlier one. */
  run: string;
  log(line: string): void;
}

/** Everything behind the gateway. */
export interface Services {
  routes: Route[];
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** To be called once the gateway listens: starts what calls the stack from within. */
  opened(): void;
  close(): Promise<void>;
}

const POOL = { max: 10, idleTimeoutMillis: 60_000, allowExitOnIdle: true };

/** Opens a pool whose idle connections may die (a stopping server) without taking the stack along. */
function openPool(url: string, role: string, options: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({ connectionString: asRole(url, role), ...POOL, ...options });
  pool.on('error', () => undefined);
  return pool;
}

/** Opens the services, each with the database role that it has on hosted Supabase. */
export async function openServices(deps: ServiceDeps): Promise<Services> {
  const { config, keys, postgres } = deps;
  const admin = openPool(postgres.url, 'supabase_admin', { max: 5 });
  const authPool = openPool(postgres.url, 'supabase_auth_admin', { max: 5 });
  const callers = openPool(postgres.url, 'authenticator');
  const rest = await createRest({
    pool: callers,
    dbUrl: postgres.url,
    jwtSecret: keys.jwtSecret,
    schemas: config.api.schemas,
    extraSearchPath: config.api.extra_search_path,
    maxRows: config.api.max_rows,
  });
  const mailbox = openMailbox(join(deps.dataDir, 'mail.ndjson'));
  const realtime = (await optional('./realtime/service.ts', 'createRealtime'))?.({
    pool: admin,
    dbUrl: postgres.adminUrl,
    jwtSecret: keys.jwtSecret,
  });
  const auth = createAuth({
    pool: authPool,
    jwtSecret: keys.jwtSecret,
    config: config.auth,
    siteUrl: config.auth.site_url,
    externalUrl: deps.url,
    sendMail: mailbox.send,
  });
  const routes: Route[] = [
    { prefix: '/rest/v1', service: rest.handle, apikey: 'always' },
    { prefix: '/auth/v1', service: auth.handle, apikey: needsKey },
    { prefix: '/mail', service: createMailPages(mailbox), apikey: 'never' },
    { prefix: '/stack/v1', service: async () => new Response(deps.run), apikey: 'never' },
  ];
  return {
    routes,
    upgrade: (request, socket, head) => realtime?.handleUpgrade(request, socket, head),
    opened: () => undefined,
    close: async () => {
      await realtime?.close();
      await rest.close();
      await Promise.all([admin.end(), authPool.end(), callers.end()]);
    },
  };
}

const OPEN = new Set(['/verify', '/callback', '/authorize', '/.well-known/jwks.json', '/health']);
/** Links in mails and identity providers come without a key. */
const needsKey = (path: string): boolean => !OPEN.has(path);

// eslint-disable-next-line
async function optional(file: string, name: string): Promise<((deps: object) => any) | undefined> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return existsSync(path) ? ((await import(path)) as Record<string, (deps: object) => object>)[name] : undefined;
}
