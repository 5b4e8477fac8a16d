import { LitElement, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { RoadContactRow } from '../../data/schema.gen.ts';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController, who } from '../../data/who.ts';
import { deviceZone, formatDate } from '../../kernel/day.ts';
import { localAt } from '../../kernel/zone.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-skeleton.ts';
import './call-sheet.ts';
import { kindIcon } from './kinds.ts';
import { myDayStyles } from './my-day.styles.ts';
import { myDay, type DayLine, type MyDay, type MyLeg, type MyStay } from './queries.ts';
import { overAt, startOf, waitsForAnswer } from './rules.ts';
import { clockNotes, clockText, countdown, endText, mapAddress, mapOf, placeText, startText } from './when.ts';
import { certaintyWords, dayKindWords, modeWords, words } from './words.ts';

const MINUTE = 60_000;

/** My day on the road: what is next and in how long, then line by line, how I travel, where I sleep, whom I can call. */
@customElement('my-day')
export class MyDayElement extends LitElement {
  @state() private now = Date.now();
  @state() private shown = '';
  readonly #who = new WhoController(this);
  readonly #day = new LiveQuery(
    this,
    () => myDay(who(), this.now, deviceZone()),
    () => [this.#who.value, this.now],
  );
  #clock: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#tick();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#clock);
  }

  override render() {
    const day = this.#day.value;
    if (!day) return html`<section class="card"><ui-skeleton lines="5"></ui-skeleton></section>`;
    if (day.lines.length + day.waiting.length === 0 && !day.next) return nothing;
    return html`<div class="day">
        <div class="stack loose">${this.#next(day)} ${this.#clocks(day)} ${this.#lines(day)}</div>
        <div class="stack loose">${this.#waiting(day)} ${this.#travel(day)} ${this.#contacts(day.contacts)}</div>
      </div>
      <call-sheet .line=${this.#line} @ui-close=${() => (this.shown = '')}></call-sheet>`;
  }

  get #line(): DayLine | undefined {
    const day = this.#day.value;
    const all = day ? [...day.lines, ...day.waiting, ...(day.next ? [day.next] : [])] : [];
    return all.find(({ item }) => item.id === this.shown);
  }

  #next({ next, date }: MyDay) {
    const start = next && startOf(next.item);
    if (!next || !start) return nothing;
    const { item } = next;
    const map = mapOf(next);
    const place = placeText(next);
    return html`<section class="card next" aria-label=${words.nextCall}>
      <p class="label">
        <ui-icon name=${kindIcon(item.kind)}></ui-icon><span>${words.nextCall}</span>
        ${item.local_date === date ? nothing : html`<span>${formatDate(item.local_date)}</span>`}
      </p>
      <p class="clock number">
        <b>${startText(item)}</b>
        <span role="timer">${words.in(countdown(this.now, start.instant))}</span>
        ${item.certainty === 'exact' ? nothing : html`<ui-badge tone="warn" icon="clock">${certaintyWords[item.certainty]}</ui-badge>`}
      </p>
      <p class="what">${item.title}</p>
      ${place ? html`<p>${place}</p>` : nothing}
      ${map && map.address !== place ? html`<p class="quiet">${map.address}</p>` : nothing}
      <p class="acts">
        ${
          waitsForAnswer(item, next.call)
            ? html`<button class="button primary" @click=${() => this.#show(next)}>${words.needsAnswer}</button>`
            : nothing
        }
        <button class="button" @click=${() => this.#show(next)}>${words.details}</button>
        ${
          map
            ? html`<a class="button" href=${map.href} aria-label=${words.openMap(map.address)}>
                <ui-icon name="map-pin"></ui-icon>${words.map}
              </a>`
            : nothing
        }
      </p>
    </section>`;
  }

  #clocks({ lines, next, date }: MyDay) {
    const line = next ?? lines.at(-1);
    const zone = line?.item.time_zone;
    if (!zone) return nothing;
    const city = line.venue?.city ?? zone.split('/').at(-1)!.replaceAll('_', ' ');
    const notes = clockNotes(city, zone, deviceZone(), date, this.now);
    if (notes.length === 0) return nothing;
    return html`<p class="clocks number" role="note">
      <b>${clockText(localAt(zone, this.now).wall)}</b> ${city} ·
      <b>${clockText(localAt(deviceZone(), this.now).wall)}</b>
      ${words.here}. ${notes.join('. ')}.
    </p>`;
  }

  #waiting({ waiting, next }: MyDay) {
    const open = waiting.filter(({ item }) => item.id !== next?.item.id);
    if (open.length === 0) return nothing;
    return html`<section class="stack tight">
      <h2>${words.toAnswer(open.length)}</h2>
      <ul class="list">
        ${open.map((line) => this.#lineRow(line, formatDate(line.item.local_date)))}
      </ul>
    </section>`;
  }

  #lines({ lines, kind, show }: MyDay) {
    if (lines.length === 0) return nothing;
    return html`<section class="stack tight">
      <h2>
        <span>${words.today}${kind ? html` <span class="quiet">· ${dayKindWords[kind.kind]}</span>` : nothing}</span>
        ${show ? html`<a href="/shows/${show.id}">${words.wholeDay}</a>` : nothing}
      </h2>
      ${kind?.notes ? html`<p class="quiet">${kind.notes}</p>` : nothing}
      <ul class="list">
        ${lines.map((line) => this.#lineRow(line))}
      </ul>
    </section>`;
  }

  #lineRow(line: DayLine, when = '') {
    const { item } = line;
    const [start, over] = [startOf(item)?.instant, overAt(item)];
    const past = over !== undefined && over <= this.now && (start ?? 0) < this.now;
    const running = start !== undefined && start <= this.now && over !== undefined && over > this.now;
    const place = [when, placeText(line)].filter(Boolean).join(' · ');
    const end = endText(item);
    return html`<li>
      <button
        class="line ${past ? 'past' : ''} ${running ? 'running' : ''} ${item.cancelled_at ? 'off' : ''}"
        @click=${() => this.#show(line)}
      >
        <span class="time number">${startText(item)}${end ? html`<small>– ${end}</small>` : nothing}</span>
        <span>
          <span class="title">${item.title}</span>
          ${place ? html`<br /><span class="small quiet">${place}</span>` : nothing}
        </span>
        <span class="side">${this.#state(line, running)}</span>
      </button>
    </li>`;
  }

  #state(line: DayLine, running: boolean) {
    const { item, call } = line;
    if (item.cancelled_at) return html`<ui-badge tone="bad" icon="x">${words.cancelled}</ui-badge>`;
    if (waitsForAnswer(item, call)) return html`<ui-badge tone="accent" icon="bell">${words.needsAnswer}</ui-badge>`;
    if (running) return html`<ui-badge tone="accent" icon="clock">${words.now}</ui-badge>`;
    if (item.certainty === 'approx')
      return html`<ui-badge tone="warn" icon="clock">${certaintyWords.approx}</ui-badge>`;
    return html`<ui-icon name=${kindIcon(item.kind)}></ui-icon>`;
  }

  #travel({ legs, stays }: MyDay) {
    if (legs.length + stays.length === 0) return nothing;
    return html`<section class="stack tight">
      <h2>${words.travel}</h2>
      <ul class="list">
        ${legs.map((one) => this.#leg(one))} ${stays.map((one) => this.#stay(one))}
      </ul>
    </section>`;
  }

  #leg({ leg, seat }: MyLeg) {
    const facts = [
      [modeWords[leg.mode], leg.number].filter(Boolean).join(' '),
      seat.drives ? words.drives : seat.seat && words.seat(seat.seat),
      (seat.confirmation ?? leg.confirmation) && words.confirmation((seat.confirmation ?? leg.confirmation)!),
    ].filter(Boolean);
    const arrives = leg.to_wall ? clockText(leg.to_wall) : '';
    return html`<li class="contact">
      <span class="time number">
        ${leg.from_wall ? clockText(leg.from_wall) : certaintyWords.tbd}${arrives ? html`<small>– ${arrives}</small>` : nothing}
      </span>
      <span class="grow">
        <span class="title">${leg.from_place} – ${leg.to_place}</span><br />
        <span class="small quiet">${facts.join(' · ')}</span>
      </span>
      <ui-icon name=${modeIcons[leg.mode]}></ui-icon>
    </li>`;
  }

  #stay({ hotel, bed }: MyStay) {
    const facts = [bed.room && words.room(bed.room), words.checkOutBy(formatDate(hotel.check_out))].filter(Boolean);
    return html`<li class="contact">
      <span class="grow">
        <span class="title">${hotel.name}</span><br />
        <span class="small quiet">${[...facts, hotel.address].filter(Boolean).join(' · ')}</span>
      </span>
      ${
        hotel.address
          ? html`<a
              class="button icon-only"
              href=${mapAddress(`${hotel.name}, ${hotel.address}`)}
              aria-label=${words.openMap(hotel.name)}
              ><ui-icon name="map-pin"></ui-icon
            ></a>`
          : nothing
      }
      ${hotel.phone ? this.#phone(hotel.name, hotel.phone) : nothing}
    </li>`;
  }

  #contacts(contacts: readonly RoadContactRow[]) {
    if (contacts.length === 0) return nothing;
    return html`<section class="stack tight">
      <h2>${words.contacts}</h2>
      <ul class="list">
        ${contacts.map(
          ({ name, role, phone }) =>
            html`<li class="contact">
              <span class="grow"
                ><b>${name}</b>${role ? html`<br /><span class="small quiet">${role}</span>` : nothing}</span
              >
              ${phone ? this.#phone(name, phone) : nothing}
            </li>`,
        )}
      </ul>
    </section>`;
  }

  #phone(name: string, phone: string) {
    return html`<a
      class="button icon-only"
      href="tel:${phone.replaceAll(/[^+\d]/g, '')}"
      aria-label=${words.call(name)}
    >
      <ui-icon name="phone"></ui-icon>
    </a>`;
  }

  #show({ item }: DayLine): void {
    this.shown = item.id;
  }

  #tick = (): void => {
    this.now = Date.now();
    this.#clock = setTimeout(this.#tick, MINUTE - (this.now % MINUTE));
  };

  static override styles = [base, controls, myDayStyles];
}

const modeIcons = { flight: 'plane', train: 'route', bus: 'bus', drive: 'car', ferry: 'route' } as const;

declare global {
  interface HTMLElementTagNameMap {
    'my-day': MyDayElement;
  }
}
