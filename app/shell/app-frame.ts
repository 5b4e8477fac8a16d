import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { WhoController } from '../data/who.ts';
import type { Feature, NavEntry, Viewer } from '../kernel/feature.ts';
import { base } from '../ui/base.styles.ts';
import { controls } from '../ui/controls.styles.ts';
import '../ui/ui-avatar.ts';
import '../ui/ui-icon.ts';
import { frameStyles } from './app-frame.styles.ts';
import './create-sheet.ts';
import './install-banner.ts';
import './nav-count.ts';
import { entriesOf, pocketEntries } from './navigation.ts';
import './organization-switcher.ts';
import './page-outlet.ts';
import { Router } from './router.ts';
import { activeEntry, find, isAllowed, routesOf } from './routes.ts';
import './sync-badge.ts';
import { words } from './words.ts';

/** The frame around every page: a bottom bar and a round button for a thumb, a rail for a desk. */
@customElement('app-frame')
export class AppFrame extends LitElement {
  @property({ attribute: false }) features: readonly Feature[] = [];
  @state() private creating = false;
  @state() private asked: 'palette' | 'shortcuts' | undefined;
  readonly #who = new WhoController(this);
  readonly #router = new Router(this);

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#onKey);
    for (const { begin } of this.features) begin?.();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#onKey);
  }

  override render() {
    const viewer = this.#viewer;
    const entries = entriesOf(this.features).filter((entry) => isAllowed(entry, viewer));
    const pocket = pocketEntries(entries);
    const found = find(routesOf(this.features), this.#router.url);
    return html`
      <a class="skip" href="#content" @click=${this.#skip}>${words.skip}</a>
      ${this.#rail(entries)}
      <div class="top"><organization-switcher compact></organization-switcher><sync-badge></sync-badge></div>
      <main id="content" tabindex="-1">
        <install-banner></install-banner>
        <page-outlet
          .found=${this.#stable(found)}
          .viewer=${viewer}
          .restoreTo=${this.#router.rememberedScroll}
        ></page-outlet>
      </main>
      ${this.#bar(pocket)}
      <create-sheet
        .features=${this.features}
        .viewer=${viewer}
        ?open=${this.creating}
        @ui-close=${() => (this.creating = false)}
      ></create-sheet>
      ${this.#overlay(entries, viewer)}
    `;
  }

  #rail(entries: readonly NavEntry[]) {
    const active = activeEntry(
      entries.map(({ path }) => path),
      this.#path,
    );
    return html`<nav class="rail" aria-label=${words.navigation}>
      <organization-switcher></organization-switcher>
      <button class="jump" @click=${() => (this.asked = 'palette')} aria-label=${words.search}>
        <ui-icon name="search"></ui-icon><span>${words.search}</span><kbd>Ctrl K</kbd>
      </button>
      <ul>
        ${entries.map((entry) => html`<li>${this.#link(entry, entry.path === active)}</li>`)}
      </ul>
      <div class="foot">
        ${this.#link({ path: '/inbox', label: words.inbox, icon: 'bell', order: 0 }, this.#path === '/inbox')}
        <sync-badge></sync-badge>
        <a
          class="me"
          href="/account"
          aria-current=${this.#path === '/account' ? 'page' : nothing}
          title=${words.account}
        >
          <ui-avatar name=${this.#who.value?.person.display_name ?? ''}></ui-avatar>
          <span class="ellipsis">${this.#who.value?.person.display_name}</span>
        </a>
      </div>
    </nav>`;
  }

  #bar(entries: readonly NavEntry[]) {
    const active =
      activeEntry(
        entries.map(({ path }) => path),
        this.#path,
      ) ?? '/more';
    const middle = Math.ceil(entries.length / 2);
    return html`<nav class="bar" aria-label=${words.navigation}>
      ${entries.slice(0, middle).map((entry) => this.#link(entry, entry.path === active))}
      <button class="create" aria-label=${words.create} @click=${() => (this.creating = true)}>
        <ui-icon name="plus"></ui-icon>
      </button>
      ${entries.slice(middle).map((entry) => this.#link(entry, entry.path === active))}
    </nav>`;
  }

  #link({ path, label, icon, count }: NavEntry, active: boolean) {
    return html`<a class="entry" href=${path} aria-current=${active ? 'page' : nothing} title=${label}>
      <ui-icon name=${icon}></ui-icon><span class="label">${label}</span>
      ${count ? html`<nav-count .count=${count}></nav-count>` : nothing}
    </a>`;
  }

  #overlay(entries: readonly NavEntry[], viewer: Viewer | undefined) {
    if (this.asked === 'palette') {
      return html`<command-palette
        .entries=${entries}
        .features=${this.features}
        .viewer=${viewer}
        @ui-close=${this.#onOverlayClosed}
      ></command-palette>`;
    }
    if (this.asked === 'shortcuts') return html`<shortcut-sheet @ui-close=${this.#onOverlayClosed}></shortcut-sheet>`;
    return nothing;
  }

  get #path(): string {
    return this.#router.url.pathname;
  }

  get #viewer(): Viewer | undefined {
    const who = this.#who.value;
    return who && { user_id: who.user_id, can: (permission) => who.can(permission as Parameters<typeof who.can>[0]) };
  }

  /** The same address gives the same object, so that a redraw of the frame does not load its page again. */
  #stable(found: ReturnType<typeof find>): ReturnType<typeof find> {
    const key = `${this.#router.url.href}|${this.#who.value?.organization.id ?? ''}`;
    if (key !== this.#key) [this.#key, this.#found] = [key, found];
    return this.#found;
  }
  #key = '';
  #found: ReturnType<typeof find>;

  #skip = (event: Event): void => {
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>('#content')?.focus();
  };

  #onOverlayClosed = (): void => {
    this.asked = undefined;
  };

  #onKey = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') this.#summon('palette', event);
    else if (event.key === '?' && !isTyping(event)) this.#summon('shortcuts', event);
  };

  #summon(what: 'palette' | 'shortcuts', event: KeyboardEvent): void {
    event.preventDefault();
    const load = what === 'palette' ? import('./command-palette.ts') : import('./shortcut-sheet.ts');
    void load.then(() => (this.asked = what));
  }

  override willUpdate(): void {
    if (this.asked === 'palette') void import('./command-palette.ts');
  }

  static override styles = [base, controls, frameStyles];
}

function isTyping(event: Event): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

declare global {
  interface HTMLElementTagNameMap {
    'app-frame': AppFrame;
  }
}
