import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { getLocal, setLocal } from '../../data/db.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-dialog.ts';
import '../../ui/ui-icon.ts';
import { conflictsOf, usualPace, type Conflict, type Pace, type PlannedDrive, type PlannedLine } from './conflicts.ts';
import type { DayLine, ShowDay } from './queries.ts';
import { legInstants, pointOf } from './rules.ts';
import type { SheetSession } from './sheet-session.ts';
import { conflictSentence, words } from './words.ts';

const PACE = 'schedule:pace';
const limits = [
  ['km_per_hour', words.speed],
  ['rest_hours', words.restHours],
  ['driving_hours', words.drivingHours],
] as const;

/** What does not fit on a day, why, and what somebody has said about it. Sends `conflict-lines` (detail: ids) when that changes. */
@customElement('conflict-list')
export class ConflictList extends LitElement {
  @property({ attribute: false }) day!: ShowDay;
  @property({ attribute: false }) session!: SheetSession;
  @property({ type: Boolean }) editable = false;
  @state() private pace: Pace = usualPace;
  @state() private asked: Conflict | undefined;
  @state() private reason = '';
  @state() private reasonMissing = false;
  #found: readonly Conflict[] = [];
  #told = '';

  override connectedCallback(): void {
    super.connectedCallback();
    void getLocal<Pace>(PACE).then((pace) => (this.pace = pace ?? usualPace));
  }

  override willUpdate(): void {
    this.#found = conflictsOf(this.#all.map(planned), drivesOf(this.day), this.pace).filter(({ lines }) =>
      lines.some((id) => this.#own(id) || this.day.legs.some(({ leg }) => leg.id === id)),
    );
  }

  override updated(): void {
    const ids = this.#open.flatMap(({ lines }) => lines);
    if (ids.join() === this.#told) return;
    this.#told = ids.join();
    this.dispatchEvent(new CustomEvent('conflict-lines', { detail: new Set(ids) }));
  }

  override render() {
    const open = this.#open;
    const accepted = this.#found.filter((conflict) => this.#reasonOf(conflict) !== undefined);
    return html`<section class=${open.length > 0 ? 'open' : ''} aria-live="polite">
        <h2>
          <ui-icon name=${open.length > 0 ? 'triangle-alert' : 'circle-check'}></ui-icon>
          ${open.length > 0 ? words.conflicts(open.length) : words.noConflicts}
        </h2>
        <ul>
          ${open.map((conflict) => this.#item(conflict))} ${accepted.map((conflict) => this.#item(conflict))}
        </ul>
        ${this.editable ? this.#settings() : nothing}
      </section>
      ${this.#question()}`;
  }

  #item(conflict: Conflict) {
    const reason = this.#reasonOf(conflict);
    return html`<li class=${reason === undefined ? '' : 'accepted'}>
      <span class="grow">
        ${this.#sentence(conflict)}
        ${reason === undefined ? nothing : html`<br /><span class="small quiet">${words.accepted}: “${reason}”</span>`}
      </span>
      ${
        this.editable && this.#line(conflict)
          ? reason === undefined
            ? html`<button class="button" @click=${() => this.#ask(conflict)}>${words.accept}</button>`
            : html`<button class="button quiet" @click=${() => void this.#write(conflict, undefined)}>
                ${words.takeBack}
              </button>`
          : nothing
      }
    </li>`;
  }

  #settings() {
    return html`<details>
      <summary>${words.pace}</summary>
      <div class="row wrap">
        ${limits.map(
          ([name, label]) =>
            html`<div class="field">
              <label for=${name}>${label}</label>
              <input
                id=${name}
                class="input amount"
                inputmode="decimal"
                .value=${String(this.pace[name])}
                @change=${(event: Event) => this.#setPace(name, event)}
              />
            </div>`,
        )}
      </div>
    </details>`;
  }

  #question() {
    if (!this.asked) return nothing;
    return html`<ui-dialog heading=${words.acceptHeading} open @ui-close=${() => (this.asked = undefined)}>
      <form class="stack" novalidate @submit=${this.#onAccept}>
        <p>${this.#sentence(this.asked)}</p>
        <div class="field">
          <label for="reason">${words.acceptReason}</label>
          <input
            id="reason"
            class="input"
            maxlength="300"
            autocomplete="off"
            .value=${this.reason}
            aria-invalid=${this.reasonMissing}
            aria-describedby="reason-note"
            @input=${(event: Event) => (this.reason = (event.target as HTMLInputElement).value)}
          />
          <p id="reason-note" class=${this.reasonMissing ? 'error' : 'hint'}>
            ${this.reasonMissing ? words.reasonMissing : words.acceptHint}
          </p>
        </div>
        <div class="row end"><button class="button primary">${words.accept}</button></div>
      </form>
    </ui-dialog>`;
  }

  get #all(): readonly DayLine[] {
    return [...this.day.lines, ...this.day.neighbours];
  }

  get #open(): Conflict[] {
    return this.#found.filter((conflict) => this.#reasonOf(conflict) === undefined);
  }

  #own(id: string): boolean {
    return this.day.lines.some(({ item }) => item.id === id);
  }

  /** The line of this sheet that keeps what was said about it. */
  #line(conflict: Conflict): DayLine | undefined {
    return this.day.lines.find(({ item }) => conflict.lines.includes(item.id));
  }

  #reasonOf(conflict: Conflict): string | undefined {
    const kept = this.#all.filter(({ item }) => conflict.lines.includes(item.id)).map(({ item }) => reasonsOf(item));
    return kept.map((reasons) => reasons[conflict.key]).find((reason) => reason !== undefined);
  }

  #sentence(conflict: Conflict): string {
    const { day } = this;
    return conflictSentence(conflict, {
      line: (id) => this.#all.find(({ item }) => item.id === id)?.item.title ?? this.#leg(id),
      person: (id) => this.#person(id),
      room: (id) => day.rooms.find((room) => room.id === id)?.name ?? '',
    });
  }

  #leg(id: string): string {
    const leg = this.day.legs.find((each) => each.leg.id === id)?.leg;
    return leg ? `${leg.from_place} – ${leg.to_place}` : '';
  }

  #person(id: string): string {
    const called = this.#all.flatMap(({ people }) => people).find((person) => person.id === id);
    return called?.display_name ?? this.day.members.find(({ person }) => person.id === id)?.person.display_name ?? '';
  }

  #ask(conflict: Conflict): void {
    this.reason = '';
    this.reasonMissing = false;
    this.asked = conflict;
  }

  #onAccept = async (event: Event): Promise<void> => {
    event.preventDefault();
    this.reasonMissing = this.reason.trim() === '';
    if (this.reasonMissing || !this.asked) return;
    await this.#write(this.asked, this.reason.trim());
    this.asked = undefined;
  };

  async #write(conflict: Conflict, reason: string | undefined): Promise<void> {
    const lines = this.day.lines.filter(({ item }) => conflict.lines.includes(item.id));
    const holder = lines.find(({ item }) => conflict.key in reasonsOf(item)) ?? lines[0];
    if (!holder) return;
    const { [conflict.key]: _, ...others } = reasonsOf(holder.item);
    const accepted_conflicts = reason === undefined ? others : { ...others, [conflict.key]: reason };
    await this.session.change([{ item: holder.item, patch: { accepted_conflicts } }]);
  }

  #setPace(name: (typeof limits)[number][0], event: Event): void {
    const input = event.target as HTMLInputElement;
    const value = Number(input.value.replace(',', '.'));
    const bad = !Number.isFinite(value) || value <= 0;
    input.setCustomValidity(bad ? words.notPace : '');
    input.setAttribute('aria-invalid', String(bad));
    if (bad) return void input.reportValidity();
    this.pace = { ...this.pace, [name]: value };
    void setLocal(PACE, this.pace);
  }

  static override styles = [
    base,
    controls,
    css`
      section {
        padding: var(--space-3) var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        font-size: var(--text-14);
      }
      h2 {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        font-size: var(--text-14);
        --icon-size: 18px;
        color: var(--good);
      }
      .open {
        border-color: var(--warn);
        background: var(--warn-soft);
      }
      .open h2 {
        color: var(--warn);
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: 40px;
        padding: var(--space-1) 0;
      }
      .accepted {
        color: var(--text-quiet);
      }
      summary {
        display: inline-flex;
        align-items: center;
        min-height: var(--control);
        color: var(--text-quiet);
        cursor: pointer;
      }
      details .field {
        width: 180px;
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];
}

const reasonsOf = ({ accepted_conflicts }: DayLine['item']): Record<string, string> =>
  typeof accepted_conflicts === 'object' && accepted_conflicts !== null
    ? (accepted_conflicts as Record<string, string>)
    : {};

function planned({ item, calls, venue }: DayLine): PlannedLine {
  const point = item.place === null ? pointOf(venue) : undefined;
  return { ...item, people: calls.filter(({ status }) => status !== 'declined').map((call) => call.person_id), point };
}

const drivesOf = (day: ShowDay): PlannedDrive[] =>
  day.legs.flatMap(({ leg, seats }) => {
    const { departs, arrives } = legInstants(leg);
    if (leg.mode !== 'drive' || departs === undefined || arrives === undefined) return [];
    const drivers = seats.filter(({ drives }) => drives).map((seat) => seat.person_id);
    return [{ id: leg.id, title: `${leg.from_place} – ${leg.to_place}`, departs, arrives, drivers }];
  });

declare global {
  interface HTMLElementTagNameMap {
    'conflict-list': ConflictList;
  }
}
