import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Failure } from '../kernel/failure.ts';
import { base } from '../ui/base.styles.ts';
import { controls } from '../ui/controls.styles.ts';
import { toast } from '../ui/toast.ts';
import '../ui/ui-icon.ts';
import { words } from './words.ts';

/** The whole window when nothing else can be shown: says that the work is safe, and two ways out. */
@customElement('broken-page')
export class BrokenPage extends LitElement {
  @property({ attribute: false }) failure: Failure | undefined;

  override render() {
    const offline = this.failure?.kind === 'weather';
    return html`<main class="stack">
      <ui-icon name=${offline ? 'wifi-off' : 'triangle-alert'}></ui-icon>
      <h1>${offline ? words.pageFailed : words.broken}</h1>
      <p class="quiet">${offline ? words.pageFailedOffline : words.brokenText}</p>
      <div class="buttons">
        <button class="button primary" @click=${() => location.reload()}>${words.reload}</button>
        ${offline ? '' : html`<button class="button" @click=${this.#copy}>${words.copyDetails}</button>`}
      </div>
    </main>`;
  }

  #copy = async (): Promise<void> => {
    const { code, message, stack } = this.failure ?? {};
    await navigator.clipboard.writeText([location.href, navigator.userAgent, code, message, stack].join('\n'));
    toast(words.copied);
  };

  static override styles = [
    base,
    controls,
    css`
      main {
        min-height: 100dvh;
        display: grid;
        align-content: center;
        justify-items: center;
        gap: var(--space-4);
        padding: var(--space-5);
        text-align: center;
      }
      p {
        max-width: 44ch;
      }
      main > ui-icon {
        --icon-size: 40px;
        color: var(--text-quiet);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
        justify-content: center;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'broken-page': BrokenPage;
  }
}
