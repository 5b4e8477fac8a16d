import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Values } from '../../data/decisions.ts';
import { LiveQuery } from '../../data/live-query.ts';
import { claimEditing } from '../../features/expenses/index.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { fieldNote } from '../../ui/field-note.ts';
import { inputFor, longestOf, optionsFor, readTyped, type Input } from './columns.ts';

type MoneyProblem = { code: string } & Record<string, unknown>;

/** One value typed anew, in the input that fits it. Sends `value-typed` with `detail.values`, undefined while it cannot be read. */
@customElement('value-editor')
export class ValueEditor extends LitElement {
  @property() table = '';
  @property() label = '';
  @property({ attribute: 'organization-id' }) organizationId = '';
  @property({ attribute: false }) fields: readonly string[] = [];
  /** What typing starts from. */
  @property({ attribute: false }) start: Values = {};
  @state() private text = '';
  @state() private currency = '';
  @state() private problem: string | undefined;
  @state() private moneyProblem: MoneyProblem | undefined;
  readonly #options = new LiveQuery(
    this,
    () => optionsFor(this.table, this.#field, this.organizationId, this.start[this.#field]),
    () => [this.table, this.#field, this.organizationId],
  );
  #editing: Awaited<ReturnType<typeof claimEditing>> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#kind === 'money') void this.#startMoney();
    else this.text = String(this.start[this.#field] ?? '');
  }

  override render() {
    const kind = this.#kind;
    if (kind === 'money') return this.#money();
    return html`<div class="field" @input=${this.#onInput} @change=${this.#onInput}>
      <label for="value">${this.label}</label>
      ${this.#input(kind)} ${fieldNote('value', this.problem, undefined)}
    </div>`;
  }

  /** Puts the caret into the field, with everything in it chosen. */
  override focus(): void {
    const money = this.renderRoot.querySelector('money-field');
    if (money) return money.focus();
    const field = this.renderRoot.querySelector<HTMLInputElement>('#value');
    field?.focus();
    if (field?.matches('input, textarea')) field.select();
  }

  get #kind(): Input {
    return inputFor(this.fields, this.start);
  }

  get #field(): string {
    return this.fields[0] ?? '';
  }

  get #amount(): string {
    return this.fields.find((field) => field.endsWith('_minor')) ?? '';
  }

  #input(kind: Input) {
    const invalid = this.problem ? 'true' : 'false';
    if (kind === 'choice')
      return html`<select id="value" class="select" aria-invalid=${invalid} aria-describedby="value-note">
        ${(this.#options.value ?? []).map(
          ({ value, label }) => html`<option .value=${value} ?selected=${value === this.text}>${label}</option>`,
        )}
      </select>`;
    if (kind === 'long')
      return html`<textarea
        id="value"
        class="textarea"
        rows="3"
        .value=${this.text}
        aria-invalid=${invalid}
        aria-describedby="value-note"
        maxlength=${longestOf(this.table, this.#field) ?? nothing}
      ></textarea>`;
    return html`<input
      id="value"
      class="input"
      type=${kind === 'number' ? 'text' : kind}
      inputmode=${kind === 'number' ? 'numeric' : nothing}
      autocomplete="off"
      .value=${this.text}
      aria-invalid=${invalid}
      aria-describedby="value-note"
      maxlength=${longestOf(this.table, this.#field) ?? nothing}
    />`;
  }

  #money() {
    return html`<money-field
      .amount=${this.text}
      .currency=${this.currency}
      .problem=${this.moneyProblem}
      @field-typed=${this.#onMoney}
    ></money-field>`;
  }

  async #startMoney(): Promise<void> {
    this.#editing = await claimEditing();
    const { typedAmount, numberLocale } = this.#editing;
    const amount = this.start[this.#amount];
    this.currency = String(this.start['currency'] ?? 'EUR');
    this.text = typeof amount === 'number' ? typedAmount(amount, this.currency, numberLocale()) : '';
  }

  #onMoney = (event: CustomEvent<{ field: string; value: string }>): void => {
    const { field, value } = event.detail;
    if (field === 'currency') this.currency = value;
    else this.text = value;
    const { readAmount, numberLocale } = this.#editing!;
    const read = readAmount({ amount: this.text, currency: this.currency }, numberLocale());
    this.moneyProblem = typeof read === 'number' ? undefined : { ...read };
    this.#send(typeof read === 'number' ? { [this.#amount]: read, currency: this.currency } : undefined);
  };

  #onInput = (event: Event): void => {
    this.text = (event.target as HTMLInputElement).value;
    const read = readTyped(this.table, this.#field, this.#kind, this.text);
    this.problem = typeof read === 'string' ? read : undefined;
    this.#send(typeof read === 'string' ? undefined : { [this.#field]: read.value });
  };

  #send(values: Values | undefined): void {
    this.dispatchEvent(new CustomEvent('value-typed', { detail: { values } }));
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'value-editor': ValueEditor;
  }
}
