import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEnd, parseTime, timeText } from './time-entry.ts';

const at = (wall: string | null, day_offset = 0, certainty = 'exact') => ({ wall, day_offset, certainty });

describe('a time as somebody types it', () => {
  it.each([
    ['9', at('09:00')],
    ['09', at('09:00')],
    ['930', at('09:30')],
    ['0930', at('09:30')],
    ['2130', at('21:30')],
    ['9:30', at('09:30')],
    ['9.30', at('09:30')],
    ['9h30', at('09:30')],
    ['21h', at('21:00')],
    ['9:30 pm', at('21:30')],
    ['930pm', at('21:30')],
    ['12am', at('00:00')],
    ['12 p', at('12:00')],
    ['noon', at('12:00')],
    ['midnight', at('00:00', 1)],
    ['24:00', at('00:00', 1)],
    ['25:30', at('01:30', 1)],
    ['1:30 +1', at('01:30', 1)],
    ['1+1', at('01:00', 1)],
    ['~17', at('17:00', 0, 'approx')],
    ['ca. 17:15', at('17:15', 0, 'approx')],
    ['5pmish', at('17:00', 0, 'approx')],
    ['tbd', at(null, 0, 'tbd')],
    ['TBA', at(null, 0, 'tbd')],
    ['', at(null, 0, 'tbd')],
    ['all day', at(null)],
    ['hidden', at(null, 0, 'hidden')],
    ['hidden 22:00', at('22:00', 0, 'hidden')],
  ])('"%s"', (text, expected) => {
    expect(parseTime(text)).toEqual(expected);
  });

  it.each([
    ['soon', 'no_time'],
    ['9:75', 'no_minute'],
    ['31', 'no_hour'],
    ['13 pm', 'no_hour'],
    ['0 pm', 'no_hour'],
    ['9:30 +5', 'too_far'],
    ['12345', 'no_time'],
    ['9:30:15', 'no_time'],
    ['-3', 'no_time'],
  ])('"%s" is not one: %s', (text, problem) => {
    expect(parseTime(text)).toEqual({ problem });
  });

  it('in the small hours after an evening line is the next day, said or not', () => {
    expect(parseTime('1:30', 23 * 60)).toEqual(at('01:30', 1));
    expect(parseTime('3', 25 * 60)).toEqual(at('03:00', 1));
    expect(parseTime('5', 9 * 60)).toEqual(at('05:00'));
    expect(parseTime('1:30 +0', 23 * 60)).toEqual(at('01:30'));
  });

  it('is shown in a way that is read as the same time', () => {
    const wall = fc.integer({ min: 0, max: 1439 }).map((minutes) => {
      const two = (n: number) => String(n).padStart(2, '0');
      return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    });
    const certainty = fc.constantFrom('exact' as const, 'approx' as const, 'hidden' as const);
    fc.assert(
      fc.property(wall, fc.integer({ min: 0, max: 2 }), certainty, (clock, day_offset, sure) => {
        const entry = { wall: clock, day_offset, certainty: sure };
        expect(parseTime(timeText(entry))).toEqual(entry);
      }),
    );
    for (const sure of ['exact', 'tbd', 'hidden'] as const)
      expect(parseTime(timeText({ wall: null, day_offset: 0, certainty: sure }))).toEqual(at(null, 0, sure));
  });
});

describe('the end of a line', () => {
  const evening = { wall: '22:30', day_offset: 0 };

  it('is on the same day where that is possible, else on the next', () => {
    expect(parseEnd('23:45', evening)).toEqual({ wall: '23:45', end_offset: 0 });
    expect(parseEnd('0:30', evening)).toEqual({ wall: '00:30', end_offset: 1 });
    expect(parseEnd('22:30', evening)).toEqual({ wall: '22:30', end_offset: 1 });
    expect(parseEnd('3', { wall: '01:30', day_offset: 1 })).toEqual({ wall: '03:00', end_offset: 1 });
    expect(parseEnd('', evening)).toEqual({ wall: null, end_offset: 0 });
  });

  it('needs a start', () => {
    expect(parseEnd('23', { wall: null, day_offset: 0 })).toEqual({ problem: 'end_without_start' });
  });
});
