import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { SyncStatusController, type SyncStatus } from '../data/sync-status.ts';
import { formatInstant } from '../kernel/day.ts';
import { base } from '../ui/base.styles.ts';
import { controls } from '../ui/controls.styles.ts';
import '../ui/ui-dialog.ts';
import '../ui/ui-icon.ts';
import { syncWords as words } from './words.ts';
import { currentWork } from './work.ts';

const icons: Readonly<Record<SyncStatus['state'], string>> = {
  saved: 'circle-check',
  saved_here: 'smartphone',
  sending: 'cloud-upload',
  needs_you: 'circle-alert',
};

function label({ state, sending }: SyncStatus): string {
  if (state === 'sending') return words.sending(sending);
  return { saved: words.saved, saved_here: words.savedHere, needs_you: words.needsYou }[state];
}

const problems: Readonly<Record<string, string>> = {
  signed_out: words.signedOut,
  device_full: words.deviceFull,
  update_needed: words.updateNeeded,
};

function explanation({ state, needs_you, problem }: SyncStatus): string {
  if (problem) return problems[problem] ?? words.stuck;
  if (state === 'needs_you') return words.needsYouText(needs_you);
  return { saved: words.savedText, saved_here: words.savedHereText, sending: words.sendingText }[state];
}

/** The quiet truth about this person's work, in four states; a tap tells more. */
@customElement('sync-badge')
export class SyncBadge extends LitElement {
  @state() private open = false;
  readonly #status = new SyncStatusController(this);

  override render() {
    const status = this.#status.value;
    if (!status) return nothing;
    return html`<button class="badge ${status.state}" @click=${() => (this.open = true)}>
        <ui-icon name=${status.state === 'saved' && !status.online ? 'cloud-off' : icons[status.state]}></ui-icon>
        <span aria-live="polite">${label(status)}</span>
      </button>
      <ui-dialog heading=${words.heading} ?open=${this.open} @ui-close=${() => (this.open = false)}>
        ${this.open ? this.#details(status) : nothing}
      </ui-dialog>`;
  }

  #details(status: SyncStatus) {
    const last = status.last_synced_at;
    return html`<div class="details">
        <p class="state ${status.state}"><ui-icon name=${icons[status.state]}></ui-icon><b>${label(status)}</b></p>
        <p class="quiet">${explanation(status)}</p>
        <ul>
          <li>
            <ui-icon name=${status.online ? 'cloud-check' : 'wifi-off'}></ui-icon
            >${status.online ? words.online : words.noSignal}
          </li>
          <li><ui-icon name="clock"></ui-icon>${last ? words.lastSynced(formatInstant(last)) : words.neverSynced}</li>
          ${status.waiting > 0 ? html`<li><ui-icon name="send"></ui-icon>${words.waiting(status.waiting)}</li>` : nothing}
          ${
            status.files_waiting > 0
              ? html`<li><ui-icon name="image"></ui-icon>${words.photos(status.files_waiting)}</li>`
              : nothing
          }
        </ul>
      </div>
      <div slot="footer" class="footer">
        ${
          status.needs_you > 0
            ? html`<a class="button" href="/inbox" @click=${() => (this.open = false)}>${words.look}</a>`
            : nothing
        }
        <button class="button primary" @click=${() => currentWork()?.engine.beat('asked')}>
          <ui-icon name="refresh-cw"></ui-icon>${words.tryNow}
        </button>
      </div>`;
  }

  static override styles = [
    base,
    controls,
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
      .state,
      li {
        display: flex;
        align-items: center;
        gap: var(--space-2);
      }
      .details {
        display: grid;
        gap: var(--space-3);
      }
      ul {
        display: grid;
        gap: var(--space-2);
        margin: 0;
        padding: var(--space-3) 0 0;
        border-top: 1px solid var(--line);
        list-style: none;
        font-size: var(--text-14);
      }
      li ui-icon {
        color: var(--text-quiet);
      }
      .footer {
        display: flex;
        justify-content: flex-end;
        gap: var(--space-2);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sync-badge': SyncBadge;
  }
}
