import { parseArgs } from 'node:util';
import { bench as capture } from './capture.ts';
import { bench as ocr } from './ocr/bench.ts';
import { bench as pull } from './pull.ts';
import type { BenchOptions } from './record.ts';
import { bench as routing } from './routing.ts';
import { bench as server } from './server.ts';
import { bench as stack } from './stack-start.ts';
import { bench as sync } from './sync.ts';

/** A bench says whether its goals were met; one without goals says nothing. */
const benches: Readonly<Record<string, (options: BenchOptions) => Promise<boolean | void>>> = {
  stack,
  pull,
  routing,
  server,
  sync,
  ocr,
  capture,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
  },
});
const unknown = positionals.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`No such measurement: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
let satisfied = true;
for (const name of positionals.length > 0 ? positionals : Object.keys(benches)) {
  const started = Date.now();
  console.log(`\n${name}`);
  if ((await benches[name]!(values)) === false) satisfied = false;
  console.log(`  ${name} took ${Math.round((Date.now() - started) / 1000)} s`);
}
process.exit(values.strict && !satisfied ? 1 : 0);
