import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const files = (folder: string, fits: (name: string) => boolean): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(fits)
    .map((name) => `${folder}/${name}`);

const isTest = (name: string): boolean => /\.test\.ts$|contract\.ts$|find-planted\.ts$/.test(name);

/** The rules a text cites. "S1-S18", as storms call what they hold, cites none: every rule has a test of its own. */
const cited = (text: string): Set<string> => new Set(text.match(/(?<![-–])\bS\d{1,2}\b(?![-–]S\d)/g) ?? []);

/** Where each citation is made: rule -> files. */
function citations(paths: readonly string[], part: (text: string) => string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const path of paths)
    for (const rule of cited(part(read(path)))) found.set(rule, [...(found.get(rule) ?? []), path]);
  return found;
}

const commentsOfSql = (text: string): string => (text.match(/--.*$/gm) ?? []).join('\n');
const commentsOfTs = (text: string): string => (text.match(/\/\/.*$|\/\*\*[\s\S]*?\*\//gm) ?? []).join('\n');
/** Only what a test is called counts, not what it does. */
const namesOfTests = (text: string): string =>
  (text.match(/\b(?:test|describe)\b(?:\.\w+)?(?:\([^'"`]*\))?\(\s*(['"`])[\s\S]*?\1/g) ?? []).join('\n');

const spec = [...read('app/sync/SPEC.md').matchAll(/^- \*\*(S\d+) /gm)].map(([, rule]) => rule!);
const engine = citations(
  ['app/sync', 'app/platform', 'functions', 'sw'].flatMap((room) =>
    files(room, (name) => name.endsWith('.ts') && !name.startsWith('sim/') && !isTest(name)),
  ),
  commentsOfTs,
);
const server = citations(
  files('supabase/migrations', (name) => name.endsWith('.sql')),
  commentsOfSql,
);
const tests = citations(
  [
    ...files('app', (name) => isTest(name) && /sync|platform|data/.test(name)),
    ...files('supabase/tests/sync', isTest),
    ...files('app/e2e', (name) => name.endsWith('.ts')),
    ...files('functions', isTest),
  ],
  namesOfTests,
);

describe('what SPEC.md promises', () => {
  test('is numbered from S1 without gaps or repetitions', () => {
    expect(spec.length).toBeGreaterThanOrEqual(25);
    expect(spec).toEqual(spec.map((_, at) => `S${at + 1}`));
  });

  test.each(spec)('%s is cited where the engine or the server keeps it', (rule) => {
    expect([...(engine.get(rule) ?? []), ...(server.get(rule) ?? [])]).not.toEqual([]);
  });

  test.each(spec)('%s is held by a test that names it', (rule) => {
    expect(tests.get(rule) ?? []).not.toEqual([]);
  });

  test('is all there is to cite', () => {
    const strange = [engine, server, tests].flatMap((where) =>
      [...where].filter(([rule]) => !spec.includes(rule)).map(([rule, paths]) => `${rule} in ${paths.join()}`),
    );
    expect(strange).toEqual([]);
  });
});
