/** Whose figure it is. */
export type Side = 'ours' | 'rxdb' | 'limit';

/** What ours may come to at most: as a multiple of another side's figure, or outright. */
export interface Goal {
  readonly than: 'limit' | 'rxdb' | 'nothing';
  readonly most: number;
}

/** One measure, side by side; a side that does not do it has no figure. Smaller is better. */
export interface Line {
  readonly name: string;
  readonly unit: string;
  readonly figures: Readonly<Partial<Record<Side, number>>>;
  readonly goals: readonly Goal[];
}

/** How many times as much as before is worth a word. */
const WORSE = 1.2;

/** The value in the middle; of an even number, the mean of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Whether ours met a goal; undefined when there is nothing to hold it against. */
export function isMet({ figures }: Line, { than, most }: Goal): boolean | undefined {
  const other = than === 'nothing' ? 1 : figures[than];
  return figures.ours === undefined || other === undefined ? undefined : figures.ours <= most * other;
}

/** Ours as a multiple of the others, by name: what is comparable from one machine to the next. */
export function ratiosOf(lines: readonly Line[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { name, unit, figures } of lines)
    for (const side of ['limit', 'rxdb'] as const)
      if (figures.ours && figures[side]) found[`${name}, ${unit} / ${side}`] = rounded(figures.ours / figures[side]);
  return found;
}

/** Sentences about ratios that are more than a fifth worse than recorded. */
export function regressions(
  recorded: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
): string[] {
  return Object.entries(now)
    .filter(([name, ratio]) => ratio > (recorded[name] ?? Infinity) * WORSE)
    .map(([name, ratio]) => `${name} is ${ratio}x, was ${recorded[name]}x`);
}

const rounded = (ratio: number): number => Number(ratio.toPrecision(3));

/** The lines as a table: figures, ratios, and each goal with a tick or a cross. */
export function tableOf(lines: readonly Line[]): string {
  const head = ['measure', 'ours', 'RxDB', 'limit', 'x RxDB', 'x limit', 'goals'];
  const body = lines.map((line) => [
    `${line.name}, ${line.unit}`,
    ...(['ours', 'rxdb', 'limit'] as const).map((side) => figure(line.figures[side])),
    ...(['rxdb', 'limit'] as const).map((side) => quotient(line, side)),
    line.goals.map((goal) => verdict(line, goal)).join('  '),
  ]);
  const widths = head.map((_, at) => Math.max(...[head, ...body].map((row) => row[at]!.length)));
  const draw = (row: readonly string[]) =>
    row.map((cell, at) => (at === 0 || at === 6 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ');
  return [head, widths.map((width) => '-'.repeat(width)), ...body].map((row) => `  ${draw(row).trimEnd()}`).join('\n');
}

const figure = (value: number | undefined): string =>
  value === undefined
    ? '-'
    : value < 10 && !Number.isInteger(value)
      ? value.toFixed(2)
      : Math.round(value).toLocaleString('en');

function quotient({ figures }: Line, side: 'rxdb' | 'limit'): string {
  const [ours, other] = [figures.ours, figures[side]];
  return ours === undefined || !other ? '' : (ours / other).toFixed(2);
}

function verdict(line: Line, goal: Goal): string {
  const met = isMet(line, goal);
  const mark = met === undefined ? '?' : met ? '✓' : '✗';
  const words = goal.than === 'nothing' ? `≤ ${goal.most.toLocaleString('en')}` : `≤ ${goal.most} x ${goal.than}`;
  return `${mark} ${words}`;
}
