import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { rows } from '../../data/db.ts';
import { LiveQuery } from '../../data/live-query.ts';
import type { VenueRoomRow } from '../../data/schema.gen.ts';
import { formatDate } from '../../kernel/day.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-dialog.ts';
import { emptyLine, type NewLine } from './mutations.ts';
import { parseRows, type PastedLine, type PastedRow } from './paste.ts';
import { dressed, showsWithLines, type DayLine, type ShowDay } from './queries.ts';
import { copyOf, type SheetSession } from './sheet-session.ts';
import { templates, templateWords, type TemplateLine, type TemplateName } from './templates.ts';
import { parseEnd, parseTime, timeText } from './time-entry.ts';
import { kindWords, pasteProblems, timeProblems, words } from './words.ts';

/** Where the lines come from. */
export type FillFrom = 'paste' | 'copy' | 'template';

/** One intent holds so many lines at most. */
const MOST_ROWS = 300;

/** Adds many lines at once: from a spreadsheet, from another day or from a template. Sends `dialog-done`. */
@customElement('fill-dialog')
export class FillDialog extends LitElement {
  @property() from: FillFrom = 'paste';
  @property({ attribute: false }) day!: ShowDay;
  @property({ attribute: false }) session!: SheetSession;
  @property() text = '';
  @state() private source = '';
  @state() private template: TemplateName = 'club';
  readonly #shows = new LiveQuery(
    this,
    () => showsWithLines(this.day.show),
    () => [this.day.show.id],
  );

  override render() {
    const heading = { paste: words.pasteHeading, copy: words.copyHeading, template: words.templateHeading }[this.from];
    return html`<ui-dialog heading=${heading} size="large" open @ui-close=${this.#done}>
      ${{ paste: () => this.#paste(), copy: () => this.#copy(), template: () => this.#templates() }[this.from]()}
    </ui-dialog>`;
  }

  #paste() {
    const read = parseRows(this.text);
    const bad = read.filter(({ problem }) => problem);
    const tooMany = read.length > MOST_ROWS;
    return html`<div class="stack">
      <p class="quiet">${words.pasteText}</p>
      <div class="field">
        <label for="rows">${words.pasteLabel}</label>
        <textarea
          id="rows"
          class="textarea"
          rows="8"
          spellcheck="false"
          .value=${this.text}
          @input=${(event: Event) => (this.text = (event.target as HTMLTextAreaElement).value)}
        ></textarea>
      </div>
      ${read.length > 0 ? this.#preview(read) : nothing}
      ${bad.length > 0 ? html`<p class="error" role="alert">${words.fixRows(bad.length)}</p>` : nothing}
      <div class="row end">
        <button
          class="button primary"
          ?disabled=${read.length === 0 || bad.length > 0 || tooMany}
          @click=${() => this.#add(read.map(({ line }) => this.#pasted(line!)))}
        >
          ${words.addRows(read.length)}
        </button>
      </div>
    </div>`;
  }

  #preview(read: readonly PastedRow[]) {
    return html`<div class="preview">
      <table class="table">
        <tbody>
          ${read.slice(0, MOST_ROWS).map(({ number, text, line, problem }) =>
            line
              ? html`<tr>
                  <td class="number">${timeText(line)}${line.end.wall ? ` – ${line.end.wall}` : ''}</td>
                  <td>${line.title} <span class="quiet">${line.kind === 'other' ? '' : kindWords[line.kind]}</span></td>
                  <td class="quiet">${line.place}</td>
                </tr>`
              : html`<tr class="bad">
                  <td>${words.rowNumber(number)}</td>
                  <td colspan="2"><b>${text}</b><br />${{ ...timeProblems, ...pasteProblems }[problem!]}</td>
                </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #copy() {
    const shows = this.#shows.value ?? [];
    return html`<div class="stack">
      <div class="field">
        <label for="source">${words.copyFrom}</label>
        <select
          id="source"
          class="select"
          @change=${(event: Event) => (this.source = (event.target as HTMLSelectElement).value)}
        >
          ${shows.map(
            (show) =>
              html`<option value=${show.id} ?selected=${show.id === this.source}>
                ${formatDate(show.show_date)} · ${show.title}
              </option>`,
          )}
        </select>
      </div>
      <div class="row end">
        <button
          class="button primary"
          ?disabled=${shows.length === 0}
          @click=${() => void this.#copyLines(this.source || shows[0]!.id)}
        >
          ${words.copy}
        </button>
      </div>
    </div>`;
  }

  #templates() {
    const lines = templates[this.template];
    return html`<div class="stack">
      <div class="row wrap">
        ${(Object.keys(templates) as TemplateName[]).map(
          (name) =>
            html`<button class="chip" aria-pressed=${name === this.template} @click=${() => (this.template = name)}>
              ${templateWords[name]}
            </button>`,
        )}
      </div>
      <div class="preview">
        <table class="table">
          <tbody>
            ${lines.map((line) => {
              const { wall_start, day_offset, wall_end, kind, certainty } = this.#fromTemplate(line);
              return html`<tr>
                <td class="number">
                  ${timeText({ wall: wall_start, day_offset, certainty })}${wall_end ? ` – ${wall_end}` : ''}
                </td>
                <td>${kindWords[kind]}</td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>
      <div class="row end">
        <button class="button primary" @click=${() => this.#add(lines.map((line) => this.#fromTemplate(line)))}>
          ${words.use}
        </button>
      </div>
    </div>`;
  }

  get #blank(): Omit<NewLine, 'title'> {
    const { show } = this.day;
    return emptyLine(show.show_date, show.time_zone, show.venue_id);
  }

  #pasted({ title, kind, wall, day_offset, certainty, end, place, notes }: PastedLine): NewLine {
    const when = { wall_start: wall, day_offset, certainty, wall_end: end.wall, end_offset: end.end_offset };
    return { ...this.#blank, ...when, title, kind, notes, ...this.#placed(place) };
  }

  #placed(place: string | null): { room_id: string | null; place: string | null } {
    const room: VenueRoomRow | undefined = this.day.rooms.find(
      ({ name }) => name.toLowerCase() === place?.toLowerCase(),
    );
    return room ? { room_id: room.id, place: null } : { room_id: null, place };
  }

  #fromTemplate([kind, from, to]: TemplateLine): NewLine {
    const title = kindWords[kind];
    const start = from === null ? undefined : parseTime(from);
    if (!start || 'problem' in start) return { ...this.#blank, kind, title, certainty: 'exact' };
    const end = parseEnd(to ?? '', start);
    const { wall = null, end_offset = start.day_offset } = 'problem' in end ? {} : end;
    const when = { wall_start: start.wall, day_offset: start.day_offset, certainty: start.certainty };
    return { ...this.#blank, ...when, wall_end: wall, end_offset, kind, title };
  }

  /** The same day at this place: its date and zone, its venue, and those who are on this tour too. */
  async #copyLines(id: string): Promise<void> {
    const { show, members } = this.day;
    const items = await rows('schedule_items').where('show_id').equals(id).toArray();
    const lines = await dressed(
      items.filter((item) => !item.cancelled_at),
      '',
    );
    const here = new Set(members.map(({ person }) => person.id));
    await this.#add(lines.map((line) => this.#copied(line, here, show.venue_id)));
  }

  #copied(line: DayLine, here: ReadonlySet<string>, venue_id: string | null): NewLine {
    const { show, rooms } = this.day;
    const room_id = rooms.find(({ name }) => name === line.room?.name)?.id ?? null;
    const over = { local_date: show.show_date, time_zone: show.time_zone, venue_id, room_id, acknowledge_by: null };
    const copy = copyOf(line, over);
    return { ...copy, called: copy.called.filter((person) => here.has(person)) };
  }

  async #add(lines: readonly NewLine[]): Promise<void> {
    await this.session.add(lines);
    toast(words.addedLines(lines.length), {
      key: 'sheet',
      action: { label: words.undo, run: () => void this.session.undo() },
    });
    this.#done();
  }

  #done = (): void => {
    this.dispatchEvent(new CustomEvent('dialog-done'));
  };

  static override styles = [
    base,
    controls,
    css`
      .textarea {
        font-variant-numeric: tabular-nums;
        white-space: pre;
        overflow-x: auto;
      }
      .preview {
        max-height: 280px;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
      }
      td.number {
        width: 140px;
        white-space: nowrap;
      }
      .bad td {
        background: var(--bad-soft);
        color: var(--bad);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'fill-dialog': FillDialog;
  }
}
