import { describe, expect, it } from 'vitest';
import { parseRows } from './paste.ts';

const lines = (text: string) =>
  parseRows(text).map(({ line, problem, number }) =>
    line
      ? `${line.wall ?? line.certainty}${line.day_offset ? '+1' : ''}-${line.end.wall ?? ''} ${line.kind} ${line.title} @${line.place ?? ''}`
      : `${number}: ${problem}`,
  );

describe('rows from a spreadsheet', () => {
  it('come by position: time, what, where, notes', () => {
    expect(lines('14:00\tLoad-in\tDock B\n5:30 pm\tSoundcheck\n23:00\tLoad-out\n1:00\tBus leaves\tDock B')).toEqual([
      '14:00- load_in Load-in @Dock B',
      '17:30- soundcheck Soundcheck @',
      '23:00- load_out Load-out @',
      '01:00+1- bus_call Bus leaves @Dock B',
    ]);
  });

  it('come by their headings, in any order', () => {
    expect(lines('What;Until;Time\nDoors;20:00;19\nMara on stage;;21')).toEqual([
      '19:00-20:00 doors Doors @',
      '21:00- set Mara on stage @',
    ]);
  });

  it('with a second time have an end, also as a range', () => {
    expect(lines('21:00\t22:15\tSet\n22:30 - 0:30\tMeet and greet')).toEqual([
      '21:00-22:15 set Set @',
      '22:30-00:30 meet_and_greet Meet and greet @',
    ]);
  });

  it('may be a file with commas and quotes, or lines of a mail', () => {
    expect(lines('19:00,"Doors, merch",Foyer\n20:00,Support,')).toEqual([
      '19:00- doors Doors, merch @Foyer',
      '20:00- support Support @',
    ]);
    expect(lines('7 pm Doors\ntbd Dinner\n21:00-22:30 Set')).toEqual([
      '19:00- doors Doors @',
      'tbd- meal Dinner @',
      '21:00-22:30 set Set @',
    ]);
  });

  it('that cannot be read say why, by their number, and empty ones are left out', () => {
    expect(lines(`soon\tDoors\n\n19:61\tSet\n20:00\t\n21\t${'x'.repeat(201)}`)).toEqual([
      '1: no_time',
      '3: no_minute',
      '4: no_title',
      '5: title_too_long',
    ]);
  });

  it('of nothing are nothing', () => {
    expect(parseRows('')).toEqual([]);
    expect(parseRows('\n\n')).toEqual([]);
  });
});
