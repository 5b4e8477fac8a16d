import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import ws from 'ws';
import { ROOT } from '../config.ts';
import { keysOf } from '../keys.ts';
import { freePort } from '../ports.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** How a command of cli.ts ended. */
export interface Ended {
  code: number | null;
  output: string;
}

/** A stack in a process of its own, as `npm start` runs it. */
export interface StackProcess {
  url: string;
  dataDir: string;
  child: ChildProcess;
  /** Milliseconds from the command to the printed address, Node's own start included. */
  took: number;
  output(): string;
  client(): SupabaseClient;
  /** Process id of its Postgres. */
  postgres(): number;
  ended: Promise<Ended>;
}

/** A new empty data directory. */
export function newDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'stack-'));
  chmodSync(dataDir, 0o755);
  return dataDir;
}

/** Runs `cli.ts` with arguments. */
export function cli(args: string[]): { child: ChildProcess; output(): string; ended: Promise<Ended> } {
  const child = spawn(process.execPath, ['--import', 'tsx', here('../cli.ts'), ...args], { cwd: ROOT });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (text += part.toString()));
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, output: text })));
  return { child, output: () => text, ended };
}

/** Starts a stack and waits until it says where it is; throws what it said instead. */
export async function startProcess(dataDir: string, port?: number): Promise<StackProcess> {
  const chosen = port ?? (await freePort());
  const began = performance.now();
  const migrations = here('migrations');
  const run = cli(['start', '--port', String(chosen), '--data-dir', dataDir, '--migrations', migrations, '--no-seed']);
  const url = `http://localhost:${chosen}`;
  const early = run.ended.then(({ output }) => Promise.reject(new Error(`The stack ended: ${output}`)));
  await Promise.race([until(() => run.output().includes(`Supabase   ${url}`)), early]);
  const took = performance.now() - began;
  const client = () =>
    createClient(url, keysOf(dataDir).serviceRoleKey, { realtime: { transport: ws as unknown as typeof WebSocket } });
  const postgres = () => Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  return { ...run, url, dataDir, took, client, postgres };
}

/** Waits for a condition; throws after a while. */
export async function until(condition: () => boolean | Promise<boolean>, patience = 30_000): Promise<void> {
  const end = Date.now() + patience;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited ${patience} ms in vain for ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Ends a stack in order. */
export async function endProcess(stack: StackProcess): Promise<void> {
  stack.child.kill('SIGINT');
  await stack.ended;
}

/** Removes a data directory. */
export const removeDataDir = (dataDir: string): void => rmSync(dataDir, { recursive: true, force: true });
