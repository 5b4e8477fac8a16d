import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ScheduleItemCrew, ScheduleItemVisibility, VenueRoomRow } from '../../data/schema.gen.ts';
import { formatInstant, isDate } from '../../kernel/day.ts';
import { asFailure, type Failure } from '../../kernel/failure.ts';
import { instantOf, localAt } from '../../kernel/zone.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { fieldNote } from '../../ui/field-note.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-dialog.ts';
import '../../ui/ui-failure.ts';
import { cellText, columns, readCell, type Column } from './cells.ts';
import { allKinds, visibilities } from './kinds.ts';
import { setCalls, type LineChange } from './mutations.ts';
import type { DayLine, TourMember } from './queries.ts';
import type { SheetSession } from './sheet-session.ts';
import { answerWords, crewWords, kindWords, words } from './words.ts';

type Typed = Record<Column, string>;

/** Everything about one line: its fields, who is called, to whom it is shown, who has answered. Sends `dialog-done`. */
@customElement('line-dialog')
export class LineDialog extends LitElement {
  @property({ attribute: false }) line!: DayLine;
  @property({ attribute: false }) rooms: readonly VenueRoomRow[] = [];
  @property({ attribute: false }) members: readonly TourMember[] = [];
  @property({ attribute: false }) session!: SheetSession;
  @state() private typed: Typed = { start: '', end: '', kind: '', title: '', place: '', notes: '' };
  @state() private called: ReadonlySet<string> = new Set();
  @state() private visibility: ScheduleItemVisibility = 'everyone';
  @state() private crew: ScheduleItemCrew = 'crew';
  @state() private asks = false;
  @state() private deadline = '';
  @state() private errors: Partial<Record<Column, string>> = {};
  @state() private failure: Failure | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const { item, calls } = this.line;
    const texts = columns.map((column) => [column, cellText(item, column, this.rooms)]);
    this.typed = { ...(Object.fromEntries(texts) as Typed), kind: item.kind };
    this.called = new Set(calls.map((call) => call.person_id));
    this.visibility = item.visibility;
    this.crew = item.crew ?? 'crew';
    this.asks = item.requires_acknowledgment;
    this.deadline = item.acknowledge_by ? localInput(item.acknowledge_by, item.time_zone) : '';
  }

  override render() {
    const { item } = this.line;
    return html`<ui-dialog heading=${item.title} size="large" open @ui-close=${this.#done}>
      <form novalidate @submit=${this.#onSubmit}>
        <div class="pair">
          ${this.#field('start', words.start)} ${this.#field('end', words.end)}
          <div class="field">
            <label for="kind">${words.kind}</label>
            <select id="kind" class="select" @change=${(event: Event) => this.#type('kind', event)}>
              ${allKinds.map((kind) => html`<option value=${kind} ?selected=${kind === this.typed.kind}>${kindWords[kind]}</option>`)}
            </select>
          </div>
        </div>
        <div class="pair two">${this.#field('title', words.title)} ${this.#field('place', words.place)}</div>
        <div class="field">
          <label for="notes">${words.notes}</label>
          <textarea
            id="notes"
            class="textarea"
            rows="2"
            .value=${this.typed.notes}
            aria-invalid=${this.errors.notes ? 'true' : 'false'}
            aria-describedby="notes-note"
            @input=${(event: Event) => this.#type('notes', event)}
          ></textarea>
          ${fieldNote('notes', this.errors.notes, undefined)}
        </div>
        ${this.#people()} ${this.#answers()}
        ${this.failure ? html`<ui-failure no-retry .failure=${this.failure}></ui-failure>` : nothing}
        <div class="buttons">
          <button type="button" class="button quiet danger" @click=${this.#remove}>${words.remove}</button>
          <button type="button" class="button quiet" @click=${this.#cancel}>
            ${item.cancelled_at ? words.restoreLine : words.cancelLine}
          </button>
          <span class="grow"></span>
          <button type="submit" class="button primary">${words.save}</button>
        </div>
      </form>
    </ui-dialog>`;
  }

  #field(name: Column, label: string) {
    const error = this.errors[name];
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <input
        id=${name}
        class="input"
        autocomplete="off"
        .value=${this.typed[name]}
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby="${name}-note"
        @input=${(event: Event) => this.#type(name, event)}
      />
      ${fieldNote(name, error, undefined)}
    </div>`;
  }

  #people() {
    return html`<fieldset class="stack tight">
      <legend>${words.editCalls}</legend>
      ${this.members.length === 0 ? html`<p class="quiet">${words.nobody}</p>` : nothing}
      <div class="people">
        ${this.members.map(
          ({ person, part }) =>
            html`<label class="check">
              <input type="checkbox" .checked=${this.called.has(person.id)} @change=${() => this.#toggle(person.id)} />
              <span
                >${person.display_name}${part ? html` <span class="quiet small">${part.part}</span>` : nothing}</span
              >
            </label>`,
        )}
      </div>
      <div class="pair">
        <div class="field">
          <label for="visibility">${words.visibleTo}</label>
          <select
            id="visibility"
            class="select"
            @change=${(event: Event) => (this.visibility = (event.target as HTMLSelectElement).value as ScheduleItemVisibility)}
          >
            ${visibilities.map(
              (each) =>
                html`<option value=${each} ?selected=${each === this.visibility}>
                  ${{ everyone: words.everyone, group: words.group, people: words.onlyCalled }[each]}
                </option>`,
            )}
          </select>
        </div>
        ${
          this.visibility === 'group'
            ? html`<div class="field">
                <label for="crew">${words.group}</label>
                <select
                  id="crew"
                  class="select"
                  @change=${(event: Event) => (this.crew = (event.target as HTMLSelectElement).value as ScheduleItemCrew)}
                >
                  ${Object.entries(crewWords).map(
                    ([crew, word]) => html`<option value=${crew} ?selected=${crew === this.crew}>${word}</option>`,
                  )}
                </select>
              </div>`
            : nothing
        }
      </div>
      <label class="check">
        <input type="checkbox" .checked=${this.asks} @change=${() => (this.asks = !this.asks)} />
        <span>${words.askAck}<br /><span class="hint">${words.askAckHint}</span></span>
      </label>
      ${
        this.asks
          ? html`<div class="field deadline">
              <label for="deadline">${words.deadline}</label>
              <input
                id="deadline"
                class="input"
                type="datetime-local"
                .value=${this.deadline}
                @input=${(event: Event) => (this.deadline = (event.target as HTMLInputElement).value)}
              />
            </div>`
          : nothing
      }
    </fieldset>`;
  }

  #answers() {
    const { item, calls } = this.line;
    if (!item.requires_acknowledgment || calls.length === 0) return nothing;
    const name = (id: string) => this.line.people.find((person) => person.id === id)?.display_name ?? '';
    const done = calls.filter((call) => call.acknowledged_at).length;
    return html`<section class="stack tight" aria-label=${words.whoHas}>
      <h3>${words.whoHas}: ${words.acksOf(done, calls.length)}</h3>
      <ul>
        ${calls.map(
          (call) =>
            html`<li class="row answer">
              <span class="grow">
                ${name(call.person_id)}${call.note ? html`<br /><span class="small quiet">“${call.note}”</span>` : nothing}
              </span>
              ${
                call.acknowledged_at
                  ? html`<span class="small quiet number">${formatInstant(call.acknowledged_at)}</span>`
                  : nothing
              }
              <ui-badge tone=${tones[call.status]} icon=${call.acknowledged_at ? 'check' : 'bell'}>
                ${call.acknowledged_at ? answerWords[call.status] : words.hasNot}
              </ui-badge>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  #type(name: Column, event: Event): void {
    this.typed = { ...this.typed, [name]: (event.target as HTMLInputElement).value };
  }

  #toggle(id: string): void {
    const next = new Set(this.called);
    if (!next.delete(id)) next.add(id);
    this.called = next;
  }

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const patch = this.#read();
    if (!patch) return;
    const { item, calls } = this.line;
    try {
      await this.session.change([{ item, patch }]);
      const called = [...this.called];
      const moved = called.length !== calls.length || calls.some((call) => !this.called.has(call.person_id));
      if (moved) await setCalls({ item, calls, called, patch: {} });
      this.#done();
    } catch (thrown) {
      this.failure = asFailure(thrown);
    }
  };

  /** What the form says, or undefined with the reason beside each field that means nothing. */
  #read(): LineChange['patch'] | undefined {
    const { item } = this.line;
    const errors: Partial<Record<Column, string>> = {};
    const patch: LineChange['patch'] = {};
    for (const column of columns.filter((each) => each !== 'kind')) {
      if (this.typed[column] === cellText(item, column, this.rooms)) continue;
      const read = readCell(column, this.typed[column], { line: { ...item, ...patch }, rooms: this.rooms });
      if ('problem' in read) errors[column] = read.problem;
      else Object.assign(patch, read.patch);
    }
    this.errors = errors;
    if (Object.keys(errors).length > 0) return undefined;
    return {
      ...patch,
      // a kind that was chosen wins over one that a title speaks of
      ...(this.typed.kind !== item.kind && { kind: this.typed.kind as typeof item.kind }),
      visibility: this.visibility,
      crew: this.visibility === 'group' ? this.crew : null,
      requires_acknowledgment: this.asks,
      acknowledge_by: this.asks ? this.#until(item.acknowledge_by) : null,
    };
  }

  /** A deadline is typed in the zone of the day; one that was not touched stays as it is written. */
  #until(before: string | null): string | null {
    const { time_zone } = this.line.item;
    if (before && this.deadline === localInput(before, time_zone)) return before;
    const [date = '', wall = ''] = this.deadline.split('T');
    return isDate(date) ? new Date(instantOf({ date, wall: wall.slice(0, 5), zone: time_zone })).toISOString() : null;
  }

  #cancel = async (): Promise<void> => {
    const { item } = this.line;
    const cancelled_at = item.cancelled_at ? null : new Date().toISOString();
    await this.session.change([{ item, patch: { cancelled_at } }]);
    this.#done();
  };

  #remove = async (): Promise<void> => {
    await this.session.remove([this.line]);
    this.#done();
  };

  #done = (): void => {
    this.dispatchEvent(new CustomEvent('dialog-done'));
  };

  static override styles = [
    base,
    controls,
    css`
      form {
        display: flex;
        flex-direction: column;
        gap: var(--space-4);
      }
      .pair {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--space-3);
      }
      .pair > :nth-child(3) {
        grid-column: 1 / -1;
      }
      .people {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
      }
      .answer {
        min-height: 36px;
      }
      .deadline {
        max-width: 260px;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
      }
      @media (min-width: 768px) {
        .pair {
          grid-template-columns: repeat(3, 1fr);
        }
        .pair.two {
          grid-template-columns: 1fr 1fr;
        }
        .pair > :nth-child(3) {
          grid-column: auto;
        }
      }
    `,
  ];
}

const tones = {
  confirmed: 'good',
  tentative: 'warn',
  declined: 'bad',
  invited: 'waiting',
  no_response: 'waiting',
} as const;

/** An instant as `<input type="datetime-local">` wants it, in a zone. */
function localInput(instant: string, zone: string): string {
  const { date, wall } = localAt(zone, Date.parse(instant));
  return `${date}T${wall}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'line-dialog': LineDialog;
  }
}
