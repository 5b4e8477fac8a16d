import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { who } from '../../data/who.ts';
import { addDays, dateIn } from '../../kernel/day.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { fieldNote } from '../../ui/field-note.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-dialog.ts';
import { dialogStyles } from './dialog.styles.ts';
import { LONGEST_REASON, problemsOfLoan, type TypedLoan } from './forms.ts';
import { readersOf } from './level-picker.ts';
import { lendApprovals } from './mutations.ts';
import type { Approvals } from './queries.ts';
import { words } from './settings-words.ts';

/** Lends approvals to a colleague: one's own, or for somebody else by those who run the organisation. Sends `dialog-done`. */
@customElement('loan-dialog')
export class LoanDialog extends LitElement {
  @property({ attribute: false }) approvals!: Approvals;
  @state() private typed!: TypedLoan;
  @state() private errors: Partial<Record<keyof TypedLoan, string>> = {};

  override connectedCallback(): void {
    super.connectedCallback();
    const starts_on = this.#today;
    this.typed = { lender_id: who().person.id, borrower_id: '', starts_on, ends_on: addDays(starts_on, 7), reason: '' };
  }

  override render() {
    const anybody = who().can('settings:write');
    return html`<ui-dialog heading=${words.addLoan} open @ui-close=${this.#done}>
      <form class="stack" novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
        <p class="hint">${words.loansLead}</p>
        ${anybody ? this.#person('lender_id', words.lender) : nothing} ${this.#person('borrower_id', words.borrower)}
        <div class="two">${this.#day('starts_on', words.from)} ${this.#day('ends_on', words.until)}</div>
        <div class="field">
          <label for="reason">${words.reason}</label>
          <input
            id="reason"
            name="reason"
            class="input"
            maxlength=${LONGEST_REASON}
            .value=${this.typed.reason}
            aria-invalid=${this.errors.reason ? 'true' : 'false'}
            aria-describedby="reason-note"
          />
          ${fieldNote('reason', this.errors.reason, words.reasonHint)}
        </div>
        <div class="row end">
          <button type="button" class="button" @click=${this.#done}>${words.cancel}</button>
          <button type="submit" class="button primary">${words.addLoan}</button>
        </div>
      </form>
    </ui-dialog>`;
  }

  #person(name: 'lender_id' | 'borrower_id', label: string) {
    const readers = readersOf(this.approvals);
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <select
        id=${name}
        name=${name}
        class="select"
        aria-invalid=${this.errors[name] ? 'true' : 'false'}
        aria-describedby="${name}-note"
      >
        <option value=""></option>
        ${readers
          .filter(({ id }) => name === 'lender_id' || id !== this.typed.lender_id)
          .map(
            (reader) =>
              html`<option value=${reader.id} ?selected=${reader.id === this.typed[name]}>${reader.name}</option>`,
          )}
      </select>
      ${fieldNote(name, this.errors[name], '')}
    </div>`;
  }

  #day(name: 'starts_on' | 'ends_on', label: string) {
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <input
        id=${name}
        name=${name}
        type="date"
        class="input"
        .value=${this.typed[name]}
        aria-invalid=${this.errors[name] ? 'true' : 'false'}
        aria-describedby="${name}-note"
      />
      ${fieldNote(name, this.errors[name], '')}
    </div>`;
  }

  get #today(): string {
    return dateIn(this.approvals.organization.time_zone);
  }

  #onInput = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement;
    this.typed = { ...this.typed, [name]: value };
    this.errors = {};
  };

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    this.errors = problemsOfLoan(this.typed, this.#today);
    if (Object.keys(this.errors).length > 0) return this.#showError();
    const reason = this.typed.reason.trim();
    await lendApprovals({ organization_id: this.approvals.organization.id, ...this.typed, reason });
    toast(words.loanSaved, { tone: 'good' });
    this.#done();
  };

  #done = (): void => void this.dispatchEvent(new CustomEvent('dialog-done'));

  async #showError(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  static override styles = [base, controls, dialogStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'loan-dialog': LoanDialog;
  }
}
