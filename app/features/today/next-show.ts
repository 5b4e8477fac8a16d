import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController, who } from '../../data/who.ts';
import { addDays, dateIn, deviceZone, formatDate } from '../../kernel/day.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-skeleton.ts';
import { nextShow, showBadge, type ShowWithPlace } from '../tours/index.ts';
import { words } from './words.ts';

const MINUTE = 60_000;

/** The show that comes next for this person, with the clock there when it differs from the one here. */
@customElement('next-show')
export class NextShow extends LitElement {
  @state() private now = new Date();
  readonly #who = new WhoController(this);
  readonly #show = new LiveQuery(
    this,
    () => nextShow(who(), dateIn(deviceZone(), this.now)),
    () => [this.#who.value, dateIn(deviceZone(), this.now)],
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
    if (!this.#show.ready) return html`<section class="card"><ui-skeleton lines="2"></ui-skeleton></section>`;
    const next = this.#show.value;
    return next ? this.#card(next) : this.#none();
  }

  #none() {
    return html`<section class="card stack tight">
      <h2>${words.noShow}</h2>
      <p class="quiet">${words.noShowText}</p>
    </section>`;
  }

  #card({ show, venue, tour }: ShowWithPlace) {
    const place = [venue?.name, venue?.city].filter(Boolean).join(', ');
    return html`<a class="card" href="/shows/${show.id}">
      <div class="top">
        <h2 class="quiet">${words.nextShow} · ${this.#when(show.show_date)}</h2>
        ${showBadge(show.status)}
      </div>
      <p class="city">${venue?.city ?? show.title}</p>
      <p>${formatDate(show.show_date)}${place ? ` · ${place}` : ''}</p>
      ${tour ? html`<p class="quiet small">${tour.name}</p>` : nothing} ${this.#clocks(show.time_zone, venue?.city)}
    </a>`;
  }

  #when(date: string): string {
    const today = dateIn(deviceZone(), this.now);
    if (date === today) return words.tonight;
    if (date === addDays(today, 1)) return words.tomorrow;
    return words.inDays(Math.round((Date.parse(date) - Date.parse(today)) / 86_400_000));
  }

  /** Both clocks, only when they show different times. */
  #clocks(zone: string, city: string | undefined) {
    const [there, here] = [clockIn(zone, this.now), clockIn(deviceZone(), this.now)];
    if (there === here) return nothing;
    return html`<p class="clocks small number">
      <ui-icon name="clock"></ui-icon>${there} <span class="quiet">${city ?? zone}</span> · ${here}
      <span class="quiet">${words.here}</span>
    </p>`;
  }

  #tick = (): void => {
    this.now = new Date();
    this.#clock = setTimeout(this.#tick, MINUTE - (this.now.getTime() % MINUTE));
  };

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      .card {
        display: block;
        color: var(--text);
      }
      a.card:hover {
        border-color: var(--line-strong);
        text-decoration: none;
      }
      .top {
        display: flex;
        justify-content: space-between;
        gap: var(--space-3);
      }
      .top h2 {
        font-size: var(--text-14);
        font-weight: 550;
      }
      .city {
        font-size: var(--text-24);
        font-weight: 650;
        letter-spacing: -0.018em;
      }
      .clocks {
        display: flex;
        align-items: center;
        gap: 6px;
        margin-top: var(--space-2);
        --icon-size: 16px;
      }
      .clocks ui-icon {
        color: var(--text-quiet);
      }
    `,
  ];
}

const clockIn = (zone: string, at: Date): string =>
  new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at);

declare global {
  interface HTMLElementTagNameMap {
    'next-show': NextShow;
  }
}
