import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-dialog.ts';
import { digitsOf } from '../sign-in/entries.ts';
import { pinProblem } from './pin.ts';
import { setPin } from './pin-shelf.ts';
import { sealByPin } from './seal-lock.ts';
import { words } from './words.ts';

/** A friendly sheet that asks for a new PIN twice. Sends `pin-done` with `detail.set`. */
@customElement('pin-sheet')
export class PinSheet extends LitElement {
  @property({ type: Boolean }) open = false;
  /** Changing an existing PIN instead of offering the first. */
  @property({ type: Boolean }) changing = false;
  @state() private error: string | undefined;
  @state() private busy = false;

  override render() {
    return html`
      <ui-dialog
        heading=${this.changing ? words.change_heading : words.offer_heading}
        ?open=${this.open}
        @ui-close=${this.#onLater}
      >
        ${this.open ? this.#form() : nothing}
      </ui-dialog>
    `;
  }

  #form() {
    return html`<form novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
      <p class="quiet">${words.offer_lead}</p>
      <div class="pair">${this.#field('pin', words.new_pin)} ${this.#field('again', words.repeat_pin)}</div>
      ${
        this.error
          ? html`<p class="error" id="error" role="alert">${this.error}</p>`
          : html`<p class="hint" id="error">${words.pin_hint}</p>`
      }
      <div class="buttons">
        <button type="button" class="button" @click=${this.#onLater}>${words.not_now}</button>
        <button type="submit" class="button primary" aria-busy=${this.busy}>${words.set_pin}</button>
      </div>
    </form>`;
  }

  #field(id: string, label: string) {
    return html`<div class="field">
      <label for=${id}>${label}</label>
      <input
        id=${id}
        class="input number"
        type="password"
        inputmode="numeric"
        autocomplete="off"
        maxlength="6"
        aria-describedby="error"
        aria-invalid=${this.error ? 'true' : 'false'}
      />
    </div>`;
  }

  #value = (id: string): string => this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)?.value ?? '';

  #onInput = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    input.value = digitsOf(input.value);
    this.error = undefined;
  };

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const pin = this.#value('pin');
    const problem = pinProblem(pin);
    this.error = problem ? words[problem] : pin === this.#value('again') ? undefined : words.pin_differs;
    if (this.error || this.busy) return;
    this.busy = true;
    await Promise.all([setPin(pin), sealByPin(pin)]).finally(() => (this.busy = false));
    toast(words.pin_set, { tone: 'good' });
    this.#finish(true);
  };

  #onLater = (): void => this.#finish(false);

  #finish(set: boolean): void {
    if (!this.open) return;
    this.open = false;
    this.dispatchEvent(new CustomEvent('pin-done', { detail: { set } }));
  }

  static override styles = [
    base,
    controls,
    css`
      form {
        display: flex;
        flex-direction: column;
        gap: var(--space-4);
      }
      .pair {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--space-3);
      }
      .input {
        text-align: center;
        font-size: var(--text-20);
        letter-spacing: 0.3em;
      }
      .buttons {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--space-3);
      }
      .button {
        min-height: 48px;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'pin-sheet': PinSheet;
  }
}
