import { defineMutation, insert, remove, update, type OperationDraft } from '../../data/define-mutation.ts';
import type { ShowRow, ShowSourceRow } from '../../data/schema.gen.ts';
import { newId } from '../../kernel/id.ts';
import { folded } from '../places/index.ts';
import type { Draft, PlanLine } from './plan.ts';

/** Lines that succeed or fail together. A line is up to four operations, and one exchange holds a thousand. */
const LINES_A_GROUP = 200;

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
  const groups: Group[] = [];
  for (let at = 0; at < active.length; at += LINES_A_GROUP) {
    const operations = active.slice(at, at + LINES_A_GROUP).flatMap((line) => writer.line(line));
    groups.push({ organization_id: facts.organization_id, operations });
  }
  return groups;
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

  line({ draft, show, changes, line, read }: PlanLine): OperationDraft[] {
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
    operations.push(this.#source({ line, show_id, external_id: read.external_id }, show ? made : ['show', ...made], show, patch));
    return operations;
  }

  get #here() {
    return { organization_id: this.#facts.organization_id };
  }

  #source(
    where: Pick<ShowSourceRow, 'line' | 'show_id' | 'external_id'>,
    made: string[],
    show: ShowRow | undefined,
    patch: Partial<Columns> | undefined,
  ): OperationDraft {
    const { import_id, file_name } = this.#facts;
    const pairs = Object.entries(patch ?? {}).map(([column, after]) => [column, [show![column as keyof Columns], after]]);
    const changes = pairs.length > 0 ? Object.fromEntries(pairs) : null;
    return insert('show_sources', { ...this.#here, import_id, file_name, ...where, made, changes });
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
    operations.push(insert('tours', { id, ...this.#here, name: tour.name, ...this.#span, currency, status: 'planned' }));
    made.push('tour');
    this.#tours.set(folded(tour.name), id);
    return id;
  }
}

function patchOf(changes: PlanLine['changes'], columns: Columns): Partial<Columns> {
  const names = changes.map(({ field }) => (field in columnOf ? columnOf[field as keyof typeof columnOf] : field)) as (keyof Columns)[];
  return Object.fromEntries(names.map((name) => [name, columns[name]]));
}

/** What is needed to take an import back. */
export interface ImportedRows {
  readonly sources: readonly ShowSourceRow[];
  /** The shows of those lines that are still there, by id. */
  readonly shows: ReadonlyMap<string, ShowRow>;
  /** Every other show of the organisation, as far as it keeps a venue or a tour in use. */
  readonly others: readonly Pick<ShowRow, 'venue_id' | 'tour_id'>[];
  /** Shows that something else depends on, such as a claim; they stay. */
  readonly needed: ReadonlySet<string>;
}

/** What taking an import back would write. What somebody has changed since the import stays as they made it. */
export function undoGroups(organization_id: string, rows: ImportedRows): Group[] {
  const groups: Group[] = [];
  for (let at = 0; at < rows.sources.length; at += LINES_A_GROUP) {
    const part = rows.sources.slice(at, at + LINES_A_GROUP);
    groups.push({ organization_id, operations: part.flatMap((source) => undoLine(source, rows)) });
  }
  const leftovers = leftoversOf(rows);
  if (leftovers.length > 0) groups.push({ organization_id, operations: leftovers });
  return groups.filter(({ operations }) => operations.length > 0);
}

function undoLine(source: ShowSourceRow, { shows, needed }: ImportedRows): OperationDraft[] {
  const show = shows.get(source.show_id);
  if (!show) return [];
  // The line goes with its show: the server removes it by itself.
  if (source.made.includes('show')) return needed.has(show.id) ? [] : [remove('shows', show.id)];
  const before = restored(source, show);
  const back = Object.keys(before).length > 0 ? [update('shows', show.id, before)] : [];
  return [...back, remove('show_sources', source.id)];
}

function restored(source: ShowSourceRow, show: ShowRow): Partial<Columns> {
  const changes = Object.entries((source.changes ?? {}) as Record<string, [unknown, unknown]>);
  const mine = changes.filter(([column, [, after]]) => show[column as keyof Columns] === after);
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
