import { bootPglite } from './database.ts';
import { Storm } from './storm.ts';

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

const seed = option('seed', Math.floor(Math.random() * 2 ** 31));
const steps = option('steps', 5_000);
console.log(`storm: seed ${seed}, ${steps} steps`);

const db = await bootPglite();
const began = performance.now();
try {
  const tally = await new Storm(db, { seed, steps }).run();
  const seconds = (performance.now() - began) / 1000;
  console.log(JSON.stringify(tally, null, 1));
  console.log(
    `calm after ${seconds.toFixed(1)} s, ${(steps / seconds).toFixed(0)} steps/s; again with: npm run sim -- --seed ${seed} --steps ${steps}`,
  );
} catch (thrown) {
  console.error(thrown);
  process.exitCode = 1;
} finally {
  await db.stop();
}
