import { LitElement, css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { base } from '../ui/base.styles.ts';
import { controls } from '../ui/controls.styles.ts';
import '../ui/ui-skeleton.ts';
import { signOutHere } from './account/sign-out.ts';
import { words } from './words.ts';

/** The moment before there is anything to show: the outline of the first screen and an honest sentence. */
@customElement('first-sync')
export class FirstSync extends LitElement {
  @state() private offline = !navigator.onLine;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('online', this.#onNetwork);
    addEventListener('offline', this.#onNetwork);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.#onNetwork);
    removeEventListener('offline', this.#onNetwork);
  }

  override render() {
    return html`<main aria-busy="true">
      <div role="status">
        <h1>${words.firstSync}</h1>
        <p class="quiet">${this.offline ? words.firstSyncOffline : words.firstSyncText}</p>
      </div>
      <div class="list" aria-hidden="true"><ui-skeleton lines="4" row-height="64"></ui-skeleton></div>
      <div><button class="button" @click=${() => void signOutHere()}>${words.signOut}</button></div>
    </main>`;
  }

  #onNetwork = (): void => {
    this.offline = !navigator.onLine;
  };

  static override styles = [
    base,
    controls,
    css`
      main {
        max-width: 680px;
        margin: 0 auto;
        padding: 12vh var(--space-4) var(--space-6);
        display: grid;
        gap: var(--space-5);
      }
      .list {
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
      }
      h1 {
        font-size: var(--text-24);
        margin-bottom: var(--space-2);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'first-sync': FirstSync;
  }
}
