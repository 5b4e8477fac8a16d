import { beforeAll, expect, test } from 'vitest';
import { mouldPglite, type SimDatabase } from './database.ts';
import { plantedBugs } from './planted.ts';
import { serverBugs } from './planted-sql.ts';
import { Storm, type StormOptions } from './storm.ts';
import { layNotes } from './world.ts';

let fresh: () => Promise<SimDatabase>;

beforeAll(async () => {
  fresh = await mouldPglite();
});

/** Weathers storms until one finds something; answers what it found. */
async function weathered(db: SimDatabase, firstSeed: number, options: Partial<StormOptions>): Promise<string> {
  for (let seed = firstSeed; seed < firstSeed + 4; seed++) {
    const storm = new Storm(db, { seed, steps: 500, calmEvery: 120, ...options });
    const found = await storm.run().then(
      () => '',
      (thrown: unknown) => (thrown as Error).message,
    );
    if (found) return found;
  }
  return 'nothing';
}

const numbered = <T>(bugs: Readonly<Record<string, T>>) =>
  Object.entries(bugs).map(([name, bug], at) => [name, 100 * (at + 1), bug] as const);

test.each(numbered(plantedBugs))('a storm finds the planted bug of the engine: %s', async (_, firstSeed, bug) => {
  const db = await fresh();
  const found = await weathered(db, firstSeed, bug);
  await db.stop();
  expect(found).toMatch(/^step \d+: (S\d+: |\S+ sees \d+ of )/);
});

test.each(numbered(serverBugs))(
  'a storm finds the planted bug of the server: %s',
  async (_, firstSeed, { sql, ...options }) => {
    const db = await fresh();
    await layNotes(db);
    await db.exec(sql);
    const found = await weathered(db, firstSeed, options);
    await db.stop();
    expect(found).toMatch(/^step \d+: (S\d+: |\S+ sees \d+ of )/);
  },
);
