import type { ScheduleItemKind } from '../../data/schema.gen.ts';
import { minutesInto } from '../../kernel/zone.ts';
import { kindInTitle, kindOf } from './kinds.ts';
import { parseEnd, parseTime, type PasteProblem, type TimeEntry, type TimeProblem } from './time-entry.ts';

/** A pasted row that could be read. */
export interface PastedLine extends TimeEntry {
  readonly title: string;
  readonly kind: ScheduleItemKind;
  readonly end: { readonly wall: string | null; readonly end_offset: number };
  readonly place: string | null;
  readonly notes: string | null;
}

/** A row as it was pasted, with what it means or why it means nothing. */
export interface PastedRow {
  /** Counted from 1, as in the spreadsheet. */
  readonly number: number;
  readonly text: string;
  readonly line?: PastedLine;
  readonly problem?: PasteProblem | TimeProblem | 'end_without_start';
}

type Column = 'start' | 'end' | 'kind' | 'title' | 'place' | 'notes';

const headings: Readonly<Record<string, Column>> = {
  time: 'start',
  start: 'start',
  from: 'start',
  begin: 'start',
  end: 'end',
  until: 'end',
  to: 'end',
  kind: 'kind',
  type: 'kind',
  what: 'title',
  title: 'title',
  item: 'title',
  event: 'title',
  activity: 'title',
  where: 'place',
  place: 'place',
  location: 'place',
  room: 'place',
  notes: 'notes',
  note: 'notes',
  info: 'notes',
  comment: 'notes',
};

const RANGE = /^(.*?\d.*?) ?[-–—] ?(\d.*)$/;

/** Reads rows as a spreadsheet, a mail or a text file gives them. Rows that are empty are left out, the others keep their number. */
export function parseRows(text: string): PastedRow[] {
  const cells = split(text);
  const [first] = cells;
  const named = first?.map((cell) => headings[cell.trim().toLowerCase()]);
  const hasHeadings = named !== undefined && named.filter(Boolean).length >= 2;
  const columns = hasHeadings ? named : undefined;
  let after: number | undefined;
  return cells.flatMap((row, at) => {
    if ((hasHeadings && at === 0) || row.every((cell) => cell.trim() === '')) return [];
    const read = readRow(fields(row, columns), after);
    if ('title' in read && read.wall !== null) after = minutesInto(read.wall, read.day_offset);
    const shared = { number: at + 1, text: row.join(' · ') };
    return ['title' in read ? { ...shared, line: read } : { ...shared, problem: read.problem }];
  });
}

function fields(
  row: readonly string[],
  columns: readonly (Column | undefined)[] | undefined,
): Partial<Record<Column, string>> {
  if (columns) {
    const pairs = row.flatMap((cell, at) => (columns[at] ? [[columns[at], cell.trim()] as const] : []));
    return Object.fromEntries(pairs);
  }
  const [start = '', ...rest] = row.map((cell) => cell.trim());
  const second = rest[0] ?? '';
  const hasEnd = rest.length > 1 && second !== '' && /\d/.test(second) && !('problem' in parseTime(second));
  const [title = '', place = '', ...notes] = hasEnd ? rest.slice(1) : rest;
  return { start, ...(hasEnd && { end: second }), title, place, notes: notes.filter(Boolean).join(' ') };
}

function readRow(
  row: Partial<Record<Column, string>>,
  after: number | undefined,
): PastedLine | { problem: PasteProblem | TimeProblem | 'end_without_start' } {
  const range = row.end ? undefined : RANGE.exec(row.start ?? '');
  const start = parseTime(range?.[1] ?? row.start ?? '', after);
  if ('problem' in start) return start;
  const end = parseEnd(range?.[2] ?? row.end ?? '', start);
  if ('problem' in end) return end;
  const chosen = kindOf(row.kind ?? '');
  const title = row.title || row.kind || '';
  if (title === '') return { problem: 'no_title' };
  if (title.length > 200) return { problem: 'title_too_long' };
  if ((row.place ?? '').length > 400) return { problem: 'place_too_long' };
  if ((row.notes ?? '').length > 10_000) return { problem: 'notes_too_long' };
  return {
    ...start,
    end,
    title,
    kind: chosen ?? kindInTitle(title),
    place: row.place || null,
    notes: row.notes || null,
  };
}

/** Tabs when there are any (spreadsheets), else semicolons, else commas outside quotes, else "19:00 Doors". */
function split(text: string): string[][] {
  const clean = text
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
    .replace(/\n+$/, '');
  const mark = ['\t', ';', ','].find((each) => clean.includes(each) && (each !== ',' || looksLikeCsv(clean)));
  if (mark) return separated(clean, mark);
  return clean.split('\n').map((line) => {
    const found = /^(\S*\d\S*(?: ?[ap]m)?(?: ?[-–—] ?\d\S*(?: ?[ap]m)?)?|tb[dac]) +(.+)$/i.exec(line.trim());
    return found ? [found[1]!, found[2]!] : [line];
  });
}

const looksLikeCsv = (text: string): boolean =>
  text.split('\n').every((line) => line.trim() === '' || /^[^,]{0,20},/.test(line));

/** Cells between marks; quoted ones may hold marks and line breaks (RFC 4180). */
function separated(text: string, mark: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const close = (): void => {
    rows.at(-1)!.push(cell);
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (quoted && char === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (char === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (!quoted && char === mark) close();
    else if (!quoted && char === '\n') {
      close();
      rows.push([]);
    } else cell += char;
  }
  close();
  return rows;
}
