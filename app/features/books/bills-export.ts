import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController } from '../../data/who.ts';
import { dateIn } from '../../kernel/day.ts';
import { base } from '../../ui/base.styles.ts';
import { saveFile } from '../../ui/save-file.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-icon.ts';
import { claimsToExport } from './queries.ts';
import { xeroCsv, type CsvClaim, type DayOrder } from './rules.ts';
import { words } from './words.ts';

/** Approved claims as files for Xero's bill import: the way that needs no connection, and no signal either. */
@customElement('bills-export')
export class BillsExport extends LitElement {
  @state() private order: DayOrder = 'day-first';
  @state() private taxName = 'Tax Exempt';
  @state() private error = '';
  readonly #who = new WhoController(this);
  readonly #claims = new LiveQuery(
    this,
    () => claimsToExport(this.#who.value!.organization.id, this.#who.value!.organization.time_zone),
    () => [this.#who.value?.organization.id],
  );

  override render() {
    const claims = this.#claims.value;
    if (!claims) return nothing;
    return html`<section>
      <h2>${words.exportHeading}</h2>
      <p class="quiet">${words.exportText}</p>
      ${claims.length === 0 ? html`<p>${words.exportNothing}</p>` : this.#form(claims)}
    </section>`;
  }

  #form(claims: readonly CsvClaim[]) {
    const { left_out } = this.#export(claims);
    return html`<form @submit=${this.#onSubmit}>
      <p><b>${words.exportReady(claims.length - left_out.length)}</b></p>
      ${
        left_out.length > 0
          ? html`<p class="note"><ui-icon name="triangle-alert"></ui-icon>${words.leftOut(left_out.length)}</p>`
          : nothing
      }
      <div class="field">
        <label for="order">${words.dayOrder}</label>
        <select class="select" id="order" @change=${this.#onOrder}>
          <option value="day-first" ?selected=${this.order === 'day-first'}>${words.dayFirst}</option>
          <option value="month-first" ?selected=${this.order === 'month-first'}>${words.monthFirst}</option>
        </select>
      </div>
      <div class="field">
        <label for="tax">${words.taxName}</label>
        <input
          class="input"
          id="tax"
          maxlength="100"
          aria-describedby="tax-note"
          aria-invalid=${this.error ? 'true' : 'false'}
          .value=${this.taxName}
          @input=${this.#onTax}
        />
        <p class=${this.error ? 'error' : 'hint'} id="tax-note">${this.error || words.taxNameHint}</p>
      </div>
      <button class="button" ?disabled=${left_out.length === claims.length}>
        <ui-icon name="download"></ui-icon>${words.download}
      </button>
    </form>`;
  }

  #export(claims: readonly CsvClaim[]) {
    const day = dateIn(this.#who.value!.organization.time_zone);
    return xeroCsv(claims, { order: this.order, tax_name: this.taxName.trim(), tracking: [] }, day);
  }

  #onOrder = (event: Event): void => {
    this.order = (event.target as HTMLSelectElement).value as DayOrder;
  };

  #onTax = (event: Event): void => {
    this.taxName = (event.target as HTMLInputElement).value;
    this.error = '';
  };

  #onSubmit = (event: Event): void => {
    event.preventDefault();
    this.error = this.taxName.trim() === '' ? words.taxMissing : '';
    if (this.error) return;
    const { files } = this.#export(this.#claims.value!);
    for (const { name, text } of files) saveFile({ name, type: 'text/csv;charset=utf-8', data: text });
    toast(words.downloaded(files.length), { tone: 'good' });
  };

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      section,
      form {
        display: grid;
        gap: var(--space-3);
        justify-items: start;
      }
      .field {
        width: min(100%, 24rem);
      }
      .note {
        display: grid;
        grid-template-columns: 20px 1fr;
        gap: var(--space-2);
        padding: var(--space-3);
        border-radius: var(--radius-card);
        background: var(--warn-soft);
        font-size: var(--text-14);
      }
      .note ui-icon {
        color: var(--warn);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'bills-export': BillsExport;
  }
}
