import { LitElement, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApprovalLimitRole, ApprovalLimitRow } from '../../data/schema.gen.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { fieldNote } from '../../ui/field-note.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-dialog.ts';
import { roleName } from '../people/index.ts';
import { readMoney, typedMoney } from './forms.ts';
import { readersOf, rolesOfLimits } from './level-picker.ts';
import { addLimit, changeLimit } from './mutations.ts';
import type { Approvals } from './queries.ts';
import { words } from './settings-words.ts';

/** Whom a limit is for, in words. */
export const limitOwner = (
  { role, person_id }: Pick<ApprovalLimitRow, 'role' | 'person_id'>,
  approvals: Approvals,
): string => (role ? roleName(role) : (approvals.people.get(person_id ?? '')?.display_name ?? '…'));

/** Sets the limit of a role or a person, or changes it. Sends `dialog-done`. */
@customElement('limit-dialog')
export class LimitDialog extends LitElement {
  @property({ attribute: false }) row: ApprovalLimitRow | undefined;
  @property({ attribute: false }) approvals!: Approvals;
  @state() private whose = 'role:accountant';
  @state() private amount = '';
  @state() private errors: { whose?: string | undefined; amount?: string | undefined } = {};

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.row) return;
    const { currency, locale } = this.approvals.organization;
    this.amount = typedMoney(this.row.max_minor, currency, locale);
  }

  override render() {
    const heading = this.row ? words.editLimit(limitOwner(this.row, this.approvals)) : words.addLimit;
    return html`<ui-dialog heading=${heading} open @ui-close=${this.#done}>
      <form class="stack" novalidate @submit=${this.#onSubmit}>
        ${this.row ? '' : this.#owner()}
        <div class="field">
          <label for="amount">${words.limitLabel} (${this.approvals.organization.currency})</label>
          <input
            id="amount"
            class="input"
            inputmode="decimal"
            autocomplete="off"
            .value=${this.amount}
            aria-invalid=${this.errors.amount ? 'true' : 'false'}
            aria-describedby="amount-note"
            @input=${(event: Event) => this.#change(() => (this.amount = valueOf(event)))}
          />
          ${fieldNote('amount', this.errors.amount, '')}
        </div>
        <div class="row end">
          <button type="button" class="button" @click=${this.#done}>${words.cancel}</button>
          <button type="submit" class="button primary">${words.save}</button>
        </div>
      </form>
    </ui-dialog>`;
  }

  #owner() {
    const option = (value: string, label: string) =>
      html`<option value=${value} ?selected=${value === this.whose}>${label}</option>`;
    return html`<div class="field">
      <label for="whose">${words.limitOf}</label>
      <select
        id="whose"
        class="select"
        aria-invalid=${this.errors.whose ? 'true' : 'false'}
        aria-describedby="whose-note"
        @change=${(event: Event) => this.#change(() => (this.whose = valueOf(event)))}
      >
        <optgroup label=${words.rolesGroup}>
          ${rolesOfLimits.map((role) => option(`role:${role}`, roleName(role)))}
        </optgroup>
        <optgroup label=${words.peopleGroup}>
          ${readersOf(this.approvals).map(({ id, name }) => option(`person:${id}`, name))}
        </optgroup>
      </select>
      ${fieldNote('whose', this.errors.whose, '')}
    </div>`;
  }

  #change(make: () => void): void {
    make();
    this.errors = {};
  }

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { organization, limits } = this.approvals;
    const max_minor = readMoney(this.amount, organization.currency, organization.locale);
    const [kind, id] = this.whose.split(':') as ['role' | 'person', string];
    const role = kind === 'role' ? (id as ApprovalLimitRole) : null;
    const person_id = kind === 'person' ? id : null;
    const taken = !this.row && limits.some((limit) => limit.role === role && limit.person_id === person_id);
    this.errors = {
      whose: taken ? words.limitTaken : undefined,
      amount: typeof max_minor === 'string' ? max_minor : undefined,
    };
    if (typeof max_minor === 'string' || taken) return this.#showError();
    if (this.row) await changeLimit({ row: this.row, max_minor });
    else await addLimit({ organization_id: organization.id, role, person_id, max_minor });
    toast(words.limitSaved, { tone: 'good' });
    this.#done();
  };

  #done = (): void => void this.dispatchEvent(new CustomEvent('dialog-done'));

  async #showError(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  static override styles = [base, controls];
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

declare global {
  interface HTMLElementTagNameMap {
    'limit-dialog': LimitDialog;
  }
}
