/** The first line of the table: where it comes from, and the lists its other lines count in. */
export interface TableHead {
  readonly source: string;
  readonly zones: readonly string[];
  /** Country (ISO 3166-1), what people write for the region, and its name. */
  readonly regions: readonly (readonly [country: string, short: string, name: string])[];
}

/** A city with what a show needs of it. */
export interface Place {
  readonly name: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  /** As people write it where that is short ("CA", "ON"), else the name. */
  readonly region: string;
  readonly region_name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly zone: string;
  /** Inhabitants, to the nearest thousand. */
  readonly people: number;
}

/** A place as somebody wrote it down; blanks are fine. */
export interface Asked {
  readonly city: string;
  readonly region?: string | undefined;
  readonly country?: string | undefined;
}

/** `sure`: said by the writer. `likely`: nothing else comes near. `unsure`: somebody should look. `unknown`: no answer. */
export type Certainty = 'sure' | 'likely' | 'unsure' | 'unknown';

/** What was found, by what, and what else it might be. */
export interface Found {
  readonly certainty: Certainty;
  /** `city`: in the table. `region` and `country`: a small place, taken by where it lies. `none`: not found. */
  readonly by: 'city' | 'region' | 'country' | 'none';
  readonly country: string;
  readonly region: string;
  readonly zone: string;
  /** The city, when it is in the table. */
  readonly place: Place | undefined;
  /** Other cities of this name, the likeliest first. */
  readonly others: readonly Place[];
}

const SHORTENED: Readonly<Record<string, string>> = { st: 'saint', ste: 'sainte', ft: 'fort', mt: 'mount' };
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

/** A name as it is compared: no case, accents or punctuation, and nothing shortened. */
export function folded(text: string): string {
  const plain = /^[\x20-\x7e]*$/.test(text) ? text.toLowerCase() : unaccented(text);
  return plain
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(st|ste|ft|mt)(?= )/, (short) => SHORTENED[short]!);
}

const unaccented = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßøæœłđðþ]/g, (letter) => LETTERS[letter]!);

/** Names of countries that differ from what browsers call them. */
const ALIASES: Readonly<Record<string, string>> = {
  usa: 'US',
  'u s a': 'US',
  'u s': 'US',
  america: 'US',
  uk: 'GB',
  'u k': 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  holland: 'NL',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
  korea: 'KR',
  'republic of ireland': 'IE',
  uae: 'AE',
  turkey: 'TR',
  'hong kong': 'HK',
  macau: 'MO',
  deutschland: 'DE',
  osterreich: 'AT',
  schweiz: 'CH',
  espana: 'ES',
  italia: 'IT',
  can: 'CA',
  aus: 'AU',
  deu: 'DE',
  ger: 'DE',
  fra: 'FR',
  esp: 'ES',
  ita: 'IT',
  nld: 'NL',
  gbr: 'GB',
  irl: 'IE',
  jpn: 'JP',
  mex: 'MX',
  bra: 'BR',
};

/** Turns what people write for a country into its two letters, for the countries given; undefined when it is none. */
export function countryReader(
  codes: readonly string[],
  locales: readonly string[],
): (text: string) => string | undefined {
  const known = new Map<string, string>(Object.entries(ALIASES));
  for (const code of codes) known.set(code.toLowerCase(), code);
  for (const locale of locales) {
    const names = new Intl.DisplayNames([locale], { type: 'region' });
    for (const code of codes) known.set(folded(names.of(code) ?? code), code);
  }
  return (text) => known.get(folded(text));
}
