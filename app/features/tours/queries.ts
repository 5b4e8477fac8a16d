import { rows } from '../../data/db.ts';
import type { ShowRow, TourRow, VenueRow } from '../../data/schema.gen.ts';
import type { Who } from '../../data/who.ts';
import type { LocalDate } from '../../kernel/day.ts';

/** A show with where it is and which tour it belongs to. */
export interface ShowWithPlace {
  readonly show: ShowRow;
  readonly venue: VenueRow | undefined;
  readonly tour: TourRow | undefined;
}

async function withPlaces(shows: readonly ShowRow[]): Promise<ShowWithPlace[]> {
  const [venues, tours] = await Promise.all([
    rows('venues').bulkGet(shows.map((show) => show.venue_id ?? '')),
    rows('tours').bulkGet(shows.map((show) => show.tour_id ?? '')),
  ]);
  return shows.map((show, at) => ({ show, venue: venues[at], tour: tours[at] }));
}

/** The shows of an organisation from a day on (nearest first), or before it (latest first). */
export async function showsAt(
  organization_id: string,
  today: LocalDate,
  side: 'coming' | 'past',
): Promise<ShowWithPlace[]> {
  const byDate = rows('shows').where('show_date');
  const range = side === 'coming' ? byDate.aboveOrEqual(today) : byDate.below(today).reverse();
  const shows = await range.filter((show) => show.organization_id === organization_id).toArray();
  return withPlaces(side === 'coming' ? shows : [...shows].sort((a, b) => b.show_date.localeCompare(a.show_date)));
}

/** The next show of this person: of a tour they are on, else (for the desk) of the organisation. */
export async function nextShow(me: Who, today: LocalDate): Promise<ShowWithPlace | undefined> {
  const parts = await rows('tour_people').where('person_id').equals(me.person.id).toArray();
  const mine = new Set(parts.map((part) => part.tour_id));
  const coming = await rows('shows')
    .where('show_date')
    .aboveOrEqual(today)
    .filter((show) => show.organization_id === me.organization.id && isOn(show))
    .toArray();
  const own = coming.find((show) => show.tour_id !== null && mine.has(show.tour_id));
  const next = own ?? (mine.size === 0 ? coming[0] : undefined);
  return next && (await withPlaces([next]))[0];
}

const isOn = ({ status }: ShowRow): boolean => status !== 'cancelled' && status !== 'postponed';
