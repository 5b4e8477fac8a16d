import { addDays, type LocalDate } from './day.ts';

/** A time on the wall clock, "21:30", in 24 hours. */
export type WallTime = string;

/** A moment as people plan it: what the calendar and the clock on the wall say at a place. This is the truth. */
export interface LocalMoment {
  readonly date: LocalDate;
  readonly wall: WallTime;
  /** IANA name, e.g. "Europe/Berlin". */
  readonly zone: string;
  /** Days past `date`: a load-out at 01:30 belongs to the show date before it and has 1. */
  readonly day_offset?: number;
}

/** Where a local moment lies on the line of time; `gap` never shows on that clock, `fold` shows twice. */
export interface Resolved {
  /** Milliseconds since 1970 UTC: of a fold the first, of a gap as if the clock had not been changed yet. */
  readonly instant: number;
  readonly kind: 'once' | 'gap' | 'fold';
  /** What the clock on the wall really says at that instant; differs from what was asked in a gap only. */
  readonly date: LocalDate;
  readonly wall: WallTime;
  /** Of a fold the second time, in milliseconds since 1970 UTC. */
  readonly again?: number;
}

const DAY = 86_400_000;
const MINUTE = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

/** Whether this device knows a zone by that IANA name. */
export function isZone(zone: string): boolean {
  if (zone !== 'UTC' && !/^[A-Z][\w+-]*(\/[\w+-]+)+$/.test(zone)) return false;
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** How far a zone is ahead of UTC at an instant, in milliseconds. */
export function offsetAt(zone: string, instant: number): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) parts[type] = value;
  const year = parts['era'] === 'BC' ? 1 - Number(parts['year']) : Number(parts['year']);
  const at = new Date(0);
  at.setUTCFullYear(year, Number(parts['month']) - 1, Number(parts['day']));
  at.setUTCHours(Number(parts['hour']), Number(parts['minute']), Number(parts['second']));
  return at.getTime() - Math.floor(instant / 1000) * 1000;
}

/** The calendar and the clock of a zone at an instant. */
export function localAt(zone: string, instant: number): { readonly date: LocalDate; readonly wall: WallTime } {
  const text = new Date(instant + offsetAt(zone, instant)).toISOString();
  return { date: text.slice(0, 10), wall: text.slice(11, 16) };
}

/** Places a local moment on the line of time, and tells when its clock skips or repeats it. */
export function resolve({ date, wall, zone, day_offset = 0 }: LocalMoment): Resolved {
  const naive = Date.parse(`${addDays(date, day_offset)}T${wall}:00Z`);
  const before = naive - offsetAt(zone, naive - DAY);
  const after = naive - offsetAt(zone, naive + DAY);
  const [first, ...more] = [...new Set([before, after])]
    .filter((instant) => instant + offsetAt(zone, instant) === naive)
    .sort((a, b) => a - b);
  if (first === undefined) return { instant: before, kind: 'gap', ...localAt(zone, before) };
  const here = { date: addDays(date, day_offset), wall };
  const again = more[0];
  return again === undefined
    ? { instant: first, kind: 'once', ...here }
    : { instant: first, kind: 'fold', ...here, again };
}

/** The instant of a local moment, in milliseconds since 1970 UTC. */
export const instantOf = (moment: LocalMoment): number => resolve(moment).instant;

/** By how many minutes the clock of a zone is put forward (back: negative) between two instants; 0 on most days. */
export const clockChange = (zone: string, from: number, to: number): number =>
  (offsetAt(zone, to) - offsetAt(zone, from)) / MINUTE;

/** How the clock there differs from the one here at an instant. */
export interface ClockDifference {
  /** Minutes there is ahead of here. */
  readonly minutes: number;
  /** Days the calendar there is ahead: 1 or -1 across midnight, up to 1 more across the date line. */
  readonly days: number;
}

/** Compares two zones at an instant. */
export function differenceAt(there: string, here: string, instant: number): ClockDifference {
  const minutes = (offsetAt(there, instant) - offsetAt(here, instant)) / MINUTE;
  const days = (Date.parse(localAt(there, instant).date) - Date.parse(localAt(here, instant).date)) / DAY;
  return { minutes, days };
}

/** Minutes past the midnight that begins the date: 01:30 of the next day is 1,530. */
export const minutesInto = (wall: WallTime, day_offset = 0): number =>
  day_offset * 1440 + Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3));

/** The other way round: minutes past midnight as wall time and days. */
export function wallOf(minutes: number): { readonly wall: WallTime; readonly day_offset: number } {
  const day_offset = Math.floor(minutes / 1440);
  const rest = minutes - day_offset * 1440;
  const two = (n: number): string => String(n).padStart(2, '0');
  return { wall: `${two(Math.floor(rest / 60))}:${two(rest % 60)}`, day_offset };
}
