import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootPglite, type SimDatabase } from './database.ts';
import { Storm, type Tally } from './storm.ts';

let db: SimDatabase;

beforeAll(async () => {
  db = await bootPglite();
});

afterAll(() => db.stop());

const fresh = Math.floor(Math.random() * 2 ** 31);

test.each([11, 12, 13])('S1-S18: a storm with seed %i ends in agreement', async (seed) => {
  const tally = await new Storm(db, { seed, steps: 700 }).run();
  expect(tally['intents']).toBeGreaterThan(150);
  expect(tally['verdict_applied']).toBeGreaterThan(60);
});

test(`S1-S18: a storm with the fresh seed ${fresh} ends in agreement`, async () => {
  const tally = await new Storm(db, { seed: fresh, steps: 700 }).run();
  expect(tally['calms']).toBe(2);
});

test('the same seed tells the same story', async () => {
  const [one, other] = [await bootPglite(), await bootPglite()];
  const tell = (where: SimDatabase): Promise<Tally> => new Storm(where, { seed: 21, steps: 200 }).run();
  expect(await tell(one)).toEqual(await tell(other));
  await Promise.all([one.stop(), other.stop()]);
});
