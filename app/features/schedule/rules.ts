import type { Point } from '../../kernel/distance.ts';
import type { ScheduleItemRow, SchedulePersonRow, TravelLegRow } from '../../data/schema.gen.ts';
import type { LocalDate } from '../../kernel/day.ts';
import { instantOf, minutesInto, resolve, wallOf, type Resolved } from '../../kernel/zone.ts';

/** The parts of a line that say when it is. */
export type ItemTimes = Pick<
  ScheduleItemRow,
  'local_date' | 'wall_start' | 'wall_end' | 'day_offset' | 'end_offset' | 'time_zone' | 'certainty'
>;

/** The start of a line on the line of time; undefined when it has no time yet. */
export const startOf = (item: ItemTimes): Resolved | undefined =>
  item.wall_start === null
    ? undefined
    : resolve({ date: item.local_date, wall: item.wall_start, zone: item.time_zone, day_offset: item.day_offset });

/** The end of a line, if it has one. */
export const endOf = (item: ItemTimes): Resolved | undefined =>
  item.wall_end === null
    ? undefined
    : resolve({ date: item.local_date, wall: item.wall_end, zone: item.time_zone, day_offset: item.end_offset });

/** Lines in the order of their day: by the clock, what has no time yet at the end. */
export function byTime<T extends ItemTimes & { readonly title: string }>(lines: readonly T[]): T[] {
  const rank = (item: T): number =>
    item.wall_start === null ? Number.MAX_SAFE_INTEGER : minutesInto(item.wall_start, item.day_offset);
  return [...lines].sort(
    (a, b) => a.local_date.localeCompare(b.local_date) || rank(a) - rank(b) || a.title.localeCompare(b.title),
  );
}

/** How long a line takes when nobody said, in minutes; 0 for what is a moment. */
const usualMinutes: Readonly<Partial<Record<ScheduleItemRow['kind'], number>>> = {
  rehearsal: 120,
  performance: 90,
  meeting: 30,
  load_in: 120,
  line_check: 30,
  soundcheck: 60,
  support: 45,
  set: 75,
  changeover: 20,
  load_out: 90,
  strike: 60,
  meal: 60,
  press: 30,
  meet_and_greet: 30,
};

/** When a line is over as far as is known, in milliseconds since 1970 UTC. */
export function overAt(item: ItemTimes & Pick<ScheduleItemRow, 'kind'>): number | undefined {
  const start = startOf(item);
  return endOf(item)?.instant ?? (start && start.instant + (usualMinutes[item.kind] ?? 0) * 60_000);
}

/** The fields that an acknowledgement is about. */
export const factFields = [
  'local_date',
  'wall_start',
  'wall_end',
  'day_offset',
  'end_offset',
  'time_zone',
  'certainty',
  'venue_id',
  'room_id',
  'place',
  'cancelled_at',
] as const satisfies readonly (keyof ScheduleItemRow)[];

/** One of them. */
export type FactField = (typeof factFields)[number];

/** Time and place of a line, as somebody has acknowledged them. */
export type Facts = Pick<ScheduleItemRow, FactField>;

/** Time and place of a line as they are now. */
export const factsOf = (item: Facts): Facts =>
  Object.fromEntries(factFields.map((field) => [field, item[field]])) as unknown as Facts;

/** What is different since somebody acknowledged; undefined when they never did. */
export function changesSince(seen: unknown, item: Facts): FactField[] | undefined {
  if (typeof seen !== 'object' || seen === null) return undefined;
  const before = seen as Partial<Facts>;
  return factFields.filter((field) => field in before && before[field] !== item[field]);
}

/** Whether a call still waits for this person's answer. */
export const waitsForAnswer = (
  item: Pick<ScheduleItemRow, 'requires_acknowledgment'>,
  call: Pick<SchedulePersonRow, 'acknowledged_at'> | undefined,
): boolean => item.requires_acknowledgment && call !== undefined && call.acknowledged_at === null;

/** How a day moves by some minutes; undefined when a line would leave the days that a sheet can hold. */
export function shifted(
  item: Pick<ScheduleItemRow, 'wall_start' | 'wall_end' | 'day_offset' | 'end_offset'>,
  by: number,
): Pick<ScheduleItemRow, 'wall_start' | 'wall_end' | 'day_offset' | 'end_offset'> | undefined {
  if (item.wall_start === null) return item;
  const start = minutesInto(item.wall_start, item.day_offset) + by;
  const end = item.wall_end === null ? undefined : minutesInto(item.wall_end, item.end_offset) + by;
  if (start < 0 || start >= 3 * 1440 || (end !== undefined && end >= 10 * 1440)) return undefined;
  const from = wallOf(start);
  const to = end === undefined ? undefined : wallOf(end);
  return {
    wall_start: from.wall,
    day_offset: from.day_offset,
    wall_end: to?.wall ?? null,
    end_offset: to?.day_offset ?? from.day_offset,
  };
}

/** Both ends of a leg on the line of time. */
export const legInstants = (leg: TravelLegRow): { departs?: number; arrives?: number } => ({
  ...(leg.from_wall && { departs: instantOf({ date: leg.from_date, wall: leg.from_wall, zone: leg.from_zone }) }),
  ...(leg.to_wall && { arrives: instantOf({ date: leg.to_date, wall: leg.to_wall, zone: leg.to_zone }) }),
});

/** The day that counts as today for somebody at a place: until the small hours it is still yesterday's show. */
export function showDay(date: LocalDate, wall: string, before: (date: LocalDate) => LocalDate): LocalDate {
  return minutesInto(wall) < STILL_YESTERDAY ? before(date) : date;
}

/** Until then a night belongs to the day before, in minutes past midnight. */
const STILL_YESTERDAY = 5 * 60;

/** Where a venue is, if anybody has noted it. */
export const pointOf = (
  venue: { readonly latitude: number | null; readonly longitude: number | null } | undefined,
): Point | undefined =>
  venue && venue.latitude !== null && venue.longitude !== null
    ? { latitude: venue.latitude, longitude: venue.longitude }
    : undefined;
