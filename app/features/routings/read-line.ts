import type { ShowStatus } from '../../data/schema.gen.ts';
import type { LocalDate } from '../../kernel/day.ts';
import { ofFlaws, type Problem } from './problems.ts';
import type { TableRow } from './read/table.ts';
import { isToBeTold, readDate, readTime, weekdayFits, type DateOrder, type Field, type Mapping } from './rules.ts';

/** Where a show is, as the file has it. */
export interface Written {
  readonly venue: string;
  readonly city: string;
  readonly region: string;
  readonly country: string;
  /** A zone that the file names itself. */
  readonly zone: string;
}

/** A line with every cell read for what it is. */
export interface ReadLine {
  readonly line: number;
  readonly date: LocalDate | undefined;
  readonly time: string | undefined;
  readonly written: Written;
  /** The city without the region and country that may stand in its cell. */
  readonly city: string;
  readonly title: string;
  readonly status: ShowStatus | null;
  readonly doors: string | undefined;
  readonly notes: string;
  readonly url: string;
  readonly capacity: number | null;
  readonly tour: string;
  readonly external_id: string | null;
  readonly problems: readonly Problem[];
}

/** The most letters each text may have, as the database says. */
const LONGEST = { venue: 160, city: 120, region: 120, title: 200, notes: 9_500, tour: 160, external_id: 255 } as const;
const LARGEST_CAPACITY = 500_000;

const standings: readonly (readonly [RegExp, ShowStatus])[] = [
  [/^(cancel|storniert|annul|abgesagt)/, 'cancelled'],
  [/^(postponed|rescheduled|verschoben|moved)/, 'postponed'],
  [/^(advanced)/, 'advanced'],
  [/^(played|done|past|gespielt)/, 'played'],
  [/^(settled|closed)/, 'settled'],
  [/^(option|offer)/, 'option'],
  [/^(confirm|contract|booked|announced|on ?sale|sold|live|yes|best[aä]tigt|fest|scheduled)/, 'confirmed'],
  [/^(hold|\d(st|nd|rd|th)? hold|h\d|pencil|tentative|tba|tbc|first|second|third|\d$)/, 'hold'],
];

/** Reads one line. Nothing stops at the first thing that is wrong: a person sees all of it at once. */
export function readLine(row: TableRow, mapping: Mapping, order: DateOrder): ReadLine {
  const problems: Problem[] = ofFlaws(row.flaws);
  const cell = (field: Field): string => {
    const at = mapping[field];
    return at === undefined ? '' : (row.cells[at] ?? '').trim();
  };
  const broken = problems.some(({ code }) => code === 'event_broken' || code === 'event_no_start');
  const date = broken ? undefined : dateOf(cell('date'), order, problems);
  const time = timeOf('time', cell('time'), problems) ?? date?.time;
  const doors = timeOf('doors', cell('doors'), problems);
  checkLengths(cell, problems);
  return {
    line: row.line,
    date: date?.date,
    time,
    written: {
      venue: known(cell('venue')),
      city: known(cell('city')),
      region: cell('region'),
      country: cell('country'),
      zone: zoneOf(cell('zone'), problems),
    },
    city: known(cell('city')).split(',')[0]!.trim(),
    title: cell('title'),
    status: statusOf(cell('status'), problems),
    doors,
    notes: cell('notes'),
    url: cell('url'),
    capacity: capacityOf(cell('capacity'), problems),
    tour: cell('tour'),
    external_id: cell('external_id') || null,
    problems,
  };
}

const known = (text: string): string => (isToBeTold(text) ? '' : text);

function dateOf(text: string, order: DateOrder, problems: Problem[]): { date: LocalDate; time?: string } | undefined {
  const read = readDate(text, order);
  if ('problem' in read) {
    problems.push({ code: read.problem, grave: true, facts: [text, order] });
    return undefined;
  }
  if (weekdayFits(read) === false) problems.push({ code: 'weekday_wrong', grave: false, facts: [text, read.date] });
  return read;
}

function timeOf(field: 'time' | 'doors', text: string, problems: Problem[]): string | undefined {
  if (!text || isToBeTold(text)) return undefined;
  // A cell that a spreadsheet keeps as a moment holds the time behind the day.
  const time = readTime(/^\d{4}-\d\d-\d\dT(\d\d:\d\d)$/.exec(text)?.[1] ?? text);
  if (time === undefined) problems.push({ code: 'time_unreadable', grave: false, facts: [text, field] });
  return time;
}

function statusOf(text: string, problems: Problem[]): ShowStatus | null {
  if (!text) return null;
  const word = text.toLowerCase();
  const status = standings.find(([pattern]) => pattern.test(word))?.[1] ?? null;
  if (status === null) problems.push({ code: 'status_unknown', grave: false, facts: [text] });
  return status;
}

function capacityOf(text: string, problems: Problem[]): number | null {
  if (!text || isToBeTold(text)) return null;
  const capacity = Number(text.replace(/[^\d]/g, ''));
  if (capacity >= 1 && capacity <= LARGEST_CAPACITY) return capacity;
  problems.push({ code: 'capacity_unreadable', grave: false, facts: [text] });
  return null;
}

function zoneOf(text: string, problems: Problem[]): string {
  if (!text) return '';
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    if (timeZone === 'UTC' || timeZone.includes('/')) return timeZone;
  } catch {
    // said below, as for names such as CET that are no place's zone
  }
  problems.push({ code: 'zone_of_file_unknown', grave: true, facts: [text] });
  return '';
}

function checkLengths(cell: (field: Field) => string, problems: Problem[]): void {
  for (const [field, most] of Object.entries(LONGEST)) {
    const { length } = cell(field as Field);
    if (length > most) problems.push({ code: 'text_too_long', grave: true, facts: [field, String(most)] });
  }
}
