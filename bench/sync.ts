import { Browser } from './browser.ts';
import type { Heart } from './pages/main.ts';
import type { Holdings, Landed, Peer, Setup } from './pages/peer.ts';
import { conclude, type BenchOptions } from './record.ts';
import { openStage, shownTo, type Stage } from './stage.ts';
import { median, type Goal, type Line, type Side } from './table.ts';
import type { Wire } from './wire.ts';

const SIDES: readonly Side[] = ['limit', 'ours', 'rxdb'];
const SMALL = 200;
const WRITES = 1_000;
const MEGABYTE = 1e6;
/** When the outboxes are measured a second time only if it is still earlier than this: a run takes six minutes at most. */
const LATEST_MS = 250_000;

/** Ours beside RxDB and beside what no library can beat, in one browser on one stack, in turn. */
export async function bench(options: BenchOptions): Promise<boolean> {
  const sizes = options.quick ? [10_000] : [10_000, 50_000];
  const stage = await openStage([SMALL, ...sizes]);
  const figures = new Figures();
  const started = Date.now();
  const opened: Open[] = [];
  try {
    for (const size of sizes) opened.push(...(await firstSyncs(stage, figures, size, options)));
    await littleNews(stage, figures, opened);
    await idling(figures, opened, options.quick ? 3_000 : 20_000);
    await Promise.all(opened.map(({ browser }) => browser.discard()));
    await outboxes(stage, figures, options.quick ? [80] : [0, 80], options.quick ? 0 : started + LATEST_MS);
  } finally {
    await Promise.all(opened.map(({ browser }) => browser.discard()));
    await stage.close();
  }
  return conclude('sync', linesOf(figures, sizes), options);
}

/** All values of one measure, by side. */
class Figures {
  readonly #values = new Map<string, Partial<Record<Side, number[]>>>();

  add(name: string, side: Side, value: number): void {
    const sides = this.#values.get(name) ?? {};
    this.#values.set(name, { ...sides, [side]: [...(sides[side] ?? []), value] });
  }

  medians(name: string): Line['figures'] {
    const sides = Object.entries(this.#values.get(name) ?? {});
    return Object.fromEntries(sides.map(([side, values]) => [side, median(values)]));
  }
}

/** A browser that has synced and goes on. */
interface Open {
  readonly side: Side;
  readonly browser: Browser;
  readonly setup: Setup;
}

const run = <T>(browser: Browser, method: keyof Peer, argument?: number): Promise<T> =>
  browser.page.evaluate(([name, value]) => window.bench.run(name, value), [method, argument] as const) as Promise<T>;

const time = (browser: Browser, method: keyof Peer): Promise<number> =>
  browser.page.evaluate((name) => window.bench.time(name), method);

const heartOf = (browser: Browser): Promise<Heart> => browser.page.evaluate(() => window.bench.heart());

async function openSide(side: Side, setup: Setup): Promise<Open> {
  const browser = new Browser();
  await browser.open(setup.url);
  await browser.page.evaluate(([name, given]) => window.bench.open(name, given), [side, setup] as const);
  return { side, browser, setup };
}

/** Each side in turn on a fresh profile, as often as time allows; answers the browsers of the last turn. */
async function firstSyncs(stage: Stage, figures: Figures, size: number, { quick }: BenchOptions): Promise<Open[]> {
  const [turns, until] = quick ? [2, Date.now() + 10_000] : [3, Date.now() + (size > 10_000 ? 75_000 : 45_000)];
  const setup = await stage.setup(stage.organizations.get(size)!);
  let last: Open[] = [];
  for (let turn = 0; turn < turns && (turn === 0 || Date.now() < until); turn++) {
    await Promise.all(last.map(({ browser }) => browser.discard()));
    last = [];
    for (const side of SIDES) last.push(await firstSync(stage, figures, size, await openSide(side, setup)));
  }
  console.log(`  first sync of ${size.toLocaleString('en')} rows done`);
  return last;
}

/** One first sync, what it cost, whether it is right, and a warm start after it. */
async function firstSync(stage: Stage, figures: Figures, size: number, open: Open): Promise<Open> {
  const { side, browser, setup } = open;
  const add = (name: string, value: number) => figures.add(`${size} ${name}`, side, value);
  await heartOf(browser);
  const heap = watchHeap(browser);
  const landed = await run<Landed>(browser, 'firstSync');
  const heart = await heartOf(browser);
  add('heap', (await heap()) / MEGABYTE);
  add('rss', (await browser.peakRss()) / MEGABYTE);
  add('first', landed.first_rows_ms);
  add('durable', landed.durable_ms);
  add('indexed', landed.indexed_ms);
  add('gap', heart.longest_ms);
  add('blocked', heart.blocked_ms);
  await compare(stage, open, `after a first sync of ${size} rows`);
  await browser.close();
  await browser.open(setup.url);
  const cold = await browser.page.evaluate(([name, given]) => window.bench.cold(name, given), [side, setup] as const);
  add('cold', cold);
  return open;
}

/** Asks for the heap of the page's thread four times a second; the answer is the most it ever was. */
function watchHeap(browser: Browser): () => Promise<number> {
  const stop = new AbortController();
  const look = async (most: number): Promise<number> => {
    const now = Math.max(most, await browser.heap());
    if (stop.signal.aborted) return now;
    await new Promise((resolve) => setTimeout(resolve, 250));
    return look(now);
  };
  const watching = look(0);
  return () => {
    stop.abort();
    return watching;
  };
}

/** A device must hold exactly what the server shows its person; ours may not be fast and wrong. */
async function compare({ db }: Stage, { side, browser, setup }: Open, when: string): Promise<void> {
  const held = await run<Holdings>(browser, 'holdings');
  const shown = await shownTo(db, (setup as Setup & { user_id: string }).user_id, side === 'rxdb');
  if (held.rows === shown.rows && held.checksum === shown.checksum) return;
  const sentence = `${side} holds ${held.rows} rows ${when}, the server shows ${shown.rows} (or others)`;
  if (side === 'ours') throw new Error(sentence);
  console.log(`  ${sentence}`);
}

/** A pull of nothing, and of a hundred changed rows, on browsers that are up to date. */
async function littleNews(stage: Stage, figures: Figures, opened: readonly Open[]): Promise<void> {
  for (const { browser } of opened) await run(browser, 'pull');
  for (let turn = 0; turn < 5; turn++) for (const open of opened) await pullNothing(stage.wire, figures, open);
  for (let turn = 0; turn < 3; turn++) {
    for (const open of opened) {
      await change(stage, open.setup.organization_id, 100, turn);
      figures.add(`${sizeOf(stage, open)} hundred`, open.side, await time(open.browser, 'pull'));
    }
    for (const { browser } of opened) await run(browser, 'pull');
  }
  for (const open of opened) await compare(stage, open, 'after pulls of changed rows');
}

async function pullNothing(wire: Wire, figures: Figures, { side, browser }: Open): Promise<void> {
  wire.reset();
  figures.add('nothing', side, await time(browser, 'pull'));
  figures.add('nothing requests', side, wire.traffic.requests);
  figures.add('nothing bytes', side, wire.traffic.up + wire.traffic.down);
}

const sizeOf = ({ organizations }: Stage, { setup }: Open): number =>
  [...organizations].find(([, { organization_id }]) => organization_id === setup.organization_id)![0];

async function change({ db }: Stage, organization: string, count: number, turn: number): Promise<void> {
  for (const table of ['expenses', 'rxdb_expenses']) {
    await db.query(
      `update public.${table} set notes = $2 where id in (select id from public.${table} where organization_id = $1 order by id limit $3)`,
      [organization, `changed ${turn} ${Date.now()}`, count],
    );
  }
}

/** Processor time of browsers that nobody touches. */
async function idling(figures: Figures, opened: readonly Open[], ms: number): Promise<void> {
  for (const { browser } of opened) {
    await run(browser, 'idle');
    await browser.page.evaluate(() => window.bench.rest());
  }
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const before = await Promise.all(opened.map(({ browser }) => browser.cpu()));
  await new Promise((resolve) => setTimeout(resolve, ms));
  for (const [at, { side, browser }] of opened.entries())
    figures.add('idle', side, (((await browser.cpu()) - before[at]!) / ms) * 20_000);
}

/** A thousand claims written without a network, one by one, and then sent, near the server and far from it. */
async function outboxes(stage: Stage, figures: Figures, roundTrips: readonly number[], until: number): Promise<void> {
  const organization = stage.organizations.get(SMALL)!;
  for (let turn = 0; turn < 2 && (turn === 0 || Date.now() < until); turn++)
    for (const roundTrip of roundTrips)
      for (const side of SIDES) {
        if (side === 'limit' && roundTrip !== roundTrips[0]) continue;
        stage.far.roundTrip = 0;
        const open = await openSide(side, await stage.setup(organization, stage.far));
        try {
          await outbox(stage, figures, open, roundTrip);
        } finally {
          await open.browser.discard();
        }
      }
}

async function outbox(stage: Stage, figures: Figures, open: Open, roundTrip: number): Promise<void> {
  const { side, browser } = open;
  const { far } = stage;
  await run(browser, 'firstSync');
  await browser.page.reload(); // nothing has begun to talk to the server there
  await browser.page.evaluate(([name, given]) => window.bench.open(name, given), [side, open.setup] as const);
  figures.add('write', side, median(await run<number[]>(browser, 'writeOffline', WRITES)));
  if (side === 'limit') return;
  far.roundTrip = roundTrip;
  far.reset();
  figures.add(`drain ${roundTrip}`, side, await time(browser, 'drain'));
  figures.add(`drain ${roundTrip} requests`, side, far.traffic.requests);
  far.roundTrip = 0;
  await compare(stage, open, `after sending ${WRITES} claims`);
}

const atMost = (most: number, than: Goal['than'] = 'nothing'): Goal => ({ than, most });

function linesOf(figures: Figures, sizes: readonly number[]): Line[] {
  const line = (name: string, unit: string, key: string, ...goals: Goal[]): Line => ({
    name,
    unit,
    figures: figures.medians(key),
    goals,
  });
  const bySize = sizes.flatMap((size) => {
    const rows = size.toLocaleString('en');
    const soon = size >= 50_000 ? [atMost(0.3, 'limit')] : [];
    return [
      line(`${rows} rows: newest 50 in a filtered list`, 'ms', `${size} first`, atMost(1_000)),
      line(`${rows} rows: all durable`, 'ms', `${size} durable`, ...soon),
      line(`${rows} rows: all indexed`, 'ms', `${size} indexed`, atMost(1.15, 'limit'), atMost(0.4, 'rxdb')),
      line(`${rows} rows: longest gap of the main thread`, 'ms', `${size} gap`, atMost(50)),
      line(`${rows} rows: main thread in long tasks`, 'ms', `${size} blocked`, atMost(0)),
      line(`${rows} rows: peak memory of the renderer`, 'MB', `${size} rss`, atMost(1, 'limit')),
      line(`${rows} rows: peak heap of the main thread`, 'MB', `${size} heap`),
      line(
        `${rows} rows: warm start to 50 rows`,
        'ms',
        `${size} cold`,
        atMost(120),
        atMost(0.4, 'rxdb'),
        atMost(1.3, 'limit'),
      ),
      line(`${rows} rows: pull of 100 changed`, 'ms', `${size} hundred`, atMost(30)),
    ];
  });
  return [
    ...bySize,
    line('pull of nothing', 'ms', 'nothing'),
    line('pull of nothing', 'requests', 'nothing requests', atMost(1)),
    line('pull of nothing, both ways', 'bytes', 'nothing bytes', atMost(1_000)),
    line('idle for 20 s', 'ms of processor', 'idle', atMost(100)),
    line('one write, offline', 'ms', 'write', atMost(2)),
    ...[0, 80].flatMap((roundTrip) => [
      line(
        `drain of ${WRITES} at RTT ${roundTrip}`,
        'ms',
        `drain ${roundTrip}`,
        atMost(0.2, 'rxdb'),
        atMost(10 * roundTrip + 1_000),
      ),
      line(`drain of ${WRITES} at RTT ${roundTrip}`, 'requests', `drain ${roundTrip} requests`),
    ]),
  ];
}
