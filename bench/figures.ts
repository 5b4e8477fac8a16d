/** Milliseconds of `runs` repetitions after `warmUps` that do not count, sorted. */
export async function timed(runs: number, work: () => Promise<unknown>, warmUps = 0): Promise<number[]> {
  for (let run = 0; run < warmUps; run++) await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b);
}

/** The value below which a share of sorted values lies. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;

/** One line of a result: name, median, 95th percentile and extremes, in milliseconds. */
export function report(name: string, sorted: readonly number[]): void {
  const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
  const p50 = ms(percentile(sorted, 0.5));
  const p95 = ms(percentile(sorted, 0.95));
  console.log(
    `  ${name.padEnd(44)} p50 ${p50}  p95 ${p95}  (${ms(sorted[0]!)} to ${ms(sorted.at(-1)!)}, n=${sorted.length})`,
  );
}
