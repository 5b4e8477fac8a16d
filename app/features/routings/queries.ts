import { rows } from '../../data/db.ts';
import type { ShowRow, ShowSourceRow, TourRow, VenueRow } from '../../data/schema.gen.ts';
import type { ImportedRows } from './mutations.ts';
import type { Known } from './plan.ts';

const ofOrganization = <T extends 'shows' | 'venues' | 'tours' | 'show_sources'>(table: T, organization_id: string) =>
  rows(table).where('organization_id').equals(organization_id).toArray();

/** What an organisation has already, to compare a file with. */
export async function knownOf(organization_id: string): Promise<Known> {
  const [shows, venues, tours, sources] = await Promise.all([
    ofOrganization('shows', organization_id),
    ofOrganization('venues', organization_id),
    ofOrganization('tours', organization_id),
    ofOrganization('show_sources', organization_id),
  ]);
  return { shows, venues, tours, sources };
}

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
  const needed = new Set(claims.flatMap(({ show_id }) => (show_id ? [show_id] : [])));
  return { sources, shows, others: all.filter(({ id }) => !going.has(id)), needed };
}

/** A show with its place and its tour, to write into a file. */
export interface ShowToWrite {
  readonly show: ShowRow;
  readonly venue: VenueRow | undefined;
  readonly tour: TourRow | undefined;
}

/** The shows of an organisation, or of one tour, in the order of their days. */
export async function showsToWrite(organization_id: string, tour_id?: string): Promise<ShowToWrite[]> {
  const { shows, venues, tours } = await knownOf(organization_id);
  const [venueOf, tourOf] = [new Map(venues.map((v) => [v.id, v])), new Map(tours.map((t) => [t.id, t]))];
  return shows
    .filter((show) => tour_id === undefined || show.tour_id === tour_id)
    .sort((a, b) => a.show_date.localeCompare(b.show_date))
    .map((show) => ({ show, venue: venueOf.get(show.venue_id ?? ''), tour: tourOf.get(show.tour_id ?? '') }));
}
