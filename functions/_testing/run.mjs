// `npm run test:deno`: the functions' tests on the Deno that hosted Supabase runs, which is older than ours. A test that needs
// Node is called *.node.test.ts. Counts what passed into test-results/deno.json for `npm test`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const home = dirname(createRequire(import.meta.url).resolve('deno-hosted/package.json'));
const program = join(home, process.platform === 'win32' ? 'deno.exe' : 'deno');
if (!existsSync(program)) {
  console.error('The Deno of hosted Supabase is not unpacked. Run "npm rebuild deno-hosted".');
  process.exit(1);
}

const results = join(root, 'test-results');
const xml = join(results, 'deno.xml');
mkdirSync(results, { recursive: true });
rmSync(xml, { force: true });
const flags = ['--no-check', '--allow-all', '--no-prompt', '--config', 'functions/_testing/deno.json'];
const { status } = spawnSync(
  program,
  [
    'test',
    ...flags,
    '--ignore=**/*.node.test.ts',
    `--junit-path=${xml}`,
    'functions/',
    'functions/_testing/modules.deno.ts',
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, DENO_DIR: join(root, 'node_modules/.cache/deno-hosted'), NO_COLOR: '1' },
  },
);

const report = existsSync(xml) ? readFileSync(xml, 'utf8') : '';
const count = (pattern) => [...report.matchAll(pattern)].length;
const failed = count(/<failure|<error/g);
const skipped = count(/<skipped/g);
const passed = count(/<testcase/g) - failed - skipped;
writeFileSync(join(results, 'deno.json'), JSON.stringify({ passed, failed, skipped }));
process.exit(status ?? 1);
