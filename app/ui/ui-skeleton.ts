import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/** Grey bars in the place of rows that are still being read; `row-height` in px keeps the page from jumping. */
@customElement('ui-skeleton')
export class UiSkeleton extends LitElement {
  @property({ type: Number }) lines = 3;
  @property({ type: Number, attribute: 'row-height' }) rowHeight = 56;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'status');
    this.setAttribute('aria-label', 'Loading');
  }

  override updated(): void {
    this.style.setProperty('--row-height', `${this.rowHeight}px`);
  }

  override render() {
    return Array.from(
      { length: this.lines },
      () => html`<div class="row"><i class="disc"></i><i class="bar"></i></div>`,
    );
  }

  static override styles = css`
    :host {
      display: block;
      overflow: hidden;
    }
    .row {
      display: flex;
      align-items: center;
      gap: 12px;
      height: var(--row-height, 56px);
      padding: 0 16px;
    }
    i {
      display: block;
      border-radius: 6px;
      background: var(--surface-hover);
      animation: breathe 1.6s ease-in-out infinite;
    }
    .disc {
      flex: none;
      width: min(32px, calc(var(--row-height, 56px) - 12px));
      height: min(32px, calc(var(--row-height, 56px) - 12px));
    }
    .bar {
      width: 62%;
      height: 12px;
    }
    .row:nth-child(2n) .bar {
      width: 44%;
    }
    .row:nth-child(3n) .bar {
      width: 71%;
    }
    @keyframes breathe {
      50% {
        opacity: 0.5;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      i {
        animation: none;
      }
    }
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-skeleton': UiSkeleton;
  }
}
