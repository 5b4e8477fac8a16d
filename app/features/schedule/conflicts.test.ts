import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflictsOf, type PlannedDrive, type PlannedLine } from './conflicts.ts';

const line = (id: string, start: string | null, end: string | null, more: Partial<PlannedLine> = {}): PlannedLine => ({
  id,
  title: id,
  kind: 'other',
  local_date: '2026-11-14',
  wall_start: start,
  wall_end: end,
  day_offset: 0,
  end_offset: 0,
  time_zone: 'Europe/Berlin',
  certainty: 'exact',
  room_id: null,
  cancelled_at: null,
  people: ['mara'],
  point: undefined,
  ...more,
});
const berlin = { latitude: 52.52, longitude: 13.405 };
const hamburg = { latitude: 53.5511, longitude: 9.9937 };
const kinds = (lines: PlannedLine[], drives: PlannedDrive[] = []) => conflictsOf(lines, drives).map(({ kind }) => kind);

describe('one person, two places', () => {
  it('is told with the minutes the two share', () => {
    expect(conflictsOf([line('press', '15:00', '16:00'), line('soundcheck', '15:30', '17:00')])).toEqual([
      {
        kind: 'person_twice',
        key: 'person_twice:mara:press:soundcheck',
        person_id: 'mara',
        lines: ['press', 'soundcheck'],
        minutes: 30,
      },
    ]);
  });

  it('is nothing when they only touch, are for others, cancelled, or have no time', () => {
    expect(kinds([line('a', '15:00', '16:00'), line('b', '16:00', '17:00')])).toEqual([]);
    expect(kinds([line('a', '15:00', '16:00'), line('b', '15:00', '16:00', { people: ['theo'] })])).toEqual([]);
    expect(kinds([line('a', '15:00', '16:00'), line('b', '15:00', '16:00', { cancelled_at: 'now' })])).toEqual([]);
    expect(kinds([line('a', '15:00', '16:00'), line('b', null, null, { certainty: 'tbd' })])).toEqual([]);
  });

  it('counts the usual length where no end is known, and doors are a moment', () => {
    expect(kinds([line('set', '21:00', null, { kind: 'set' }), line('call', '21:30', '22:00')])).toEqual([
      'person_twice',
    ]);
    expect(kinds([line('doors', '19:00', null, { kind: 'doors' }), line('call', '19:00', '19:30')])).toEqual([]);
  });

  it('sees it across zones and past midnight', () => {
    const lisbon = line('radio', '23:30', null, { kind: 'press', time_zone: 'Europe/Lisbon' });
    const late = line('load-out', '00:30', '02:00', { day_offset: 1, end_offset: 1 });
    expect(kinds([late, lisbon])).toEqual(['person_twice']);
  });

  it('finds every pair, whatever the order', () => {
    const lines = fc.array(
      fc.record({ start: fc.integer({ min: 0, max: 1300 }), length: fc.integer({ min: 1, max: 139 }) }),
      { maxLength: 12 },
    );
    const wall = (m: number) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(lines, (given) => {
        const planned = given.map(({ start, length }, at) => line(`l${at}`, wall(start), wall(start + length)));
        const pairs = given.flatMap((a, i) =>
          given.slice(i + 1).filter((b) => a.start < b.start + b.length && b.start < a.start + a.length),
        );
        expect(kinds(planned).filter((kind) => kind === 'person_twice')).toHaveLength(pairs.length);
        expect(
          conflictsOf([...planned].reverse())
            .map(({ key }) => key)
            .sort(),
        ).toEqual(
          conflictsOf(planned)
            .map(({ key }) => key)
            .sort(),
        );
      }),
    );
  });
});

it('a room holds one thing at a time', () => {
  const stage = { room_id: 'stage', people: [] };
  expect(kinds([line('a', '14:00', '15:30', stage), line('b', '15:00', '16:00', stage)])).toEqual(['room_twice']);
});

describe('getting there', () => {
  it('explains how far it is, how long that takes and how long there is', () => {
    const [conflict] = conflictsOf([
      line('a', '10:00', '11:00', { point: berlin }),
      line('b', '13:00', '14:00', { point: hamburg }),
    ]);
    expect(conflict).toMatchObject({ kind: 'too_far', has: 120, km: 332, needs: 266 });
  });

  it('is no trouble with time enough, or when the planner says that people are faster', () => {
    const lines = [line('a', '10:00', '11:00', { point: berlin }), line('b', '13:00', '14:00', { point: hamburg })];
    expect(kinds([lines[0]!, line('b', '16:00', '17:00', { point: hamburg })])).toEqual([]);
    expect(conflictsOf(lines, [], { km_per_hour: 200, detour: 1, rest_hours: 11, driving_hours: 9 })).toEqual([]);
  });
});

describe('the night the clock is changed', () => {
  const night = { local_date: '2026-03-28', day_offset: 1, end_offset: 1 };

  it('a time that is skipped is told with what the clock shows instead', () => {
    expect(conflictsOf([line('load-out', '02:30', null, night)])).toEqual([
      { kind: 'clock_skips', key: 'clock_skips:load-out:02:30', lines: ['load-out'], wall: '02:30', shows: '03:30' },
    ]);
  });

  it('a time that comes twice is told, and a line across the change is an hour longer', () => {
    expect(kinds([line('a', '02:30', null, { ...night, local_date: '2026-10-24' })])).toEqual(['clock_repeats']);
    expect(conflictsOf([line('a', '01:00', '04:00', { ...night, local_date: '2026-10-24' })])).toMatchObject([
      { kind: 'clock_changes', minutes: -60 },
    ]);
  });
});

it('rest between two days is counted by the line of time, not by the clock', () => {
  const late = line('load-out', '00:00', '02:00', { day_offset: 1, end_offset: 1 });
  const early = line('bus', '09:00', null, { local_date: '2026-11-15', kind: 'bus_call' });
  expect(conflictsOf([late, early])).toMatchObject([{ kind: 'short_rest', hours: 7, wanted: 11 }]);
  expect(kinds([late, { ...early, wall_start: '13:00' }])).toEqual([]);
});

it('hours at the wheel are added up over a day', () => {
  const hour = 3_600_000;
  const drive = (id: string, from: number, to: number): PlannedDrive => ({
    id,
    title: id,
    departs: from * hour,
    arrives: to * hour,
    drivers: ['sam'],
  });
  expect(kinds([], [drive('a', 0, 5), drive('b', 6, 10)])).toEqual([]);
  expect(conflictsOf([], [drive('a', 0, 5), drive('b', 6, 11)])).toMatchObject([
    { kind: 'long_drive', hours: 10, lines: ['a', 'b'] },
  ]);
  expect(kinds([], [drive('a', 0, 5), drive('b', 30, 35)])).toEqual([]);
});
