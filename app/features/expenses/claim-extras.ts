import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import { paymentMethods } from './choices.ts';
import { showsAround, type ShowLabel } from './queries.ts';
import type { TypedClaim } from './rules.ts';
import { dayWords } from './sentences.ts';
import { words } from './words.ts';

/** What a claim may say besides the necessary: its show, how it was paid, a note. Sends `field-typed` with field and value. */
@customElement('claim-extras')
export class ClaimExtras extends LitElement {
  @property({ attribute: false }) typed!: TypedClaim;
  @property({ attribute: false }) shows: ReadonlyMap<string, ShowLabel> = new Map();
  /** Whether the show was guessed from the date. */
  @property({ type: Boolean }) guessed = false;

  override render() {
    return html`${this.#show()} ${this.#payment()} ${this.#notes()}`;
  }

  #show() {
    const { typed } = this;
    const near = showsAround(this.shows.values(), typed.expense_date, typed.show_id);
    if (near.length === 0) return nothing;
    return html`<div class="field">
      <label for="show_id">${words.show} <span class="quiet">(${words.optional})</span></label>
      <select id="show_id" class="select" @change=${this.#onInput}>
        <option value="" ?selected=${typed.show_id === ''}>${words.noShow}</option>
        ${near.map(
          (show) =>
            html`<option .value=${show.id} ?selected=${show.id === typed.show_id}>
              ${dayWords(show.show_date)} · ${show.place}
            </option>`,
        )}
      </select>
      ${this.guessed && typed.show_id ? html`<p class="hint">${words.guessedShow}</p>` : nothing}
    </div>`;
  }

  #payment() {
    const { payment_method } = this.typed;
    return html`<fieldset class="field">
      <legend>${words.payment}</legend>
      <div class="chips">
        ${paymentMethods.map(
          ({ value, label, icon }) =>
            html`<label class="pick">
              <input
                type="radio"
                name="payment"
                .value=${value}
                .checked=${value === payment_method}
                @change=${() => this.#send('payment_method', value)}
              />
              <span class="chip"><ui-icon name=${icon}></ui-icon>${label}</span>
            </label>`,
        )}
      </div>
    </fieldset>`;
  }

  #notes() {
    return html`<div class="field">
      <label for="notes">${words.notes} <span class="quiet">(${words.optional})</span></label>
      <input id="notes" class="input" maxlength="2000" .value=${this.typed.notes} @input=${this.#onInput} />
    </div>`;
  }

  #send(field: keyof TypedClaim, value: string): void {
    this.dispatchEvent(new CustomEvent('field-typed', { detail: { field, value } }));
  }

  #onInput = (event: Event): void => {
    const { id, value } = event.target as HTMLInputElement;
    this.#send(id as keyof TypedClaim, value);
  };

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-5);
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .pick {
        position: relative;
      }
      .pick input {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
      .pick .chip {
        min-height: var(--target);
        pointer-events: none;
      }
      .pick :checked + .chip {
        border-color: var(--accent);
        background: var(--accent-soft);
        color: var(--accent-ink);
      }
      .pick :focus-visible + .chip {
        outline: 2px solid var(--focus);
        outline-offset: 2px;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'claim-extras': ClaimExtras;
  }
}
