import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { printStart } from './greeting.ts';
import { stopOrphan } from './postgres/pidfile.ts';
import { whoRuns } from './running.ts';
import { DEFAULT_DATA_DIR, type Stack, startStack } from './stack.ts';

const USAGE = `Usage: npx tsx supabase/local/cli.ts <command> [options]

  start    boots the whole stack and stays until Ctrl-C
  reset    deletes the local data: the next start builds it anew from migrations and seed
  stop     stops a stack that runs in another terminal
  status   says whether one runs, and where

  --port <n>          the one port of the stack (default: config.toml, 54321)
  --host <address>    whom to listen to (default: this machine only; 0.0.0.0 is everybody)
  --data-dir <dir>    where data is kept (default: .local)
  --no-seed           leaves a new database empty
  --migrations <dir>  applies these instead of supabase/migrations
`;

const { values, positionals } = readArguments();
const dataDir = resolve(values['data-dir'] ?? DEFAULT_DATA_DIR);

function readArguments() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      allowPositionals: true,
      options: { port: text, host: text, 'data-dir': text, migrations: text, 'no-seed': flag, help: flag },
    });
  } catch (error) {
    return fail(error as Error);
  }
}

async function start(): Promise<void> {
  const began = performance.now();
  let running: Stack | undefined;
  onSignal(() => running);
  running = await startStack({
    ...(values.port === undefined ? {} : { port: portOf(values.port) }),
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values.migrations === undefined ? {} : { migrationsDir: resolve(values.migrations) }),
    dataDir,
    seed: !values['no-seed'],
  });
  printStart(running, performance.now() - began, !values['no-seed']);
}

/** Before the start is done, and on a second signal, leaving at once is right: Postgres is told on the way out. */
function onSignal(running: () => Stack | undefined): void {
  let leaving = false;
  const leave = () => {
    const stack = running();
    if (leaving || !stack) process.exit(130);
    leaving = true;
    console.log('\nStopping…');
    stack.stop().then(() => process.exit(0), fail);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave);
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_535) return port;
  throw new Error(`"${text}" is not a port: give a number from 1 to 65534.`);
}

async function stop(): Promise<void> {
  const note = await whoRuns(dataDir);
  if (!note) {
    const orphan = await stopOrphan(`${dataDir}/postgres`);
    console.log(orphan ? 'Stopped a database that an earlier stack had left behind.' : 'The stack is not running.');
    return;
  }
  process.kill(note.pid, 'SIGTERM');
  while (await whoRuns(dataDir)) await new Promise((resolve) => setTimeout(resolve, 50));
  console.log('Stopped.');
}

async function status(): Promise<void> {
  const note = await whoRuns(dataDir);
  console.log(note ? `The stack is running at ${note.url} (process ${note.pid}).` : 'The stack is not running.');
  process.exitCode = note ? 0 : 3;
}

async function reset(): Promise<void> {
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
  console.log('Local data deleted. The next start builds it anew from migrations and seed.');
}

function fail(error: Error): never {
  console.error(`\n${error.message}\n`);
  if (process.env['DEBUG']) console.error(error);
  process.exit(1);
}

const COMMANDS: Record<string, () => Promise<void>> = { start, stop, status, reset };
const command = COMMANDS[positionals[0] ?? ''];
if (!command || values.help) {
  console.log(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else command().catch(fail);
