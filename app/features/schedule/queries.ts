import { rows } from '../../data/db.ts';
import type {
  HotelRow,
  PersonRow,
  RoadContactRow,
  RoomingRow,
  ScheduleItemRow,
  SchedulePersonRow,
  ShowRow,
  TourDayRow,
  TourPersonRow,
  TourRow,
  TravelLegRow,
  TravelPersonRow,
  VenueRoomRow,
  VenueRow,
} from '../../data/schema.gen.ts';
import type { Who } from '../../data/who.ts';
import { addDays, type LocalDate } from '../../kernel/day.ts';
import { localAt } from '../../kernel/zone.ts';
import { byTime, showDay, startOf } from './rules.ts';

/** A line of the day with everything that is shown of it. */
export interface DayLine {
  readonly item: ScheduleItemRow;
  /** My own call to it, if I am called. */
  readonly call: SchedulePersonRow | undefined;
  readonly calls: readonly SchedulePersonRow[];
  readonly people: readonly PersonRow[];
  readonly venue: VenueRow | undefined;
  readonly room: VenueRoomRow | undefined;
}

/** How far ahead the next call is looked for, in days. */
const HORIZON = 14;

const present = <T>(row: T | undefined): row is T => row !== undefined;
const idsOf = (list: readonly (string | null)[]): string[] => [...new Set(list.filter((id) => id !== null))];

async function byId<T extends 'people' | 'venues' | 'venue_rooms' | 'shows' | 'hotels' | 'travel_legs'>(
  table: T,
  ids: readonly (string | null)[],
) {
  const found = (await rows(table).bulkGet(idsOf(ids))).filter(present);
  return new Map(found.map((row) => [row.id, row]));
}

/** Lines with their people and places, in the order of the day. */
export async function dressed(items: readonly ScheduleItemRow[], person_id: string): Promise<DayLine[]> {
  const calls = await rows('schedule_people')
    .where('item_id')
    .anyOf(items.map(({ id }) => id))
    .toArray();
  const [people, venues, rooms] = await Promise.all([
    byId(
      'people',
      calls.map((call) => call.person_id),
    ),
    byId(
      'venues',
      items.map(({ venue_id }) => venue_id),
    ),
    byId(
      'venue_rooms',
      items.map(({ room_id }) => room_id),
    ),
  ]);
  return byTime(items).map((item) => {
    const called = calls.filter((call) => call.item_id === item.id);
    return {
      item,
      calls: called,
      call: called.find((call) => call.person_id === person_id),
      people: called.map((call) => people.get(call.person_id)).filter(present),
      venue: item.venue_id ? venues.get(item.venue_id) : undefined,
      room: item.room_id ? rooms.get(item.room_id) : undefined,
    };
  });
}

/** A leg that this person travels on. */
export interface MyLeg {
  readonly leg: TravelLegRow;
  readonly seat: TravelPersonRow;
}

/** A stay in which this person has a bed. */
export interface MyStay {
  readonly hotel: HotelRow;
  readonly bed: RoomingRow;
}

/** A person's day: what is theirs of it, how they travel, where they sleep and whom they can call. */
export interface MyDay {
  readonly date: LocalDate;
  readonly lines: readonly DayLine[];
  /** The first line of theirs that has not begun, today or later. */
  readonly next: DayLine | undefined;
  readonly kind: TourDayRow | undefined;
  readonly show: ShowRow | undefined;
  readonly venue: VenueRow | undefined;
  readonly legs: readonly MyLeg[];
  readonly stays: readonly MyStay[];
  readonly contacts: readonly RoadContactRow[];
  /** Calls of theirs in the coming days that wait for an answer. */
  readonly waiting: readonly DayLine[];
}

/** What this person sees of their own day now; at night it is still the evening's. */
export async function myDay(me: Who, now: number, zone: string): Promise<MyDay> {
  const here = localAt(zone, now);
  const date = showDay(here.date, here.wall, (day) => addDays(day, -1));
  const [items, parts, mine] = await Promise.all([
    itemsBetween(me.organization.id, addDays(date, -1), addDays(date, HORIZON)),
    rows('tour_people').where('person_id').equals(me.person.id).toArray(),
    rows('schedule_people').where('person_id').equals(me.person.id).toArray(),
  ]);
  const called = new Set(mine.map((call) => call.item_id));
  const own = items.filter((item) => called.has(item.id) || isFor(item, parts));
  const isToday = (item: ScheduleItemRow) => dayNow(item.time_zone, now) === item.local_date;
  const coming = byTime(own).filter((item) => item.cancelled_at === null && (startOf(item)?.instant ?? 0) > now);
  const asked = coming.filter(
    (item) => item.requires_acknowledgment && mine.some((call) => call.item_id === item.id && !call.acknowledged_at),
  );
  const today = own.filter(isToday);
  const [lines, next, waiting, more] = await Promise.all([
    dressed(today, me.person.id),
    dressed(coming.sort((a, b) => startOf(a)!.instant - startOf(b)!.instant).slice(0, 1), me.person.id),
    dressed(asked, me.person.id),
    around(me, date, today, parts),
  ]);
  return { date, lines, next: next[0], waiting, ...more };
}

const dayNow = (zone: string, now: number): LocalDate => {
  const { date, wall } = localAt(zone, now);
  return showDay(date, wall, (day) => addDays(day, -1));
};

/** Whether a line is shown to a whole tour or group that this person is in. */
const isFor = (item: ScheduleItemRow, parts: readonly TourPersonRow[]): boolean =>
  item.certainty !== 'hidden' &&
  parts.some(
    ({ tour_id, crew }) =>
      tour_id === item.tour_id &&
      (item.visibility === 'everyone' || (item.visibility === 'group' && item.crew === crew)),
  );

const itemsBetween = (organization_id: string, from: LocalDate, to: LocalDate): Promise<ScheduleItemRow[]> =>
  rows('schedule_items')
    .where('local_date')
    .between(from, to, true, true)
    .filter((item) => item.organization_id === organization_id)
    .toArray();

async function around(me: Who, date: LocalDate, today: readonly ScheduleItemRow[], parts: readonly TourPersonRow[]) {
  const tours = parts.map(({ tour_id }) => tour_id);
  const [shows, days, seats, beds] = await Promise.all([
    rows('shows').where('show_date').equals(date).toArray(),
    rows('tour_days').where('day').equals(date).toArray(),
    rows('travel_people').where('person_id').equals(me.person.id).toArray(),
    rows('rooming').where('person_id').equals(me.person.id).toArray(),
  ]);
  const show = shows.find(
    (each) => today.some((item) => item.show_id === each.id) || tours.includes(each.tour_id ?? ''),
  );
  const venue = show?.venue_id ? await rows('venues').get(show.venue_id) : undefined;
  const [legs, hotels] = await Promise.all([
    byId(
      'travel_legs',
      seats.map((seat) => seat.leg_id),
    ),
    byId(
      'hotels',
      beds.map((bed) => bed.hotel_id),
    ),
  ]);
  return {
    show,
    venue,
    kind: days.find((day) => tours.includes(day.tour_id)),
    legs: seats
      .map((seat) => ({ seat, leg: legs.get(seat.leg_id) }))
      .filter((one): one is MyLeg => one.leg?.from_date === date || one.leg?.to_date === date)
      .sort((a, b) => (a.leg.from_wall ?? '').localeCompare(b.leg.from_wall ?? '')),
    stays: beds
      .map((bed) => ({ bed, hotel: hotels.get(bed.hotel_id) }))
      .filter(
        (one): one is MyStay => one.hotel !== undefined && one.hotel.check_in <= date && one.hotel.check_out >= date,
      )
      .sort((a, b) => a.hotel.check_in.localeCompare(b.hotel.check_in)),
    contacts: await contactsOf(tours, venue?.id),
  };
}

async function contactsOf(tours: readonly string[], venue_id: string | undefined): Promise<RoadContactRow[]> {
  const [ofVenue, ofTours] = await Promise.all([
    venue_id ? rows('road_contacts').where('venue_id').equals(venue_id).toArray() : [],
    rows('road_contacts').where('tour_id').anyOf(tours).toArray(),
  ]);
  return [...ofVenue, ...ofTours];
}

/** Somebody who can be called to a line. */
export interface TourMember {
  readonly person: PersonRow;
  readonly part: TourPersonRow | undefined;
}

/** A show with its whole day. */
export interface ShowDay {
  readonly show: ShowRow;
  readonly tour: TourRow | undefined;
  readonly venue: VenueRow | undefined;
  readonly rooms: readonly VenueRoomRow[];
  readonly lines: readonly DayLine[];
  /** Lines of the days before and after, for what does not fit. */
  readonly neighbours: readonly DayLine[];
  readonly members: readonly TourMember[];
  readonly contacts: readonly RoadContactRow[];
  readonly legs: readonly { readonly leg: TravelLegRow; readonly seats: readonly TravelPersonRow[] }[];
  readonly hotels: readonly HotelRow[];
}

/** A show and its day, undefined when it is not here. */
export async function showDayOf(id: string, person_id: string): Promise<ShowDay | undefined> {
  const show = await rows('shows').get(id);
  if (!show) return undefined;
  const [tour, venue, items, near, members] = await Promise.all([
    show.tour_id ? rows('tours').get(show.tour_id) : undefined,
    show.venue_id ? rows('venues').get(show.venue_id) : undefined,
    rows('schedule_items').where('show_id').equals(id).toArray(),
    itemsBetween(show.organization_id, addDays(show.show_date, -1), addDays(show.show_date, 1)),
    membersOf(show),
  ]);
  const others = near.filter((item) => item.show_id !== id && (item.tour_id === show.tour_id || item.tour_id === null));
  const [lines, neighbours, rooms, contacts, travel] = await Promise.all([
    dressed(items, person_id),
    dressed(others, person_id),
    show.venue_id ? rows('venue_rooms').where('venue_id').equals(show.venue_id).toArray() : [],
    contactsOf(show.tour_id ? [show.tour_id] : [], show.venue_id ?? undefined),
    travelOf(show),
  ]);
  return { show, tour, venue, rooms, lines, neighbours, members, contacts, ...travel };
}

async function membersOf(show: ShowRow): Promise<TourMember[]> {
  const parts = show.tour_id ? await rows('tour_people').where('tour_id').equals(show.tour_id).toArray() : [];
  const people = show.tour_id
    ? [
        ...(
          await byId(
            'people',
            parts.map((part) => part.person_id),
          )
        ).values(),
      ]
    : await rows('people').where('organization_id').equals(show.organization_id).toArray();
  return people
    .map((person) => ({ person, part: parts.find((part) => part.person_id === person.id) }))
    .sort((a, b) => a.person.display_name.localeCompare(b.person.display_name));
}

async function travelOf(show: ShowRow) {
  if (!show.tour_id) return { legs: [], hotels: [] };
  const [all, hotels] = await Promise.all([
    rows('travel_legs').where('tour_id').equals(show.tour_id).toArray(),
    rows('hotels').where('tour_id').equals(show.tour_id).toArray(),
  ]);
  const near = all.filter(({ from_date }) => Math.abs(daysBetween(from_date, show.show_date)) <= 1);
  const seats = await rows('travel_people')
    .where('leg_id')
    .anyOf(near.map(({ id }) => id))
    .toArray();
  return {
    legs: near
      .sort((a, b) => `${a.from_date}${a.from_wall}`.localeCompare(`${b.from_date}${b.from_wall}`))
      .map((leg) => ({ leg, seats: seats.filter((seat) => seat.leg_id === leg.id) })),
    hotels: hotels.filter(({ check_in, check_out }) => check_in <= show.show_date && check_out >= show.show_date),
  };
}

const daysBetween = (a: LocalDate, b: LocalDate): number => (Date.parse(a) - Date.parse(b)) / 86_400_000;

/** Shows of the organisation whose day has lines, nearest first, to copy from. */
export async function showsWithLines(show: ShowRow): Promise<ShowRow[]> {
  const used = new Set(
    (await itemsBetween(show.organization_id, addDays(show.show_date, -90), addDays(show.show_date, 90))).map(
      (item) => item.show_id,
    ),
  );
  const found = [...(await byId('shows', [...used])).values()].filter(({ id }) => id !== show.id);
  const away = ({ show_date }: ShowRow) => Math.abs(daysBetween(show_date, show.show_date));
  return found.sort((a, b) => away(a) - away(b));
}
