import { kilometres } from '../../kernel/distance.ts';
import { countryReader, folded, type Asked, type Certainty, type Found, type Place, type TableHead } from './rules.ts';

/** So many times larger (as a power of ten), or so much nearer, before one city of a name outweighs another. */
const CLEAR_LEAD = 1;
/** At this distance from where the tour is, nearness has lost most of its weight; about a day's drive. */
const NEAR_KM = 700;
/** What nearness weighs against size: a town next door outweighs a city a thousand times its size elsewhere. */
const NEARNESS = 3;
/** A name that is only another spelling counts as ten times smaller than a city that bears it. */
const SPELLING = 1;

/** A bare name of fewer people than this needs the tour to be nearby. */
const SMALL = 100_000;

interface Region {
  readonly country: string;
  readonly short: string;
  readonly name: string;
  readonly zones: Map<number, number>;
}

/** The table of cities, ready to be asked. */
export class Places {
  readonly source: string;
  readonly #lines: readonly string[];
  readonly #zones: readonly string[];
  readonly #regions: readonly Region[];
  readonly #byName = new Map<string, number[]>();
  readonly #regionsByName = new Map<string, Region[]>();
  readonly #zonesByCountry = new Map<string, Map<number, number>>();
  readonly #country: (text: string) => string | undefined;

  /** Reads the text of the table; `locales` are the languages in which countries are understood. */
  constructor(text: string, locales: readonly string[] = ['en']) {
    const [first, ...lines] = text.split('\n');
    const head = JSON.parse(first!) as TableHead;
    this.source = head.source;
    this.#zones = head.zones;
    this.#lines = lines;
    this.#regions = head.regions.map(([country, short, name]) => ({ country, short, name, zones: new Map() }));
    this.#index();
    this.#country = countryReader([...this.#zonesByCountry.keys()], locales);
  }

  /** Every country of the table, by its two letters. */
  get countries(): readonly string[] {
    return [...this.#zonesByCountry.keys()];
  }

  get size(): number {
    return this.#lines.length;
  }

  /** The two letters of a country, however it is written; undefined when it is none. */
  countryOf = (text: string): string | undefined => this.#country(text);

  /**
   * Looks a place up. `near` are places of the same tour around that day, which tell Portland from Portland; `homeland` is
   * the country where most of the tour is, which tells one WA from the other.
   */
  find(written: Asked, near: readonly Place[] = [], homeland?: string): Found {
    const asked = takenApart(written, this.#country);
    const country = asked.country ? this.#country(asked.country) : undefined;
    const regions = this.#regionsNamed(asked.region, country ?? near[0]?.country ?? homeland, country !== undefined);
    const all = this.#named(asked.city).filter(({ place }) => !country || place.country === country);
    const within = regions.length > 0 ? all.filter(({ place }) => regions.some((region) => isIn(place, region))) : all;
    if (within.length === 0) return this.#byRegion(country, regions, all, asked.region, near);
    const ranked = rank(within, near);
    const said = regions.length > 0 || country !== undefined;
    const odd = (asked.region !== '' && regions.length === 0) || (!said && isRemote(ranked[0]!.place, near));
    return found(ranked, said, odd);
  }

  #index(): void {
    this.#lines.forEach((line, at) => {
      const [name, region, , , zone, people, spellings] = line.split('\t') as [string, ...string[]];
      const own = this.#regions[Number(region)]!;
      this.#note(folded(name), at);
      if (spellings) for (const spelling of spellings.split('|')) this.#note(spelling, at);
      add(own.zones, Number(zone), Number(people));
      const zones = this.#zonesByCountry.get(own.country) ?? new Map<number, number>();
      this.#zonesByCountry.set(own.country, zones);
      add(zones, Number(zone), Number(people));
    });
    for (const region of this.#regions)
      for (const name of new Set([folded(region.short), folded(region.name)])) {
        const bearers = this.#regionsByName.get(name);
        if (bearers) bearers.push(region);
        else if (name) this.#regionsByName.set(name, [region]);
      }
  }

  #note(name: string, at: number): void {
    const bearers = this.#byName.get(name);
    if (bearers) bearers.push(at);
    else this.#byName.set(name, [at]);
  }

  #named(city: string): { place: Place; bears: boolean }[] {
    const name = folded(city);
    const short = name.replace(/ city$/, '');
    const at = this.#byName.get(name) ?? (short === name ? undefined : this.#byName.get(short)) ?? [];
    return at.map((each) => {
      const place = this.#place(each);
      return { place, bears: folded(place.name) === name };
    });
  }

  #place(at: number): Place {
    const [name, region, latitude, longitude, zone, people] = this.#lines[at]!.split('\t') as [string, ...string[]];
    const { country, short, name: region_name } = this.#regions[Number(region)]!;
    return {
      name,
      country,
      region: /^[A-Z]{2,3}$/.test(short) ? short : region_name,
      region_name,
      latitude: Number(latitude) / 100,
      longitude: Number(longitude) / 100,
      zone: this.#zones[Number(zone)]!,
      people: Number(people) * 1000,
    };
  }

  /** Regions of a name. "WA" is two of them: where no country is written, the one where the tour is comes first. */
  #regionsNamed(text: string, country: string | undefined, isWritten: boolean): Region[] {
    const all = text ? (this.#regionsByName.get(folded(text)) ?? []) : [];
    const here = all.filter((region) => region.country === country);
    return here.length > 0 || isWritten ? here : all;
  }

  /** A place too small for the table: its region, or its country, tells the zone. */
  #byRegion(
    country: string | undefined,
    regions: readonly Region[],
    elsewhere: readonly Ranked[],
    region: string,
    near: readonly Place[],
  ): Found {
    const others = rank(elsewhere, near).map(({ place }) => place);
    const only = regions.length === 1 ? regions[0] : regions.find((each) => each.country === 'US');
    if (only) {
      const { zone, alone } = this.#usual(only.zones);
      const certainty = alone && regions.length === 1 ? 'likely' : 'unsure';
      const word = /^[A-Z]{2,3}$/.test(only.short) ? only.short : only.name;
      return { certainty, by: 'region', country: only.country, region: word, zone, place: undefined, others };
    }
    const zones = country === undefined ? undefined : this.#zonesByCountry.get(country);
    if (country === undefined || !zones) return { ...NOTHING, region, others };
    const { zone, alone } = this.#usual(zones);
    return { certainty: alone ? 'likely' : 'unsure', by: 'country', country, region, zone, place: undefined, others };
  }

  /** The zone in which most people of an area live, and whether it is the only one. */
  #usual(zones: ReadonlyMap<number, number>): { zone: string; alone: boolean } {
    const [first] = [...zones].sort((a, b) => b[1] - a[1]);
    return { zone: this.#zones[first![0]]!, alone: zones.size === 1 };
  }
}

const NOTHING: Found = {
  certainty: 'unknown',
  by: 'none',
  country: '',
  region: '',
  zone: '',
  place: undefined,
  others: [],
};

interface Ranked {
  readonly place: Place;
  readonly bears: boolean;
  readonly weight?: number;
}

const isIn = (place: Place, region: Region): boolean =>
  place.country === region.country && place.region_name === region.name;

const add = (into: Map<number, number>, key: number, people: number): void =>
  void into.set(key, (into.get(key) ?? 0) + people);

/** "Portland, OR" in one cell is a city and a region; "Paris, France" a city and a country. */
function takenApart({ city, region = '', country = '' }: Asked, countryOf: (text: string) => string | undefined) {
  const parts = city.split(',').map((part) => part.trim());
  const rest = parts.slice(1).filter(Boolean);
  const last = rest.at(-1);
  const names = { city: parts[0] ?? '', region: region.trim(), country: country.trim() };
  if (last === undefined) return names;
  // Two letters after a comma are a state before they are a country: CA is California here.
  const isCountry = last.length > 2 && countryOf(last) !== undefined;
  if (isCountry)
    return {
      city: names.city,
      region: names.region || (rest.length > 1 ? rest[0]! : ''),
      country: names.country || last,
    };
  return { ...names, region: names.region || rest[0]! };
}

function rank(all: readonly Ranked[], near: readonly Place[]): Ranked[] {
  const weighed = all.map((one) => ({ ...one, weight: weightOf(one, near) }));
  return weighed.sort((a, b) => b.weight - a.weight);
}

function weightOf({ place, bears }: Ranked, near: readonly Place[]): number {
  const nearest = Math.min(...near.map((other) => kilometres(place, other)));
  const nearness = near.length > 0 ? NEARNESS * Math.exp(-nearest / NEAR_KM) : 0;
  return Math.log10(place.people) + nearness - (bears ? 0 : SPELLING);
}

/** A small town far from the rest of the tour is more likely a smaller one of the same name nearby. */
const isRemote = (place: Place, near: readonly Place[]): boolean =>
  place.people < SMALL && !near.some((other) => kilometres(place, other) < NEAR_KM * 2);

function found(ranked: readonly Ranked[], said: boolean, odd: boolean): Found {
  const [first, second] = ranked as [Ranked, Ranked | undefined];
  const { place } = first;
  const others = ranked.slice(1).map((one) => one.place);
  const sameArea = others.every((other) => other.zone === place.zone && other.region_name === place.region_name);
  const clear = second === undefined || first.weight! - second.weight! >= CLEAR_LEAD;
  const certainty: Certainty = said && sameArea && !odd ? 'sure' : clear && !odd ? 'likely' : 'unsure';
  return { certainty, by: 'city', country: place.country, region: place.region, zone: place.zone, place, others };
}
