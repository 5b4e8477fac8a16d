import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ScheduleItemRow } from '../../data/schema.gen.ts';
import type { LineChange, NewLine } from './mutations.ts';
import type { DayLine } from './queries.ts';
import type { SheetSession } from './sheet-session.ts';

/** One thing that was typed: a new line, or a change of one. */
type Typed = { readonly add: NewLine } | { readonly id: string; readonly patch: LineChange['patch'] };

/** What a grid lends to the one who writes for it. */
interface Grid extends ReactiveControllerHost {
  readonly session: SheetSession;
  readonly lines: readonly DayLine[];
}

/**
 * What was typed and is not in the database yet, because hands are faster: it is drawn at once and written one after
 * the other. Until it is written it also lies in the tab's own storage, which needs no waiting, so that a reload in
 * between loses nothing.
 */
export class TypedAhead implements ReactiveController {
  readonly #grid: Grid;
  readonly #failed: (thrown: unknown) => void;
  #lines: ReadonlyMap<string, DayLine> = new Map();
  #drawn: readonly DayLine[] = [];
  #writing = 0;
  #writes: Promise<void> = Promise.resolve();
  #readFor = '';

  /** `failed` hears of a write that the database refused; it is shown as it stands there again. */
  constructor(grid: Grid, failed: (thrown: unknown) => void) {
    this.#grid = grid;
    this.#failed = failed;
    grid.addController(this);
  }

  /** Whether something typed is not written yet. */
  get busy(): boolean {
    return this.#writing > 0;
  }

  hostUpdate(): void {
    const { lines, session } = this.#grid;
    if (lines !== this.#drawn && !this.busy) this.#lines = new Map();
    this.#drawn = lines;
    if (this.#readFor === session.name) return;
    this.#readFor = session.name;
    for (const typed of takeNotes(this.#readFor)) this.#again(typed);
  }

  /** The lines as they will be once everything typed is written; new ones stand at the end until they have their place. */
  get shown(): DayLine[] {
    const { lines } = this.#grid;
    const known = new Set(lines.map(({ item }) => item.id));
    const fresh = [...this.#lines.values()].filter(({ item }) => !known.has(item.id));
    return [...lines.map((line) => this.#lines.get(line.item.id) ?? line), ...fresh];
  }

  /** Writes a change of a line. */
  change(line: DayLine, patch: LineChange['patch']): void {
    this.#show({ ...line, item: { ...line.item, ...patch } });
    this.#write({ id: line.item.id, patch }, () => this.#grid.session.change([{ item: line.item, patch }]));
  }

  /** Writes a new line. */
  add(line: NewLine): void {
    const { called: _, ...row } = line;
    const item = { ...row, cancelled_at: null, accepted_conflicts: {} } as ScheduleItemRow;
    this.#show({ item, call: undefined, calls: [], people: [], venue: undefined, room: undefined });
    this.#write({ add: line }, () => this.#grid.session.add([line]));
  }

  /** What an earlier life of this page typed and may not have written; what it did write changes nothing. */
  #again(typed: Typed): void {
    const line = this.shown.find(({ item }) => item.id === ('add' in typed ? typed.add.id : typed.id));
    if ('patch' in typed && line) this.change(line, typed.patch);
    if ('add' in typed && !line) this.add(typed.add);
  }

  #show(line: DayLine): void {
    this.#lines = new Map(this.#lines).set(line.item.id, line);
    this.#grid.requestUpdate();
  }

  #write(typed: Typed, step: () => Promise<void>): void {
    const sheet = this.#readFor;
    writeNotes(sheet, [...notesOf(sheet), typed]);
    this.#writing += 1;
    this.#writes = this.#writes
      .then(step)
      .catch((thrown: unknown) => {
        this.#lines = new Map();
        this.#failed(thrown);
      })
      .finally(() => this.#written(sheet));
  }

  /** They are written in the order they were typed: the first note of a sheet is the one that is done. */
  #written(sheet: string): void {
    writeNotes(sheet, notesOf(sheet).slice(1));
    this.#writing -= 1;
    if (!this.busy) this.#grid.requestUpdate();
  }
}

const keyOf = (sheet: string): string => `typed:${sheet}`;

const notesOf = (sheet: string): readonly Typed[] =>
  JSON.parse(sessionStorage.getItem(keyOf(sheet)) ?? '[]') as readonly Typed[];

function writeNotes(sheet: string, notes: readonly Typed[]): void {
  if (notes.length > 0) sessionStorage.setItem(keyOf(sheet), JSON.stringify(notes));
  else sessionStorage.removeItem(keyOf(sheet));
}

/** The notes of a sheet, which are gone then: whoever writes them notes them anew. */
function takeNotes(sheet: string): readonly Typed[] {
  const notes = notesOf(sheet);
  writeNotes(sheet, []);
  return notes;
}
