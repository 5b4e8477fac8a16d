import { LitElement, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { NavEntry } from '../kernel/feature.ts';
import { base } from '../ui/base.styles.ts';
import '../ui/ui-icon.ts';
import { show } from './commands.ts';
import { modifierKey } from './keys.ts';
import { navLink, navLinkStyles } from './nav-link.ts';
import './organization-switcher.ts';
import { activeEntry } from './routes.ts';
import { railStyles } from './side-rail.styles.ts';
import './sync-badge.ts';
import './user-menu.ts';
import { words } from './words.ts';

/** From this order on, entries are about keeping the house rather than about the day. */
const HOUSEKEEPING = 50;

/** The desk's navigation: a rail of icons from 768 px, with words from 1024 px. Sends `create`. */
@customElement('side-rail')
export class SideRail extends LitElement {
  @property({ attribute: false }) entries: readonly NavEntry[] = [];
  @property() path = '/';

  override render() {
    const daily = this.entries.filter(({ order }) => order < HOUSEKEEPING);
    const house = this.entries.filter(({ order }) => order >= HOUSEKEEPING);
    return html`<nav aria-label=${words.navigation}>
      <organization-switcher></organization-switcher>
      <div class="tools">
        <button
          class="jump"
          aria-keyshortcuts="Control+K Meta+K"
          aria-haspopup="dialog"
          @click=${() => show('palette')}
        >
          <ui-icon name="search"></ui-icon><span class="label">${words.search}</span>
          <kbd aria-hidden="true">${modifierKey()} K</kbd>
        </button>
        <button
          class="new"
          aria-label=${words.create}
          aria-haspopup="dialog"
          title=${words.create}
          @click=${this.#create}
        >
          <ui-icon name="plus"></ui-icon>
        </button>
      </div>
      ${this.#list(daily)} ${house.length > 0 ? this.#list(house) : nothing}
      <div class="foot">
        <sync-badge></sync-badge>
        <user-menu path=${this.path}></user-menu>
      </div>
    </nav>`;
  }

  #list(entries: readonly NavEntry[]) {
    const active = activeEntry(
      this.entries.map(({ path }) => path),
      this.path,
    );
    return html`<ul>
      ${entries.map((entry) => html`<li>${navLink(entry, entry.path === active)}</li>`)}
    </ul>`;
  }

  #create = (): void => void this.dispatchEvent(new CustomEvent('create'));

  static override styles = [base, navLinkStyles, railStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'side-rail': SideRail;
  }
}
