import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { deleteLocal, getLocal, rows, setLocal } from '../../data/db.ts';
import { LiveQuery } from '../../data/live-query.ts';
import { deviceZone, formatDate, formatInstant } from '../../kernel/day.ts';
import { asFailure } from '../../kernel/failure.ts';
import { localAt } from '../../kernel/zone.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-dialog.ts';
import '../../ui/ui-failure.ts';
import '../../ui/ui-icon.ts';
import { answerCall, checkIn, type Answer } from './mutations.ts';
import type { DayLine } from './queries.ts';
import { changesSince, startOf, waitsForAnswer, type FactField, type Facts } from './rules.ts';
import { clockText, endText, mapOf, placeText, startText } from './when.ts';
import { answerWords, factWords, kindWords, words } from './words.ts';
import type { Failure } from '../../kernel/failure.ts';

const LONGEST_NOTE = 500;
const answerTones = {
  confirmed: 'good',
  tentative: 'warn',
  declined: 'bad',
  invited: 'waiting',
  no_response: 'waiting',
} as const;

/** One line of the day in a bottom sheet: everything known of it, what changed since I said yes, and my answer. */
@customElement('call-sheet')
export class CallSheet extends LitElement {
  @property({ attribute: false }) line: DayLine | undefined;
  @state() private note = '';
  @state() private failure: Failure | undefined;
  readonly #names = new LiveQuery(
    this,
    () => this.#namesOf(this.line?.call?.seen),
    () => [this.line?.call?.seen, this.line?.item],
  );

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('line');
    if (!changed.has('line') || before?.item.id === this.line?.item.id) return;
    this.note = this.line?.call?.note ?? '';
    this.failure = undefined;
    void this.#takeUp();
  }

  override render() {
    const { line } = this;
    return html`<ui-dialog heading=${line?.item.title ?? ''} ?open=${line !== undefined} @ui-close=${this.#closed}>
      ${line ? this.#body(line) : nothing}
    </ui-dialog>`;
  }

  #body(line: DayLine) {
    const { item, people } = line;
    const map = mapOf(line);
    const end = endText(item);
    const place = placeText(line);
    return html`<div class="stack">
      <div>
        <p class="when number">${startText(item)}${end ? ` – ${end}` : ''}</p>
        <p class="quiet">${kindWords[item.kind]} · ${formatDate(item.local_date)} ${this.#mine(line)}</p>
        ${item.cancelled_at ? html`<p><ui-badge tone="bad" icon="x">${words.cancelled}</ui-badge></p>` : nothing}
      </div>
      ${this.#changes(line)}
      ${
        place || map
          ? html`<div class="row">
              <span class="grow">
                <b>${place}</b
                >${map && map.address !== place ? html`<br /><span class="quiet">${map.address}</span>` : nothing}
              </span>
              ${
                map
                  ? html`<a class="button" href=${map.href} aria-label=${words.openMap(map.address)}>
                      <ui-icon name="map-pin"></ui-icon>${words.map}
                    </a>`
                  : nothing
              }
            </div>`
          : nothing
      }
      ${item.notes ? html`<p class="notes">${item.notes}</p>` : nothing}
      ${
        people.length > 0
          ? html`<div class="stack tight">
              <h3>${words.people}</h3>
              <p>${people.map(({ display_name }) => display_name).join(', ')}</p>
            </div>`
          : nothing
      }
      ${this.#answer(line)} ${this.#presence(line)}
      ${this.failure ? html`<ui-failure .failure=${this.failure}></ui-failure>` : nothing}
    </div>`;
  }

  /** The same moment on my own clock, when that shows another time. */
  #mine({ item }: DayLine) {
    const start = startOf(item);
    if (!start || item.time_zone === deviceZone()) return nothing;
    const here = localAt(deviceZone(), start.instant);
    if (here.wall === start.wall && here.date === start.date) return nothing;
    const day = here.date === start.date ? '' : `${formatDate(here.date)}, `;
    return html`<br />${day}${clockText(here.wall)} ${words.yourTime}`;
  }

  #changes({ item, call }: DayLine) {
    const fields = changesSince(call?.seen, item)?.filter((field) => field !== 'day_offset' && field !== 'end_offset');
    if (!fields || fields.length === 0) return nothing;
    const before = call!.seen as Facts;
    return html`<div class="changes stack tight" role="status">
      <h3>${words.changedSince}</h3>
      <dl>
        ${fields.map(
          (field) =>
            html`<dt>${factWords[field]}</dt>
              <dd><del>${this.#fact(field, before)}</del> <b>${this.#fact(field, item)}</b></dd>`,
        )}
      </dl>
    </div>`;
  }

  #fact(field: FactField, facts: Facts): string {
    const value = facts[field];
    if (value === null || value === undefined) return words.nothing;
    if (field === 'wall_start') return startText(facts);
    if (field === 'wall_end') return endText(facts);
    if (field === 'local_date') return formatDate(facts.local_date);
    if (field === 'cancelled_at') return words.cancelled;
    return this.#names.value?.get(String(value)) ?? String(value);
  }

  #answer({ item, call }: DayLine) {
    if (!call) return nothing;
    const waits = waitsForAnswer(item, call);
    return html`<div class="answer stack tight">
      <p class="row">
        <ui-badge tone=${answerTones[call.status]} icon=${waits ? 'bell' : 'check'}
          >${answerWords[call.status]}</ui-badge
        >
        ${
          waits && item.acknowledge_by
            ? html`<span class="small quiet">${words.until(formatInstant(item.acknowledge_by))}</span>`
            : nothing
        }
      </p>
      ${call.acknowledged_at ? html`<p class="small quiet">${words.acknowledged(formatInstant(call.acknowledged_at))}</p>` : nothing}
      <div class="field">
        <label for="note">${words.note}</label>
        <textarea
          id="note"
          class="textarea"
          rows="2"
          .value=${this.note}
          aria-invalid=${this.note.length > LONGEST_NOTE}
          aria-describedby="note-hint"
          @input=${this.#onNote}
        ></textarea>
        <p id="note-hint" class=${this.note.length > LONGEST_NOTE ? 'error' : 'hint'}>
          ${this.note.length > LONGEST_NOTE ? words.noteTooLong : words.noteHint}
        </p>
      </div>
      <div class="buttons">
        ${
          call.status === 'confirmed' && !waits
            ? html`<p class="small quiet">${words.changeAnswer}</p>`
            : html`<button class="button primary" @click=${() => this.#send('confirmed')}>
                ${item.requires_acknowledgment ? words.acknowledge : words.confirm}
              </button>`
        }
        <button class="button" @click=${() => this.#send('tentative')}>${words.maybe}</button>
        <button class="button" @click=${() => this.#send('declined')}>${words.decline}</button>
      </div>
    </div>`;
  }

  #presence({ call }: DayLine) {
    if (!call) return nothing;
    const { checked_in_at, checked_out_at } = call;
    if (checked_out_at) return html`<p class="small quiet">${words.checkedOut(formatInstant(checked_out_at))}</p>`;
    if (checked_in_at)
      return html`<p class="row">
        <span class="grow small quiet">${words.checkedIn(formatInstant(checked_in_at))}</span>
        <button class="button quiet" @click=${() => this.#check('out')}>${words.checkOut}</button>
      </p>`;
    return html`<button class="button block" @click=${() => this.#check('in')}>
      <ui-icon name="map-pin"></ui-icon>${words.checkIn}
    </button>`;
  }

  get #draft(): string {
    return `draft:call:${this.line?.call?.id}`;
  }

  /** A note that was typed and not sent is there again. */
  async #takeUp(): Promise<void> {
    const id = this.line?.item.id;
    const kept = this.line?.call ? await getLocal<string>(this.#draft) : undefined;
    if (kept !== undefined && this.line?.item.id === id) this.note = kept;
  }

  #onNote = (event: Event): void => {
    this.note = (event.target as HTMLTextAreaElement).value;
    void setLocal(this.#draft, this.note).catch(this.#failed);
  };

  async #send(status: Answer): Promise<void> {
    const { call, item } = this.line!;
    if (!call || this.note.length > LONGEST_NOTE) return;
    try {
      await answerCall({ call, item, status, note: this.note.trim() || null });
      await deleteLocal(this.#draft);
      toast(words.answered, { tone: 'good', key: 'answer' });
      this.#close();
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  async #check(way: 'in' | 'out'): Promise<void> {
    await checkIn({ call: this.line!.call!, way }).catch(this.#failed);
  }

  #failed = (thrown: unknown): void => {
    this.failure = asFailure(thrown);
  };

  #close(): void {
    this.renderRoot.querySelector('ui-dialog')!.open = false;
  }

  #closed = (): void => {
    this.dispatchEvent(new CustomEvent('ui-close'));
  };

  /** Names of the places that were acknowledged, and of those it is now. */
  async #namesOf(seen: unknown): Promise<Map<string, string>> {
    const facts = [seen as Facts | null, this.line?.item].filter((each): each is Facts => Boolean(each));
    const ids = (key: 'venue_id' | 'room_id') => facts.map((each) => each[key]).filter((id) => id !== null);
    const [venues, rooms] = await Promise.all([
      rows('venues').bulkGet(ids('venue_id')),
      rows('venue_rooms').bulkGet(ids('room_id')),
    ]);
    return new Map([...venues, ...rooms].flatMap((row) => (row ? [[row.id, row.name] as const] : [])));
  }

  static override styles = [
    base,
    controls,
    css`
      .when {
        font-size: var(--text-32);
        font-weight: 700;
        line-height: 1.2;
      }
      .notes {
        white-space: pre-line;
      }
      .changes {
        padding: var(--space-3);
        border-radius: var(--radius-card);
        background: var(--warn-soft);
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--space-1) var(--space-3);
      }
      dt {
        color: var(--warn);
      }
      .answer {
        padding-top: var(--space-3);
        border-top: 1px solid var(--line);
      }
      .buttons {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--space-2);
      }
      .buttons p {
        grid-column: 1 / -1;
      }
      .buttons .primary {
        grid-column: 1 / -1;
        min-height: 52px;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'call-sheet': CallSheet;
  }
}
