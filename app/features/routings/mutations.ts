import { defineMutation, insert, remove, update, type OperationDraft } from '../../data/define-mutation.ts';
import type { ScheduleItemRow, ShowRow, ShowSourceRow } from '../../data/schema.gen.ts';
import { newId } from '../../kernel/id.ts';
import { instantOf } from '../../kernel/zone.ts';
import { folded } from '../places/index.ts';
import type { Draft, PlanLine } from './plan.ts';
import { timeTitles } from './words.ts';

/** The server takes so many operations that succeed or fail together (sync_push); a line is never torn apart. */
const MOST_OPERATIONS = 50;

/** Facts that all lines of one import share. */
export interface ImportFacts {
  readonly organization_id: string;
  readonly import_id: string;
  readonly file_name: string;
  /** ISO 4217, the home currency of a tour that the import makes. */
  readonly currency: string;
}

/** One group of lines as operations. */
export interface Group {
  readonly organization_id: string;
  readonly operations: readonly OperationDraft[];
}

/** Saves a group of lines: one intent, so that none of it is there when any of it is refused. */
export const importGroup = defineMutation('routings.import', (group: Group) => group);

/** Takes a group of lines back. */
export const undoGroup = defineMutation('routings.undo', (group: Group) => group);

/** The columns an import may change, as they are stored. */
type Columns = Pick<ShowRow, 'title' | 'show_date' | 'venue_id' | 'time_zone' | 'status' | 'notes' | 'tour_id'>;
const columnOf = { venue: 'venue_id', tour: 'tour_id' } as const;

/** What an import would write, group by group; nothing is written yet. */
export function groupsOf(lines: readonly PlanLine[], facts: ImportFacts): Group[] {
  const writer = new Writer(facts, spanOf(lines));
  const active = lines.filter(({ action, unlinked }) => action === 'add' || action === 'change' || unlinked);
  return packed(
    facts.organization_id,
    active.map((line) => writer.line(line)),
  );
}

/** Lines of operations as few groups. */
function packed(organization_id: string, lines: readonly (readonly OperationDraft[])[]): Group[] {
  const groups: OperationDraft[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last && last.length + line.length <= MOST_OPERATIONS) last.push(...line);
    else if (line.length > 0) groups.push([...line]);
  }
  return groups.map((operations) => ({ organization_id, operations }));
}

function spanOf(lines: readonly PlanLine[]): { starts_on: string; ends_on: string } {
  const dates = lines.flatMap(({ draft }) => (draft ? [draft.show_date] : [])).sort();
  return { starts_on: dates[0] ?? '', ends_on: dates.at(-1) ?? '' };
}

/** Turns lines into operations; what one line makes, the next ones use. */
class Writer {
  readonly #facts: ImportFacts;
  readonly #span: { starts_on: string; ends_on: string };
  readonly #venues = new Map<string, string>();
  readonly #tours = new Map<string, string>();

  constructor(facts: ImportFacts, span: { starts_on: string; ends_on: string }) {
    this.#facts = facts;
    this.#span = span;
  }

  line(planned: PlanLine): OperationDraft[] {
    const { draft, show, changes, line, read } = planned;
    if (!draft) return [];
    const operations: OperationDraft[] = [];
    const made: string[] = [];
    const needed = (field: 'venue' | 'tour'): boolean => !show || changes.some((change) => change.field === field);
    const venue_id = needed('venue') ? this.#venue(draft.venue, operations, made) : null;
    const tour_id = needed('tour') ? this.#tour(draft.tour, operations, made) : null;
    const { title, show_date, time_zone, status, notes } = draft;
    const columns: Columns = { title, show_date, time_zone, status, notes, venue_id, tour_id };
    const show_id = show?.id ?? newId();
    if (!show) operations.push(insert('shows', { id: show_id, ...this.#here, ...columns }));
    const patch = show && patchOf(changes, columns);
    if (show && patch && Object.keys(patch).length > 0) operations.push(update('shows', show.id, patch));
    const times = this.#times(planned, draft, { show_id, tour_id }, operations);
    const source = { line, show_id, external_id: read.external_id, made: show ? made : ['show', ...made] };
    operations.push(this.#source(source, { ...pairsOf(show, patch), ...times }));
    return operations;
  }

  get #here() {
    return { organization_id: this.#facts.organization_id };
  }

  #source(
    source: Pick<ShowSourceRow, 'line' | 'show_id' | 'external_id' | 'made'>,
    pairs: Readonly<Record<string, readonly unknown[]>>,
  ): OperationDraft {
    const { import_id, file_name } = this.#facts;
    const changes = Object.keys(pairs).length > 0 ? pairs : null;
    return insert('show_sources', { ...this.#here, import_id, file_name, ...source, changes });
  }

  /** Doors and beginning as lines of the day; answers what each was before. */
  #times(
    { lines, changes, show }: PlanLine,
    draft: Draft,
    where: Pick<ShowRow, 'tour_id'> & { show_id: string },
    operations: OperationDraft[],
  ): Record<string, readonly [before: string | null, after: string]> {
    const pairs: Record<string, readonly [string | null, string]> = {};
    for (const field of ['doors', 'time'] as const) {
      const wall_start = draft[field];
      const item = lines[field];
      if (!wall_start || (show && !changes.some((change) => change.field === field))) continue;
      const id = item?.id ?? newId();
      operations.push(
        item ? update('schedule_items', id, { wall_start }) : this.#newLine(id, field, wall_start, draft, where),
      );
      pairs[`${ITEM}${id}`] = [item?.wall_start ?? null, wall_start];
    }
    return pairs;
  }

  #newLine(
    id: string,
    field: 'doors' | 'time',
    wall_start: string,
    { show_date, time_zone }: Draft,
    where: Pick<ShowRow, 'tour_id'> & { show_id: string },
  ): OperationDraft {
    const kind = field === 'doors' ? 'doors' : 'performance';
    const row = {
      id,
      ...this.#here,
      show_id: where.show_id,
      kind,
      title: timeTitles[field],
      local_date: show_date,
      wall_start,
      time_zone,
    } as const;
    const starts_at = new Date(instantOf({ date: show_date, wall: wall_start, zone: time_zone })).toISOString();
    return insert('schedule_items', row, { ...untold, tour_id: where.tour_id, starts_at });
  }

  #venue(venue: Draft['venue'], operations: OperationDraft[], made: string[]): string | null {
    if (!venue) return null;
    if ('id' in venue) return venue.id;
    const key = [venue.name, venue.city, venue.country].map(folded).join('|');
    const known = this.#venues.get(key);
    if (known) return known;
    const id = newId();
    operations.push(insert('venues', { id, ...this.#here, ...venue }));
    made.push('venue');
    this.#venues.set(key, id);
    return id;
  }

  #tour(tour: Draft['tour'], operations: OperationDraft[], made: string[]): string | null {
    if (!tour) return null;
    if ('id' in tour) return tour.id;
    const known = this.#tours.get(folded(tour.name));
    if (known) return known;
    const id = newId();
    const { currency } = this.#facts;
    operations.push(
      insert('tours', { id, ...this.#here, name: tour.name, ...this.#span, currency, status: 'planned' }),
    );
    made.push('tour');
    this.#tours.set(folded(tour.name), id);
    return id;
  }
}

function patchOf(changes: PlanLine['changes'], columns: Columns): Partial<Columns> {
  const columnsOf = changes.filter(({ field }) => field !== 'doors' && field !== 'time');
  const names = columnsOf.map(({ field }) =>
    field in columnOf ? columnOf[field as keyof typeof columnOf] : field,
  ) as (keyof Columns)[];
  return Object.fromEntries(names.map((name) => [name, columns[name]]));
}

/** In what an import changed, a line of the day stands under its id. */
const ITEM = 'item:';

/** The lines of the day that an imported line made or changed, with the time before (null: it made the line) and after. */
export const itemsIn = ({ changes }: ShowSourceRow): [id: string, before: string | null, after: string][] =>
  Object.entries((changes ?? {}) as Record<string, [string | null, string]>).flatMap(([key, [before, after]]) =>
    key.startsWith(ITEM) ? [[key.slice(ITEM.length), before, after] as [string, string | null, string]] : [],
  );

/** What the server says of a line of the day that nobody has said anything of. */
const untold: Partial<ScheduleItemRow> = {
  tour_day_id: null,
  parent_id: null,
  wall_end: null,
  day_offset: 0,
  end_offset: 0,
  certainty: 'exact',
  ends_at: null,
  venue_id: null,
  room_id: null,
  place: null,
  visibility: 'everyone',
  crew: null,
  notes: null,
  requires_acknowledgment: false,
  acknowledge_by: null,
  recurrence: null,
  exceptions: [],
  accepted_conflicts: {},
  cancelled_at: null,
  revision: 1,
};

const pairsOf = (show: ShowRow | undefined, patch: Partial<Columns> | undefined): Record<string, readonly unknown[]> =>
  Object.fromEntries(
    Object.entries(patch ?? {}).map(([column, after]) => [column, [show?.[column as keyof Columns], after]]),
  );

/** What is needed to take an import back. */
export interface ImportedRows {
  readonly sources: readonly ShowSourceRow[];
  /** The shows of those lines that are still there, by id. */
  readonly shows: ReadonlyMap<string, ShowRow>;
  /** The lines of their days, by id. */
  readonly lines: ReadonlyMap<string, ScheduleItemRow>;
  /** Every other show of the organisation, as far as it keeps a venue or a tour in use. */
  readonly others: readonly Pick<ShowRow, 'venue_id' | 'tour_id'>[];
  /** Shows that something else depends on, such as a claim; they stay. */
  readonly needed: ReadonlySet<string>;
}

/** What taking an import back would write. What somebody has changed since the import stays as they made it. */
export const undoGroups = (organization_id: string, rows: ImportedRows): Group[] =>
  packed(organization_id, [
    ...rows.sources.map((source) => undoLine(source, rows)),
    ...leftoversOf(rows).map((operation) => [operation]),
  ]);

function undoLine(source: ShowSourceRow, { shows, lines, needed }: ImportedRows): OperationDraft[] {
  const show = shows.get(source.show_id);
  if (!show) return [];
  // The line goes with its show: the server removes it by itself.
  if (source.made.includes('show') && needed.has(show.id)) return [];
  const times = itemsIn(source).flatMap((one) => undoTime(one, lines));
  if (source.made.includes('show')) return [...times, remove('shows', show.id)];
  const before = restored(source, show);
  const back = Object.keys(before).length > 0 ? [update('shows', show.id, before)] : [];
  return [...times, ...back, remove('show_sources', source.id)];
}

function undoTime(
  [id, before, after]: [string, string | null, string],
  lines: ImportedRows['lines'],
): OperationDraft[] {
  if (lines.get(id)?.wall_start !== after) return []; // somebody has changed it since
  return [before === null ? remove('schedule_items', id) : update('schedule_items', id, { wall_start: before })];
}

function restored(source: ShowSourceRow, show: ShowRow): Partial<Columns> {
  const changes = Object.entries((source.changes ?? {}) as Record<string, [unknown, unknown]>);
  const mine = changes.filter(
    ([column, [, after]]) => !column.startsWith(ITEM) && show[column as keyof Columns] === after,
  );
  return Object.fromEntries(mine.map(([column, [before]]) => [column, before]));
}

/** Venues that the import made and nobody uses any more go; a tour is never deleted, so it is cancelled. */
function leftoversOf({ sources, shows, others, needed }: ImportedRows): OperationDraft[] {
  const stays = [...shows.values()].filter(({ id }) => needed.has(id));
  const used = new Set([...others, ...stays].flatMap(({ venue_id, tour_id }) => [venue_id, tour_id]));
  const madeBy = (what: string, column: 'venue_id' | 'tour_id'): string[] => {
    const ids = sources
      .filter(({ made }) => made.includes(what))
      .flatMap(({ show_id, changes }) => {
        const changed = (changes as Record<string, [unknown, unknown]> | null)?.[column]?.[1];
        return [shows.get(show_id)?.[column] ?? (changed as string | undefined) ?? ''];
      });
    return [...new Set(ids)].filter((id) => id !== '' && !used.has(id));
  };
  const venues = madeBy('venue', 'venue_id').map((id) => remove('venues', id));
  const tours = madeBy('tour', 'tour_id').map((id) => update('tours', id, { status: 'cancelled' }));
  return [...venues, ...tours];
}
