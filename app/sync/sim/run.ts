import { startTestDatabase } from '../../../supabase/tests/harness/database.ts';
import { mouldPglite, overPool, type SimDatabase } from './database.ts';
import { smallestFailing } from './shrink.ts';
import { Storm } from './storm.ts';

const given = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : (process.argv[at + 1] ?? '');
};

const seed = Number(given('seed') ?? Math.floor(Math.random() * 2 ** 31));
const steps = Number(given('steps') ?? 5_000);
const calmEvery = Number(given('calm') ?? 400);
const where = given('on') ?? 'pglite';

/** How to come by fresh databases; a server is booted for each, a database in this process is cast from a mould. */
async function databases(): Promise<() => Promise<SimDatabase>> {
  if (where !== 'postgres') return mouldPglite();
  return async () => {
    const { url, stop } = await startTestDatabase();
    return overPool(url, stop);
  };
}

const fresh = await databases();

/** One storm on a database of its own; the step at which it failed, or nothing. */
async function attempt(last: number): Promise<{ failed: number; why: unknown } | undefined> {
  const db = await fresh();
  const storm = new Storm(db, { seed, steps: last, calmEvery });
  const began = performance.now();
  try {
    const tally = await storm.run();
    const seconds = (performance.now() - began) / 1000;
    if (last === steps) console.log(JSON.stringify(tally, null, 1));
    console.log(`${last} steps: calm after ${seconds.toFixed(1)} s, ${(last / seconds).toFixed(0)} steps/s`);
    return undefined;
  } catch (why) {
    return { failed: storm.step, why };
  } finally {
    await db.stop();
  }
}

console.log(`storm: seed ${seed}, ${steps} steps on ${where}`);
const broken = await attempt(steps);
if (broken) {
  console.error(broken.why);
  process.exitCode = 1;
  if (process.argv.includes('--shrink')) {
    const least = await smallestFailing(Math.min(broken.failed, steps), async (last) => Boolean(await attempt(last)));
    console.error(
      `the shortest that fails: npm run sim -- --seed ${seed} --steps ${least} --calm ${calmEvery} --on ${where}`,
    );
  }
}
process.exit();
