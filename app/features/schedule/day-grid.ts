import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { VenueRoomRow } from '../../data/schema.gen.ts';
import { minutesInto } from '../../kernel/zone.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import { asTable, cellText, columns, readCell, type Column } from './cells.ts';
import { dayGridStyles } from './day-grid.styles.ts';
import { emptyLine } from './mutations.ts';
import type { DayLine } from './queries.ts';
import type { SheetSession } from './sheet-session.ts';
import { TypedAhead } from './typed-ahead.ts';
import { allKinds } from './kinds.ts';
import { crewWords, kindWords, words } from './words.ts';

/** The id of the row under the last line, where a new one begins. */
const BLANK = 'new';
const places = [...columns.slice(0, 4), 'place', 'who', 'notes'] as const;
type Place = (typeof places)[number];

/** Something typed that could not be read, kept until it is corrected or discarded. */
export interface BadEntry {
  readonly row: string;
  readonly column: Column;
  readonly text: string;
  readonly problem: string;
}

/**
 * A day sheet as a grid: arrows move, typing or Enter edits, Enter and Tab go on, Shift with arrows selects lines.
 * Sends `grid-open` (detail: line) for everything that is more than a word, `grid-select`, `grid-paste` (detail: text),
 * `grid-bad` (detail: entries), `grid-undo` and `grid-failed` (detail: what was thrown).
 */
@customElement('day-grid')
export class DayGrid extends LitElement {
  @property({ attribute: false }) lines: readonly DayLine[] = [];
  @property({ attribute: false }) rooms: readonly VenueRoomRow[] = [];
  @property({ attribute: false }) session!: SheetSession;
  /** Date, zone and venue of a new line. */
  @property({ attribute: false }) where!: { date: string; zone: string; venue_id: string | null };
  @property({ attribute: false }) selected: ReadonlySet<string> = new Set();
  /** Lines that something is wrong with. */
  @property({ attribute: false }) troubled: ReadonlySet<string> = new Set();
  @property({ attribute: false }) bad: readonly BadEntry[] = [];
  @state() private row = BLANK;
  @state() private place: Place = 'start';
  @state() private typing: string | undefined;
  readonly #ahead = new TypedAhead(this, (thrown) => this.#send('grid-failed', thrown));
  #focus = false;
  #drawing = false;

  override willUpdate(): void {
    this.#drawing = true;
    // a row that moves to its place takes the focus along
    if (this.shadowRoot?.activeElement?.matches('td, input.cell')) this.#focus = true;
  }

  override updated(): void {
    this.#drawing = false;
    const cell = this.#focus ? this.renderRoot.querySelector<HTMLElement>('td[tabindex="0"]') : null;
    this.#focus = false;
    const input = cell?.querySelector('input');
    const wanted = input ?? cell;
    if (!wanted || this.shadowRoot?.activeElement === wanted) return;
    wanted.focus();
    input?.setSelectionRange(input.value.length, input.value.length);
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  override render() {
    return html`<div class="frame" @copy=${this.#onCopy} @paste=${this.#onPaste}>
        <table
          role="grid"
          aria-label=${words.gridLabel}
          aria-busy=${this.#ahead.busy}
          aria-multiselectable="true"
          @keydown=${this.#onKey}
        >
          <thead>
            <tr>
              <th class="mark"><span class="visually-hidden">${words.selected(this.selected.size)}</span></th>
              ${places.map((place) => html`<th class=${place} scope="col">${words[place]}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${repeat(
              this.#ahead.shown,
              ({ item }) => item.id,
              (line) => this.#line(line),
            )}
            <tr class="blank">
              <td class="mark"><ui-icon name="plus"></ui-icon></td>
              ${places.map((place) => this.#cell(BLANK, place, place === 'title' ? words.addLine : '', ''))}
            </tr>
          </tbody>
        </table>
        <datalist id="kinds">${allKinds.map((kind) => html`<option value=${kindWords[kind]}></option>`)}</datalist>
        <datalist id="rooms">${this.rooms.map(({ name }) => html`<option value=${name}></option>`)}</datalist>
      </div>
      ${this.#problems()}`;
  }

  #line(line: DayLine) {
    const { item } = line;
    const chosen = this.selected.has(item.id);
    const look = [chosen && 'chosen', this.troubled.has(item.id) && 'trouble', item.cancelled_at && 'off'];
    return html`<tr class=${look.filter(Boolean).join(' ')} aria-selected=${chosen}>
      <td class="mark">
        <label>
          <input
            type="checkbox"
            aria-label=${words.selectLine(item.title)}
            .checked=${chosen}
            @change=${() => this.#toggle(item.id)}
          />
        </label>
      </td>
      ${places.map((place) =>
        place === 'who'
          ? this.#cell(item.id, place, this.#who(line), '')
          : this.#cell(item.id, place, cellText(item, place, this.rooms), cellText(item, place, this.rooms)),
      )}
    </tr>`;
  }

  #cell(row: string, place: Place, shown: unknown, text: string) {
    const active = row === this.row && place === this.place;
    const bad = this.bad.find((entry) => entry.row === row && entry.column === place);
    return html`<td
      class=${place}
      tabindex=${active ? 0 : -1}
      aria-invalid=${bad ? 'true' : 'false'}
      title=${text}
      @click=${() => this.#onClick(row, place)}
      @dblclick=${() => this.#open()}
    >
      ${
        active && this.typing !== undefined
          ? html`<input
              class="cell"
              aria-label=${words[place]}
              autocomplete="off"
              list=${place === 'kind' ? 'kinds' : place === 'place' ? 'rooms' : nothing}
              .value=${this.typing}
              @input=${(event: Event) => (this.typing = (event.target as HTMLInputElement).value)}
              @blur=${this.#onBlur}
            />`
          : (bad?.text ?? shown)
      }
    </td>`;
  }

  #who({ item, calls, people }: DayLine) {
    const shownTo = item.visibility === 'group' ? crewWords[item.crew!] : words.everyone;
    const text =
      people.length === 0
        ? item.visibility === 'people'
          ? words.nobodyCalled
          : shownTo
        : people.length === 1
          ? people[0]!.display_name
          : words.peopleCount(people.length);
    if (!item.requires_acknowledgment || calls.length === 0) return text;
    const done = calls.filter((call) => call.acknowledged_at).length;
    return html`${text}<span
        class="state ${done === calls.length ? 'all' : 'open'}"
        title=${words.acksOf(done, calls.length)}
      >
        <ui-icon name=${done === calls.length ? 'circle-check' : 'bell'}></ui-icon>${done}/${calls.length}
      </span>`;
  }

  #problems() {
    if (this.bad.length === 0) return nothing;
    return html`<div class="problems" role="alert">
      <h3>${words.problemsHeading(this.bad.length)}</h3>
      <ul>
        ${this.bad.map(
          (entry) =>
            html`<li>
              <span class="grow small"><b>${words.asTyped(entry.text)}</b> ${entry.problem}</span>
              <button class="button quiet" @click=${() => this.#correct(entry)}>${words.correct}</button>
              <button class="button quiet" @click=${() => this.#forget(entry)}>${words.discard}</button>
            </li>`,
        )}
      </ul>
    </div>`;
  }

  get #rows(): string[] {
    return [...this.#ahead.shown.map(({ item }) => item.id), BLANK];
  }

  get #current(): DayLine | undefined {
    return this.#ahead.shown.find(({ item }) => item.id === this.row);
  }

  #goTo(row: string, place: Place): void {
    this.row = row;
    this.place = place;
    this.#focus = true;
  }

  #move(down: number, right: number): void {
    const rows = this.#rows;
    const to = Math.max(0, Math.min(rows.length - 1, rows.indexOf(this.row) + down));
    const place = Math.max(0, Math.min(places.length - 1, places.indexOf(this.place) + right));
    this.#goTo(rows[to]!, places[place]!);
  }

  #onClick(row: string, place: Place): void {
    if (row === this.row && place === this.place && this.typing !== undefined) return;
    this.#goTo(row, place);
    if (place === 'who') this.#open();
  }

  /** Begins to edit the active cell; of a line's people a dialog opens. */
  #open(text?: string): void {
    const line = this.#current;
    if (this.place === 'who') {
      if (line) this.#send('grid-open', line);
      return;
    }
    // a cell has one line; notes with several are written in the dialog
    if (this.place === 'notes' && text === undefined && line?.item.notes?.includes('\n'))
      return this.#send('grid-open', line);
    const bad = this.bad.find((entry) => entry.row === this.row && entry.column === this.place);
    this.typing = text ?? bad?.text ?? (line ? cellText(line.item, this.place, this.rooms) : '');
    this.#focus = true;
  }

  /** Leaving a cell writes it; being carried to another place by a change from elsewhere does not. */
  #onBlur = (): void => {
    if (!this.#drawing) this.#commit();
  };

  #commit(): void {
    const text = this.typing;
    this.typing = undefined;
    if (text !== undefined && this.place !== 'who') this.#enter(this.row, this.place, text);
  }

  /** Writes what was typed into a cell; what cannot be read stays in it, with the reason. */
  #enter(row: string, column: Column, text: string): void {
    if (row === BLANK && text.trim() === '') return;
    const line = this.#ahead.shown.find(({ item }) => item.id === row);
    const { date, zone, venue_id } = this.where;
    const fresh = { ...emptyLine(date, zone, venue_id), title: words.newLine };
    const read = readCell(column, text, { line: line?.item ?? fresh, rooms: this.rooms, after: this.#before(row) });
    const others = this.bad.filter((entry) => entry.row !== row || entry.column !== column);
    if ('problem' in read) return this.#send('grid-bad', [...others, { row, column, text, problem: read.problem }]);
    if (others.length !== this.bad.length) this.#send('grid-bad', others);
    if (line) return this.#ahead.change(line, read.patch);
    if (this.row === BLANK) this.row = fresh.id;
    this.#ahead.add({ ...fresh, ...read.patch });
  }

  /** When the line before this row begins, in minutes past midnight. */
  #before(row: string): number | undefined {
    const timed = this.#ahead.shown.filter(({ item }) => item.wall_start !== null);
    const at = timed.findIndex(({ item }) => item.id === row);
    const before = row === BLANK ? timed.at(-1) : timed[at - 1];
    return before && minutesInto(before.item.wall_start!, before.item.day_offset);
  }

  #onKey = (event: KeyboardEvent): void => {
    if ((event.target as HTMLElement).matches('input[type=checkbox]')) return;
    const taken = this.typing === undefined ? this.#onMoveKey(event) : this.#onEditKey(event);
    if (!taken) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #onEditKey({ key, shiftKey }: KeyboardEvent): boolean {
    if (key === 'Escape') {
      this.typing = undefined;
      this.#focus = true;
      return true;
    }
    const steps: Record<string, [number, number]> = { Enter: [shiftKey ? -1 : 1, 0], Tab: [0, shiftKey ? -1 : 1] };
    const step = steps[key];
    if (!step) return false;
    this.#commit();
    this.#move(...step);
    return true;
  }

  #onMoveKey(event: KeyboardEvent): boolean {
    const { key, shiftKey } = event;
    const modified = event.ctrlKey || event.metaKey;
    if (modified && key.toLowerCase() === 'z') return this.#undo();
    if (modified && key.toLowerCase() === 'a') return this.#select(new Set(this.lines.map(({ item }) => item.id)));
    if (modified || event.altKey) return false;
    if (shiftKey && key === ' ') return this.#toggle(this.row);
    if (shiftKey && (key === 'ArrowDown' || key === 'ArrowUp')) return this.#extend(key === 'ArrowDown' ? 1 : -1);
    const moves: Record<string, [number, number]> = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      Home: [0, -places.length],
      End: [0, places.length],
      PageDown: [10, 0],
      PageUp: [-10, 0],
    };
    const move = moves[key];
    if (move) this.#move(...move);
    else if (key === 'Enter' || key === 'F2') this.#open();
    else if (key === 'Delete' || key === 'Backspace') this.#clear();
    else if (key.length === 1 && this.place !== 'who') this.#open(key);
    else return false;
    return true;
  }

  #clear(): void {
    if (this.place !== 'who' && this.#current) this.#enter(this.row, this.place, '');
  }

  #undo(): boolean {
    this.#send('grid-undo', undefined);
    return true;
  }

  #toggle(id: string): boolean {
    const next = new Set(this.selected);
    if (!next.delete(id) && id !== BLANK) next.add(id);
    return this.#select(next);
  }

  #extend(step: number): boolean {
    const next = new Set(this.selected).add(this.row);
    this.#move(step, 0);
    if (this.row !== BLANK) next.add(this.row);
    next.delete(BLANK);
    return this.#select(next);
  }

  #select(ids: ReadonlySet<string>): boolean {
    this.#send('grid-select', ids);
    return true;
  }

  #correct({ row, column }: BadEntry): void {
    this.#goTo(row, column);
    this.#open();
  }

  #forget(entry: BadEntry): void {
    this.#send(
      'grid-bad',
      this.bad.filter((each) => each !== entry),
    );
  }

  #onCopy = (event: ClipboardEvent): void => {
    const line = this.#current;
    if (this.typing !== undefined || (this.selected.size === 0 && !line)) return;
    const chosen = this.lines.filter(({ item }) => this.selected.has(item.id)).map(({ item }) => item);
    const cell = line && this.place !== 'who' ? cellText(line.item, this.place, this.rooms) : '';
    event.clipboardData?.setData('text/plain', chosen.length > 0 ? asTable(chosen, this.rooms) : cell);
    event.preventDefault();
  };

  #onPaste = (event: ClipboardEvent): void => {
    if (this.typing !== undefined) return;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    event.preventDefault();
    if (/[\t\n]/.test(text.trim())) this.#send('grid-paste', text);
    else if (this.place !== 'who') this.#enter(this.row, this.place, text);
  };

  #send(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  static override styles = [base, controls, dayGridStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'day-grid': DayGrid;
  }
}
