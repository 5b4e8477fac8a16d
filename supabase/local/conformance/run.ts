import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../config.ts';

// `npm run conformance`: the suite against a stack of its own, or against any Supabase given by address and keys.
const { values, positionals } = read();
const USAGE = 'Give all of --url --anon-key --service-key --db-url, or none for a stack of its own.';
const given = [values.url, values['anon-key'], values['service-key'], values['db-url']];
const names = ['CONFORMANCE_URL', 'CONFORMANCE_ANON_KEY', 'CONFORMANCE_SERVICE_KEY', 'CONFORMANCE_DB_URL'];

if (given.some(Boolean) && !given.every(Boolean)) {
  refuse(USAGE);
}
const env = given.every(Boolean) ? Object.fromEntries(names.map((name, at) => [name, given[at]])) : {};
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const run = spawnSync(process.execPath, [vitest, 'run', '--project', 'conformance', ...positionals], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, ...env },
});
process.exit(run.status ?? 1);

function read() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      allowPositionals: true,
      options: { url: text, 'anon-key': text, 'service-key': text, 'db-url': text },
    });
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
