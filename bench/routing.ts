import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { guessMapping } from '../app/features/routings/columns.ts';
import { planImport } from '../app/features/routings/plan.ts';
import { readRouting } from '../app/features/routings/read/read-file.ts';
import { inferOrder } from '../app/features/routings/rules.ts';
import { readPlaces, type Places } from '../app/features/places/index.ts';

const FIXTURE = '../shared/fixtures/routings/furthur-2009-2011.csv';
const LOOKUPS = 20_000;
const ROWS = 10_000;
/** Goals in milliseconds: what a person waits for, and what one lookup may cost. */
const GOALS = { lookup: 1, routing: 10_000 } as const;

const line = (what: string, ms: number, of: string): void =>
  console.log(`  ${what.padEnd(34)} ${ms.toFixed(3).padStart(10)} ms ${of}`);

/** How long it takes to open the table of cities, to look one up, and to read and check whole routings. */
export async function bench(): Promise<boolean> {
  const packed = readFileSync('app/features/places/cities.bin');
  const started = performance.now();
  const places = await readPlaces(gunzipSync(packed).toString());
  line(
    'open the table',
    performance.now() - started,
    `(${places.size} cities, ${Math.round(packed.length / 1024)} KB)`,
  );
  const lookup = lookups(places);
  line('look a city up', lookup, `(mean of ${LOOKUPS})`);
  const many = await planned(places, new Blob([manyRows()]));
  line(`read and check ${ROWS} rows`, many, '(made)');
  const real = existsSync(FIXTURE) ? await planned(places, new Blob([readFileSync(FIXTURE)])) : 0;
  if (real) line('read and check 171 shows', real, '(Furthur 2009-2011)');
  return lookup < GOALS.lookup && many < GOALS.routing && real < GOALS.routing;
}

function lookups(places: Places): number {
  const asked = [
    { city: 'Portland' },
    { city: 'Köln' },
    { city: 'London', region: 'ON' },
    { city: 'Springfield', region: 'MA' },
    { city: 'Nowhere', country: 'France' },
  ];
  const started = performance.now();
  for (let at = 0; at < LOOKUPS; at++) places.find(asked[at % asked.length]!);
  return (performance.now() - started) / LOOKUPS;
}

const manyRows = (): string =>
  [
    'Date,Venue,City,Country',
    ...Array.from(
      { length: ROWS },
      (_, at) => `${(at % 28) + 1}/${(at % 12) + 1}/2027,Hall ${at},${at % 2 ? 'Köln' : 'Portland'},`,
    ),
  ].join('\n');

async function planned(places: Places, file: Blob): Promise<number> {
  const started = performance.now();
  const table = await readRouting(file, 'routing.csv');
  const cells = table.rows.map((row) => row.cells);
  const mapping = guessMapping(table.header, cells);
  const { order } = inferOrder(cells.map((row) => row[mapping.date ?? 0] ?? ''));
  const known = { shows: [], venues: [], tours: [], sources: [], items: [] };
  const choices = { mapping, order, tour: null, status: 'confirmed', places: {} } as const;
  await planImport(table, choices, { places, known, today: '2026-11-25' });
  return performance.now() - started;
}
