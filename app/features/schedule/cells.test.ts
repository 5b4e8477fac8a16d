import { describe, expect, it } from 'vitest';
import type { VenueRoomRow } from '../../data/schema.gen.ts';
import { asTable, cellText, readCell, type CellLine, type Column } from './cells.ts';

const set: CellLine = {
  wall_start: '21:00',
  wall_end: '22:30',
  day_offset: 0,
  end_offset: 0,
  certainty: 'exact',
  kind: 'set',
  title: 'Mara',
  place: null,
  room_id: 'r1',
  notes: null,
};
const rooms = [{ id: 'r1', name: 'Main stage' }] as VenueRoomRow[];
const read = (column: Column, text: string, line = set, after?: number) =>
  readCell(column, text, { line, rooms, after });

describe('a cell', () => {
  it('reads what it shows as the same', () => {
    for (const column of ['start', 'end', 'kind', 'title', 'place', 'notes'] as const) {
      const again = read(column, cellText(set, column, rooms));
      expect(again).toHaveProperty('patch');
      expect(set).toMatchObject((again as { patch: object }).patch);
    }
  });

  it('a start that passes the end takes the end along, else leaves it', () => {
    expect(read('start', '23')).toEqual({
      patch: { wall_start: '23:00', day_offset: 0, certainty: 'exact', wall_end: '00:30', end_offset: 1 },
    });
    expect(read('start', '~21:15')).toEqual({ patch: { wall_start: '21:15', day_offset: 0, certainty: 'approx' } });
    expect(read('start', 'tbd')).toEqual({
      patch: { wall_start: null, day_offset: 0, certainty: 'tbd', wall_end: null, end_offset: 0 },
    });
  });

  it('after an evening line is past midnight', () => {
    expect(read('start', '1', { ...set, wall_end: null }, 23 * 60)).toEqual({
      patch: { wall_start: '01:00', day_offset: 1, certainty: 'exact', end_offset: 1 },
    });
  });

  it('that cannot be read says why in a sentence', () => {
    for (const [column, text] of [
      ['start', 'soon'],
      ['end', '9:75'],
      ['kind', 'banana'],
      ['title', 'x'.repeat(201)],
      ['place', 'x'.repeat(401)],
    ] as const)
      expect(read(column, text)).toEqual({ problem: expect.stringMatching(/\.$/) as string });
    expect(read('end', '22', { ...set, wall_start: null, wall_end: null })).toHaveProperty('problem');
  });

  it('of a kind names a line that has no name, and a title tells the kind', () => {
    expect(read('kind', 'sound', { ...set, kind: 'other', title: 'New line' })).toEqual({
      patch: { kind: 'soundcheck', title: 'Soundcheck' },
    });
    expect(read('kind', 'doors')).toEqual({ patch: { kind: 'doors' } });
    expect(read('title', 'Doors, merch open', { ...set, kind: 'other' })).toEqual({
      patch: { title: 'Doors, merch open', kind: 'doors' },
    });
  });

  it('knows the rooms of the house, and takes any other place', () => {
    expect(read('place', 'main STAGE')).toEqual({ patch: { room_id: 'r1', place: null } });
    expect(read('place', 'Canal quay')).toEqual({ patch: { room_id: null, place: 'Canal quay' } });
    expect(read('place', '')).toEqual({ patch: { room_id: null, place: null } });
  });

  it('goes to a spreadsheet with its quotes', () => {
    expect(asTable([{ ...set, notes: 'a\tb "c"' }], rooms)).toBe('21:00\t22:30\tSet\tMara\tMain stage\t"a\tb ""c"""');
  });
});
