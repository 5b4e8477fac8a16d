import ICAL from 'ical.js';
import { decode } from './encoding.ts';
import type { LineFlaw, RoutingTable, TableRow } from './table.ts';

/** The columns of a calendar, named so that they need no mapping. */
const HEADER = ['Date', 'Time', 'Title', 'Venue', 'City', 'Status', 'Notes', 'URL', 'ID', 'Time zone'];
/** A series longer than this is no run of shows. */
const MOST_REPEATS = 400;

interface Block {
  /** The line on which the event begins. */
  readonly line: number;
  readonly text: string;
}

/** Reads the events of a calendar. What is wrong with one event is said of that one; the others are read all the same. */
export function readIcs(bytes: Uint8Array): RoutingTable {
  const text = decode(bytes).text.replace(/\r\n?/g, '\n');
  const described = zonesIn(text);
  const rows = blocksOf(text, 'VEVENT').flatMap((block) => rowsOf(block, described));
  return { kind: 'ics', detail: 'iCalendar', header: HEADER, rows: withoutTwins(rows) };
}

/** Each component of a kind with the line it begins on. One that is cut off has no text: nobody knows what was meant. */
function blocksOf(text: string, name: string): Block[] {
  const blocks: Block[] = [];
  let open: { line: number; lines: string[] } | undefined;
  const cutOff = (): void => void (open && blocks.push({ line: open.line, text: '' }));
  text.split('\n').forEach((line, at) => {
    const word = line.trim().toUpperCase();
    if (word === `BEGIN:${name}`) {
      cutOff();
      open = { line: at + 1, lines: [] };
    }
    open?.lines.push(line);
    if (!open || word !== `END:${name}`) return;
    blocks.push({ line: open.line, text: open.lines.join('\r\n') });
    open = undefined;
  });
  cutOff();
  return blocks;
}

/** The zones a calendar describes, by the names it uses, as the names everybody uses where that can be told. */
function zonesIn(text: string): ReadonlyMap<string, string | undefined> {
  return new Map(
    blocksOf(text, 'VTIMEZONE').map(({ text: block }) => {
      const id = /^TZID:(.+)$/im.exec(block)?.[1]?.trim() ?? '';
      const known = /^X-LIC-LOCATION:(.+)$/im.exec(block)?.[1]?.trim();
      return [id, [id, known].find((name) => name !== undefined && isZone(name))] as const;
    }),
  );
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format();
    return name.includes('/');
  } catch {
    return false;
  }
}

function rowsOf({ line, text }: Block, described: ReadonlyMap<string, string | undefined>): TableRow[] {
  const event = parsed(text);
  if (!event) return [{ line, cells: HEADER.map(() => ''), flaws: ['event_broken'] }];
  const start = timeOf(event, 'dtstart');
  const words = wordsOf(event);
  if (!start) return [{ line, cells: cellsOf(words, undefined, ''), flaws: ['event_no_start'] }];
  const { zone, flaw } = zoneOf(event, described);
  const flaws: LineFlaw[] = flaw ? [flaw] : [];
  const end = timeOf(event, 'dtend');
  if (end && end.compare(start) < 0) flaws.push('event_end_before_start');
  const { days, flaw: repeats } = daysOf(event, start);
  if (repeats) flaws.push(repeats);
  return days.map((day, at) => ({
    line,
    cells: cellsOf(at === 0 ? words : { ...words, id: `${words.id}#${at}` }, day, zone),
    flaws,
  }));
}

function parsed(text: string): ICAL.Component | undefined {
  if (!text) return undefined;
  try {
    return new ICAL.Component(ICAL.parse(text) as [string, unknown[], unknown[]]);
  } catch {
    return undefined;
  }
}

function timeOf(event: ICAL.Component, name: string): ICAL.Time | undefined {
  try {
    const value = event.getFirstPropertyValue(name);
    return value instanceof ICAL.Time && Number.isFinite(value.year) && value.year > 0 ? value : undefined;
  } catch {
    return undefined;
  }
}

interface Words {
  readonly title: string;
  readonly place: string;
  readonly status: string;
  readonly notes: string;
  readonly url: string;
  readonly id: string;
}

function wordsOf(event: ICAL.Component): Words {
  const word = (name: string): string => {
    const value = event.getFirstPropertyValue(name);
    return value === null || value === undefined ? '' : String(value).trim();
  };
  const [title, place, status] = [word('summary'), word('location'), word('status')];
  return { title, place, status, notes: word('description'), url: word('url'), id: word('uid') };
}

/** "Paradiso, Amsterdam, Netherlands": the hall first, then where it is. A street in between is passed over. */
function cellsOf(words: Words, day: ICAL.Time | undefined, zone: string): string[] {
  const parts = words.place
    .split(/,|\n/)
    .map((part) => part.trim())
    .filter(Boolean);
  const venue = parts.length > 1 ? parts[0]! : '';
  const where = parts.length > 1 ? parts.slice(1).filter((part) => !/\d/.test(part)) : parts;
  const time = day && !day.isDate ? day.toString().slice(11, 16) : '';
  const date = day ? day.toString().slice(0, 10) : '';
  return [date, time, words.title, venue, where.join(', '), words.status, words.notes, words.url, words.id, zone];
}

/** The zone an event names. One that the file does not describe is taken when everybody knows it, and an error when nobody does. */
function zoneOf(
  event: ICAL.Component,
  described: ReadonlyMap<string, string | undefined>,
): { zone: string; flaw?: LineFlaw } {
  const property = event.getFirstProperty('dtstart');
  const id = property?.getFirstParameter('tzid');
  if (!id) return { zone: property?.toICALString().endsWith('Z') ? 'UTC' : '' };
  const known = described.get(id) ?? (isZone(id) ? id : undefined);
  if (!known) return { zone: '', flaw: 'zone_unknown' };
  return described.has(id) ? { zone: known } : { zone: known, flaw: 'zone_not_described' };
}

/** The days of an event that repeats; one without an end, or with too many, is only read once and says so. */
function daysOf(event: ICAL.Component, start: ICAL.Time): { days: ICAL.Time[]; flaw?: LineFlaw } {
  const rule = event.getFirstPropertyValue('rrule') as ICAL.Recur | null;
  if (!rule) return { days: [start] };
  if (!rule.count && !rule.until) return { days: [start], flaw: 'event_repeats_forever' };
  const days: ICAL.Time[] = [];
  const expansion = new ICAL.RecurExpansion({ component: event, dtstart: start });
  for (let next = expansion.next(); next; next = expansion.next()) {
    if (days.length === MOST_REPEATS) return { days: [start], flaw: 'event_repeats_often' };
    days.push(next.clone());
  }
  return { days };
}

/** A UID twice is a doubled event, unless the second says which day of the series it replaces; only the first may stand. */
function withoutTwins(rows: readonly TableRow[]): TableRow[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const id = row.cells[8];
    if (!id) return row;
    const first = seen.get(id);
    seen.set(id, first ?? row.line);
    return first === undefined ? row : { ...row, flaws: [...row.flaws, 'uid_twice' as const] };
  });
}
