import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a running server writes into its data directory. */
export interface PidFile {
  pid: number;
  ready: boolean;
}

/** Reads `postmaster.pid`; nothing when no server claims the directory. */
export function readPidFile(pgdata: string): PidFile | undefined {
  const file = join(pgdata, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
}

/** Whether a process exists; one that belongs to somebody else does. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Stops a server that outlived its stack (`kill -9`), so that its data can be opened again. */
export async function stopOrphan(pgdata: string): Promise<boolean> {
  const pid = readPidFile(pgdata)?.pid;
  if (pid === undefined || !isAlive(pid) || !isPostgres(pid)) return false;
  await interrupt(pid);
  return true;
}

/** Asks the server to roll back, write a checkpoint and leave; insists after ten seconds. */
export async function interrupt(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  if (await gone(pid, 10_000)) return;
  process.kill(pid, 'SIGQUIT');
  if (!(await gone(pid, 5_000)))
    throw new Error(`Postgres (process ${pid}) does not stop. End it by hand, then retry.`);
}

async function gone(pid: number, patience: number): Promise<boolean> {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    if (!isAlive(pid)) return true;
    await sleep(10);
  }
  return false;
}

/** A process id may have been given to a stranger since; only a Postgres may be stopped. */
function isPostgres(pid: number): boolean {
  return /postgres/i.test(commandOf(pid));
}

function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    const [command, args] =
      process.platform === 'win32'
        ? ['tasklist', ['/FI', `PID eq ${pid}`, '/NH']]
        : ['ps', ['-p', String(pid), '-o', 'command=']];
    return execFileSync(command as string, args as string[], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
