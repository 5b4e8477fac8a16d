import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { getLocal, setLocal } from '../../data/db.ts';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController, who } from '../../data/who.ts';
import { deviceZone, formatDate } from '../../kernel/day.ts';
import { asFailure, type Failure } from '../../kernel/failure.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-empty.ts';
import '../../ui/ui-failure.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-menu.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-skeleton.ts';
import { showBadge } from '../tours/index.ts';
import './call-sheet.ts';
import './conflict-list.ts';
import './day-grid.ts';
import type { BadEntry } from './day-grid.ts';
import './fill-dialog.ts';
import type { FillFrom } from './fill-dialog.ts';
import { kindIcon } from './kinds.ts';
import './line-dialog.ts';
import { showDayOf, type DayLine, type ShowDay } from './queries.ts';
import { shifted, waitsForAnswer } from './rules.ts';
import { SheetSession } from './sheet-session.ts';
import { showPageStyles } from './show-page.styles.ts';
import { clockNotes, clockText, endText, mapAddress, startText } from './when.ts';
import { certaintyWords, modeWords, words } from './words.ts';

/** The furthest that times are shifted at once, in minutes. */
const FURTHEST_SHIFT = 1440;

/** A show: where it is, its day sheet (a grid for a planner at a desk, a list for everybody else), people, travel, contacts. */
@customElement('show-page')
export class ShowPage extends LitElement {
  @property({ attribute: false }) route!: RouteMatch;
  @state() private selected: ReadonlySet<string> = new Set();
  @state() private troubled: ReadonlySet<string> = new Set();
  @state() private bad: readonly BadEntry[] = [];
  @state() private fill: { from: FillFrom; text: string } | undefined;
  @state() private opened = '';
  /** Whether the opened line is shown to answer one's own call, and not to be edited. */
  @state() private answering = false;
  @state() private shiftBy = '15';
  @state() private shiftProblem = '';
  @state() private failure: Failure | undefined;
  @state() private atDesk = matchMedia(DESK).matches;
  readonly #who = new WhoController(this);
  readonly #day = new LiveQuery(
    this,
    () => showDayOf(this.route.params['id']!, who().person.id),
    () => [this.route.params['id'], this.#who.value],
  );
  readonly #session = new SheetSession(
    () => this.#sheet,
    () => this.requestUpdate(),
  );
  #draftsOf = '';

  override connectedCallback(): void {
    super.connectedCallback();
    matchMedia(DESK).addEventListener('change', this.#onPosture);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    matchMedia(DESK).removeEventListener('change', this.#onPosture);
  }

  override willUpdate(): void {
    const id = this.route.params['id']!;
    if (id === this.#draftsOf) return;
    this.#draftsOf = id;
    this.bad = [];
    this.selected = new Set();
    void getLocal<BadEntry[]>(draftKey(id)).then((kept) => (this.bad = kept ?? []));
  }

  override render() {
    if (!this.#day.ready)
      return html`<ui-page heading=" " back="/shows"><ui-skeleton lines="8"></ui-skeleton></ui-page>`;
    const day = this.#day.value;
    if (!day) return this.#gone();
    const { show, venue, tour } = day;
    return html`<ui-page
      heading=${venue?.city ?? show.title}
      back="/shows"
      back-label=${words.back}
      width=${this.#edits ? 'wide' : 'normal'}
    >
      <p slot="lead">
        ${formatDate(show.show_date)} · ${[venue?.name, tour?.name].filter(Boolean).join(' · ')}
        ${showBadge(show.status)}
      </p>
      <div slot="actions">
        <a class="button" href="/shows/${show.id}/print"><ui-icon name="printer"></ui-icon>${words.print}</a>
      </div>
      ${this.#clocks(day)}
      <div class="columns ${this.#edits ? 'sheet' : ''}">
        <div class="stack">
          ${this.#schedule(day)}
          ${
            this.#plans && day.lines.length > 0
              ? html`<conflict-list
                  .day=${day}
                  .session=${this.#session}
                  ?editable=${this.#plans}
                  @conflict-lines=${(event: CustomEvent<ReadonlySet<string>>) => (this.troubled = event.detail)}
                ></conflict-list>`
              : nothing
          }
        </div>
        <aside class="stack">
          ${this.#house(day)} ${this.#travel(day)} ${this.#contacts(day)} ${this.#members(day)}
        </aside>
      </div>
      ${this.#dialogs(day)}
    </ui-page>`;
  }

  #gone() {
    return html`<ui-page heading=${words.gone} back="/shows" back-label=${words.back}>
      <ui-empty icon="calendar">
        ${words.goneText}
        <a slot="action" class="button primary" href="/shows">${words.toShows}</a>
      </ui-empty>
    </ui-page>`;
  }

  get #plans(): boolean {
    return this.#who.value?.can('schedule:write') ?? false;
  }

  /** Who sees only their own seat must not be told that one person travels. */
  get #reads(): boolean {
    return this.#who.value?.can('schedule:read') ?? false;
  }

  get #answers(): boolean {
    return !this.#plans || this.answering;
  }

  /** A planner who is called answers first. */
  #open({ item, call }: DayLine): void {
    this.answering = waitsForAnswer(item, call);
    this.opened = item.id;
  }

  #onGridOpen = (event: CustomEvent<DayLine>): void => {
    this.answering = false;
    this.opened = event.detail.item.id;
  };

  get #edits(): boolean {
    return this.#plans && this.atDesk;
  }

  get #sheet() {
    const { show } = this.#day.value!;
    const { organization_id, id, tour_id } = show;
    return { organization_id, show_id: id, tour_day_id: null, tour_id };
  }

  #clocks({ show, venue }: ShowDay) {
    const notes = clockNotes(venue?.city ?? show.time_zone, show.time_zone, deviceZone(), show.show_date, Date.now());
    return notes.length === 0 ? nothing : html`<p class="clocks" role="note">${notes.join('. ')}.</p>`;
  }

  #schedule(day: ShowDay) {
    return html`<section class="stack tight" aria-label=${words.schedule}>
      ${this.#plans ? this.#tools() : html`<h2>${words.schedule}</h2>`}
      ${this.failure ? html`<ui-failure no-retry .failure=${this.failure}></ui-failure>` : nothing}
      ${day.lines.length === 0 ? this.#empty() : nothing}
      ${
        this.#edits
          ? html`<day-grid
              .lines=${day.lines}
              .rooms=${day.rooms}
              .session=${this.#session}
              .where=${{ date: day.show.show_date, zone: day.show.time_zone, venue_id: day.show.venue_id }}
              .selected=${this.selected}
              .troubled=${this.troubled}
              .bad=${this.bad}
              @grid-open=${this.#onGridOpen}
              @grid-select=${(event: CustomEvent<ReadonlySet<string>>) => (this.selected = event.detail)}
              @grid-paste=${(event: CustomEvent<string>) => (this.fill = { from: 'paste', text: event.detail })}
              @grid-bad=${(event: CustomEvent<readonly BadEntry[]>) => this.#keepBad(event.detail)}
              @grid-undo=${this.#undo}
              @grid-failed=${(event: CustomEvent<unknown>) => (this.failure = asFailure(event.detail))}
            ></day-grid>`
          : this.#list(day.lines)
      }
    </section>`;
  }

  #empty() {
    return this.#plans
      ? html`<p class="quiet">${words.emptySheetText}</p>`
      : html`<ui-empty icon="calendar" heading=${words.emptySheet}>${words.emptyForReader}</ui-empty>`;
  }

  #tools() {
    const count = this.selected.size;
    return html`<div class="tools">
      <h2 class="grow">${count > 0 ? words.selected(count) : words.schedule}</h2>
      <form class="shift" novalidate @submit=${this.#onShift}>
        <label for="shift">${words.shift}</label>
        <input
          id="shift"
          class="input amount"
          inputmode="numeric"
          autocomplete="off"
          .value=${this.shiftBy}
          aria-invalid=${this.shiftProblem !== ''}
          aria-describedby="shift-note"
          @input=${(event: Event) => (this.shiftBy = (event.target as HTMLInputElement).value)}
        />
        <span class="small quiet">min</span>
        <button class="button">${words.shiftNow}</button>
      </form>
      <button class="button" ?disabled=${!this.#session.canUndo} @click=${this.#undo}>
        <ui-icon name="undo-2"></ui-icon>${words.undo}
      </button>
      <ui-menu label=${words.fill}>
        <span slot="trigger" class="row"><ui-icon name="plus"></ui-icon>${words.fill}</span>
        ${fills.map(
          ([from, label]) => html`<button @click=${() => (this.fill = { from, text: '' })}>${label}</button>`,
        )}
      </ui-menu>
      <p id="shift-note" class="error" role="alert">${this.shiftProblem}</p>
    </div>`;
  }

  #list(lines: readonly DayLine[]) {
    if (lines.length === 0) return nothing;
    return html`<ul class="list">
      ${lines.map((line) => this.#row(line))}
    </ul>`;
  }

  #row(line: DayLine) {
    const { item, call } = line;
    const end = endText(item);
    const place = [line.room?.name, item.place].filter(Boolean).join(', ');
    return html`<li>
      <button class="line ${item.cancelled_at ? 'off' : ''}" @click=${() => this.#open(line)}>
        <span class="time number">${startText(item)}${end ? html`<small>– ${end}</small>` : nothing}</span>
        <span class="grow">
          <b>${item.title}</b>${place ? html`<br /><span class="small quiet">${place}</span>` : nothing}
        </span>
        ${
          waitsForAnswer(item, call)
            ? html`<ui-badge tone="accent" icon="bell">${words.needsAnswer}</ui-badge>`
            : item.certainty === 'approx' || item.certainty === 'hidden'
              ? html`<ui-badge tone="warn" icon="clock">${certaintyWords[item.certainty]}</ui-badge>`
              : html`<ui-icon name=${kindIcon(item.kind)}></ui-icon>`
        }
      </button>
    </li>`;
  }

  #house({ venue }: ShowDay) {
    if (!venue) return nothing;
    const facts = Object.entries(venue.tech_pack as Record<string, string>);
    const address = venue.address ?? `${venue.name}, ${venue.city}`;
    return html`<section class="card stack tight">
      <h2>${venue.name}</h2>
      <p class="row">
        <span class="grow quiet">${address}</span>
        <a class="button" href=${mapAddress(address, venue)} aria-label=${words.openMap(address)}>
          <ui-icon name="map-pin"></ui-icon>${words.map}
        </a>
      </p>
      ${venue.capacity ? html`<p class="small">${words.capacity(venue.capacity.toLocaleString())}</p>` : nothing}
      <dl class="small">
        ${facts.map(
          ([name, text]) =>
            html`<dt>${name}</dt>
              <dd>${text}</dd>`,
        )}
      </dl>
    </section>`;
  }

  #travel({ legs, hotels, members }: ShowDay) {
    if (legs.length + hotels.length === 0) return nothing;
    const name = (id: string) => members.find(({ person }) => person.id === id)?.person.display_name ?? '';
    return html`<section class="card stack tight">
      <h2>${words.travel}</h2>
      ${legs.map(({ leg, seats }) => {
        const times = [leg.from_wall, leg.to_wall].map((wall) => (wall ? clockText(wall) : certaintyWords.tbd));
        return html`<p>
          <b>${leg.from_place} – ${leg.to_place}</b><br />
          <span class="small quiet number"
            >${formatDate(leg.from_date)} ${times.join(' – ')} ·
            ${[modeWords[leg.mode], leg.number].filter(Boolean).join(' ')}${this.#reads ? ` · ${words.peopleCount(seats.length)}` : ''}</span
          >
          ${seats.filter(({ drives }) => drives).map((seat) => html`<br /><span class="small quiet">${name(seat.person_id)} · ${modeWords.drive}</span>`)}
        </p>`;
      })}
      ${hotels.map(
        (hotel) =>
          html`<p>
            <b>${hotel.name}</b><br /><span class="small quiet"
              >${formatDate(hotel.check_in)} –
              ${formatDate(hotel.check_out)}${hotel.address ? ` · ${hotel.address}` : ''}</span
            >
          </p>`,
      )}
    </section>`;
  }

  #contacts({ contacts }: ShowDay) {
    if (contacts.length === 0) return nothing;
    return html`<section class="card stack tight">
      <h2>${words.contacts}</h2>
      <ul>
        ${contacts.map(
          ({ name, role, phone }) =>
            html`<li class="row contact">
              <span class="grow">${name}${role ? html`<br /><span class="small quiet">${role}</span>` : nothing}</span>
              ${
                phone
                  ? html`<a
                      class="button icon-only"
                      href="tel:${phone.replaceAll(/[^+\d]/g, '')}"
                      aria-label=${words.call(name)}
                      ><ui-icon name="phone"></ui-icon
                    ></a>`
                  : nothing
              }
            </li>`,
        )}
      </ul>
    </section>`;
  }

  #members({ members, tour }: ShowDay) {
    if (!tour || members.length === 0) return nothing;
    return html`<section class="card stack tight">
      <h2>${words.tourPeople}</h2>
      <ul class="small">
        ${members.map(({ person, part }) => html`<li>${person.display_name} <span class="quiet">${part?.part}</span></li>`)}
      </ul>
    </section>`;
  }

  #dialogs(day: ShowDay) {
    const line = day.lines.find(({ item }) => item.id === this.opened);
    const close = () => (this.opened = '');
    return html`
      ${
        this.fill
          ? html`<fill-dialog
              from=${this.fill.from}
              .text=${this.fill.text}
              .day=${day}
              .session=${this.#session}
              @dialog-done=${() => (this.fill = undefined)}
            ></fill-dialog>`
          : nothing
      }
      ${
        line && !this.#answers
          ? html`<line-dialog
              .line=${line}
              .rooms=${day.rooms}
              .members=${day.members}
              .session=${this.#session}
              @dialog-done=${close}
            ></line-dialog>`
          : nothing
      }
      ${this.#answers ? html`<call-sheet .line=${line} @ui-close=${close}></call-sheet>` : nothing}
    `;
  }

  /** What could not be read stays here through a reload, too. */
  #keepBad(entries: readonly BadEntry[]): void {
    this.bad = entries;
    void setLocal(draftKey(this.route.params['id']!), entries);
  }

  #onShift = async (event: Event): Promise<void> => {
    event.preventDefault();
    const by = Number(this.shiftBy.replace('−', '-'));
    const usable = Number.isInteger(by) && by !== 0 && Math.abs(by) <= FURTHEST_SHIFT;
    this.shiftProblem = usable ? '' : words.notMinutes;
    if (usable) await this.#shift(by);
  };

  async #shift(by: number): Promise<void> {
    const { lines } = this.#day.value!;
    const chosen = lines.filter(
      ({ item }) => item.wall_start && (this.selected.size === 0 || this.selected.has(item.id)),
    );
    const moved = chosen.flatMap(({ item }) => {
      const patch = shifted(item, by);
      return patch ? [{ item, patch }] : [];
    });
    if (moved.length !== chosen.length) {
      this.shiftProblem = words.notShifted;
      return;
    }
    try {
      await this.#session.change(moved);
    } catch (thrown) {
      this.failure = asFailure(thrown);
      return;
    }
    const text = words.shifted(moved.length, by > 0 ? words.laterBy(by) : words.earlier(-by));
    toast(text, { key: 'sheet', action: { label: words.undo, run: () => void this.#undo() } });
  }

  #undo = async (): Promise<void> => {
    toast((await this.#session.undo()) ? words.undone : words.nothingToUndo, { key: 'sheet' });
  };

  #onPosture = (event: MediaQueryListEvent): void => {
    this.atDesk = event.matches;
  };

  static override styles = [base, controls, showPageStyles];
}

const DESK = '(min-width: 1024px)';
const draftKey = (id: string): string => `draft:sheet:${id}`;
const fills: readonly (readonly [FillFrom, string])[] = [
  ['paste', words.pasteRows],
  ['copy', words.copyDay],
  ['template', words.template],
];

declare global {
  interface HTMLElementTagNameMap {
    'show-page': ShowPage;
  }
}
