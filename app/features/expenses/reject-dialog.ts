import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-dialog.ts';
import { rejectionPresets, words } from './words.ts';

/** Asks for the reason of a rejection; sends `reason-given` with `detail.reason`. */
@customElement('reject-dialog')
export class RejectDialog extends LitElement {
  @property() heading: string = words.rejectAsk;
  @state() private open = false;
  @state() private reason = '';
  @state() private missing = false;
  @query('textarea') private area!: HTMLTextAreaElement;

  /** Opens with an empty reason. */
  show(): void {
    this.reason = '';
    this.missing = false;
    this.open = true;
    void this.updateComplete.then(() => this.area.focus());
  }

  override render() {
    return html`<ui-dialog heading=${this.heading} ?open=${this.open} @ui-close=${() => (this.open = false)}>
      <div class="stack">
        <div class="presets">
          ${rejectionPresets.map(
            (preset) =>
              html`<button
                type="button"
                class="chip"
                aria-pressed=${preset === this.reason ? 'true' : 'false'}
                @click=${() => this.#preset(preset)}
              >
                ${preset}
              </button>`,
          )}
        </div>
        <div class="field">
          <label for="reason">${words.rejectReason}</label>
          <textarea
            id="reason"
            class="textarea"
            maxlength="500"
            aria-describedby="hint"
            aria-invalid=${this.missing ? 'true' : 'false'}
            .value=${this.reason}
            @input=${this.#onInput}
            @keydown=${this.#onKey}
          ></textarea>
          <p id="hint" class="hint">${words.rejectReasonHint}</p>
          ${this.missing ? html`<p class="error" role="alert">${words.rejectReasonMissing}</p>` : nothing}
        </div>
      </div>
      <div slot="footer">
        <button class="button" @click=${() => (this.open = false)}>${words.keepWaiting}</button>
        <button class="button primary danger" @click=${this.#send}>${words.reject}</button>
      </div>
    </ui-dialog>`;
  }

  #preset(preset: string): void {
    this.reason = preset;
    this.missing = false;
    this.area.focus();
  }

  #onInput = (): void => {
    this.reason = this.area.value;
    this.missing = false;
  };

  #onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) this.#send();
  };

  #send = (): void => {
    const reason = this.reason.trim();
    this.missing = reason === '';
    if (this.missing) return this.area.focus();
    this.open = false;
    this.dispatchEvent(new CustomEvent('reason-given', { detail: { reason } }));
  };

  static override styles = [
    base,
    controls,
    css`
      @media (max-width: 767px) {
        [slot='footer'] .button {
          flex: 1;
        }
      }
      .presets {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .chip {
        padding-block: 6px;
        white-space: normal;
        text-align: start;
        border-radius: 18px;
        line-height: 1.3;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'reject-dialog': RejectDialog;
  }
}
