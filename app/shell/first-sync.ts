import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../ui/base.styles.ts';
import '../ui/ui-skeleton.ts';
import { words } from './words.ts';

/** The moment before there is anything to show: the outline of the first screen and an honest sentence. */
@customElement('first-sync')
export class FirstSync extends LitElement {
  /** The database is being opened; nothing is fetched yet. */
  @property({ type: Boolean }) opening = false;
  @property({ type: Boolean }) offline = false;

  override render() {
    return html`<main aria-busy="true">
      ${this.opening ? html`<p class="visually-hidden" role="status">${words.opening}</p>` : this.#explain()}
      <ui-skeleton lines="3" row-height="72" aria-hidden="true"></ui-skeleton>
    </main>`;
  }

  #explain() {
    return html`<div role="status">
      <h1>${words.firstSync}</h1>
      <p class="quiet">${this.offline ? words.firstSyncOffline : words.firstSyncText}</p>
    </div>`;
  }

  static override styles = [
    base,
    css`
      main {
        max-width: 680px;
        margin: 0 auto;
        padding: 12vh var(--space-4) var(--space-6);
        display: grid;
        gap: var(--space-5);
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
