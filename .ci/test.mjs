// `npm test`: every check, suite and journey in one go, then one line that counts them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { install } from '../supabase/local/install.mjs';

const REPORTS = 'test-results';
const tally = { passed: 0, failed: 0, skipped: 0 };

const npx = (command, env = {}) =>
  spawnSync(command, { shell: true, stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;

/** A step without a report of its own counts as one test. */
function step(name, command) {
  const started = Date.now();
  console.log(`\n▸ ${name}`);
  const ok = npx(command);
  tally[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? '✓' : '✗'} ${name} (${Math.round((Date.now() - started) / 1000)} s)`);
  return ok;
}

/** A suite that writes a JSON report; a suite that dies without one counts as one failure. */
function suite(name, command, report, read, env) {
  console.log(`\n▸ ${name}`);
  rmSync(report, { force: true });
  const ok = npx(command, env);
  const counts = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 0 };
  if (!ok && counts.failed === 0) counts.failed = 1;
  for (const key of Object.keys(counts)) tally[key] += counts[key];
}

const vitest = (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
  skipped: report.numPendingTests + report.numTodoTests,
});

const journeys = ({ stats }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected,
  skipped: stats.skipped,
});

/** Tells what the screen held when a journey went wrong, also where the second attempt was well. */
function tellScreens({ suites = [], specs = [] }) {
  for (const inner of suites) tellScreens(inner);
  for (const { title, tests } of specs)
    for (const { status, results } of tests.filter((one) => ['unexpected', 'flaky'].includes(one.status)))
      for (const { attachments } of results.filter((attempt) => attempt.status !== 'passed'))
        for (const { path } of attachments.filter(({ name }) => name === 'error-context'))
          console.log(`\n${status}: ${title}\n${screenIn(path)}`);
}

/** The part of Playwright's notes that says in words what stood on the screen. */
const screenIn = (path) =>
  /```yaml\n([\s\S]*?)\n```/.exec(readFileSync(path, 'utf8'))?.[1].split('\n').slice(0, 60).join('\n');

if (!install()) {
  console.error('The packages could not be installed. What npm said is above.');
  process.exit(1);
}
mkdirSync(REPORTS, { recursive: true });

step('types', 'npm run --silent check:types');
step('lint', 'npm run --silent check:lint');
step('format', 'npm run --silent check:format');
step('doors', 'npm run --silent check:doors');
step('generated schema is current', 'npm run --silent gen -- --check');
for (const project of ['unit', 'database', 'conformance', 'storm']) {
  const report = `${REPORTS}/${project}.json`;
  const flags = `--reporter=default --reporter=json --outputFile.json=${report}`;
  suite(project, `npx vitest run --project ${project} ${flags}`, report, vitest);
}
suite(
  'functions on the Deno of hosted Supabase',
  'npm run --silent test:deno',
  `${REPORTS}/deno.json`,
  (counts) => counts,
);
if (step('build', 'npm run --silent build')) {
  step('bundle size', 'npx tsx sw/bundle-size.ts');
  suite('journeys', 'npx playwright test', `${REPORTS}/journeys.json`, journeys);
  if (existsSync(`${REPORTS}/journeys.json`)) tellScreens(JSON.parse(readFileSync(`${REPORTS}/journeys.json`, 'utf8')));
}

if (tally.skipped > 0) console.log(`\n${tally.skipped} skipped, each with its reason in its name`);
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 ? 0 : 1);
