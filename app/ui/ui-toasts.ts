import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { base } from './base.styles.ts';
import { dismissToast, watchToasts, type Toast } from './toast.ts';
import type { Tone } from './ui-badge.ts';
import './ui-icon.ts';

const iconOf: Record<Tone, string> = {
  good: 'circle-check',
  warn: 'triangle-alert',
  bad: 'circle-alert',
  waiting: 'clock',
  accent: 'info',
  neutral: '',
};

/** The one place where toasts appear; a polite live region that screen readers hear. */
@customElement('ui-toasts')
export class UiToasts extends LitElement {
  @state() private toasts: readonly Toast[] = [];
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.popover = 'manual';
    this.#stop = watchToasts((toasts) => (this.toasts = toasts));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  override updated(): void {
    if (!this.showPopover) return;
    if (this.matches(':popover-open')) this.hidePopover();
    if (this.toasts.length > 0) this.showPopover();
  }

  override render() {
    return html`<div role="status" aria-live="polite" aria-relevant="additions">
      ${repeat(
        this.toasts,
        (toast) => toast.id,
        (toast) => this.#toast(toast),
      )}
    </div>`;
  }

  #toast(toast: Toast) {
    const icon = iconOf[toast.tone];
    return html`<div class="toast">
      ${icon ? html`<ui-icon class=${toast.tone} name=${icon}></ui-icon>` : nothing}
      <span class="text">${toast.text}</span>
      ${toast.action ? html`<button class="action" @click=${() => this.#run(toast)}>${toast.action.label}</button>` : nothing}
      <button class="close" aria-label="Dismiss" @click=${() => dismissToast(toast.id)}>
        <ui-icon name="x"></ui-icon>
      </button>
    </div>`;
  }

  #run(toast: Toast): void {
    dismissToast(toast.id);
    toast.action?.run();
  }

  static override styles = [
    base,
    css`
      :host {
        position: fixed;
        inset: auto 0 calc(var(--bar-height) + var(--safe-bottom) + var(--space-5));
        width: min(440px, calc(100vw - 32px));
        height: auto;
        margin: 0 auto;
        padding: 0;
        border: 0;
        background: none;
        overflow: visible;
      }
      :host(:not(:popover-open)) {
        display: none;
      }
      [role='status'] {
        display: flex;
        flex-direction: column;
        gap: var(--space-2);
      }
      .toast {
        --icon-size: 18px;
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: 48px;
        padding: 2px 2px 2px var(--space-4);
        border-radius: 10px;
        background: var(--toast);
        color: var(--toast-text);
        box-shadow: var(--shadow-2);
        font-size: var(--text-14);
        animation: rise var(--motion-slow) var(--ease);
      }
      .text {
        flex: 1;
        padding-block: var(--space-2);
      }
      button {
        min-width: 44px;
        min-height: 44px;
        border: 0;
        border-radius: 8px;
        background: none;
        color: inherit;
        cursor: pointer;
      }
      .action {
        padding: 0 var(--space-2);
        color: var(--toast-action);
        font-weight: 600;
        white-space: nowrap;
      }
      .close {
        display: grid;
        place-items: center;
        opacity: 0.7;
      }
      button:hover {
        opacity: 1;
        background: var(--toast-hover);
      }
      button:focus-visible {
        outline-color: var(--toast-action);
        outline-offset: -4px;
      }
      @media (min-width: 768px) {
        :host {
          inset: auto var(--space-5) var(--space-5) auto;
          margin: 0;
        }
      }
      @keyframes rise {
        from {
          transform: translateY(8px);
          opacity: 0;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-toasts': UiToasts;
  }
}
