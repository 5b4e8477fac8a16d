import { beforeAll, expect, test } from 'vitest';
import { mouldPglite, type SimDatabase } from './database.ts';
import { plantedBugs } from './planted.ts';
import { smallestFailing } from './shrink.ts';
import type { StormOptions, Tally } from './options.ts';
import { Storm } from './storm.ts';

let cast: () => Promise<SimDatabase>;

beforeAll(async () => {
  cast = await mouldPglite();
});

/** A storm on a database of its own, as `npm run sim` would repeat it. */
async function weather(options: StormOptions): Promise<Tally> {
  const db = await cast();
  try {
    return await new Storm(db, options).run();
  } finally {
    await db.stop();
  }
}

const fresh = Math.floor(Math.random() * 2 ** 31);

test.each([11, 12, 13, 14])('S1-S18: a storm with seed %i ends in agreement', async (seed) => {
  const tally = await weather({ seed, steps: 700 });
  expect(tally['intents']).toBeGreaterThan(100);
  expect(tally['verdict_applied']).toBeGreaterThan(60);
});

test(`S1-S18: a storm with the fresh seed ${fresh} ends in agreement`, async () => {
  const tally = await weather({ seed: fresh, steps: 900 });
  expect(tally['calms']).toBe(4);
});

test('S7, S12: storms that restore backups all the time lose only what the restore undid', async () => {
  const tally = await weather({ seed: 18, steps: 600, mood: { backup: 4, restore: 3 } });
  expect(tally['restored']).toBeGreaterThan(3);
  expect(tally['undone']).toBeGreaterThan(10);
});

test('S6, S16: devices that are cut off for hundreds of steps, or away for ninety days, come back whole', async () => {
  const tally = await weather({ seed: 16, steps: 500, mood: { offline: 2, away: 2, garbage: 2 } });
  expect(Math.min(tally['offline'] ?? 0, tally['away'] ?? 0)).toBeGreaterThan(2);
  expect(tally['cut_off']).toBeGreaterThan(50);
});

test('the same seed tells the same story', async () => {
  const tell = (): Promise<Tally> => weather({ seed: 21, steps: 200 });
  expect(await tell()).toEqual(await tell());
});

test('S22: clocks that are years off and run backwards change nothing of the story', async () => {
  let [year, now] = [365 * 86_400_000, Date.parse('2051-01-01T00:00:00Z')];
  const mad = await weather({ seed: 21, steps: 200, now: () => (now -= year = -year * 0.99) });
  expect(mad).toEqual(await weather({ seed: 21, steps: 200 }));
});

test('a storm that fails prints the command that repeats it, and the repetition fails alike', async () => {
  const swallowing = { ...plantedBugs['refusals are swallowed (S14)'], seed: 31, steps: 240, calmEvery: 120 };
  const told = await weather(swallowing).catch(({ message }: Error) => message);
  expect(told).toContain('npm run sim -- --seed 31 --steps 240 --calm 120');
  expect(await weather(swallowing).catch(({ message }: Error) => message)).toBe(told);
});

test('the fewest failing steps are found by halves', async () => {
  expect(await smallestFailing(400, async (steps) => steps >= 137)).toBe(137);
});
