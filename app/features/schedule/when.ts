import type { ScheduleItemRow, VenueRow } from '../../data/schema.gen.ts';
import { addDays, formatDate, type LocalDate } from '../../kernel/day.ts';
import { clockChange, differenceAt, instantOf, localAt, type WallTime } from '../../kernel/zone.ts';
import type { DayLine } from './queries.ts';
import { pointOf } from './rules.ts';
import { certaintyWords, span, words } from './words.ts';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** A wall time in the way of this locale, "21:30" or "9:30 PM". */
export const clockText = (wall: WallTime): string => clock.format(Date.parse(`1970-01-01T${wall}:00Z`));

/** When a line begins, as it is read on the day: "21:30", "01:30 +1", "TBD", "all day". */
export function startText(item: Pick<ScheduleItemRow, 'wall_start' | 'day_offset' | 'certainty'>): string {
  if (item.wall_start === null) return item.certainty === 'exact' ? words.allDay : certaintyWords.tbd;
  return clockText(item.wall_start) + late(item.day_offset);
}

/** When a line ends, or nothing. */
export const endText = (item: Pick<ScheduleItemRow, 'wall_end' | 'end_offset'>): string =>
  item.wall_end === null ? '' : clockText(item.wall_end) + late(item.end_offset);

const late = (days: number): string => (days > 0 ? ` +${days}` : '');

/** How long it is until an instant, in the unit that matters. */
export function countdown(from: number, to: number): string {
  const minutes = Math.ceil((to - from) / 60_000);
  return minutes >= 2880 ? words.days(Math.floor(minutes / 1440)) : span(minutes);
}

/** Where a line is, in a few words. */
export function placeText({ item, venue, room }: Pick<DayLine, 'item' | 'venue' | 'room'>): string {
  return [room?.name, item.place ?? venue?.name].filter(Boolean).join(', ');
}

/** The place a map is opened at, if there is one. */
export function mapOf({ item, venue }: Pick<DayLine, 'item' | 'venue'>): { address: string; href: string } | undefined {
  const address = item.place ?? venue?.address ?? (venue && `${venue.name}, ${venue.city}`);
  return address ? { address, href: mapAddress(address, item.place ? undefined : venue) } : undefined;
}

/** A link to the map app of this device; nothing is asked of anybody before it is tapped. */
export function mapAddress(address: string, venue?: Pick<VenueRow, 'latitude' | 'longitude'>): string {
  const query = encodeURIComponent(address);
  const point = pointOf(venue);
  const at = point ? `${point.latitude},${point.longitude}` : '';
  const agent = globalThis.navigator?.userAgent ?? '';
  if (/Android/.test(agent)) return `geo:${at || '0,0'}?q=${query}`;
  if (/iPhone|iPad|Mac/.test(agent)) return `maps://?q=${query}${at ? `&ll=${at}` : ''}`;
  return `https://www.openstreetmap.org/search?query=${query}`;
}

/** What a person in another zone should know of the clock at a place on a day, in sentences. */
export function clockNotes(city: string, there: string, here: string, date: LocalDate, now: number): string[] {
  const { minutes, days } = differenceAt(there, here, now);
  const morning = instantOf({ date, wall: '04:00', zone: there });
  const next = instantOf({ date: addDays(date, 1), wall: '12:00', zone: there });
  const change = clockChange(there, morning, next);
  const notes: string[] = [];
  if (minutes > 0) notes.push(words.ahead(span(minutes), city));
  if (minutes < 0) notes.push(words.behind(span(-minutes), city));
  if (days !== 0) {
    const day = formatDate(localAt(there, now).date);
    notes.push(days > 0 ? words.otherDay(city, day) : words.stillDay(city, day));
  }
  if (change > 0) notes.push(words.clockForward(city, change));
  if (change < 0) notes.push(words.clockBack(city, -change));
  return notes;
}
