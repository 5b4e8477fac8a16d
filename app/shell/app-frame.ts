import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { WhoController } from '../data/who.ts';
import type { Feature, NavEntry, Viewer } from '../kernel/feature.ts';
import { base } from '../ui/base.styles.ts';
import { navigate } from '../ui/navigate.ts';
import { frameStyles } from './app-frame.styles.ts';
import './bottom-bar.ts';
import { ShowEvent, type Overlay } from './commands.ts';
import './install-banner.ts';
import { Chord, isTaken, placeKeys } from './keys.ts';
import { entriesOf, pocketEntries } from './navigation.ts';
import './organization-switcher.ts';
import './page-outlet.ts';
import { Router } from './router.ts';
import { find, isAllowed, routesOf } from './routes.ts';
import './side-rail.ts';
import './sync-badge.ts';
import { words } from './words.ts';

const overlays: Readonly<Record<Overlay, () => Promise<unknown>>> = {
  create: () => import('./create-sheet.ts'),
  palette: () => import('./command-palette.ts'),
  shortcuts: () => import('./shortcut-sheet.ts'),
};

/** The frame around every page: a bottom bar and a round button for a thumb, a rail for a desk. */
@customElement('app-frame')
export class AppFrame extends LitElement {
  @property({ attribute: false }) features: readonly Feature[] = [];
  @state() private shown: Overlay | undefined;
  readonly #who = new WhoController(this);
  readonly #router = new Router(this);
  readonly #chord = new Chord();

  override connectedCallback(): void {
    super.connectedCallback();
    // Before the page's own keys, so that "G A" goes to the approvals and approves nothing.
    addEventListener('keydown', this.#onKey, { capture: true });
    addEventListener(ShowEvent.type, this.#onShow);
    for (const { begin } of this.features) begin?.();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#onKey, { capture: true });
    removeEventListener(ShowEvent.type, this.#onShow);
  }

  override render() {
    const viewer = this.#viewer;
    const entries = this.#entries;
    const { pathname } = this.#router.url;
    return html`
      <header>
        <button class="skip" @click=${this.#skip}>${words.skip}</button>
        <div class="top"><organization-switcher></organization-switcher><sync-badge></sync-badge></div>
      </header>
      <side-rail .entries=${entries} path=${pathname} @create=${this.#onCreate}></side-rail>
      <main id="content" tabindex="-1">
        ${pathname === '/' || pathname === '/more' ? html`<install-banner></install-banner>` : nothing}
        <page-outlet .found=${this.#found} .viewer=${viewer} .restoreTo=${this.#router.rememberedScroll}></page-outlet>
      </main>
      <bottom-bar .entries=${pocketEntries(entries)} path=${pathname} @create=${this.#onCreate}></bottom-bar>
      ${this.#overlay(entries, viewer)}
    `;
  }

  #overlay(entries: readonly NavEntry[], viewer: Viewer | undefined) {
    if (this.shown === 'palette') {
      return html`<command-palette
        .entries=${entries}
        .features=${this.features}
        .viewer=${viewer}
        @ui-close=${this.#onOverlayClosed}
      ></command-palette>`;
    }
    if (this.shown === 'create') {
      return html`<create-sheet
        .features=${this.features}
        .viewer=${viewer}
        @ui-close=${this.#onOverlayClosed}
      ></create-sheet>`;
    }
    if (this.shown === 'shortcuts')
      return html`<shortcut-sheet .places=${entries} @ui-close=${this.#onOverlayClosed}></shortcut-sheet>`;
    return nothing;
  }

  get #viewer(): Viewer | undefined {
    const who = this.#who.value;
    return who && { user_id: who.user_id, can: (permission) => who.can(permission as Parameters<typeof who.can>[0]) };
  }

  get #entries(): NavEntry[] {
    const viewer = this.#viewer;
    return entriesOf(this.features).filter((entry) => isAllowed(entry, viewer));
  }

  /** The same address gives the same object, so that a redraw of the frame does not load its page again. */
  get #found(): ReturnType<typeof find> {
    const key = `${this.#router.url.href}|${this.#who.value?.organization.id ?? ''}`;
    if (key !== this.#asked) {
      this.#asked = key;
      this.#answer = find(routesOf(this.features), this.#router.url);
    }
    return this.#answer;
  }
  #asked = '';
  #answer: ReturnType<typeof find>;

  #skip = (): void => this.renderRoot.querySelector<HTMLElement>('#content')?.focus();

  #onCreate = (): void => this.#show('create');

  #onOverlayClosed = (): void => {
    this.shown = undefined;
  };

  #onShow = (event: Event): void => this.#show((event as ShowEvent).what);

  #show(what: Overlay): void {
    void overlays[what]().then(() => (this.shown = what));
  }

  #onKey = (event: KeyboardEvent): void => {
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && key === 'k') {
      event.preventDefault();
      return this.#show('palette');
    }
    if (isTaken(event)) return;
    const wasWaiting = this.#chord.isWaiting(event.timeStamp);
    const place = this.#chord.hear(key, event.timeStamp, placeKeys(this.#entries));
    if (wasWaiting) event.stopImmediatePropagation();
    if (place) navigate(place);
    else if (!wasWaiting && key === '?') this.#show('shortcuts');
    else if (!wasWaiting && key === 'c') this.#show('create');
    else return;
    event.preventDefault();
  };

  static override styles = [base, frameStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'app-frame': AppFrame;
  }
}
