import { folded, type Found, type Place, type Places } from '../places/index.ts';
import type { ReadLine, Written } from './read-line.ts';

/** Where a place is, as the person says. */
export interface PlaceChoice {
  readonly country: string;
  readonly region: string;
  readonly zone: string;
}

/** So many days around a show say where the tour is. */
const NEAR_DAYS = 10;
const DAY_MS = 86_400_000;

/** What is written of a place, as one key: what is decided about it holds for all its lines. */
export const placeKey = ({ city, region, country }: Written): string => [city, region, country].map(folded).join('|');

/** Finds the place of every line: first those that are told apart by what is written, then the others by those around them. */
export function placed(
  reads: readonly ReadLine[],
  places: Places,
  choices: Readonly<Record<string, PlaceChoice>>,
): Found[] {
  const first = new Map<string, Found>();
  for (const { written } of reads) {
    const key = placeKey(written);
    if (!first.has(key)) first.set(key, places.find(written));
  }
  const anchors = reads
    .flatMap(({ date, written }) => {
      const found = first.get(placeKey(written))!;
      return date !== undefined && found.place && isAnchor(found) ? [{ at: dayNumber(date), place: found.place }] : [];
    })
    .sort((a, b) => a.at - b.at);
  const homeland = mostCommon(anchors.map(({ place }) => place.country));
  return reads.map(({ date, written }) => {
    const key = placeKey(written);
    const found = first.get(key)!;
    const said = choices[key];
    if (said) return chosen(found, said);
    if (found.certainty === 'sure') return withZone(found, written.zone);
    const near = date === undefined ? [] : around(anchors, dayNumber(date));
    return withZone(places.find(written, near, homeland), written.zone);
  });
}

/** What the person said; the city of the table goes with it when it is that one. */
function chosen(found: Found, said: PlaceChoice): Found {
  const all = [...(found.place ? [found.place] : []), ...found.others];
  const place = all.find(
    ({ country, region, zone }) => country === said.country && region === said.region && zone === said.zone,
  );
  return { ...found, ...said, certainty: 'sure', place };
}

/** A place that is certain enough to say where the others are: said in full, or the only one of its name. */
const isAnchor = ({ certainty, others }: Found): boolean =>
  certainty === 'sure' || (certainty === 'likely' && others.length === 0);

/** A zone in the file is the writer's word, unless it only says that times are in UTC. */
const withZone = (found: Found, zone: string): Found =>
  zone && zone !== 'UTC' ? { ...found, zone, certainty: found.zone === zone ? 'sure' : found.certainty } : found;

const dayNumber = (date: string): number => Date.parse(date) / DAY_MS;

/** The places of the shows before and after a day, the nearest of each. */
function around(anchors: readonly { at: number; place: Place }[], day: number): Place[] {
  let [low, high] = [0, anchors.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (anchors[middle]!.at < day) low = middle + 1;
    else high = middle;
  }
  return [anchors[low - 1], anchors[low]].flatMap((each) =>
    each && Math.abs(each.at - day) <= NEAR_DAYS ? [each.place] : [],
  );
}

function mostCommon(all: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
