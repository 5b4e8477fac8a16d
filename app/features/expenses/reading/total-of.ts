import { minorDigits } from '../../../kernel/money.ts';
import { hasDecimals, minorOf, numbersIn, type PrintedNumber } from './amounts.ts';
import { rolesOf, type Role } from './labels.ts';
import { sureness, textOf, wordsBetween, type Page, type Word } from './page.ts';

/** A number on a receipt that may be money, with what the words beside it say. */
export interface Amount {
  readonly minor: number;
  readonly roles: ReadonlySet<Role>;
  readonly words: readonly Word[];
  readonly line: number;
  /** Whether its decimals are printed. */
  readonly exact: boolean;
  /** Whether a rate stands on the same line. */
  readonly percent: boolean;
}

/** The total of a receipt as it was read. */
export interface ReadTotal {
  readonly minor: number;
  readonly confidence: number;
  readonly words: readonly Word[];
}

/** Every number on a page that may be money of a currency. */
export function amountsOn(page: Page, currency: string): Amount[] {
  const digits = minorDigits(currency);
  const texts = page.lines.map(textOf);
  return page.lines.flatMap((line, at) => {
    const text = texts[at]!;
    const numbers = numbersIn(text).filter((number) => !isRate(text, number));
    return numbers.flatMap((number) => {
      const minor = minorOf(number, currency);
      if (minor === null) return [];
      const exact = hasDecimals(number, digits);
      const words = wordsBetween(line, number.start, number.end);
      return [{ minor, roles: rolesBeside(texts, at), words, line: at, exact, percent: text.includes('%') }];
    });
  });
}

const isRate = (text: string, { end }: PrintedNumber): boolean => /^\s?[%‰]/.test(text.slice(end));

/** The roles of a line; a line of nothing but numbers belongs to the label above it. */
function rolesBeside(texts: readonly string[], at: number): Set<Role> {
  const own = rolesOf(texts[at]!);
  if (own.size > 0 || /\p{L}{4}/u.test(texts[at]!)) return own;
  const above = texts[at - 1];
  return above !== undefined && numbersIn(above).length === 0 ? rolesOf(above) : own;
}

interface Scored {
  readonly amount: Amount;
  readonly score: number;
}

/** The total on a page seen in two ways: what both say is surer than what either says alone. */
export function totalIn(first: Page, second: Page, currency: string): (ReadTotal & { page: Page }) | undefined {
  const [one, other] = [first, second].map((page) => ({ page, total: totalOf(page, currency) }));
  if (!one?.total || !other?.total) {
    const only = [one, other].find((each) => each?.total);
    return only?.total && { ...only.total, confidence: only.total.confidence * ALONE, page: only.page };
  }
  const same = one.total.minor === other.total.minor;
  const better = other.total.confidence > one.total.confidence + (same ? 1 : 0.1) ? other : one;
  const confidence = same
    ? Math.min(0.99, Math.max(one.total.confidence, other.total.confidence) + 0.12)
    : better.total!.confidence * DISPUTED;
  return { ...better.total!, confidence, page: better.page };
}

/** How much of its confidence a total keeps that only one way of looking found, and one on which they differ. */
const ALONE = 0.9;
const DISPUTED = 0.75;

/** The total: the amount that its label, its place, its size and the sums of the others speak for. */
function totalOf(page: Page, currency: string): ReadTotal | undefined {
  const amounts = amountsOn(page, currency).filter(({ minor }) => minor > 0);
  const usable = amounts.filter(({ exact, roles }) => exact || roles.has('total') || roles.has('final'));
  const scored = usable.map((amount): Scored => ({ amount, score: scoreOf(amount, amounts, page) }));
  scored.sort((a, b) => b.score - a.score || b.amount.line - a.amount.line || b.amount.minor - a.amount.minor);
  const best = scored[0];
  if (!best || best.score < 0.1) return undefined;
  const rival = scored.find(({ amount }) => amount.minor !== best.amount.minor);
  const lead = best.score - (rival?.score ?? 0);
  const confidence = Math.min(0.95, best.score) * (lead < 0.1 ? 0.65 : 1) * (0.6 + 0.4 * sureness(best.amount.words));
  return { minor: best.amount.minor, confidence, words: best.amount.words };
}

/** How much speaks for an amount being the total, about 0 to 1. */
function scoreOf(amount: Amount, all: readonly Amount[], page: Page): number {
  const label = labelScore(amount);
  const agreeing = agreements(amount, all);
  const low = amount.line / Math.max(1, page.lines.length - 1);
  const rightmost = all.every(
    (other) => other.line !== amount.line || other.words.at(-1)!.box.x1 <= amount.words.at(-1)!.box.x1,
  );
  const large = heightOf(amount.words) > 1.2 * typicalHeight(page) ? 0.08 : 0;
  const bare = label === 0 ? 0.25 * rankOf(amount, all) : 0;
  return (
    label + bare + agreeing + large + (low > 0.3 ? 0.06 : 0) + (rightmost ? 0.04 : -0.15) + (amount.exact ? 0.04 : -0.2)
  );
}

function labelScore({ roles, percent }: Amount): number {
  if (roles.has('final') && !roles.has('change')) return 0.72;
  if (roles.has('count') && !roles.has('total')) return -0.5;
  if (roles.has('subtotal') && !roles.has('total')) return -0.15;
  if (roles.has('change')) return -0.6;
  if (roles.has('discount') || roles.has('rounding')) return roles.has('total') ? 0.3 : -0.5;
  if (roles.has('total')) return percent ? 0.42 : 0.62;
  if (roles.has('tax')) return -0.4;
  if (roles.has('perhaps_total')) return percent ? 0.25 : 0.5;
  if (roles.has('paid')) return 0.3;
  return roles.has('given') ? 0.02 : 0;
}

/** Whether the other numbers bear an amount out: paid by card, given less change, net and tax, the sum of the items. */
function agreements(amount: Amount, all: readonly Amount[]): number {
  const { minor } = amount;
  const others = all.filter((other) => other !== amount);
  const of = (role: Role) => others.filter(({ roles }) => roles.has(role)).map((other) => other.minor);
  const same = others.filter((other) => other.minor === minor && other.line !== amount.line);
  const labelled = same.some(
    ({ roles }) =>
      roles.has('final') || roles.has('paid') || roles.has('given') || roles.has('total') || roles.has('perhaps_total'),
  );
  const cash = of('given').some((given) => of('change').some((change) => given - change === minor));
  const taxed = of('subtotal').some((net) => of('tax').some((tax) => near(net + tax, minor)));
  const items = all.filter((other) => other.line < amount.line && other.roles.size === 0 && other.exact);
  const summed = items.length > 1 && lastOfLines(items).reduce((sum, item) => sum + item.minor, 0) === minor;
  const rounded = others.some(
    (other) =>
      !other.roles.has('subtotal') &&
      other.line < amount.line &&
      other.minor !== minor &&
      of('rounding').some((by) => other.minor - by === minor || other.minor + by === minor),
  );
  const bonus =
    (labelled ? 0.15 : same.length > 0 ? 0.06 : 0) +
    (cash ? 0.25 : 0) +
    (taxed ? 0.15 : 0) +
    (summed ? 0.2 : 0) +
    (rounded ? 0.25 : 0);
  return Math.min(0.35, bonus);
}

const near = (one: number, other: number): boolean => Math.abs(one - other) <= 2;

/** Of several amounts on a line the last one is what it comes to. */
const lastOfLines = (amounts: readonly Amount[]): Amount[] => [
  ...new Map(amounts.map((one) => [one.line, one])).values(),
];

/** 1 for the largest amount that no label speaks of, less for smaller ones. */
function rankOf(amount: Amount, all: readonly Amount[]): number {
  const bare = all.filter(({ exact, roles }) => exact && roles.size === 0).map(({ minor }) => minor);
  const larger = new Set(bare.filter((minor) => minor > amount.minor)).size;
  return 1 / (1 + larger);
}

const heightOf = (words: readonly Word[]): number => Math.max(0, ...words.map(({ box }) => box.y1 - box.y0));

function typicalHeight({ lines }: Page): number {
  const heights = lines.flatMap((line) => line.words.map(({ box }) => box.y1 - box.y0)).sort((a, b) => a - b);
  return heights[heights.length >> 1] ?? 0;
}

/** A tax on a receipt: its amount, and its rate in hundredths of a percent when it is printed. */
export interface ReadTax {
  readonly minor: number;
  readonly rate: number | undefined;
  readonly confidence: number;
  readonly words: readonly Word[];
}

const RATE = /(?<![\d.,])(\d{1,2}(?:[.,]\d{1,2})?)\s?%/;

/** The tax within or upon a total; rates that do not fit the amounts leave it unsure. */
export function taxOf(page: Page, currency: string, total: number | undefined): ReadTax | undefined {
  const found = amountsOn(page, currency)
    .filter(
      ({ roles, minor, exact }) => roles.has('tax') && exact && minor > 0 && (total === undefined || minor < total),
    )
    .map((amount) => weighed(amount, textOf(page.lines[amount.line]!), total))
    .sort((a, b) => b.confidence - a.confidence);
  return found[0] && found[0].confidence > 0.3 ? found[0] : undefined;
}

function weighed(amount: Amount, text: string, total: number | undefined): ReadTax {
  const printed = RATE.exec(text)?.[1];
  const rate = printed === undefined ? undefined : Math.round(Number(printed.replace(',', '.')) * 100);
  const fits = rate !== undefined && total !== undefined && isShare(amount.minor, rate, total);
  const mixed = amount.roles.has('final') || amount.roles.has('total') || amount.roles.has('subtotal');
  const base = fits ? 0.95 : rate !== undefined ? 0.55 : 0.5;
  return {
    minor: amount.minor,
    rate,
    words: amount.words,
    confidence: (mixed && !fits ? 0.2 : base) * (0.6 + 0.4 * sureness(amount.words)),
  };
}

/** Whether a tax is the share of a gross total that its rate makes, rounding aside. */
const isShare = (tax: number, rate: number, total: number): boolean =>
  Math.abs(total - total / (1 + rate / 10_000) - tax) <= 2;
