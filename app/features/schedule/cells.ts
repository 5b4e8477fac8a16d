import type { ScheduleItemRow, VenueRoomRow } from '../../data/schema.gen.ts';
import { minutesInto, wallOf } from '../../kernel/zone.ts';
import { kindInTitle, kindOf } from './kinds.ts';
import type { LineFields } from './mutations.ts';
import { parseEnd, parseTime, timeText } from './time-entry.ts';
import { kindWords, timeProblems, words } from './words.ts';

/** The columns of a day sheet that are typed into. */
export const columns = ['start', 'end', 'kind', 'title', 'place', 'notes'] as const;

/** One of them. */
export type Column = (typeof columns)[number];

/** The parts of a line that its cells show. */
export type CellLine = Pick<
  ScheduleItemRow,
  | 'wall_start'
  | 'wall_end'
  | 'day_offset'
  | 'end_offset'
  | 'certainty'
  | 'kind'
  | 'title'
  | 'place'
  | 'room_id'
  | 'notes'
>;

type Show = (line: CellLine, rooms: readonly VenueRoomRow[]) => string;

const shows: Readonly<Record<Column, Show>> = {
  start: ({ wall_start, day_offset, certainty }) => timeText({ wall: wall_start, day_offset, certainty }),
  end: ({ wall_end, end_offset }) =>
    wall_end === null ? '' : timeText({ wall: wall_end, day_offset: end_offset, certainty: 'exact' }),
  kind: ({ kind }) => kindWords[kind],
  title: ({ title }) => title,
  place: ({ place, room_id }, rooms) => place ?? rooms.find(({ id }) => id === room_id)?.name ?? '',
  notes: ({ notes }) => notes ?? '',
};

/** What a cell shows, in a form that it reads again. */
export const cellText = (line: CellLine, column: Column, rooms: readonly VenueRoomRow[]): string =>
  shows[column](line, rooms);

/** What a cell's new text changes of its line, or why it means nothing, in words. */
export type Read = { readonly patch: Partial<LineFields> } | { readonly problem: string };

/** Where a cell stands: its line as it is, the rooms of the venue, and when the line before begins (minutes past midnight). */
export interface Around {
  readonly line: CellLine;
  readonly rooms: readonly VenueRoomRow[];
  readonly after?: number | undefined;
}

const readers: Readonly<Record<Column, (text: string, around: Around) => Read>> = {
  start: readStart,
  end: (text, { line }) => readEnd(text, line),
  kind: (text, { line }) => readKind(text, line),
  title: (text, { line }) => readTitle(text, line),
  place: (text, { rooms }) => readPlace(text, rooms),
  notes: (text) => (text.length > 10_000 ? { problem: words.notesTooLong } : { patch: { notes: text || null } }),
};

/** Reads what somebody typed into a cell. */
export const readCell = (column: Column, text: string, around: Around): Read => readers[column](text.trim(), around);

function readStart(text: string, { line, after }: Around): Read {
  const entry = parseTime(text, after);
  if ('problem' in entry) return { problem: timeProblems[entry.problem] };
  const { wall, day_offset, certainty } = entry;
  const start = { wall_start: wall, day_offset, certainty };
  if (wall === null) return { patch: { ...start, wall_end: null, end_offset: day_offset } };
  return { patch: { ...start, ...movedEnd(line, minutesInto(wall, day_offset)) } };
}

/** A start that passes its end takes the end along, so that the line stays as long as it was. */
function movedEnd(line: CellLine, from: number): Partial<LineFields> {
  if (line.wall_end === null || line.wall_start === null) return { end_offset: Math.floor(from / 1440) };
  const [start, end] = [minutesInto(line.wall_start, line.day_offset), minutesInto(line.wall_end, line.end_offset)];
  if (end > from && from >= start - 1440) return {};
  const moved = wallOf(end + from - start);
  return { wall_end: moved.wall, end_offset: moved.day_offset };
}

function readEnd(text: string, line: CellLine): Read {
  const end = parseEnd(text, { wall: line.wall_start, day_offset: line.day_offset });
  if ('problem' in end) return { problem: timeProblems[end.problem] };
  return { patch: { wall_end: end.wall, end_offset: end.end_offset } };
}

function readKind(text: string, line: CellLine): Read {
  const kind = text === '' ? 'other' : kindOf(text);
  if (!kind) return { problem: words.unknownKind };
  const named = line.title === '' || line.title === words.newLine || line.title === kindWords[line.kind];
  return { patch: { kind, ...(named && kind !== 'other' && { title: kindWords[kind] }) } };
}

function readTitle(text: string, line: CellLine): Read {
  if (text.length > 200) return { problem: words.titleTooLong };
  const title = text || (line.kind === 'other' ? words.newLine : kindWords[line.kind]);
  return { patch: { title, ...(line.kind === 'other' && { kind: kindInTitle(title) }) } };
}

function readPlace(text: string, rooms: readonly VenueRoomRow[]): Read {
  if (text.length > 400) return { problem: words.placeTooLong };
  const room = rooms.find(({ name }) => name.toLowerCase() === text.toLowerCase());
  return { patch: room ? { room_id: room.id, place: null } : { room_id: null, place: text || null } };
}

/** Lines as a spreadsheet takes them. */
export const asTable = (lines: readonly CellLine[], rooms: readonly VenueRoomRow[]): string =>
  lines.map((line) => columns.map((column) => quoted(cellText(line, column, rooms))).join('\t')).join('\n');

const quoted = (text: string): string => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
