import { tzlib_get_ical_block } from 'timezones-ical-library';
import { offsetAt } from '../../../kernel/zone.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Clocks are not put forward and back within two weeks. */
const STEP_MS = 14 * DAY_MS;
/** Before the first change one is told from here on. */
const EPOCH = '19700101T000000';

/** One change of a clock: the instant, and how far it was and is ahead of UTC, in milliseconds. */
interface Transition {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The VTIMEZONE of a zone, right for every day from one year to another (both included). It is the block of the kept source
 * where that agrees with the zone data of this runtime; else, as for years whose rules were others, every change by itself.
 */
export function zoneBlock(zone: string, firstYear: number, lastYear: number): string {
  const [start, end] = [Date.UTC(firstYear, 0, 1) - DAY_MS, Date.UTC(lastYear + 1, 0, 1) + DAY_MS];
  const changes = transitionsOf(zone, start, end);
  return keptBlock(zone, start, end, changes) ?? listedBlock(zone, start, changes);
}

/** Every change of a clock between two instants. */
export function transitionsOf(zone: string, start: number, end: number): Transition[] {
  const found: Transition[] = [];
  for (let [from, before] = [start, offsetAt(zone, start)]; from < end;) {
    const to = Math.min(from + STEP_MS, end);
    const after = offsetAt(zone, to);
    if (after !== before) found.push({ at: changeBetween(zone, from, to), from: before, to: after });
    [from, before] = [to, after];
  }
  return found;
}

function changeBetween(zone: string, from: number, to: number): number {
  let [low, high] = [from, to];
  const before = offsetAt(zone, low);
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function keptBlock(zone: string, start: number, end: number, changes: readonly Transition[]): string | undefined {
  const [block] = tzlib_get_ical_block(zone) as string[];
  const told = block ? toldBy(block, start, end) : undefined;
  const agrees =
    told &&
    told.length === changes.length &&
    told.every(({ at, to }, n) => at === changes[n]!.at && to === changes[n]!.to) &&
    (changes.length > 0 || restingOffset(block!) === offsetAt(zone, start));
  return agrees ? block!.replace(/^TZID:.*$/m, `TZID:${zone}`) : undefined;
}

/** The changes of the clock that a block tells between two instants; undefined when it tells them in a way we do not read. */
function toldBy(block: string, start: number, end: number): Transition[] | undefined {
  const told: Transition[] = [];
  for (const [, observance] of block.matchAll(/BEGIN:(?:STANDARD|DAYLIGHT)\r\n([\s\S]*?)END:/g)) {
    const [from, to] = [offsetIn(observance!, 'FROM'), offsetIn(observance!, 'TO')];
    const clock = /^DTSTART:\d{8}T(\d\d)(\d\d)/m.exec(observance!)!;
    const rule = /^RRULE:(.+)$/m.exec(observance!)?.[1]?.trim();
    if (rule === undefined && from === to) continue;
    for (let year = new Date(start).getUTCFullYear(); year <= new Date(end).getUTCFullYear(); year++) {
      const day = rule === undefined ? undefined : dayOf(rule, year);
      if (day === undefined) return undefined;
      const at = day + (Number(clock[1]) * 60 + Number(clock[2])) * MINUTE_MS - from;
      if (at > start && at <= end) told.push({ at, from, to });
    }
  }
  return told.sort((a, b) => a.at - b.at);
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** The day of a year on which a yearly rule falls, such as the last Sunday of March. */
function dayOf(rule: string, year: number): number | undefined {
  const parts = Object.fromEntries(rule.split(';').map((part) => part.split('='))) as Record<string, string>;
  const { FREQ, BYMONTH, BYDAY, BYMONTHDAY, ...more } = parts;
  const [, nth, weekday] = /^(-?\d)?([A-Z]{2})$/.exec(BYDAY ?? '') ?? [];
  if (FREQ !== 'YEARLY' || !BYMONTH || !weekday || Object.keys(more).length > 0) return undefined;
  const month = Number(BYMONTH) - 1;
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const days = Array.from({ length }, (_, at) => Date.UTC(year, month, at + 1));
  const right = days.filter((day) => WEEKDAYS[new Date(day).getUTCDay()] === weekday);
  if (BYMONTHDAY) return right.find((day) => BYMONTHDAY.split(',').includes(String(new Date(day).getUTCDate())));
  return nth ? right.at(Number(nth) > 0 ? Number(nth) - 1 : Number(nth)) : undefined;
}

function offsetIn(observance: string, side: 'FROM' | 'TO'): number {
  const [, sign, hours, minutes] = new RegExp(`^TZOFFSET${side}:([+-])(\\d\\d)(\\d\\d)`, 'm').exec(observance)!;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}

const restingOffset = (block: string): number => offsetIn(block, 'TO');

function listedBlock(zone: string, start: number, changes: readonly Transition[]): string {
  const least = Math.min(offsetAt(zone, start), ...changes.map(({ to }) => to));
  const observance = (from: number, to: number, days: readonly string[]): string[] => {
    const kind = to > least ? 'DAYLIGHT' : 'STANDARD';
    // Some readers take the first day from DTSTART and some from the list; it stands in both.
    const list = days.length > 1 ? days : [];
    const offsets = [`TZOFFSETFROM:${offsetText(from)}`, `TZOFFSETTO:${offsetText(to)}`];
    return [`BEGIN:${kind}`, `DTSTART:${days[0]}`, ...offsets, ...list.map((day) => `RDATE:${day}`), `END:${kind}`];
  };
  const byOffsets = new Map<string, Transition[]>();
  for (const change of changes) {
    const key = `${change.from}>${change.to}`;
    byOffsets.set(key, [...(byOffsets.get(key) ?? []), change]);
  }
  const before = changes[0]?.from ?? offsetAt(zone, start);
  const lists = [...byOffsets.values()].flatMap((same) =>
    observance(
      same[0]!.from,
      same[0]!.to,
      same.map(({ at, from }) => stampText(at + from)),
    ),
  );
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...observance(before, before, [EPOCH]), ...lists, 'END:VTIMEZONE'].join(
    '\r\n',
  );
}

const stampText = (local: number): string => new Date(local).toISOString().slice(0, 19).replace(/[-:]/g, '');

function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / MINUTE_MS);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}
