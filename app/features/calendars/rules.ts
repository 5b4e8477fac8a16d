import ical, { ICalEventStatus, ICalEventTransparency, type ICalCalendar, type ICalEventData } from 'ical-generator';
import type { HotelRow, ScheduleItemRow, ShowRow, TravelLegRow, VenueRow } from '../../data/schema.gen.ts';
import { addDays, type LocalDate } from '../../kernel/day.ts';
import { instantOf, localAt, resolve, type LocalMoment, type WallTime } from '../../kernel/zone.ts';
import { zoneBlock } from './zones/rules.ts';

/** When a row or anything it is drawn with was changed last, as an ISO 8601 instant. */
interface Dated {
  readonly changed_at: string | null;
}
type Place = Pick<VenueRow, 'name' | 'city' | 'region' | 'country' | 'address' | 'latitude' | 'longitude'>;

/** A show as a calendar needs it. */
export type CalendarShow = Pick<ShowRow, 'id' | 'title' | 'show_date' | 'status' | 'notes' | 'created_at'> &
  Dated & { readonly venue: Place | null; readonly tour: string | null };

/** A line of a day. */
export type CalendarItem = Pick<
  ScheduleItemRow,
  | 'id'
  | 'title'
  | 'local_date'
  | 'wall_start'
  | 'wall_end'
  | 'day_offset'
  | 'end_offset'
  | 'time_zone'
  | 'certainty'
  | 'place'
  | 'notes'
  | 'recurrence'
  | 'exceptions'
  | 'cancelled_at'
  | 'created_at'
> &
  Dated & { readonly venue: Place | null; readonly room: string | null };

/** A leg of a journey. */
export type CalendarLeg = Pick<
  TravelLegRow,
  | 'id'
  | 'mode'
  | 'carrier'
  | 'number'
  | 'from_place'
  | 'from_date'
  | 'from_wall'
  | 'from_zone'
  | 'to_place'
  | 'to_date'
  | 'to_wall'
  | 'to_zone'
  | 'confirmation'
  | 'notes'
  | 'created_at'
> &
  Dated & { readonly seat: string | null; readonly own_confirmation: string | null };

/** Nights in a hotel. */
export type CalendarStay = Pick<
  HotelRow,
  'id' | 'name' | 'address' | 'check_in' | 'check_out' | 'notes' | 'created_at'
> &
  Dated;

/** Everything that one calendar holds. */
export interface CalendarContent {
  readonly organization: string | null;
  readonly tour: string | null;
  readonly room: string | null;
  readonly shows: readonly CalendarShow[];
  readonly items: readonly CalendarItem[];
  readonly legs: readonly CalendarLeg[];
  readonly stays: readonly CalendarStay[];
}

const PRODUCT = { company: 'BIG Live', product: 'Portal', language: 'EN' } as const;
/** How often a calendar is asked to look again; most look less often. */
const REFRESH_SECONDS = 60 * 60;
const HOST = 'portal.biglive';

/** A calendar in iCalendar form (RFC 5545). The same content gives the same text, byte for byte. */
export function calendarText(content: CalendarContent): string {
  const calendar = ical({ prodId: PRODUCT, name: nameOf(content), ttl: REFRESH_SECONDS });
  const events = [
    ...content.shows.map(showEvent),
    ...content.items.map(itemEvent),
    ...content.legs.map(legEvent),
    ...content.stays.map(stayEvent),
  ];
  describeZones(calendar, events);
  for (const event of events) calendar.createEvent(event);
  return calendar.toString();
}

/** What a calendar is called in the list of calendars. */
export const nameOf = ({ room, tour, organization }: Pick<CalendarContent, 'room' | 'tour' | 'organization'>): string =>
  room ?? tour ?? organization ?? 'Portal';

/** Every zone that an event names is described, for the years of the events that name it. */
function describeZones(calendar: ICalCalendar, events: readonly ICalEventData[]): void {
  const years = new Map<string, [first: number, last: number]>();
  for (const { timezone, start } of events) {
    if (!timezone) continue;
    const year = (start as WallClock).year;
    const [first, last] = years.get(timezone) ?? [year, year];
    years.set(timezone, [Math.min(first, year), Math.max(last, year)]);
  }
  calendar.timezone({
    name: null,
    generator: (zone) => {
      const [first, last] = years.get(zone)!;
      // A series may go on into the year after.
      return zoneBlock(zone, first, last + 1);
    },
  });
}

/** What every event says of itself: who it is, and which version of it this is. */
function identity(kind: string, row: { id: string; created_at: string } & Dated) {
  const changed = new Date(row.changed_at ?? row.created_at);
  return {
    id: `${row.id}@${kind}.${HOST}`,
    // Seconds from its making to its last change: grows with every change, whatever it was that changed.
    sequence: Math.max(0, Math.floor((changed.getTime() - Date.parse(row.created_at)) / 1000)),
    stamp: changed,
    lastModified: changed,
  };
}

function showEvent(show: CalendarShow): ICalEventData {
  const off = show.status === 'cancelled' || show.status === 'postponed';
  const open = show.status === 'hold' || show.status === 'option';
  return {
    ...identity('show', show),
    ...wholeDays(show.show_date, addDays(show.show_date, 1)),
    summary: [show.status === 'postponed' ? 'Postponed: ' : '', showTitle(show)].join(''),
    ...locationOf(show.venue, null),
    description: [show.tour, show.notes].filter(Boolean).join('\n') || null,
    status: off ? ICalEventStatus.CANCELLED : open ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
  };
}

const showTitle = ({ title, venue }: CalendarShow): string =>
  venue && title !== venue.name ? `${title} · ${venue.name}` : title;

function itemEvent(item: CalendarItem): ICalEventData {
  const status = item.cancelled_at
    ? ICalEventStatus.CANCELLED
    : item.certainty === 'exact'
      ? ICalEventStatus.CONFIRMED
      : ICalEventStatus.TENTATIVE;
  const common = {
    ...identity('item', item),
    summary: item.certainty === 'approx' ? `≈ ${item.title}` : item.title,
    ...locationOf(item.venue, item.room ?? item.place),
    description: item.notes,
    status,
  };
  const { local_date: date, wall_start: wall, time_zone: zone } = item;
  if (!wall) return { ...common, ...wholeDays(date, addDays(date, 1)), ...repeated(item, undefined) };
  const start = clockOf({ date, wall, zone, day_offset: item.day_offset });
  const end = item.wall_end ? { end: clockOf({ date, wall: item.wall_end, zone, day_offset: item.end_offset }) } : {};
  return { ...common, timezone: zone, start, ...end, ...repeated(item, start) };
}

/** The rule of a series with the days that are left out of it. */
function repeated(item: CalendarItem, start: WallClock | undefined): Partial<ICalEventData> {
  const { recurrence, exceptions, time_zone, day_offset } = item;
  if (!recurrence) return {};
  const written = (day: LocalDate): string => addDays(day, start ? day_offset : 0).replaceAll('-', '');
  const days = exceptions.map((day) => written(day) + (start ? `T${start.clock}` : ''));
  const property = start ? `EXDATE;TZID=${time_zone}` : 'EXDATE;VALUE=DATE';
  const left = days.length > 0 ? [`${property}:${days.join(',')}`] : [];
  return { repeating: [`RRULE:${recurrence}`, ...left, ''].join('\r\n') };
}

const modeWords: Readonly<Record<string, string>> = {
  flight: 'Flight',
  train: 'Train',
  bus: 'Bus',
  drive: 'Drive',
  ferry: 'Ferry',
};

function legEvent(leg: CalendarLeg): ICalEventData {
  const number = [leg.carrier, leg.number].filter(Boolean).join(' ');
  const common = {
    ...identity('leg', leg),
    summary: `${modeWords[leg.mode] ?? leg.mode}${number ? ` ${number}` : ''}: ${leg.from_place} – ${leg.to_place}`,
    location: leg.from_place,
    description: legDetails(leg) || null,
    status: ICalEventStatus.CONFIRMED,
  };
  if (!leg.from_wall) return { ...common, ...wholeDays(leg.from_date, addDays(leg.to_date, 1)) };
  const start = clockOf({ date: leg.from_date, wall: leg.from_wall, zone: leg.from_zone });
  const end = leg.to_wall ? { end: arrivalOf(leg, leg.to_wall) } : {};
  return { ...common, timezone: leg.from_zone, start, ...end };
}

/** An event has one zone here, so the arrival is told by the clock of the departure; the details tell it by its own. */
function arrivalOf(leg: CalendarLeg, wall: WallTime): WallClock {
  const here = localAt(leg.from_zone, instantOf({ date: leg.to_date, wall, zone: leg.to_zone }));
  return new WallClock(here.date, here.wall);
}

function legDetails(leg: CalendarLeg): string {
  const lines = [
    leg.to_wall && `Arrives ${leg.to_date} ${leg.to_wall} (${leg.to_zone})`,
    leg.seat && `Seat ${leg.seat}`,
    (leg.own_confirmation ?? leg.confirmation) && `Confirmation ${leg.own_confirmation ?? leg.confirmation}`,
    leg.notes,
  ];
  return lines.filter(Boolean).join('\n');
}

function stayEvent(stay: CalendarStay): ICalEventData {
  const until = stay.check_out > stay.check_in ? stay.check_out : addDays(stay.check_in, 1);
  return {
    ...identity('stay', stay),
    ...wholeDays(stay.check_in, until),
    summary: `Hotel: ${stay.name}`,
    location: [stay.name, stay.address].filter(Boolean).join(', '),
    description: stay.notes,
    status: ICalEventStatus.CONFIRMED,
  };
}

/** Whole days, the last of them excluded; they keep nobody from being invited to something else. */
const wholeDays = (from: LocalDate, until: LocalDate) => ({
  allDay: true,
  start: new Date(`${from}T00:00:00Z`),
  end: new Date(`${until}T00:00:00Z`),
  transparency: ICalEventTransparency.TRANSPARENT,
});

function locationOf(venue: Place | null, room: string | null): Pick<ICalEventData, 'location'> {
  const words = [room, venue?.name, venue?.address, venue?.city, venue?.region, venue?.country].filter(Boolean);
  if (words.length === 0) return {};
  const { latitude, longitude } = venue ?? {};
  const title = words.join(', ');
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return { location: title };
  return { location: { title, geo: { lat: latitude, lon: longitude } } };
}

/** A time that its clock skips is told as the clock shows it then. */
function clockOf(moment: LocalMoment): WallClock {
  const { date, wall } = resolve(moment);
  return new WallClock(date, wall);
}

/** A local date and wall time for ical-generator, which knows no such thing: the part of a Luxon date that it asks. */
class WallClock {
  readonly isValid = true;
  readonly zone = { type: 'iana' };
  readonly year: number;
  readonly clock: string;
  readonly #date: string;

  constructor(date: LocalDate, wall: WallTime) {
    this.#date = date.replaceAll('-', '');
    this.clock = `${wall.replace(':', '')}00`;
    this.year = Number(date.slice(0, 4));
  }

  setZone(): this {
    return this;
  }

  /** Only two patterns are ever asked for: the day and the time. */
  toFormat(pattern: string): string {
    return pattern === 'HHmmss' ? this.clock : this.#date;
  }

  toJSDate(): Date {
    const day = this.#date.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3');
    return new Date(`${day}T${this.clock.replace(/(\d\d)(\d\d)(\d\d)/, '$1:$2:$3')}Z`);
  }

  toJSON(): string {
    return this.toJSDate().toJSON();
  }
}
