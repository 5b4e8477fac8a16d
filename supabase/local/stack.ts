import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { onPort, type Overrides, readConfig, ROOT, type StackConfig } from './config.ts';
import { busy, openGateway } from './gateway/gateway.ts';
import { createSite } from './gateway/static.ts';
import { keysOf } from './keys.ts';
import { migrate, seed } from './migrator.ts';
import { isFree, freePort } from './ports.ts';
import { prepareDatabase, startPostgres, type RunningPostgres } from './postgres.ts';
import { claim } from './running.ts';
import { openServices } from './services.ts';

/** How to start a stack; everything has a default fit for `npm start`. */
export interface StackOptions {
  port?: number;
  /** Whom to listen to; this machine alone unless told otherwise, because mails and demo passwords are open to all who reach it. */
  host?: string;
  dataDir?: string;
  quiet?: boolean;
  /** Runs the seed files on a database that has not had them. */
  seed?: boolean;
  migrationsDir?: string;
  overrides?: Overrides;
  /** The built app to serve; `dist` unless told otherwise. */
  dist?: string;
}

/** How long one part of the start took, in milliseconds. */
export interface Phase {
  name: string;
  ms: number;
}

/** A running stack. */
export interface Stack {
  url: string;
  anonKey: string;
  serviceRoleKey: string;
  jwtSecret: string;
  /** What the timer shows to the function `jobs`. */
  jobsSecret: string;
  /** Signs in as `postgres`, as `supabase db push` does. */
  dbUrl: string;
  dataDir: string;
  phases: Phase[];
  /** Migrations edited after this database had applied them. */
  changedMigrations: string[];
  stop(): Promise<void>;
}

/** Where the stack keeps its data unless told otherwise. */
export const DEFAULT_DATA_DIR = join(ROOT, '.local');

/** Starts Postgres, the services and the gateway on one port; throws a sentence a person can act on. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const written = readConfig();
  const port = options.port ?? written.api.port;
  const config = onPort(written, port, options.overrides);
  const dataDir = resolve(options.dataDir ?? DEFAULT_DATA_DIR);
  const url = `http://localhost:${port}`;
  const run = randomUUID();
  const undo: (() => Promise<void> | void)[] = [await claim(dataDir, { pid: process.pid, url, run })];
  const stop = once(async () => {
    for (const step of undo.reverse()) await step();
  });
  try {
    if (!(await isFree(port))) throw busy(port);
    const { rest, undoMore } = await assemble({ ...options, port, dataDir }, config, url, run, undo);
    undo.push(...undoMore);
    return { ...rest, url, dataDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** `localhost` may mean either. */
const LOOPBACK = ['127.0.0.1', '::1'];

interface Settled extends StackOptions {
  port: number;
  dataDir: string;
}

type Undo = (() => Promise<void> | void)[];

async function assemble(options: Settled, config: StackConfig, url: string, run: string, undo: Undo) {
  const clock = stopwatch();
  const log = options.quiet ? () => undefined : (line: string) => console.error(line);
  const keys = keysOf(options.dataDir);
  const postgres = await startPostgres({ dataDir: options.dataDir, port: await freePort(options.port + 1) });
  undo.push(() => postgres.stop());
  clock.lap(postgres.fresh ? 'create and boot Postgres' : 'boot Postgres');
  const { changed: changedMigrations, seeded } = await fillDatabase(postgres, options, config, clock);
  const services = await openServices({ config, keys, postgres, dataDir: options.dataDir, url, run, log });
  undo.push(() => services.close());
  clock.lap('services');
  const site = createSite(ROOT, { supabase_url: '', supabase_anon_key: keys.anonKey }, options.dist);
  const valid = new Set([keys.anonKey, keys.serviceRoleKey]);
  const { routes, upgrade } = services;
  const hosts = options.host ? [options.host] : LOOPBACK;
  const gateway = await openGateway({ port: options.port, hosts, routes, upgrade, site, keys: valid, log });
  clock.lap('gateway');
  services.opened();
  const rest = { ...keys, dbUrl: postgres.url, phases: clock.laps, changedMigrations };
  if (seeded) {
    const { seedReceipts } = await import('../scripts/seed-receipts.ts'); // SQL cannot hold the photos themselves
    await seedReceipts({ ...rest, url });
    clock.lap('seeded photos');
  }
  return { rest, undoMore: [() => gateway.close()] };
}

async function fillDatabase(
  postgres: RunningPostgres,
  options: Settled,
  config: StackConfig,
  clock: ReturnType<typeof stopwatch>,
): Promise<{ changed: string[]; seeded: boolean }> {
  await prepareDatabase(postgres.url);
  clock.lap('roles and schemas');
  const { changed } = await migrate(postgres.url, options.migrationsDir ?? config.db.migrationsDir);
  clock.lap('migrations');
  if (!options.seed || !config.db.seed.enabled) return { changed, seeded: false };
  const done = await seed(postgres.url, config.db.seed.sql_paths);
  clock.lap('seed');
  return { changed, seeded: done.length > 0 };
}

function stopwatch() {
  const laps: Phase[] = [];
  let last = performance.now();
  const lap = (name: string): void => {
    const now = performance.now();
    laps.push({ name, ms: Math.round(now - last) });
    last = now;
  };
  return { laps, lap };
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= action());
}
