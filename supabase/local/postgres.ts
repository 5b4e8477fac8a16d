import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, type Binaries, findBinaries, serverAccount } from './postgres/binaries.ts';
import { interrupt, readPidFile, stopOrphan } from './postgres/pidfile.ts';
import { freePort } from './ports.ts';
import { guard } from './postgres/guard.ts';

export { prepareDatabase } from './postgres/prepare.ts';

/** The password of every login role of the embedded database, which listens on this machine only. */
export const LOCAL_PASSWORD = 'postgres';

/** A running server: `url` signs in as `postgres` (as migrations do), `adminUrl` as the superuser. */
export interface RunningPostgres {
  url: string;
  adminUrl: string;
  port: number;
  pid: number;
  /** Whether this start created the database cluster. */
  fresh: boolean;
  stop(): Promise<void>;
}

interface Place {
  binaries: Binaries;
  account: Account;
  pgdata: string;
  log: string;
}

/** Starts Postgres 17 on `dataDir/postgres`, creating it when absent; throws a sentence a person can act on. */
export async function startPostgres(options: { dataDir: string; port?: number }): Promise<RunningPostgres> {
  const place = await prepare(resolve(options.dataDir));
  await stopOrphan(place.pgdata);
  const fresh = !existsSync(join(place.pgdata, 'PG_VERSION'));
  if (fresh) createCluster(place);
  const port = options.port ?? (await freePort());
  const server = launch(place, port);
  // From its first moment: a start may be interrupted before the server is ready.
  const dismiss = server.pid === undefined ? () => undefined : guard(server.pid);
  await untilReady(server, place);
  const url = (user: string) => `postgresql://${user}:${LOCAL_PASSWORD}@127.0.0.1:${port}/postgres`;
  const pid = server.pid!;
  return {
    url: url('postgres'),
    adminUrl: url('supabase_admin'),
    port,
    pid,
    fresh,
    stop: stopper(server, place, dismiss),
  };
}

async function prepare(dataDir: string): Promise<Place> {
  const account = serverAccount();
  mkdirSync(dataDir, { recursive: true });
  // The account that root lends the server must be able to enter; what is secret in there is closed by its own mode.
  if (account.uid !== undefined) chmodSync(dataDir, statSync(dataDir).mode | 0o011);
  return {
    binaries: await findBinaries(),
    account,
    pgdata: join(dataDir, 'postgres'),
    log: join(dataDir, 'postgres.log'),
  };
}

/** Creates the cluster beside its place and moves it there whole, so that an interrupted start leaves no half of one. */
function createCluster({ binaries, account, pgdata }: Place): void {
  const draft = `${pgdata}.draft`;
  const passwordFile = `${pgdata}.password`;
  rmSync(draft, { recursive: true, force: true });
  rmSync(pgdata, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, `${LOCAL_PASSWORD}\n`, { mode: 0o600 });
  for (const path of [draft, passwordFile]) handOver(path, account);
  const flags = ['--username=supabase_admin', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--no-sync'];
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  try {
    run(binaries.initdb, [`--pgdata=${draft}`, ...flags, ...locale, '--no-instructions'], account);
    // --no-sync makes initdb quick; this puts its files on disk in one sweep instead.
    run(binaries.initdb, [`--pgdata=${draft}`, '--sync-only'], account);
    renameSync(draft, pgdata);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function handOver(path: string, { uid, gid }: Account): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

const SHUT_OUT =
  'Postgres refuses to run as root, so root lends it another account, which cannot enter this folder.\n' +
  'Start as an ordinary user, or move the project to a folder that everybody may enter (not below /root).';

function run(program: string, args: string[], account: Account): void {
  const { status, stderr, error } = spawnSync(program, args, { ...account, encoding: 'utf8', env: environment() });
  if (status === 0) return;
  const closed =
    (error as NodeJS.ErrnoException | undefined)?.code === 'EACCES' || /Permission denied/i.test(stderr ?? '');
  if (closed && account.uid !== undefined) throw new Error(SHUT_OUT);
  if (error) throw error;
  const hint = closed ? ' Choose a data directory that you may write to with --data-dir.' : '';
  throw new Error(`The database could not be created.${hint}\n${stderr.trim()}`);
}

const environment = (): NodeJS.ProcessEnv => ({ ...process.env, LC_ALL: 'C', LANG: 'C', PGDATA: '', TZ: 'UTC' });

/** fsync and synchronous_commit stay on: what was acknowledged survives `kill -9` and a power cut. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  shared_buffers: '96MB',
  max_connections: '120',
  wal_level: 'replica',
  max_wal_senders: '2',
  jit: 'off',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
};

/** In a group of its own, so that Ctrl-C reaches us first and the server is asked to leave in order. */
function launch({ binaries, account, pgdata, log }: Place, port: number): ChildProcess {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const output = openSync(log, 'a');
  const args = ['-D', pgdata, '-p', String(port), ...settings];
  const stdio: ('ignore' | number)[] = ['ignore', output, output];
  const server = spawn(binaries.postgres, args, { ...account, env: environment(), stdio, detached: true });
  server.on('error', () => undefined);
  closeSync(output);
  return server;
}

async function untilReady(server: ChildProcess, place: Place): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    if (server.exitCode !== null || server.pid === undefined) throw new Error(whyNot(place.log));
    const file = readPidFile(place.pgdata);
    if (file?.ready && file.pid === server.pid) return;
    await sleep(5);
  }
  throw new Error(`Postgres did not get ready within a minute. Its log: ${place.log}`);
}

function whyNot(log: string): string {
  const tail = readFileSync(log, 'utf8').trim().split('\n').slice(-6).join('\n');
  if (/could not bind|Address already in use/i.test(tail)) {
    return 'The port chosen for the database is in use. Stop the program that has it, or pass another with --port.';
  }
  if (/incompatible with server/i.test(tail)) {
    return 'The data directory was made by another version of Postgres. "npm run reset" makes a new one.';
  }
  return `Postgres did not start. The end of its log (${log}):\n${tail}`;
}

function stopper(server: ChildProcess, { binaries, account, pgdata }: Place, dismiss: () => void): () => Promise<void> {
  const pid = server.pid!;
  return async () => {
    const left = new Promise((resolve) => server.once('exit', resolve));
    if (server.exitCode === null && server.signalCode === null) {
      if (process.platform === 'win32') run(binaries.pg_ctl, ['stop', '-D', pgdata, '-m', 'fast'], account);
      else await interrupt(pid);
      await left;
    }
    dismiss();
  };
}
