import { rows } from '../../data/db.ts';
import type { ScheduleItemRow, ShowRow, ShowSourceRow, TourRow, VenueRow } from '../../data/schema.gen.ts';
import { itemsIn, type ImportedRows } from './mutations.ts';
import { timeLines, type Known } from './plan.ts';

const ofOrganization = <T extends 'shows' | 'venues' | 'tours' | 'show_sources' | 'schedule_items'>(
  table: T,
  organization_id: string,
) => rows(table).where('organization_id').equals(organization_id).toArray();

/** What an organisation has already, to compare a file with. */
export async function knownOf(organization_id: string): Promise<Known> {
  const [shows, venues, tours, sources, items] = await Promise.all([
    ofOrganization('shows', organization_id),
    ofOrganization('venues', organization_id),
    ofOrganization('tours', organization_id),
    ofOrganization('show_sources', organization_id),
    timesOf(organization_id),
  ]);
  return { shows, venues, tours, sources, items };
}

/** The lines of days that hold doors and beginnings. */
const timesOf = (organization_id: string): Promise<ScheduleItemRow[]> =>
  rows('schedule_items')
    .where('organization_id')
    .equals(organization_id)
    .filter(({ kind, cancelled_at }) => TIMES.has(kind) && !cancelled_at)
    .toArray();

const TIMES: ReadonlySet<string> = new Set(['doors', 'performance', 'set']);

/** The tours one may import into, by name. */
export async function openTours(organization_id: string): Promise<TourRow[]> {
  const tours = await ofOrganization('tours', organization_id);
  return tours.filter(({ status }) => status !== 'cancelled').sort((a, b) => a.name.localeCompare(b.name));
}

/** An import that can still be taken back. */
export interface PastImport {
  readonly import_id: string;
  readonly file_name: string;
  readonly made: number;
  readonly changed: number;
  /** ISO 8601; empty until the server has it. */
  readonly at: string;
}

/** Imports of which something is left, the latest first. */
export async function pastImports(organization_id: string): Promise<PastImport[]> {
  const sources = await ofOrganization('show_sources', organization_id);
  const there = new Set((await rows('shows').bulkGet(sources.map(({ show_id }) => show_id))).map((show) => show?.id));
  const groups = new Map<string, ShowSourceRow[]>();
  for (const source of sources.filter(({ show_id }) => there.has(show_id))) {
    const group = groups.get(source.import_id);
    if (group) group.push(source);
    else groups.set(source.import_id, [source]);
  }
  const imports = [...groups].map(([import_id, lines]) => ({
    import_id,
    file_name: lines[0]!.file_name,
    made: lines.filter(({ made }) => made.includes('show')).length,
    changed: lines.filter(({ made }) => !made.includes('show')).length,
    at: lines[0]!.created_at ?? '',
  }));
  // What the server has not stamped yet is newer than all it has.
  return imports.sort((a, b) => (b.at || '9').localeCompare(a.at || '9'));
}

/** Everything that taking an import back must look at. */
export async function importedRows(organization_id: string, import_id: string): Promise<ImportedRows> {
  const sources = await rows('show_sources').where('import_id').equals(import_id).toArray();
  const all = await ofOrganization('shows', organization_id);
  const going = new Set(sources.filter(({ made }) => made.includes('show')).map(({ show_id }) => show_id));
  const touched = new Set(sources.map(({ show_id }) => show_id));
  const shows = new Map(all.filter(({ id }) => touched.has(id)).map((show) => [show.id, show]));
  const claims = await rows('expenses')
    .where('organization_id')
    .equals(organization_id)
    .filter(({ show_id }) => show_id !== null && going.has(show_id))
    .toArray();
  const items = await rows('schedule_items')
    .where('show_id')
    .anyOf([...touched])
    .toArray();
  const own = new Set(sources.flatMap((source) => itemsIn(source).map(([id]) => id)));
  const others = items.filter(({ id, show_id }) => !own.has(id) && going.has(show_id ?? ''));
  const needed = new Set([...claims, ...others].flatMap(({ show_id }) => (show_id ? [show_id] : [])));
  const lines = new Map(items.map((item) => [item.id, item]));
  return { sources, lines, shows, others: all.filter(({ id }) => !going.has(id)), needed };
}

/** A show with its place and its tour, to write into a file. */
export interface ShowToWrite {
  readonly show: ShowRow;
  readonly venue: VenueRow | undefined;
  readonly tour: TourRow | undefined;
  readonly doors: string | undefined;
  readonly time: string | undefined;
}

/** The shows of an organisation, or of one tour, in the order of their days. */
export async function showsToWrite(organization_id: string, tour_id?: string): Promise<ShowToWrite[]> {
  const { shows, venues, tours, items } = await knownOf(organization_id);
  const itemsOf = new Map<string, ScheduleItemRow[]>();
  for (const item of items) itemsOf.set(item.show_id ?? '', [...(itemsOf.get(item.show_id ?? '') ?? []), item]);
  const [venueOf, tourOf] = [new Map(venues.map((v) => [v.id, v])), new Map(tours.map((t) => [t.id, t]))];
  return shows
    .filter((show) => tour_id === undefined || show.tour_id === tour_id)
    .sort((a, b) => a.show_date.localeCompare(b.show_date))
    .map((show) => {
      const { doors, time } = timeLines(itemsOf.get(show.id) ?? []);
      const [venue, tour] = [venueOf.get(show.venue_id ?? ''), tourOf.get(show.tour_id ?? '')];
      return { show, venue, tour, doors: doors?.wall_start ?? undefined, time: time?.wall_start ?? undefined };
    });
}
