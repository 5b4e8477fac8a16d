import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { SyncStatusController } from '../data/sync-status.ts';
import { base } from '../ui/base.styles.ts';
import '../ui/ui-icon.ts';
import { badgeIcon, badgeLabel } from './sync-label.ts';
import { syncWords as words } from './words.ts';

/** The quiet truth about this person's work, in four states; a tap tells more. */
@customElement('sync-badge')
export class SyncBadge extends LitElement {
  @state() private open = false;
  /** The sheet comes with the first tap. */
  @state() private ready = false;
  readonly #status = new SyncStatusController(this);

  override render() {
    const status = this.#status.value;
    if (!status) return nothing;
    const { state, online, uploading } = status;
    return html`<button class="badge ${state}" @click=${this.#onOpen}>
        <ui-icon name=${state === 'saved' && !online ? 'cloud-off' : badgeIcon(status)}></ui-icon>
        <span aria-live="polite">${badgeLabel(status)}</span>
        ${state === 'sending' && uploading ? html`<span class="percent">${words.percent(uploading.percent)}</span>` : nothing}
      </button>
      ${this.ready ? html`<sync-sheet ?open=${this.open} @ui-close=${this.#onClose}></sync-sheet>` : nothing}`;
  }

  #onOpen = async (): Promise<void> => {
    await import('./sync-sheet.ts');
    this.ready = this.open = true;
  };

  #onClose = (): void => void (this.open = false);

  static override styles = [
    base,
    css`
      .badge {
        --icon-size: 18px;
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-height: var(--control);
        min-width: var(--control);
        padding: 0 10px;
        border: 0;
        border-radius: var(--radius-round);
        background: none;
        color: var(--text-quiet);
        font: inherit;
        font-size: var(--text-12);
        font-weight: 550;
        white-space: nowrap;
        cursor: pointer;
      }
      @media (min-width: 768px) and (max-width: 1023px) {
        .badge {
          justify-content: center;
          padding: 0;
        }
        .badge span {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
      .badge:hover {
        background: var(--surface-hover);
      }
      .saved ui-icon {
        color: var(--good);
      }
      ui-icon[name='cloud-off'],
      .saved_here ui-icon,
      .sending ui-icon {
        color: var(--waiting);
      }
      .needs_you,
      .needs_you ui-icon {
        color: var(--bad);
      }
      .percent {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sync-badge': SyncBadge;
  }
}
