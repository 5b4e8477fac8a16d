import type { ScheduleItemRow } from '../../data/schema.gen.ts';
import { clockChange } from '../../kernel/zone.ts';
import { kilometres, type Point } from '../../kernel/distance.ts';
import { endOf, overAt, startOf, type ItemTimes } from './rules.ts';

/** A line as far as conflicts care. */
export interface PlannedLine extends ItemTimes {
  readonly id: string;
  readonly title: string;
  readonly kind: ScheduleItemRow['kind'];
  readonly room_id: string | null;
  readonly cancelled_at: string | null;
  /** The people called to it. */
  readonly people: readonly string[];
  readonly point: Point | undefined;
}

/** A drive with somebody at the wheel. */
export interface PlannedDrive {
  readonly id: string;
  readonly title: string;
  readonly departs: number;
  readonly arrives: number;
  readonly drivers: readonly string[];
}

/** What is checked, editable by the planner. */
export interface Pace {
  /** How fast people get from one place to another, door to door, in km/h. */
  readonly km_per_hour: number;
  /** How much longer a road is than the straight line. */
  readonly detour: number;
  /** Rest between the last call of a day and the first of the next, in hours. */
  readonly rest_hours: number;
  /** At the wheel within 24 hours, in hours. */
  readonly driving_hours: number;
}

/** A splitter van on European roads, 9 hours at the wheel (Regulation (EC) 561/2006) and 11 hours of rest. */
export const usualPace: Pace = { km_per_hour: 75, detour: 1.3, rest_hours: 11, driving_hours: 9 };

/** Something that cannot be, or hardly, with the facts that explain it. */
export type Conflict = { readonly key: string; readonly lines: readonly string[] } & (
  | { readonly kind: 'person_twice'; readonly person_id: string; readonly minutes: number }
  | { readonly kind: 'room_twice'; readonly room_id: string; readonly minutes: number }
  | {
      readonly kind: 'too_far';
      readonly person_id: string;
      readonly km: number;
      readonly needs: number;
      readonly has: number;
    }
  | { readonly kind: 'clock_skips'; readonly wall: string; readonly shows: string }
  | { readonly kind: 'clock_repeats'; readonly wall: string }
  | { readonly kind: 'clock_changes'; readonly minutes: number }
  | { readonly kind: 'short_rest'; readonly person_id: string; readonly hours: number; readonly wanted: number }
  | { readonly kind: 'long_drive'; readonly person_id: string; readonly hours: number; readonly most: number }
);

interface Stretch {
  readonly line: PlannedLine;
  readonly from: number;
  readonly to: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Everything that is wrong with a plan, each with a key that stays while it is about the same lines. */
export function conflictsOf(
  lines: readonly PlannedLine[],
  drives: readonly PlannedDrive[] = [],
  pace: Pace = usualPace,
): Conflict[] {
  const standing = lines.filter((line) => line.cancelled_at === null);
  const stretches = standing.flatMap(stretchOf).sort((a, b) => a.from - b.from || a.to - b.to);
  return [
    ...standing.flatMap(clockTrouble),
    ...perPerson(stretches).flatMap(([person, mine]) => personTrouble(person, mine, pace)),
    ...roomTrouble(stretches),
    ...driverTrouble(drives, pace),
  ];
}

function stretchOf(line: PlannedLine): Stretch[] {
  const from = startOf(line)?.instant;
  const to = overAt(line);
  return from === undefined || to === undefined ? [] : [{ line, from, to }];
}

/** The night a clock is changed: a time that is not there, one that is there twice, a line that gets longer or shorter. */
function clockTrouble(line: PlannedLine): Conflict[] {
  const [start, end] = [startOf(line), endOf(line)];
  const about = { lines: [line.id] };
  const odd = [start, end].flatMap((moment, at): Conflict[] => {
    const wall = (at === 0 ? line.wall_start : line.wall_end) ?? '';
    if (moment?.kind === 'gap')
      return [{ ...about, key: `clock_skips:${line.id}:${wall}`, kind: 'clock_skips', wall, shows: moment.wall }];
    if (moment?.kind === 'fold')
      return [{ ...about, key: `clock_repeats:${line.id}:${wall}`, kind: 'clock_repeats', wall }];
    return [];
  });
  if (odd.length > 0 || !start || !end) return odd;
  const minutes = clockChange(line.time_zone, start.instant, end.instant);
  return minutes === 0 ? [] : [{ ...about, key: `clock_changes:${line.id}`, kind: 'clock_changes', minutes }];
}

function perPerson(stretches: readonly Stretch[]): [person: string, mine: Stretch[]][] {
  const found = new Map<string, Stretch[]>();
  for (const stretch of stretches)
    for (const person of stretch.line.people) found.set(person, [...(found.get(person) ?? []), stretch]);
  return [...found];
}

function personTrouble(person_id: string, mine: readonly Stretch[], pace: Pace): Conflict[] {
  const twice = overlapping(mine).map(({ lines, minutes }): Conflict => ({
    kind: 'person_twice',
    key: `person_twice:${person_id}:${[...lines].sort().join(':')}`,
    person_id,
    lines,
    minutes,
  }));
  const steps = mine.slice(1).map((next, at) => [mine[at]!, next] as const);
  return [
    ...twice,
    ...steps.flatMap(([before, next]) => tooFar(person_id, before, next, pace)),
    ...steps.flatMap(([before, next]) => shortRest(person_id, before, next, pace)),
  ];
}

function tooFar(person_id: string, before: Stretch, next: Stretch, pace: Pace): Conflict[] {
  const [a, b] = [before.line.point, next.line.point];
  if (!a || !b || next.from < before.to) return [];
  const km = kilometres(a, b) * pace.detour;
  const needs = (km / pace.km_per_hour) * 60;
  const has = (next.from - before.to) / MINUTE;
  if (km < 1 || needs <= has) return [];
  const key = `too_far:${person_id}:${before.line.id}:${next.line.id}`;
  const lines = [before.line.id, next.line.id];
  return [
    { kind: 'too_far', key, person_id, lines, km: Math.round(km), needs: Math.ceil(needs), has: Math.round(has) },
  ];
}

function shortRest(person_id: string, before: Stretch, next: Stretch, pace: Pace): Conflict[] {
  if (before.line.local_date === next.line.local_date) return [];
  const hours = (next.from - before.to) / HOUR;
  if (hours >= pace.rest_hours || hours < 0) return [];
  const key = `short_rest:${person_id}:${before.line.id}:${next.line.id}`;
  const lines = [before.line.id, next.line.id];
  return [{ kind: 'short_rest', key, person_id, lines, hours: Math.round(hours * 10) / 10, wanted: pace.rest_hours }];
}

function roomTrouble(stretches: readonly Stretch[]): Conflict[] {
  const rooms = new Map<string, Stretch[]>();
  for (const stretch of stretches) {
    const { room_id } = stretch.line;
    if (room_id) rooms.set(room_id, [...(rooms.get(room_id) ?? []), stretch]);
  }
  return [...rooms].flatMap(([room_id, there]) =>
    overlapping(there).map(({ lines, minutes }): Conflict => ({
      kind: 'room_twice',
      key: `room_twice:${room_id}:${[...lines].sort().join(':')}`,
      room_id,
      lines,
      minutes,
    })),
  );
}

/** Pairs of stretches that share time; what is a moment shares none. Each is compared with those that begin before it ends. */
function overlapping(sorted: readonly Stretch[]): { lines: string[]; minutes: number }[] {
  return sorted.flatMap((one, at) => {
    const found: { lines: string[]; minutes: number }[] = [];
    for (const other of sorted.slice(at + 1)) {
      if (other.from >= one.to) break;
      const minutes = (Math.min(one.to, other.to) - other.from) / MINUTE;
      if (minutes > 0) found.push({ lines: [one.line.id, other.line.id], minutes });
    }
    return found;
  });
}

/** Hours at the wheel in the 24 hours that end with each drive. */
function driverTrouble(drives: readonly PlannedDrive[], pace: Pace): Conflict[] {
  return drives.flatMap((last) =>
    last.drivers.flatMap((person_id): Conflict[] => {
      const window = drives.filter(
        (each) =>
          each.drivers.includes(person_id) && each.arrives <= last.arrives && each.arrives > last.arrives - 24 * HOUR,
      );
      const from = last.arrives - 24 * HOUR;
      const hours = window.reduce((sum, { departs, arrives }) => sum + (arrives - Math.max(departs, from)) / HOUR, 0);
      if (hours <= pace.driving_hours) return [];
      const key = `long_drive:${person_id}:${last.id}`;
      const lines = window.map(({ id }) => id);
      return [
        { kind: 'long_drive', key, person_id, lines, hours: Math.round(hours * 10) / 10, most: pace.driving_hours },
      ];
    }),
  );
}
