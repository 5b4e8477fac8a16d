import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { getLocal, setLocal } from '../data/db.ts';
import { base } from '../ui/base.styles.ts';
import { controls } from '../ui/controls.styles.ts';
import '../ui/ui-icon.ts';
import { install, installable, onInstallable } from './install.ts';
import { words } from './words.ts';

const KEY = 'install:answered';

/** Offers once to put the app on the home screen; "not now" is remembered. */
@customElement('install-banner')
export class InstallBanner extends LitElement {
  @state() private answered = true;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = onInstallable(() => this.requestUpdate());
    void getLocal<boolean>(KEY).then((answered) => (this.answered = answered ?? false));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  override render() {
    const how = installable();
    if (this.answered || how === 'no') return nothing;
    return html`<aside aria-label=${words.install}>
      <ui-icon name="smartphone"></ui-icon>
      <p>
        <b>${words.install}</b><br /><span class="quiet"
          >${how === 'button' ? words.installText : words.installIos}</span
        >
      </p>
      ${how === 'button' ? html`<button class="button" @click=${this.#install}>${words.install}</button>` : nothing}
      <button class="button quiet icon-only" aria-label=${words.notNow} @click=${this.#answer}>
        <ui-icon name="x"></ui-icon>
      </button>
    </aside>`;
  }

  #install = (): void => {
    void install();
    this.#answer();
  };

  #answer = (): void => {
    this.answered = true;
    void setLocal(KEY, true);
  };

  static override styles = [
    base,
    controls,
    css`
      aside {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-3);
        max-width: 1040px;
        margin: var(--space-3) auto 0;
        padding: var(--space-2) var(--space-3);
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        font-size: var(--text-14);
        width: calc(100% - 2 * var(--space-4));
      }
      p {
        flex: 1 1 160px;
        margin: 0;
      }
      aside > ui-icon {
        --icon-size: 22px;
        color: var(--accent-ink);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'install-banner': InstallBanner;
  }
}
