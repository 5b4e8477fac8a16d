import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Places } from './places.ts';
import { kilometres } from '../../kernel/distance.ts';
import { folded, type Place } from './rules.ts';

const places = new Places(gunzipSync(readFileSync('app/features/places/cities.bin')).toString());
const at = (city: string, region?: string, country?: string): Place => places.find({ city, region, country }).place!;

describe('a place that its writer has told apart', () => {
  test.each([
    ['Portland', 'ME', undefined, 'America/New_York'],
    ['Portland', 'Oregon', undefined, 'America/Los_Angeles'],
    ['Portland, OR', undefined, undefined, 'America/Los_Angeles'],
    ['Paris, TX, USA', undefined, undefined, 'America/Chicago'],
    ['London', 'ON', undefined, 'America/Toronto'],
    ['London, Ontario, Canada', undefined, undefined, 'America/Toronto'],
    ['Springfield', 'MO', undefined, 'America/Chicago'],
    ['Perth', 'WA', undefined, 'Australia/Perth'],
    ['Seattle', 'WA', undefined, 'America/Los_Angeles'],
    ['Perth', 'Scotland', undefined, 'Europe/London'],
    ['Birmingham', undefined, 'UK', 'Europe/London'],
    ['Birmingham', 'AL', 'United States', 'America/Chicago'],
    ['St. Louis', 'MO', 'US', 'America/Chicago'],
  ])('%s %s %s', (city, region, country, zone) => {
    expect(places.find({ city, region, country })).toMatchObject({ certainty: 'sure', zone, by: 'city' });
  });
});

describe('a bare name', () => {
  test.each([
    ['Munich', 'DE'],
    ['München', 'DE'],
    ['Muenchen', 'DE'],
    ['Köln', 'DE'],
    ['Praha', 'CZ'],
    ['København', 'DK'],
    ['Wien', 'AT'],
    ['SÃO PAULO', 'BR'],
    ['Bombay', 'IN'],
    ['London', 'GB'],
  ])('%s is known by that spelling', (city, country) => {
    expect(places.find({ city })).toMatchObject({ certainty: 'likely', country });
  });

  test.each(['Portland', 'Springfield', 'Birmingham'])('%s alone is not enough, and the others are named', (city) => {
    const found = places.find({ city });
    expect(found.certainty).toBe('unsure');
    expect(found.others.length).toBeGreaterThan(0);
  });

  test('the days around it tell one Portland from the other', () => {
    expect(places.find({ city: 'Portland' }, [at('Seattle', 'WA')])).toMatchObject({
      certainty: 'likely',
      region: 'OR',
    });
    expect(places.find({ city: 'Portland' }, [at('Boston', 'MA')])).toMatchObject({
      certainty: 'likely',
      region: 'ME',
    });
  });

  test('a region that two countries have is the one where the tour is', () => {
    expect(places.find({ city: 'Bethlehem', region: 'PA' }, [at('New York', 'NY')]).zone).toBe('America/New_York');
  });
});

describe('a place too small for the table', () => {
  test('has the zone of its region', () => {
    expect(places.find({ city: 'Masontown', region: 'WV' })).toMatchObject({ by: 'region', zone: 'America/New_York' });
    expect(places.find({ city: 'Nowhere', region: 'TN' }).certainty).toBe('unsure'); // two zones there
  });

  test('or of its country', () => {
    expect(places.find({ city: 'Wacken bei Nirgends', country: 'Germany' })).toMatchObject({
      by: 'country',
      country: 'DE',
      zone: 'Europe/Berlin',
    });
  });

  test('or nothing is claimed', () => {
    expect(places.find({ city: 'Nowhere at all' })).toMatchObject({ certainty: 'unknown', by: 'none', zone: '' });
    expect(places.find({ city: '' })).toMatchObject({ certainty: 'unknown' });
  });
});

test('every zone of the table is one that this runtime knows', () => {
  const head = gunzipSync(readFileSync('app/features/places/cities.bin')).toString().split('\n', 1)[0]!;
  const { zones } = JSON.parse(head) as { zones: string[] };
  expect(zones.length).toBeGreaterThan(300);
  for (const timeZone of zones) expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
});

test('names are compared without case, accents, dots and short forms', () => {
  expect(folded('St. Augustine')).toBe(folded('SAINT AUGUSTINE'));
  expect(folded('Mt Clemens')).toBe('mount clemens');
  expect(folded('Łódź')).toBe('lodz');
});

test('distances are those of a map', () => {
  const [berlin, paris] = [at('Berlin', undefined, 'DE'), at('Paris', undefined, 'FR')];
  expect(kilometres(berlin, paris)).toBeGreaterThan(860);
  expect(kilometres(berlin, paris)).toBeLessThan(900);
  expect(kilometres(berlin, berlin)).toBe(0);
});

const FIXTURE = '../shared/fixtures/routings/furthur-2009-2011.csv';
test.skipIf(!existsSync(FIXTURE))(
  'every city of a real routing is in its zone (skipped without the shared fixture)',
  () => {
    const zones: Record<string, string> = {
      'America/Los_Angeles': 'CA NV OR WA',
      'America/Denver': 'CO MT UT',
      'America/Chicago': 'IA IL MN MO WI',
      'America/Indiana/Indianapolis': 'IN',
      'America/New_York': 'CT DE FL GA MA MD ME NC NH NJ NY OH PA SC VA WV',
      'America/Toronto': 'ON',
    };
    const zoneOf = (state: string) => Object.keys(zones).find((zone) => zones[zone]!.split(' ').includes(state));
    const rows = readFileSync(FIXTURE, 'utf8').trim().split(/\r?\n/).slice(1);
    expect(rows).toHaveLength(171);
    const here = at('New York', 'NY');
    for (const row of rows) {
      const [city, state] = row.split(',').slice(-2) as [string, string];
      expect([row, places.find({ city, region: state }, [here]).zone]).toEqual([row, zoneOf(state)]);
    }
  },
);
