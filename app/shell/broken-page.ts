import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Failure } from '../kernel/failure.ts';
import { authPort } from '../platform/auth-port.ts';
import { base } from '../ui/base.styles.ts';
import { controls } from '../ui/controls.styles.ts';
import { toast } from '../ui/toast.ts';
import '../ui/ui-icon.ts';
import { detailsOf } from './failure-details.ts';
import { words } from './words.ts';

/** When a page, or with `full` the whole app, cannot be shown: says that the work is safe, and the ways out. */
@customElement('broken-page')
export class BrokenPage extends LitElement {
  @property({ attribute: false }) failure: Failure | undefined;
  @property({ type: Boolean, reflect: true }) full = false;

  override render() {
    const offline = this.failure?.kind === 'weather' || !navigator.onLine;
    return html`<section role=${this.full ? 'main' : nothing}>
      <div class="disc"><ui-icon name=${offline ? 'wifi-off' : 'triangle-alert'}></ui-icon></div>
      <h1>${offline ? words.pageFailed : words.broken}</h1>
      <p class="quiet">${offline ? words.pageFailedOffline : words.brokenText}</p>
      <div class="buttons">
        <button class="button primary" @click=${() => location.reload()}>
          <ui-icon name="refresh-cw"></ui-icon>${words.reload}
        </button>
        ${offline ? nothing : html`<button class="button" @click=${this.#copy}>${words.copyDetails}</button>`}
        ${this.full ? html`<button class="button quiet" @click=${this.#leave}>${words.signOut}</button>` : nothing}
      </div>
      ${this.full ? html`<p class="quiet small">${words.signOutKeeps}</p>` : nothing}
    </section>`;
  }

  #copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(detailsOf(this.failure));
    toast(words.copied, { tone: 'good' });
  };

  /** Even when nothing else works; what waits to be sent stays in this person's database. */
  #leave = async (): Promise<void> => {
    try {
      await authPort().signOut('here');
    } finally {
      location.assign('/');
    }
  };

  static override styles = [
    base,
    controls,
    css`
      section {
        display: grid;
        justify-items: center;
        gap: var(--space-3);
        padding: var(--space-7) var(--space-4);
        text-align: center;
      }
      :host([full]) section {
        align-content: center;
        min-height: 100vh;
        min-height: 100dvh;
      }
      .disc {
        --icon-size: 28px;
        display: grid;
        place-items: center;
        width: 64px;
        height: 64px;
        border-radius: 50%;
        background: var(--surface-sunken);
        color: var(--text-quiet);
      }
      h1 {
        font-size: var(--text-24);
      }
      p {
        max-width: 46ch;
        text-wrap: balance;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--space-2);
        margin-top: var(--space-3);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'broken-page': BrokenPage;
  }
}
