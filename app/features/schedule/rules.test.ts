import { kilometres } from '../../kernel/distance.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../kernel/day.ts';
import { byTime, changesSince, factsOf, shifted, showDay, startOf, waitsForAnswer, type Facts } from './rules.ts';

const facts: Facts = {
  local_date: '2026-11-14',
  wall_start: '19:00',
  wall_end: null,
  day_offset: 0,
  end_offset: 0,
  time_zone: 'Europe/Berlin',
  certainty: 'exact',
  venue_id: 'v1',
  room_id: null,
  place: null,
  cancelled_at: null,
};
const line = (title: string, wall_start: string | null, day_offset = 0) => ({
  ...facts,
  title,
  wall_start,
  day_offset,
});

describe('a day', () => {
  it('goes by the clock and on past midnight; what has no time yet is last', () => {
    const day = [line('dinner', null), line('load-out', '01:30', 1), line('doors', '19:00'), line('load-in', '10:00')];
    expect(byTime(day).map(({ title }) => title)).toEqual(['load-in', 'doors', 'load-out', 'dinner']);
    expect(startOf(day[0]!)).toBeUndefined();
  });

  it('is still yesterday’s in the small hours', () => {
    const before = (date: string) => addDays(date, -1);
    expect(showDay('2026-11-15', '01:30', before)).toBe('2026-11-14');
    expect(showDay('2026-11-15', '05:00', before)).toBe('2026-11-15');
  });
});

describe('what changed since somebody acknowledged', () => {
  it('is told field by field', () => {
    expect(changesSince(factsOf(facts), { ...facts, wall_start: '18:30', place: 'Dock' })).toEqual([
      'wall_start',
      'place',
    ]);
    expect(changesSince(factsOf(facts), facts)).toEqual([]);
  });

  it('is unknown when they never did', () => {
    expect(changesSince(null, facts)).toBeUndefined();
    expect(waitsForAnswer({ requires_acknowledgment: true }, { acknowledged_at: null })).toBe(true);
    expect(waitsForAnswer({ requires_acknowledgment: true }, undefined)).toBe(false);
    expect(waitsForAnswer({ requires_acknowledgment: false }, { acknowledged_at: null })).toBe(false);
  });
});

describe('shifting times', () => {
  it('carries a line past midnight and back, end and all', () => {
    const late = { wall_start: '23:30', day_offset: 0, wall_end: '00:15', end_offset: 1 };
    expect(shifted(late, 45)).toEqual({ wall_start: '00:15', day_offset: 1, wall_end: '01:00', end_offset: 1 });
    fc.assert(
      fc.property(fc.integer({ min: -1400, max: 1400 }), (by) => {
        const there = shifted(late, by);
        if (there) expect(shifted(there, -by)).toEqual(late);
      }),
    );
  });

  it('leaves what has no time, and refuses what would leave the sheet', () => {
    const open = { wall_start: null, day_offset: 0, wall_end: null, end_offset: 0 };
    expect(shifted(open, 30)).toEqual(open);
    expect(shifted({ ...open, wall_start: '00:10' }, -30)).toBeUndefined();
  });
});

it('knows how far it is from Berlin to Hamburg, and from anywhere to itself', () => {
  const [berlin, hamburg] = [
    { latitude: 52.52, longitude: 13.405 },
    { latitude: 53.5511, longitude: 9.9937 },
  ];
  expect(Math.round(kilometres(berlin, hamburg))).toBe(255);
  expect(kilometres(berlin, berlin)).toBe(0);
});
