import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import pg from 'pg';
import { createAuth } from './auth/service.ts';
import type { StackConfig } from './config.ts';
import type { Route } from './gateway/gateway.ts';
import type { Keys } from './keys.ts';
import { createMailPages } from './mail/pages.ts';
import { openMailbox } from './mail/mailbox.ts';
import type { RunningPostgres } from './postgres.ts';
import { asRole } from './postgres/prepare.ts';
import { openSandbox } from './emulators/sandbox.ts';
import { ownEnvironment } from './functions/runtime.ts';
import { createFunctions } from './functions/service.ts';
import { startJobsTimer } from './functions/jobs-timer.ts';
import { createRealtime } from './realtime/service.ts';
import { createRest } from './rest/service.ts';
import { createStorage } from './storage/service.ts';

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

/** The database roles that services sign in with, as on hosted Supabase. */
function openPools(url: string) {
  return {
    admin: openPool(url, 'supabase_admin'),
    auth: openPool(url, 'supabase_auth_admin'),
    callers: openPool(url, 'authenticator'),
    storage: openPool(url, 'supabase_storage_admin'),
  };
}

/** Opens the services behind the gateway. */
export async function openServices(deps: ServiceDeps): Promise<Services> {
  const { config, keys, postgres, url, log } = deps;
  const pools = openPools(postgres.url);
  const mailbox = openMailbox(join(deps.dataDir, 'mail.ndjson'));
  const rest = await openRest(deps, pools.callers);
  const storage = await openStorage(deps, pools.storage);
  const { jwtSecret } = keys;
  const realtime = createRealtime({ pool: pools.admin, dbUrl: postgres.adminUrl, jwtSecret });
  const auth = createAuth({
    pool: pools.auth,
    jwtSecret,
    config: config.auth,
    siteUrl: config.auth.site_url,
    externalUrl: url,
    sendMail: mailbox.send,
  });
  const sandbox = openSandbox({ url, dataDir: deps.dataDir, given: ownEnvironment() });
  const functions = createFunctions({
    config,
    keys,
    url,
    dbUrl: postgres.url,
    cacheDir: join(deps.dataDir, 'deno'),
    sandbox: sandbox.env,
    log,
  });
  let stopTimer = (): void => undefined;
  return {
    routes: [
      { prefix: '/rest/v1', service: rest.handle, apikey: 'always' },
      { prefix: '/auth/v1', service: auth.handle, apikey: needsKey },
      { prefix: '/storage/v1', service: storage.handle, apikey: 'never', stream: true },
      { prefix: '/realtime/v1', service: realtime.handle, apikey: 'always' },
      { prefix: '/functions/v1', service: functions.handle, apikey: 'never', stream: true, ownCors: true },
      ...sandbox.routes,
      { prefix: '/mail', service: createMailPages(mailbox), apikey: 'never' },
      { prefix: '/stack/v1', service: async () => new Response(deps.run), apikey: 'never' },
    ],
    upgrade: (request, socket, head) => realtime.handleUpgrade(request, socket, head),
    opened: () => {
      stopTimer = startJobsTimer({ config, url, jobsSecret: keys.jobsSecret });
    },
    close: async () => {
      stopTimer();
      await Promise.all([functions.close(), realtime.close(), rest.close()]);
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
    },
  };
}

function openRest({ config, keys, postgres }: ServiceDeps, pool: pg.Pool) {
  const { schemas, extra_search_path: extraSearchPath, max_rows: maxRows } = config.api;
  return createRest({ pool, dbUrl: postgres.url, jwtSecret: keys.jwtSecret, schemas, extraSearchPath, maxRows });
}

function openStorage({ config, keys, dataDir }: ServiceDeps, pool: pg.Pool) {
  const folder = join(dataDir, 'storage');
  return createStorage({ pool, folder, jwtSecret: keys.jwtSecret, fileSizeLimit: config.storage.file_size_limit });
}

const OPEN = new Set(['/verify', '/callback', '/authorize', '/.well-known/jwks.json', '/health']);
/** Links in mails and identity providers come without a key. */
const needsKey = (path: string): boolean => !OPEN.has(path);
