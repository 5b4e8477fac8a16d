import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase } from '../../../supabase/tests/harness/database.ts';
import { overPool, type SimDatabase } from './database.ts';
import { Storm } from './storm.ts';

let db: SimDatabase;

beforeAll(async () => {
  const { url, stop } = await startTestDatabase();
  db = overPool(url, stop);
});

afterAll(() => db?.stop());

const fresh = Math.floor(Math.random() * 2 ** 31);

test.each([
  ['seed 17', 17],
  [`the fresh seed ${fresh}`, fresh],
])('S1-S18: a storm on the embedded Postgres with %s ends in agreement', async (_, seed) => {
  const tally = await new Storm(db, { seed, steps: 500, where: 'postgres' }).run();
  expect(tally['verdict_applied']).toBeGreaterThan(30);
});
