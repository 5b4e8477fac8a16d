import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../ui/base.styles.ts';
import '../ui/ui-skeleton.ts';
import { words } from './words.ts';

/** The moment before there is anything to show: the outline of the first screen and an honest sentence. */
@customElement('first-sync')
export class FirstSync extends LitElement {
  @property({ type: Boolean }) offline = false;

  override render() {
    return html`<main aria-busy="true">
      <div role="status">
        <h1>${words.firstSync}</h1>
        <p class="quiet">${this.offline ? words.firstSyncOffline : words.firstSyncText}</p>
      </div>
      <div class="list" aria-hidden="true"><ui-skeleton lines="4" row-height="64"></ui-skeleton></div>
    </main>`;
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
