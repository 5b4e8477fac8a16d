import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../config.ts';

/** Where the Deno process listens, and what proves that we are the stack. */
export interface RuntimeAddress {
  origin: string;
  token: string;
}

/** The Deno process that runs the functions: started on first use, restarted when their files change. */
export interface Runtime {
  address(): Promise<RuntimeAddress>;
  close(): Promise<void>;
}

interface Running {
  child: ChildProcess;
  address: Promise<RuntimeAddress>;
  stamp: number;
}

/** Prepares the runtime; nothing is started yet. */
export function createRuntime(options: {
  env: Record<string, string>;
  cacheDir: string;
  log(line: string): void;
}): Runtime {
  let running: Running | undefined;
  const current = async (): Promise<RuntimeAddress> => {
    const stamp = newestFile(join(ROOT, 'functions'));
    if (running && running.stamp !== stamp) await stop(running);
    if (!running || running.stamp !== stamp || running.child.exitCode !== null) running = start(options, stamp);
    return running.address;
  };
  return { address: current, close: async () => running && stop(running) };
}

function start({ env, cacheDir, log }: Parameters<typeof createRuntime>[0], stamp: number): Running {
  const token = randomUUID();
  const flags = ['--no-prompt', '--quiet', '--allow-net', '--allow-env', '--allow-read', '--allow-sys', '--no-remote'];
  const config = ['--config', join(ROOT, 'functions/deno.json'), '--node-modules-dir=manual'];
  const child = spawn(
    denoProgram(),
    ['run', ...flags, ...config, fileURLToPath(new URL('router.mjs', import.meta.url))],
    {
      cwd: join(ROOT, 'functions'),
      env: { ...inherited(), ...ownEnvironment(), ...env, DENO_DIR: cacheDir, STACK_FUNCTIONS_TOKEN: token },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    },
  );
  const address = listening(child, log).then((port) => ({ origin: `http://127.0.0.1:${port}`, token }));
  address.catch(() => undefined);
  return { child, address, stamp };
}

/** STACK_DENO names another Deno, such as the 2.1.4 that hosted runs. */
function denoProgram(): string {
  const chosen = process.env['STACK_DENO'];
  if (chosen) return chosen;
  const home = dirname(createRequire(import.meta.url).resolve('deno/package.json'));
  const program = join(home, process.platform === 'win32' ? 'deno.exe' : 'deno');
  if (existsSync(program)) return program;
  throw new Error('Edge Functions need Deno, which npm has not unpacked. Run "npm rebuild deno".');
}

/** Functions get what hosted gives them, not what happens to be in this terminal. */
function inherited(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'USERPROFILE', 'LANG', 'TZ'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** `functions/.env` holds the secrets that hosted keeps by `supabase secrets set`. */
export function ownEnvironment(): Record<string, string> {
  const file = join(ROOT, 'functions/.env');
  if (!existsSync(file)) return {};
  const lines = readFileSync(file, 'utf8').split('\n');
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, value] = /^\s*([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value.replace(/^(["'])(.*)\1$/, '$2')]];
    }),
  );
}

function listening(child: ChildProcess, log: (line: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const port = /^STACK_FUNCTIONS_PORT=(\d+)$/.exec(line)?.[1];
      if (port) resolve(Number(port));
      else log(`[functions] ${line}`);
    });
    createInterface({ input: child.stderr! }).on('line', (line) => log(`[functions] ${line}`));
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`The functions' runtime ended (code ${code ?? 'none'})`)));
  });
}

async function stop({ child }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const left = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await left;
}

/** The time of the newest file below a folder, in milliseconds; 0 when there is none. */
function newestFile(folder: string): number {
  if (!existsSync(folder)) return 0;
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) =>
    entry.isDirectory() ? newestFile(join(folder, entry.name)) : statSync(join(folder, entry.name)).mtimeMs,
  );
  return Math.max(0, ...times);
}
