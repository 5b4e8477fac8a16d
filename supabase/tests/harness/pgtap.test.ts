import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { startTestDatabase } from './database.ts';
import { type FileReport, runTestFile } from './run.ts';
import type { Assertion } from './tap.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.test.sql'));

// Everything runs before the first test is named, so that each assertion can be a test of its own.
const reports = await runAll();

async function runAll(): Promise<[string, FileReport][]> {
  const database = await startTestDatabase();
  try {
    const done: [string, FileReport][] = [];
    for (const name of files.sort()) done.push([name, await runTestFile(database.url, folder + name)]);
    return done;
  } finally {
    await database.stop();
  }
}

function define(assertion: Assertion): void {
  if (assertion.skipped !== undefined) {
    test.skip(`${assertion.description} (${assertion.skipped})`);
    return;
  }
  test(assertion.description, () => expect(assertion.passed, assertion.diagnostics.join('\n')).toBe(true));
}

for (const [name, report] of reports) {
  describe(basename(name, '.test.sql'), () => {
    for (const assertion of report.assertions) define(assertion);
    test('runs to its end', () => expect(report.failure).toBeUndefined());
  });
}
