import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { NavEntry } from '../kernel/feature.ts';
import { base } from '../ui/base.styles.ts';
import '../ui/ui-icon.ts';
import { navLink, navLinkStyles } from './nav-link.ts';
import { activeEntry } from './routes.ts';
import { words } from './words.ts';

/** The pocket's navigation: what a thumb reaches, with the round button in the middle (sends `create`). */
@customElement('bottom-bar')
export class BottomBar extends LitElement {
  @property({ attribute: false }) entries: readonly NavEntry[] = [];
  @property() path = '/';

  override render() {
    const { entries } = this;
    const paths = entries.map(({ path }) => path);
    const active = activeEntry(paths, this.path) ?? '/more';
    const middle = Math.ceil(entries.length / 2);
    return html`<nav aria-label=${words.navigation}>
      ${entries.slice(0, middle).map((entry) => navLink(entry, entry.path === active))}
      <button class="create" aria-label=${words.create} aria-haspopup="dialog" @click=${this.#create}>
        <ui-icon name="plus"></ui-icon>
      </button>
      ${entries.slice(middle).map((entry) => navLink(entry, entry.path === active))}
    </nav>`;
  }

  #create = (): void => void this.dispatchEvent(new CustomEvent('create'));

  static override styles = [
    base,
    navLinkStyles,
    css`
      nav {
        position: fixed;
        z-index: 20;
        inset: auto 0 0;
        display: grid;
        grid-auto-columns: minmax(0, 1fr);
        grid-auto-flow: column;
        align-items: stretch;
        min-height: var(--bar-height);
        padding: 0 var(--space-1) var(--safe-bottom);
        border-top: 1px solid var(--line);
        background: var(--surface-raised);
      }
      .entry {
        --icon-size: 23px;
        display: grid;
        place-content: center;
        justify-items: center;
        gap: 3px;
        font-size: 0.6875rem;
        line-height: 1.2;
      }
      .label {
        max-width: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .entry[aria-current='page'] {
        color: var(--accent-ink);
      }
      .entry:active {
        opacity: 0.7;
      }
      nav-count {
        position: absolute;
        top: 5px;
        left: calc(50% + 5px);
      }
      .create {
        --icon-size: 26px;
        place-self: center;
        display: grid;
        place-items: center;
        width: 50px;
        height: 50px;
        border: 0;
        border-radius: 50%;
        background: var(--accent);
        color: var(--accent-text);
        box-shadow: var(--shadow-1);
        cursor: pointer;
        touch-action: manipulation;
        transition: transform var(--motion-fast) var(--ease);
      }
      .create:active {
        background: var(--accent-hover);
        transform: scale(0.94);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'bottom-bar': BottomBar;
  }
}
