import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApprovalRuleRow, ExpenseCategoryRow } from '../../data/schema.gen.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { fieldNote } from '../../ui/field-note.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-dialog.ts';
import { dialogStyles } from './dialog.styles.ts';
import { problemOfLevels, readMoney, typedMoney } from './forms.ts';
import { levelOptions } from './level-picker.ts';
import { addRule, changeRule } from './mutations.ts';
import type { Approvals } from './queries.ts';
import { MOST_LEVELS } from './rules.ts';
import { words } from './settings-words.ts';
import { ruleSentence } from './words.ts';

/** Adds a rule, or changes one, and reads it back as a sentence while it is made. Sends `dialog-done`. */
@customElement('rule-dialog')
export class RuleDialog extends LitElement {
  @property({ attribute: false }) row: ApprovalRuleRow | undefined;
  @property({ attribute: false }) approvals!: Approvals;
  @property({ attribute: false }) categories: readonly ExpenseCategoryRow[] = [];
  @state() private over = '';
  @state() private category = '';
  @state() private levels: readonly string[] = ['any', '', ''];
  @state() private errors: { over?: string | undefined; levels?: string | undefined; category?: string | undefined } =
    {};

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.row) return;
    const { over_minor, category_id, levels } = this.row;
    const { currency, locale } = this.approvals.organization;
    this.over = over_minor === 0 ? '' : typedMoney(over_minor, currency, locale);
    this.category = category_id ?? '';
    this.levels = Array.from({ length: MOST_LEVELS }, (_, at) => levels[at] ?? '');
  }

  override render() {
    return html`<ui-dialog heading=${this.row ? words.editRule : words.addRule} open @ui-close=${this.#done}>
      <form class="stack" novalidate @submit=${this.#onSubmit}>
        <div class="field">
          <label for="over">${words.claimsOver} (${this.approvals.organization.currency})</label>
          <input
            id="over"
            class="input"
            inputmode="decimal"
            autocomplete="off"
            .value=${this.over}
            aria-invalid=${this.errors.over ? 'true' : 'false'}
            aria-describedby="over-note"
            @input=${(event: Event) => this.#change(() => (this.over = valueOf(event)))}
          />
          ${fieldNote('over', this.errors.over, words.claimsOverHint)}
        </div>
        <div class="field">
          <label for="category">${words.inCategory}</label>
          <select
            id="category"
            class="select"
            aria-invalid=${this.errors.category ? 'true' : 'false'}
            aria-describedby="category-note"
            @change=${(event: Event) => this.#change(() => (this.category = valueOf(event)))}
          >
            <option value="">${words.anyCategory}</option>
            ${this.categories.map(
              ({ id, name }) => html`<option value=${id} ?selected=${id === this.category}>${name}</option>`,
            )}
          </select>
          ${fieldNote('category', this.errors.category, '')}
        </div>
        ${this.levels.map((level, at) => this.#level(level, at))}
        ${this.errors.levels ? html`<p class="error" role="alert">${this.errors.levels}</p>` : nothing}
        <p class="preview" role="status">${this.#preview()}</p>
        <div class="row end">
          <button type="button" class="button" @click=${this.#done}>${words.cancel}</button>
          <button type="submit" class="button primary">${words.save}</button>
        </div>
      </form>
    </ui-dialog>`;
  }

  #level(level: string, at: number) {
    if (at > 0 && !this.levels[at - 1]) return nothing;
    return html`<div class="field">
      <label for="level-${at}">${words.levelLabel(at + 1)}</label>
      <select id="level-${at}" class="select" @change=${(event: Event) => this.#setLevel(at, valueOf(event))}>
        ${levelOptions(this.approvals, level, at > 0)}
      </select>
    </div>`;
  }

  #preview(): string {
    const over_minor = this.#over();
    if (typeof over_minor === 'string') return '';
    const { organization, people } = this.approvals;
    return ruleSentence(
      { over_minor, category_id: this.category || null, levels: this.#chosen },
      {
        currency: organization.currency,
        category: this.categories.find(({ id }) => id === this.category)?.name,
        names: (id) => people.get(id)?.display_name ?? '…',
      },
    );
  }

  /** The amount in minor units, 0 for every claim, or the sentence about what is wrong with it. */
  #over(): number | string {
    const { currency, locale } = this.approvals.organization;
    return this.over.trim() === '' ? 0 : readMoney(this.over, currency, locale);
  }

  get #chosen(): string[] {
    return this.levels.filter(Boolean);
  }

  /** Without a level there is none after it. */
  #setLevel(at: number, wanted: string): void {
    this.#change(() => {
      this.levels = this.levels.map((level, n) => (n === at ? wanted : n > at && !wanted ? '' : level));
    });
  }

  #change(make: () => void): void {
    make();
    this.errors = {};
  }

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const over_minor = this.#over();
    const category_id = this.category || null;
    const same = (rule: ApprovalRuleRow) =>
      rule.id !== this.row?.id && rule.category_id === category_id && rule.over_minor === over_minor;
    this.errors = {
      over: typeof over_minor === 'string' ? over_minor : undefined,
      category: this.approvals.rules.some(same) ? words.ruleTaken : undefined,
      levels: problemOfLevels(this.#chosen),
    };
    if (typeof over_minor === 'string' || this.errors.category || this.errors.levels) return this.#showError();
    const fields = { category_id, over_minor, levels: this.#chosen };
    if (this.row) await changeRule({ row: this.row, fields });
    else await addRule({ organization_id: this.approvals.organization.id, ...fields });
    toast(words.ruleSaved, { tone: 'good' });
    this.#done();
  };

  #done = (): void => void this.dispatchEvent(new CustomEvent('dialog-done'));

  async #showError(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  static override styles = [base, controls, dialogStyles];
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

declare global {
  interface HTMLElementTagNameMap {
    'rule-dialog': RuleDialog;
  }
}
