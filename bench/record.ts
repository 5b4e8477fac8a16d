import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMet, ratiosOf, regressions, tableOf, type Line } from './table.ts';

/** How a bench is to run, from the command line. */
export interface BenchOptions {
  /** Fewer rows and runs: an answer in a minute and a half. */
  readonly quick: boolean;
  /** Keeps the ratios of this run as the ones later runs are held to. */
  readonly record: boolean;
}

const FILE = fileURLToPath(new URL('./recorded.json', import.meta.url));
type Recorded = Record<string, Record<string, number>>;

/** Prints a bench's table and what got worse; says whether all goals were met and nothing got worse. */
export function conclude(bench: string, lines: readonly Line[], { record }: BenchOptions): boolean {
  console.log(`\n${tableOf(lines)}\n`);
  const recorded: Recorded = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Recorded) : {};
  const now = ratiosOf(lines);
  const worse = regressions(recorded[bench] ?? {}, now);
  for (const sentence of worse) console.log(`  regression: ${sentence}`);
  if (worse.length === 0) console.log('  no ratio is more than 20 % worse than recorded');
  if (record)
    writeFileSync(FILE, `${JSON.stringify({ ...recorded, [bench]: { ...recorded[bench], ...now } }, null, 2)}\n`);
  const missed = lines.some((line) => line.goals.some((goal) => isMet(line, goal) === false));
  return worse.length === 0 && !missed;
}
