import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import { currencyOptions } from './choices.ts';
import { numberLocale } from './claim-session.ts';
import type { Problem, Warning } from './rules.ts';
import { problemSentence, warningSentence } from './sentences.ts';
import { words } from './words.ts';

/** The amount and its currency, large, with what is wrong or remarkable about it. Sends `field-typed` with field and value. */
@customElement('money-field')
export class MoneyField extends LitElement {
  @property() amount = '';
  @property() currency = '';
  /** Currencies used lately, offered first. */
  @property({ attribute: false }) recent: readonly string[] = [];
  @property({ attribute: false }) problem: Problem | undefined;
  @property({ attribute: false }) warnings: readonly Warning[] = [];
  @query('#amount') private input!: HTMLInputElement;

  override focus(): void {
    this.input.focus();
  }

  override render() {
    return html`<div class="field">
      <label for="amount">${words.amount}</label>
      <div class="money">
        <input
          id="amount"
          class="input amount"
          inputmode="decimal"
          autocomplete="off"
          enterkeyhint="next"
          maxlength="24"
          placeholder="0"
          aria-describedby="notes"
          aria-invalid=${this.problem ? 'true' : 'false'}
          .value=${this.amount}
          @input=${this.#onInput}
        />
        <select id="currency" class="select" aria-label=${words.currency} @change=${this.#onInput}>
          ${currencyOptions(this.currency, this.recent)}
        </select>
      </div>
      <div id="notes">
        ${
          this.problem
            ? html`<p class="error" id="amount-error">
                <ui-icon name="circle-alert"></ui-icon><span>${problemSentence(this.problem)}</span>
              </p>`
            : nothing
        }
        ${this.warnings.map((warning) => this.#warning(warning))}
      </div>
    </div>`;
  }

  #warning(warning: Warning) {
    return html`<p class="note">
      <ui-icon name="triangle-alert"></ui-icon>
      <span>
        ${warningSentence(warning, numberLocale())}
        ${
          warning.code === 'possible_duplicate'
            ? html`<a href="/expenses/${warning.other_id}">${words.seeClaim}</a>`
            : nothing
        }
      </span>
    </p>`;
  }

  #onInput = (event: Event): void => {
    const { id: field, value } = event.target as HTMLInputElement;
    this.dispatchEvent(new CustomEvent('field-typed', { detail: { field, value } }));
  };

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      .money {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 116px;
        gap: var(--space-2);
      }
      .input {
        min-height: 56px;
        font-size: var(--text-24);
        font-weight: 600;
      }
      .input::placeholder {
        font-weight: 400;
      }
      .select {
        min-height: 56px;
        font-weight: 600;
      }
      .note {
        display: flex;
        gap: 6px;
        margin-top: var(--space-1);
        color: var(--warn);
        font-size: var(--text-14);
        line-height: 1.4;
      }
      ui-icon {
        margin-top: 2px;
        --icon-size: 16px;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'money-field': MoneyField;
  }
}
