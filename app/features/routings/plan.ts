import type { ScheduleItemRow, ShowRow, ShowSourceRow, ShowStatus, TourRow, VenueRow } from '../../data/schema.gen.ts';
import { dateIn, type LocalDate } from '../../kernel/day.ts';
import { folded, type Found, type Places } from '../places/index.ts';
import { placed, placeKey, type PlaceChoice } from './placed.ts';
import { readLine, type ReadLine, type Written } from './read-line.ts';
import type { RoutingTable } from './read/table.ts';
import type { DateOrder, Field, Mapping } from './rules.ts';
import type { Problem } from './problems.ts';

/** What the person decides about a file before it is read. */
export interface Choices {
  readonly mapping: Mapping;
  readonly order: DateOrder;
  readonly tour: TourChoice;
  /** For shows whose status is not in the file. */
  readonly status: 'confirmed' | 'hold';
  /** Where places are, as the person says, by the key of what is written. */
  readonly places: Readonly<Record<string, PlaceChoice>>;
}

/** The tour that all shows of a file belong to. */
export type TourChoice = { readonly id: string } | { readonly name: string } | null;

/** What this organisation has already. */
export interface Known {
  readonly shows: readonly ShowRow[];
  readonly venues: readonly VenueRow[];
  readonly tours: readonly TourRow[];
  readonly sources: readonly ShowSourceRow[];
  /** Doors and beginnings, which is all a routing says of a day. */
  readonly items: readonly ScheduleItemRow[];
}

/** A venue to make. */
export type NewVenue = Pick<
  VenueRow,
  'name' | 'city' | 'region' | 'country' | 'time_zone' | 'capacity' | 'latitude' | 'longitude'
>;

/** What a line says of a show, complete. */
export interface Draft {
  readonly title: string;
  readonly show_date: LocalDate;
  readonly time_zone: string;
  readonly status: ShowStatus;
  readonly notes: string | null;
  readonly doors: string | undefined;
  readonly time: string | undefined;
  /** One we have, one to make, or none. */
  readonly venue: VenueRow | NewVenue | null;
  readonly tour: TourRow | { readonly name: string } | null;
}

/** One field that an import changes. */
export interface Change {
  readonly field: 'title' | 'show_date' | 'time_zone' | 'status' | 'notes' | 'venue' | 'tour' | 'doors' | 'time';
  readonly before: string;
  readonly after: string;
}

/** A line of the file and what becomes of it. */
export interface PlanLine {
  readonly line: number;
  readonly read: ReadLine;
  readonly found: Found;
  readonly place: string;
  readonly problems: readonly Problem[];
  readonly action: 'add' | 'change' | 'same' | 'wrong';
  readonly draft: Draft | undefined;
  readonly show: ShowRow | undefined;
  /** The lines of its day that hold doors and beginning, where there are any. */
  readonly lines: TimeLines;
  readonly changes: readonly Change[];
  /** Whether the show has yet to be told which line it is in this kind of file. */
  readonly unlinked: boolean;
}

/** The lines of a day in which a routing's two times stand. */
export type TimeLines = Readonly<Partial<Record<'doors' | 'time', ScheduleItemRow>>>;

/** The whole file, line by line. */
export interface Plan {
  readonly lines: readonly PlanLine[];
}

/** After so many lines the screen gets a turn. */
const TURN = 400;
/** States that a file may not turn back: the show has happened. */
const DONE: ReadonlySet<ShowStatus> = new Set(['played', 'settled']);

/** Says what importing a file would do, without doing anything. `breathe` lets the screen draw in between. */
export async function planImport(
  table: RoutingTable,
  choices: Choices,
  world: { readonly places: Places; readonly known: Known; readonly today: LocalDate },
  breathe: () => Promise<void> = async () => {},
): Promise<Plan> {
  const reads: ReadLine[] = [];
  for (const [at, row] of table.rows.entries()) {
    if (at % TURN === TURN - 1) await breathe();
    reads.push(readLine(row, choices.mapping, choices.order));
  }
  await breathe();
  const founds = placed(reads, world.places, choices.places);
  const planner = new Planner(choices, world.known, world.today);
  const lines: PlanLine[] = [];
  for (const [at, read] of reads.entries()) {
    if (at % TURN === TURN - 1) await breathe();
    lines.push(planner.line(read, founds[at]!));
  }
  return { lines };
}

class Planner {
  readonly #choices: Choices;
  readonly #today: LocalDate;
  readonly #shows: ReadonlyMap<string, ShowRow>;
  readonly #showsByPlace: Map<string, ShowRow[]>;
  readonly #showByExternal = new Map<string, string>();
  readonly #linked = new Set<string>();
  readonly #venues: Map<string, VenueRow[]>;
  readonly #venuesById: ReadonlyMap<string, VenueRow>;
  readonly #tours: ReadonlyMap<string, TourRow>;
  readonly #toursById: ReadonlyMap<string, TourRow>;
  readonly #items: Map<string, ScheduleItemRow[]>;
  readonly #lineByKey = new Map<string, number>();
  readonly #used = new Set<string>();

  constructor(choices: Choices, known: Known, today: LocalDate) {
    this.#choices = choices;
    this.#today = today;
    this.#shows = new Map(known.shows.map((show) => [show.id, show]));
    this.#venuesById = new Map(known.venues.map((venue) => [venue.id, venue]));
    this.#toursById = new Map(known.tours.map((tour) => [tour.id, tour]));
    this.#venues = grouped(known.venues, (venue) => venueKey(venue.name, venue.city));
    this.#tours = new Map(known.tours.filter((t) => t.status !== 'cancelled').map((tour) => [folded(tour.name), tour]));
    this.#items = grouped(known.items, ({ show_id }) => show_id ?? '');
    this.#showsByPlace = grouped(known.shows, (show) => this.#keyOfShow(show));
    for (const { external_id, show_id } of known.sources) {
      if (external_id) this.#showByExternal.set(external_id, show_id);
      if (external_id) this.#linked.add(show_id);
    }
  }

  line(read: ReadLine, found: Found): PlanLine {
    const problems = [...read.problems, ...placeProblems(read, found)];
    const base = { line: read.line, read, found, place: placeKey(read.written) };
    const twice = problems.some(({ grave }) => grave) ? undefined : this.#twice(read);
    if (twice) problems.push(twice);
    if (problems.some(({ grave }) => grave) || read.date === undefined || !found.zone)
      return {
        ...base,
        problems,
        action: 'wrong',
        draft: undefined,
        show: undefined,
        lines: {},
        changes: [],
        unlinked: false,
      };
    const draft = this.#draft(read, localMoment(read, read.date, found.zone), found);
    const show = this.#existing(read, draft);
    const lines = timeLines((show && this.#items.get(show.id)) ?? []);
    const changes = show ? this.#changes(show, draft, read, lines) : [];
    const unlinked =
      show !== undefined && read.external_id !== null && this.#showByExternal.get(read.external_id) !== show.id;
    const action = !show ? 'add' : changes.length > 0 ? 'change' : 'same';
    return {
      ...base,
      problems,
      action,
      draft,
      show,
      lines,
      changes,
      unlinked: unlinked && show.id !== plainId(read.external_id),
    };
  }

  /** The same show on two lines: only the first is taken. */
  #twice(read: ReadLine): Problem | undefined {
    const { city, venue } = read.written;
    const key = read.external_id ?? [read.date, folded(venue), folded(city), read.time, folded(read.title)].join('|');
    const first = this.#lineByKey.get(key);
    if (first === undefined) this.#lineByKey.set(key, read.line);
    return first === undefined ? undefined : { code: 'show_twice', grave: true, facts: [String(first)] };
  }

  #draft(read: ReadLine, { date: show_date, time }: Moment, found: Found): Draft {
    const venue = this.#venue(read, found);
    const time_zone = venue?.time_zone ?? found.zone;
    const title = read.title || read.city || read.written.venue;
    const status = read.status ?? this.#standing(show_date);
    const { doors } = read;
    const notes = [read.notes, read.url].filter(Boolean).join('\n') || null;
    return { title, show_date, time_zone, status, notes, doors, time, venue, tour: this.#tour(read.tour) };
  }

  #standing(date: LocalDate): ShowStatus {
    return this.#choices.status === 'confirmed' && date < this.#today ? 'played' : this.#choices.status;
  }

  #venue(read: ReadLine, found: Found): VenueRow | NewVenue | null {
    const { venue: name } = read.written;
    if (!name) return null;
    const same = this.#venues.get(venueKey(name, read.city)) ?? [];
    const ours = same.find(({ country }) => country === found.country) ?? (found.country ? undefined : same[0]);
    if (ours) return ours;
    const { country, region, zone: time_zone, place } = found;
    const where = { latitude: place?.latitude ?? null, longitude: place?.longitude ?? null };
    return { name, city: read.city, region: region || null, country, time_zone, capacity: read.capacity, ...where };
  }

  #tour(written: string): Draft['tour'] {
    const { tour } = this.#choices;
    if (written) return this.#tours.get(folded(written)) ?? { name: written };
    if (tour === null) return null;
    if ('id' in tour) return this.#toursById.get(tour.id) ?? null;
    return this.#tours.get(folded(tour.name)) ?? tour;
  }

  /** By the file's own id, else by day and place; a show that was matched once is not matched again. */
  #existing(read: ReadLine, draft: Draft): ShowRow | undefined {
    const known = read.external_id === null ? undefined : this.#showByExternal.get(read.external_id);
    const byId = this.#shows.get(known ?? plainId(read.external_id) ?? '');
    if (byId) return this.#use(byId);
    const { venue } = draft;
    const here = this.#showsByPlace.get(placeOfShow(draft.show_date, venue?.name, venue?.city, draft.title)) ?? [];
    const free = here.filter(({ id }) => !this.#used.has(id) && !(read.external_id && this.#linked.has(id)));
    return this.#use(free.find(({ title }) => folded(title) === folded(draft.title)) ?? free[0]);
  }

  #use(show: ShowRow | undefined): ShowRow | undefined {
    if (show) this.#used.add(show.id);
    return show;
  }

  #keyOfShow(show: ShowRow): string {
    const venue = show.venue_id ? this.#venuesById.get(show.venue_id) : undefined;
    return placeOfShow(show.show_date, venue?.name, venue?.city, show.title);
  }

  /** Only what the file speaks of is compared: a blank cell takes nothing away. */
  #changes(show: ShowRow, draft: Draft, read: ReadLine, lines: TimeLines): Change[] {
    const { mapping } = this.#choices;
    const changes: Change[] = [];
    const note = (field: Change['field'], before: string, after: string, counts: boolean): void => {
      if (counts && before !== after) changes.push({ field, before, after });
    };
    const has = (field: Field): boolean => mapping[field] !== undefined;
    const venue = show.venue_id ? this.#venuesById.get(show.venue_id) : undefined;
    const tour = show.tour_id ? this.#toursById.get(show.tour_id) : undefined;
    note('show_date', show.show_date, draft.show_date, true);
    note('title', show.title, draft.title, has('title') && read.title !== '');
    note('venue', placeWords(venue), placeWords(draft.venue), draft.venue !== null);
    note('time_zone', show.time_zone, draft.time_zone, true);
    note('status', show.status, draft.status, read.status !== null && !DONE.has(show.status));
    note('notes', show.notes ?? '', draft.notes ?? '', draft.notes !== null);
    for (const field of ['doors', 'time'] as const)
      note(field, lines[field]?.wall_start ?? '', draft[field] ?? '', draft[field] !== undefined);
    note('tour', tour?.name ?? '', draft.tour?.name ?? '', draft.tour !== null && (read.tour !== '' || !tour));
    return changes;
  }
}

interface Moment {
  readonly date: LocalDate;
  readonly time: string | undefined;
}

/** Calendars may tell a moment in UTC; a show is on the day it is where it is. */
function localMoment({ time, written }: ReadLine, date: LocalDate, zone: string): Moment {
  if (time === undefined || written.zone !== 'UTC') return { date, time };
  const at = new Date(`${date}T${time}Z`);
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  return { date: dateIn(zone, at), time: clock.format(at) };
}

/** Which lines of a day hold its two times. */
export function timeLines(items: readonly ScheduleItemRow[]): TimeLines {
  const doors = items.find(({ kind }) => kind === 'doors');
  const time = items.find(({ kind }) => kind === 'performance') ?? items.find(({ kind }) => kind === 'set');
  return { ...(doors && { doors }), ...(time && { time }) };
}

/** A place as one reads it: "Paradiso, Amsterdam". */
export const placeWords = (venue: Pick<VenueRow, 'name' | 'city'> | null | undefined): string =>
  venue ? `${venue.name}, ${venue.city}` : '';

const venueKey = (name: string, city: string): string => `${folded(name)}|${folded(city)}`;

const placeOfShow = (date: LocalDate, name: string | undefined, city: string | undefined, title: string): string =>
  name === undefined ? `${date}||${folded(title)}` : `${date}|${venueKey(name, city ?? '')}`;

/** The id of a show of ours in an id of our own files and calendars. */
const plainId = (external: string | null): string | undefined =>
  /^[0-9a-f]{8}-[0-9a-f-]{27}(?=$|@)/.exec(external ?? '')?.[0];

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

function placeProblems({ written }: { written: Written }, found: Found): Problem[] {
  const name = [written.city, written.region, written.country].filter(Boolean).join(', ');
  if (!written.city && !written.region && !written.country && !found.zone)
    return [{ code: 'city_missing', grave: true, facts: [] }];
  if (!found.zone) return [{ code: 'place_unknown', grave: true, facts: [name] }];
  if (written.venue && !written.city) return [{ code: 'city_missing', grave: true, facts: [] }];
  if (found.certainty === 'unsure') return [{ code: 'place_unsure', grave: false, facts: [name, found.zone] }];
  return [];
}
