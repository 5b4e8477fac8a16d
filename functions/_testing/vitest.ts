// What the functions' tests ask of vitest, on Deno.test and vitest's own matchers: the very same tests run on the Deno that
// hosted functions run on. Only that Deno reads this file, by the import map beside it.
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';
import * as chai from 'chai';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

/** vitest's expect. */
export const expect = Object.assign(
  (value: unknown, message?: string) => {
    setState({ assertionCalls: getState(expect).assertionCalls + 1 }, expect);
    return chai.expect(value, message);
  },
  chai.expect,
  globalThis[ASYMMETRIC_MATCHERS_OBJECT],
);
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect);

type Work = () => unknown;
const before: Work[] = [];
const each: { before: Work[]; after: Work[] } = { before: [], after: [] };
let group = '';
/** Whether a group is left out with all its tests. */
let left = false;

const add = (ignore: boolean, name: string, work: Work = () => undefined): void =>
  Deno.test({
    name: group + name,
    ignore: ignore || left,
    sanitizeOps: false,
    sanitizeResources: false,
    sanitizeExit: false,
    fn: () => run(work),
  });

async function run(work: Work): Promise<void> {
  for (const first of before.splice(0)) await first();
  for (const first of each.before) await first();
  try {
    await work();
  } finally {
    for (const last of each.after) await last();
  }
}

/** A row of a table of cases, in the name of its test: %s and its like, one value after the other. */
function named(name: string, values: readonly unknown[]): string {
  const left = [...values];
  return name.replace(/%[sijdf]/g, (form) => (form === '%j' ? JSON.stringify(left.shift()) : String(left.shift())));
}

const table =
  (rows: readonly unknown[]) =>
  (name: string, work: (...values: unknown[]) => unknown): void => {
    for (const row of rows) {
      const values = Array.isArray(row) ? row : [row];
      add(false, named(name, values), () => work(...values));
    }
  };

/** vitest's test, as far as it is used here. */
export const test = Object.assign((name: string, work: Work) => add(false, name, work), {
  each: table,
  skip: (name: string, work?: Work) => add(true, name, work),
  skipIf: (skip: boolean) => (name: string, work: Work) => add(skip, name, work),
});
export const it = test;

/** vitest's describe: its name stands before those of its tests. */
export const describe = Object.assign(
  (name: string, define: () => void): void => {
    const [outer, outerLeft] = [group, left];
    group = `${outer}${name}: `;
    define();
    [group, left] = [outer, outerLeft];
  },
  {
    skipIf: (skip: boolean) => (name: string, define: () => void) => {
      const outer = left;
      left ||= skip;
      describe(name, define);
      left = outer;
    },
  },
);

export const beforeAll = (work: Work): void => void (left || before.push(work));
export const afterAll = (work: Work): void => globalThis.addEventListener('unload', () => void work());
export const beforeEach = (work: Work): void => void each.before.push(work);
export const afterEach = (work: Work): void => void each.after.push(work);

/** vitest's own settings: Deno's tests have no time-outs that would have to be longer. */
export const vi = { setConfig: (_settings: object): void => undefined };
