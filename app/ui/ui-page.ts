import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from './base.styles.ts';
import { controls } from './controls.styles.ts';
import './ui-icon.ts';

/** A screen's frame: the way back, the heading (its only h1), `actions` beside it, `lead` under it, then the content. */
@customElement('ui-page')
export class UiPage extends LitElement {
  @property() heading = '';
  /** Path of the page above, shown as an arrow before the heading. */
  @property() back = '';
  @property({ attribute: 'back-label' }) backLabel = 'Back';
  /** `narrow` for forms and reading, `wide` for tables and split views. */
  @property({ reflect: true }) width: 'narrow' | 'normal' | 'wide' = 'normal';

  override render() {
    return html`
      <header>
        ${this.back ? this.#back() : nothing}
        <div class="titles">
          <h1 tabindex="-1">${this.heading}</h1>
          <slot name="lead"></slot>
        </div>
        <div class="actions"><slot name="actions"></slot></div>
      </header>
      <slot></slot>
    `;
  }

  /** Moves the reading position to the heading, after a navigation. */
  focusHeading(): void {
    this.renderRoot.querySelector('h1')?.focus({ preventScroll: true });
  }

  #back() {
    return html`<a class="button quiet icon-only back" href=${this.back} aria-label=${this.backLabel}>
      <ui-icon name="arrow-left"></ui-icon>
    </a>`;
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
        width: 100%;
        max-width: 1040px;
        margin: 0 auto;
        padding: var(--space-4) var(--space-4) var(--space-6);
      }
      :host([width='narrow']) {
        max-width: 680px;
      }
      :host([width='wide']) {
        max-width: none;
      }
      header {
        display: flex;
        align-items: flex-start;
        gap: var(--space-2);
        margin-bottom: var(--space-4);
      }
      .titles {
        flex: 1;
        min-width: 0;
      }
      h1 {
        padding-block: 7px;
        overflow-wrap: anywhere;
      }
      h1:focus-visible {
        outline: none;
      }
      .back {
        margin-inline-start: -10px;
      }
      .actions {
        display: flex;
        flex: none;
        align-items: center;
        gap: var(--space-2);
      }
      ::slotted([slot='actions']) {
        display: flex;
        align-items: center;
        gap: var(--space-2);
      }
      ::slotted([slot='lead']) {
        color: var(--text-quiet);
      }
      @media (min-width: 768px) {
        :host {
          padding: var(--space-5) var(--space-5) var(--space-7);
        }
      }
      @media (min-width: 1024px) {
        :host {
          padding: 36px 40px 64px;
        }
        header {
          margin-bottom: var(--space-5);
        }
        h1 {
          font-size: 1.75rem;
          padding-block: 0;
        }
        .actions,
        .back {
          margin-top: 1px;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-page': UiPage;
  }
}
