import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { rows } from '../../data/db.ts';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController, who } from '../../data/who.ts';
import { dateIn, deviceZone, formatDate } from '../../kernel/day.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-empty.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-segmented.ts';
import '../../ui/ui-skeleton.ts';
import { keepPlaces } from '../places/index.ts';
import { showsAt, type ShowWithPlace } from './queries.ts';
import { showBadge } from './show-badge.ts';
import { words } from './words.ts';

type Side = 'coming' | 'past';

/** The shows of a person's tours, by tour and date. */
@customElement('shows-page')
export class ShowsPage extends LitElement {
  @property({ attribute: false }) route!: RouteMatch;
  @state() private side: Side = 'coming';
  readonly #who = new WhoController(this);
  readonly #shows = new LiveQuery(
    this,
    () => showsAt(who().organization.id, dateIn(deviceZone()), this.side),
    () => [this.#who.value?.organization.id, this.side],
  );
  readonly #asked = new LiveQuery(
    this,
    () => this.#sideOf(this.route.query.get('show')),
    () => [this.route.query.get('show')],
  );
  #followed = '';

  override willUpdate(): void {
    const asked = this.route.query.get('show') ?? '';
    if (!asked || asked === this.#followed || !this.#asked.value) return;
    this.#followed = asked;
    this.side = this.#asked.value;
  }

  override firstUpdated(): void {
    if (this.#who.value?.can('schedule:write')) void keepPlaces();
  }

  override updated(): void {
    this.renderRoot.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'center' });
  }

  override render() {
    if (!this.#who.value) return nothing;
    return html`<ui-page heading=${words.shows}>
      <div slot="actions">
        ${this.#files()}
        <ui-segmented
          label=${words.which}
          .options=${[
            { value: 'coming', label: words.coming },
            { value: 'past', label: words.past },
          ]}
          .value=${this.side}
          @ui-change=${(event: CustomEvent<{ value: Side }>) => (this.side = event.detail.value)}
        ></ui-segmented>
      </div>
      ${this.#content()}
    </ui-page>`;
  }

  /** Files go in and out here; whoever may import gets the table of cities while there is signal. */
  #files() {
    const isPlanner = this.#who.value?.can('schedule:write') === true;
    return html`${
        isPlanner
          ? html`<a class="button" href="/shows/import" aria-label=${words.importShows}>
              <ui-icon name="upload"></ui-icon><span class="wide-only">${words.import}</span>
            </a>`
          : nothing
      }
      <a class="button" href="/shows/export" aria-label=${words.exportShows}>
        <ui-icon name="download"></ui-icon><span class="wide-only">${words.export}</span>
      </a>`;
  }

  #content() {
    const all = this.#shows.value;
    if (!all) return html`<ui-skeleton lines="8" row-height="64"></ui-skeleton>`;
    if (all.length === 0)
      return html`<ui-empty icon="calendar" heading=${this.side === 'coming' ? words.noneComing : words.nonePast}>
        ${words.noneText}
      </ui-empty>`;
    return html`${byTour(all).map(([tour, shows]) => this.#tour(tour, shows))}
      <p class="end tiny quiet">${words.endOfList}</p>`;
  }

  #tour(name: string, shows: readonly ShowWithPlace[]) {
    return html`<section>
      <header>
        <h2>${name || words.oneOffs}</h2>
        <span class="small quiet">${words.showCount(shows.length)}</span>
      </header>
      <ul class="list">
        ${shows.map((one) => this.#show(one))}
      </ul>
    </section>`;
  }

  #show({ show, venue }: ShowWithPlace) {
    const today = show.show_date === dateIn(deviceZone());
    const asked = show.id === this.route.query.get('show');
    return html`<li class=${asked ? 'asked' : ''} aria-current=${asked ? 'true' : 'false'}>
      <a class="list-row" href="/shows/${show.id}">
        <time class="date number small" datetime=${show.show_date}>
          ${today ? html`<b>${words.today}</b>` : formatDate(show.show_date)}
        </time>
        <div class="grow">
          <p class="ellipsis"><b>${venue?.city ?? show.title}</b></p>
          <p class="small quiet ellipsis">${venue?.name ?? show.title}</p>
        </div>
        ${showBadge(show.status)}
      </a>
    </li>`;
  }

  async #sideOf(id: string | null): Promise<Side | undefined> {
    const show = id ? await rows('shows').get(id) : undefined;
    return show && (show.show_date < dateIn(deviceZone()) ? 'past' : 'coming');
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      section {
        margin-bottom: var(--space-5);
        content-visibility: auto;
        contain-intrinsic-size: auto 600px;
      }
      header {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--space-3);
        margin-bottom: var(--space-2);
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      @media (max-width: 767px) {
        .wide-only {
          display: none;
        }
      }
      .date {
        flex: none;
        min-width: 92px;
        white-space: nowrap;
      }
      .asked {
        background: var(--accent-soft);
      }
      b {
        font-weight: 600;
      }
      .end {
        padding: var(--space-3);
        text-align: center;
      }
    `,
  ];
}

/** Shows in date order as tours in the order of their first show. */
function byTour(all: readonly ShowWithPlace[]): [name: string, shows: ShowWithPlace[]][] {
  const tours = new Map<string, ShowWithPlace[]>();
  for (const one of all) {
    const key = one.tour?.name ?? '';
    const shows = tours.get(key);
    if (shows) shows.push(one);
    else tours.set(key, [one]);
  }
  return [...tours];
}

declare global {
  interface HTMLElementTagNameMap {
    'shows-page': ShowsPage;
  }
}
