import { bench as pull } from './pull.ts';
import { bench as stack } from './stack-start.ts';

const benches: Readonly<Record<string, () => Promise<void>>> = { stack, pull };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`No such measurement: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) {
  console.log(`\n${name}`);
  await benches[name]!();
}
process.exit(0);
