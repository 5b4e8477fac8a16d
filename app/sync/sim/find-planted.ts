import { beforeAll, expect, test } from 'vitest';
import { mouldPglite, type SimDatabase } from './database.ts';
import type { Bug } from './planted.ts';
import { Storm } from './storm.ts';
import { layNotes } from './world.ts';

/** Storms a bug gets to show itself in. */
const CHANCES = 8;

/** Plants each bug on a database of its own, where it can harm no other, and lets storms find it. */
export function findsPlantedBugs(half: string, bugs: Readonly<Record<string, Bug>>): void {
  let cast: () => Promise<SimDatabase>;
  beforeAll(async () => {
    cast = await mouldPglite();
  });

  test.each(Object.entries(bugs))(`a storm finds the planted bug of the ${half}: %s`, async (_, bug) => {
    const db = await cast();
    await layNotes(db);
    if (bug.sql) await db.exec(bug.sql);
    const found = await weathered(db, bug);
    await db.stop();
    expect(found).toMatch(/^step \d+: /);
    expect(found).toMatch(bug.finds);
  });
}

/** Weathers storms until one finds something; answers what it found. */
async function weathered(
  db: SimDatabase,
  { seed = 1, sql: _planted, finds: _words, ...options }: Bug,
): Promise<string> {
  for (let chance = 0; chance < CHANCES; chance++) {
    const storm = new Storm(db, { steps: 500, calmEvery: 120, ...options, seed: seed + chance });
    const found = await storm.run().then(
      () => undefined,
      (thrown: unknown) => (thrown as Error).message.split('\n')[0],
    );
    if (found) return found;
  }
  return `nothing in ${CHANCES} storms`;
}
