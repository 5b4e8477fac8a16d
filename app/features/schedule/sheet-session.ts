import type { ScheduleItemRow } from '../../data/schema.gen.ts';
import { who } from '../../data/who.ts';
import { newId } from '../../kernel/id.ts';
import {
  addLines,
  changeLines,
  removeLines,
  type LineChange,
  type LineFields,
  type NewLine,
  type Sheet,
} from './mutations.ts';
import type { DayLine } from './queries.ts';

/** A step that can be taken back. */
type Undo = () => Promise<void>;

/** The most steps that are kept to be taken back. */
const MOST_STEPS = 100;

/** What somebody does to one day sheet while it is open, step by step, so that each can be undone. */
export class SheetSession {
  readonly #steps: Undo[] = [];
  readonly #sheet: () => Sheet;
  /** Called after every step, also one that was undone. */
  readonly #moved: () => void;

  constructor(sheet: () => Sheet, moved: () => void = () => undefined) {
    this.#sheet = sheet;
    this.#moved = moved;
  }

  /** Which person's sheet of which show or day this is. */
  get name(): string {
    const { show_id, tour_day_id } = this.#sheet();
    return `${who().person.id}:${show_id ?? tour_day_id}`;
  }

  get canUndo(): boolean {
    return this.#steps.length > 0;
  }

  /** Changes lines; what is equal to before is left out. */
  async change(changes: readonly { item: ScheduleItemRow; patch: LineChange['patch'] }[]): Promise<void> {
    const real = changes.flatMap(({ item, patch }) => different(item, patch));
    if (real.length === 0) return;
    const organization_id = this.#sheet().organization_id;
    await changeLines({ organization_id, changes: real.map(({ id, patch }) => ({ id, patch })) });
    const back = real.map(({ id, before }) => ({ id, patch: before }));
    this.#keep(() => changeLines({ organization_id, changes: back }));
  }

  /** Adds lines. */
  async add(lines: readonly NewLine[]): Promise<void> {
    if (lines.length === 0) return;
    const sheet = this.#sheet();
    await addLines({ sheet, lines });
    const added = lines.map(({ id }) => ({ id, calls: [] }));
    this.#keep(() => removeLines({ organization_id: sheet.organization_id, lines: added }));
  }

  /** Takes lines out; undoing puts them back as new ones. */
  async remove(lines: readonly DayLine[]): Promise<void> {
    const sheet = this.#sheet();
    await removeLines({
      organization_id: sheet.organization_id,
      lines: lines.map(({ item, calls }) => ({ id: item.id, calls })),
    });
    const again = lines.map((line) => copyOf(line));
    this.#keep(() => addLines({ sheet, lines: again }));
  }

  /** Takes the latest step back; false when there is none. */
  async undo(): Promise<boolean> {
    const step = this.#steps.pop();
    if (!step) return false;
    await step();
    this.#moved();
    return true;
  }

  #keep(step: Undo): void {
    this.#steps.push(step);
    if (this.#steps.length > MOST_STEPS) this.#steps.shift();
    this.#moved();
  }
}

function different(
  item: ScheduleItemRow,
  patch: LineChange['patch'],
): { id: string; patch: LineChange['patch']; before: LineChange['patch'] }[] {
  const fields = (Object.keys(patch) as (keyof LineChange['patch'])[]).filter((field) => item[field] !== patch[field]);
  if (fields.length === 0) return [];
  const pick = (from: object) => Object.fromEntries(fields.map((field) => [field, from[field as keyof object]]));
  return [{ id: item.id, patch: pick(patch), before: pick(item) }];
}

const copied = [
  'kind',
  'title',
  'local_date',
  'wall_start',
  'wall_end',
  'day_offset',
  'end_offset',
  'time_zone',
  'certainty',
  'venue_id',
  'room_id',
  'place',
  'visibility',
  'crew',
  'notes',
  'requires_acknowledgment',
  'acknowledge_by',
] as const satisfies readonly (keyof LineFields)[];

/** A line as a new one, with the same people called. */
export function copyOf({ item, calls }: Pick<DayLine, 'item' | 'calls'>, over: Partial<LineFields> = {}): NewLine {
  const fields = Object.fromEntries(copied.map((field) => [field, item[field]])) as unknown as LineFields;
  return {
    ...fields,
    ...over,
    id: newId(),
    called: calls.map((call) => call.person_id),
  };
}
