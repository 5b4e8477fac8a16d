import { folded } from '../places/index.ts';
import { fields, readDate, type Field, type Mapping } from './rules.ts';

/** What columns are called in the routings we have seen, the surest name first. */
const names: Readonly<Record<Field, readonly string[]>> = {
  date: [
    'date',
    'show date',
    'event date',
    'start date',
    'day',
    'datum',
    'fecha',
    'data',
    'date time',
    'datetime',
    'start',
  ],
  venue: ['venue', 'venue name', 'location name', 'hall', 'club', 'place', 'room', 'location', 'ort der veranstaltung'],
  city: ['city', 'town', 'city name', 'venue city', 'stadt', 'ort', 'ciudad', 'ville', 'market'],
  region: [
    'state',
    'region',
    'province',
    'state province',
    'st',
    'county',
    'bundesland',
    'venue state',
    'state region',
  ],
  country: ['country', 'country code', 'land', 'pais', 'pays', 'nation', 'venue country'],
  title: ['title', 'event', 'event name', 'show', 'show name', 'eventname', 'summary', 'name', 'headline'],
  status: ['status', 'state of show', 'confirmation', 'hold', 'hold level', 'confirmed'],
  doors: ['doors', 'door', 'door time', 'doors open', 'einlass'],
  time: ['time', 'show time', 'start time', 'set time', 'stage time', 'showtime', 'beginn', 'on stage'],
  capacity: ['capacity', 'cap', 'kapazitat', 'venue capacity'],
  notes: ['notes', 'note', 'comment', 'comments', 'remarks', 'description', 'info', 'support'],
  url: ['url', 'link', 'ticket link', 'tickets', 'ticket url', 'website'],
  tour: ['tour', 'tour name', 'run', 'leg'],
  external_id: ['id', 'external id', 'event id', 'show id', 'uid', 'reference', 'ref'],
  zone: ['time zone', 'timezone', 'tz', 'zone', 'zeitzone'],
};

/** Headers in which "state" is how a show stands, because the words below it are. */
const STANDINGS = /^(confirmed|hold|option|cancell?ed|postponed|tentative)/i;

/** Whether the first row names the columns: one that holds a date is a show already. */
export const hasHeader = (first: readonly string[]): boolean =>
  !first.some((cell) => cell.trim() !== '' && 'date' in readDate(cell, 'dmy')) &&
  !first.some((cell) => 'date' in readDate(cell, 'mdy'));

/** Guesses which column holds what, by its name, and the date by what stands in it. */
export function guessMapping(header: readonly string[], rows: readonly (readonly string[])[]): Mapping {
  const mapping: Partial<Record<Field, number>> = {};
  const taken = new Set<number>();
  const take = (field: Field, column: number): void => {
    if (mapping[field] !== undefined || taken.has(column) || column < 0) return;
    mapping[field] = column;
    taken.add(column);
  };
  const plain = header.map((name) => folded(name.replace(/[_*]/g, ' ')));
  for (const exact of [true, false])
    for (const field of fields)
      for (const name of names[field])
        take(
          field,
          plain.findIndex((each, at) => !taken.has(at) && (exact ? each === name : contains(each, name))),
        );
  correctState(mapping, rows);
  if (mapping.date === undefined) take('date', dateColumn(rows, header.length, taken));
  return mapping;
}

const contains = (header: string, name: string): boolean => name.length > 3 && ` ${header} `.includes(` ${name} `);

function correctState(mapping: Partial<Record<Field, number>>, rows: readonly (readonly string[])[]): void {
  const { region } = mapping;
  if (region === undefined || mapping.status !== undefined) return;
  if (!rows.some((row) => STANDINGS.test(row[region]?.trim() ?? ''))) return;
  mapping.status = region;
  delete mapping.region;
}

function dateColumn(rows: readonly (readonly string[])[], count: number, taken: ReadonlySet<number>): number {
  const holds = (at: number): number => rows.filter((row) => 'date' in readDate(row[at] ?? '', 'dmy')).length;
  const columns = Array.from({ length: count }, (_, at) => at).filter((at) => !taken.has(at));
  const best = columns.sort((a, b) => holds(b) - holds(a))[0];
  return best !== undefined && holds(best) > rows.length / 2 ? best : -1;
}

/** What tells one kind of file from another: its header, without case or order of letters that do not matter. */
export const fingerprint = (header: readonly string[]): string => header.map((name) => folded(name)).join('|');
