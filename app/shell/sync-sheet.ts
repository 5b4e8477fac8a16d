import { LitElement, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { SyncStatusController, type SyncStatus } from '../data/sync-status.ts';
import { formatInstant } from '../kernel/day.ts';
import { base } from '../ui/base.styles.ts';
import { controls } from '../ui/controls.styles.ts';
import '../ui/ui-dialog.ts';
import '../ui/ui-icon.ts';
import { badgeIcon, badgeLabel } from './sync-label.ts';
import { words } from './sync-sheet-words.ts';
import { sheetStyles } from './sync-sheet.styles.ts';
import './upload-list.ts';
import { currentWork } from './work.ts';

const problems: Readonly<Record<string, string>> = {
  signed_out: words.signedOut,
  device_full: words.deviceFull,
  update_needed: words.updateNeeded,
};

function explanation({ state, needs_you, problem, files_wait, files_waiting }: SyncStatus): string {
  if (problem) return problems[problem] ?? words.stuck;
  if (state === 'needs_you') return words.needsYouText(needs_you);
  if (state === 'saved_here' && files_wait && files_waiting > 0) return words.savedHereWaits;
  return { saved: words.savedText, saved_here: words.savedHereText, sending: words.sendingText }[state];
}

/** What is behind the badge: where this person's work is, each photo on its way, and what can be done about it. */
@customElement('sync-sheet')
export class SyncSheet extends LitElement {
  @property({ type: Boolean }) open = false;
  readonly #status = new SyncStatusController(this);

  override render() {
    const status = this.#status.value;
    if (!status) return nothing;
    return html`<ui-dialog heading=${words.heading} ?open=${this.open} @ui-close=${this.#close}>
      <div class="details">
        <p class="state ${status.state}"><ui-icon name=${badgeIcon(status)}></ui-icon><b>${badgeLabel(status)}</b></p>
        <p class="quiet">${explanation(status)}</p>
        ${this.#facts(status)}
        <upload-list .status=${status}></upload-list>
      </div>
      <div slot="footer" class="footer">
        ${
          status.needs_you > 0
            ? html`<a class="button primary" href="/inbox" @click=${this.#close}>${words.look}</a>`
            : nothing
        }
        <button
          class="button ${status.needs_you > 0 ? '' : 'primary'}"
          @click=${() => currentWork()?.engine.beat('asked')}
        >
          <ui-icon name="refresh-cw"></ui-icon>${words.tryNow}
        </button>
      </div>
    </ui-dialog>`;
  }

  #facts({ online, last_synced_at: last, waiting, unpacking }: SyncStatus) {
    return html`<ul>
      <li><ui-icon name=${online ? 'cloud-check' : 'wifi-off'}></ui-icon>${online ? words.online : words.noSignal}</li>
      <li><ui-icon name="clock"></ui-icon>${last ? words.lastSynced(formatInstant(last)) : words.neverSynced}</li>
      ${unpacking ? html`<li><ui-icon name="package"></ui-icon>${words.unpacking}</li>` : nothing}
      ${waiting > 0 ? html`<li><ui-icon name="send"></ui-icon>${words.waiting(waiting)}</li>` : nothing}
    </ul>`;
  }

  #close = (): void => void this.dispatchEvent(new CustomEvent('ui-close'));

  static override styles = [base, controls, sheetStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'sync-sheet': SyncSheet;
  }
}
