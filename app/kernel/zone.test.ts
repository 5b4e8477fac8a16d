import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from './day.ts';
import {
  clockChange,
  differenceAt,
  instantOf,
  isZone,
  localAt,
  minutesInto,
  offsetAt,
  resolve,
  wallOf,
} from './zone.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const SAMPLE = 120 * HOUR;
/** Half a million questions of the zone data take seconds on a slow machine. */
const PATIENCE = 60_000;
const START = Date.UTC(2020, 0, 1);
const END = Date.UTC(2030, 11, 31);
const zones = Intl.supportedValuesOf('timeZone');
const at = (iso: string): number => Date.parse(iso);

/** Every instant at which a zone changes its clock, by bisection between samples: no zone changes twice in five days. */
function transitions(zone: string): number[] {
  const found: number[] = [];
  let before = offsetAt(zone, START);
  for (let from = START; from < END; from += SAMPLE) {
    const after = offsetAt(zone, from + SAMPLE);
    if (after !== before) found.push(changeBetween(zone, from, from + SAMPLE));
    before = after;
  }
  return found;
}

function changeBetween(zone: string, low: number, high: number): number {
  const before = offsetAt(zone, low);
  while (high - low > MINUTE) {
    const middle = Math.floor((low + high) / 2 / MINUTE) * MINUTE;
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

const moment = (zone: string, naive: number) => {
  const text = new Date(naive).toISOString();
  return { zone, date: text.slice(0, 10), wall: text.slice(11, 16) };
};

describe('every zone this device knows, every change of its clock from 2020 to 2030', () => {
  it(
    'is skipped or repeated for exactly as long as the clock is put forward or back',
    () => {
      let changes = 0;
      for (const zone of zones) {
        for (const change of transitions(zone)) {
          changes += 1;
          const [before, after] = [offsetAt(zone, change - 1000), offsetAt(zone, change)];
          const kind = after > before ? 'gap' : 'fold';
          const [low, high] = [change + Math.min(before, after), change + Math.max(before, after)];
          for (const naive of [low, (low + high) / 2, high - MINUTE]) {
            const whole = Math.floor(naive / MINUTE) * MINUTE;
            const found = resolve(moment(zone, whole));
            expect(found.kind, `${zone} ${new Date(whole).toISOString()}`).toBe(kind);
            expect(found.instant).toBe(whole - before);
            if (kind === 'fold') expect(found.again).toBe(whole - after);
          }
          for (const naive of [low - MINUTE, high]) expect(resolve(moment(zone, naive)).kind).toBe('once');
        }
      }
      expect(changes).toBeGreaterThan(1000);
    },
    PATIENCE,
  );
});

describe('local moments', () => {
  const anyZone = fc.constantFrom(...zones);
  const anyInstant = fc.integer({ min: START / MINUTE, max: END / MINUTE }).map((minutes) => minutes * MINUTE);

  it('lead back to the instant they were read at, or to the first of the two', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instant) => {
        const found = resolve({ zone, ...localAt(zone, instant) });
        expect(found.kind).not.toBe('gap');
        expect([found.instant, found.again]).toContain(instant);
        expect(found.instant).toBeLessThanOrEqual(found.again ?? Infinity);
      }),
      { numRuns: 2000 },
    );
  });

  it('the same moment said as a later day or as days past midnight is one instant', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, fc.integer({ min: 0, max: 7 }), (zone, instant, day_offset) => {
        const { date, wall } = localAt(zone, instant);
        expect(instantOf({ zone, date, wall, day_offset })).toBe(
          instantOf({ zone, date: addDays(date, day_offset), wall }),
        );
      }),
    );
  });

  it('do not depend on where the device is', () => {
    const before = process.env['TZ'];
    const answers = ['UTC', 'America/Los_Angeles', 'Pacific/Auckland'].map((zone) => {
      process.env['TZ'] = zone;
      return instantOf({ zone: 'America/New_York', date: '2026-11-01', wall: '01:30' });
    });
    process.env['TZ'] = before;
    expect(new Set(answers)).toEqual(new Set([at('2026-11-01T05:30:00Z')]));
  });

  it('a load-out past midnight belongs to the show date before it', () => {
    expect(instantOf({ zone: 'Europe/Berlin', date: '2026-11-14', wall: '01:30', day_offset: 1 })).toBe(
      at('2026-11-15T00:30:00Z'),
    );
  });

  it('a load-out that the clock skips is told with the time that the clock shows instead', () => {
    const found = resolve({ zone: 'Europe/Berlin', date: '2026-03-28', wall: '02:30', day_offset: 1 });
    expect(found).toEqual({ kind: 'gap', instant: at('2026-03-29T01:30:00Z'), date: '2026-03-29', wall: '03:30' });
  });

  it('a whole day that a place skipped is a gap too', () => {
    expect(resolve({ zone: 'Pacific/Apia', date: '2011-12-30', wall: '12:00' }).kind).toBe('gap');
    expect(resolve({ zone: 'Pacific/Apia', date: '2011-12-31', wall: '00:00' }).kind).toBe('once');
  });
});

describe('two clocks', () => {
  it('tell the hours and the calendar days between them', () => {
    const noon = at('2026-11-14T12:00:00Z');
    expect(differenceAt('Asia/Tokyo', 'Europe/Berlin', noon)).toEqual({ minutes: 480, days: 0 });
    expect(differenceAt('Pacific/Kiritimati', 'Pacific/Honolulu', noon)).toEqual({ minutes: 1440, days: 1 });
    expect(differenceAt('America/Los_Angeles', 'Pacific/Auckland', noon).days).toBe(-1);
    expect(differenceAt('Asia/Kathmandu', 'UTC', noon).minutes).toBe(345);
  });

  it('tell when one of them is changed', () => {
    expect(clockChange('Europe/Berlin', at('2026-10-24T22:00:00Z'), at('2026-10-25T23:00:00Z'))).toBe(-60);
    expect(clockChange('Australia/Lord_Howe', at('2026-10-03T12:00:00Z'), at('2026-10-04T12:00:00Z'))).toBe(30);
    expect(clockChange('Asia/Tokyo', at('2026-01-01T00:00:00Z'), at('2026-12-31T00:00:00Z'))).toBe(0);
  });
});

describe('wall times', () => {
  it('count on past midnight and back again', () => {
    expect(minutesInto('01:30', 1)).toBe(1530);
    expect(wallOf(1530)).toEqual({ wall: '01:30', day_offset: 1 });
    fc.assert(
      fc.property(fc.integer({ min: -1440, max: 10_000 }), (minutes) => {
        const { wall, day_offset } = wallOf(minutes);
        expect(minutesInto(wall, day_offset)).toBe(minutes);
      }),
    );
  });

  it.each(['CET', 'EST5EDT', 'Europe/Nowhere', '', 'europe/berlin', '+02:00'])('"%s" is not a zone', (zone) => {
    expect(isZone(zone)).toBe(false);
  });

  it('every zone of this device is one', () => {
    expect(zones.filter((zone) => !isZone(zone))).toEqual([]);
  });
});
