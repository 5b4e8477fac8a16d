import { LitElement, css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { ExpenseCategoryRow } from '../../data/schema.gen.ts';
import { who } from '../../data/who.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-dialog.ts';
import '../../ui/ui-icon.ts';
import { currencyOptions } from './choices.ts';
import { told } from './claim-actions.ts';
import { numberLocale } from './claim-session.ts';
import { codeOf, typedAmount, type CategoryFields } from './forms.ts';
import { addCategory, changeCategory } from './mutations.ts';
import { readAmount } from './rules.ts';
import { problemSentence } from './sentences.ts';
import { words } from './words.ts';

const icons = [
  'utensils',
  'car',
  'bed-double',
  'plane',
  'bus',
  'fuel',
  'music',
  'wrench',
  'package',
  'shirt',
  'phone',
  'wallet',
  'banknote',
  'receipt',
  'tag',
  'circle',
];

interface Typed {
  readonly name: string;
  readonly icon: string;
  readonly requires_receipt: boolean;
  readonly active: boolean;
  readonly limit: string;
  readonly currency: string;
}

/** Adds or changes one category of expenses. */
@customElement('category-dialog')
export class CategoryDialog extends LitElement {
  @state() private open = false;
  @state() private typed!: Typed;
  @state() private errors: { name?: string; limit?: string } = {};
  @query('#name') private nameInput!: HTMLInputElement;
  #row: ExpenseCategoryRow | undefined;
  #all: readonly ExpenseCategoryRow[] = [];

  /** Opens on a category, or empty for a new one; `all` is what the name must differ from. */
  show(row: ExpenseCategoryRow | undefined, all: readonly ExpenseCategoryRow[]): void {
    this.#row = row;
    this.#all = all;
    this.errors = {};
    this.typed = typedOf(row, who().organization.currency);
    this.open = true;
    void this.updateComplete.then(() => this.nameInput.focus());
  }

  override render() {
    return html`<ui-dialog
      heading=${this.#row ? words.editCategory : words.addCategory}
      ?open=${this.open}
      @ui-close=${() => (this.open = false)}
    >
      ${this.open ? this.#form() : nothing}
      <div slot="footer">
        <button class="button" @click=${() => (this.open = false)}>${words.dismiss}</button>
        <button class="button primary" @click=${this.#save}>${words.save}</button>
      </div>
    </ui-dialog>`;
  }

  #form() {
    const { name, limit, currency, requires_receipt, active } = this.typed;
    return html`<form class="stack" @submit=${this.#onSubmit}>
      <div class="field">
        <label for="name">${words.categoryName}</label>
        <input
          id="name"
          class="input"
          maxlength="80"
          aria-invalid=${this.errors.name ? 'true' : 'false'}
          .value=${name}
          @input=${(event: Event) => this.#change({ name: valueOf(event) })}
        />
        ${this.#error(this.errors.name)}
      </div>
      ${this.#icons()}
      <div class="field">
        <label for="limit">${words.categoryLimit} <span class="quiet">(${words.optional})</span></label>
        <div class="money">
          <input
            id="limit"
            class="input amount"
            inputmode="decimal"
            aria-invalid=${this.errors.limit ? 'true' : 'false'}
            .value=${limit}
            @input=${(event: Event) => this.#change({ limit: valueOf(event) })}
          />
          <select
            class="select"
            aria-label=${words.currency}
            @change=${(event: Event) => this.#change({ currency: valueOf(event) })}
          >
            ${currencyOptions(currency, [])}
          </select>
        </div>
        ${this.errors.limit ? this.#error(this.errors.limit) : html`<p class="hint">${words.categoryLimitHint}</p>`}
      </div>
      ${this.#check(words.needsReceipt, requires_receipt, (on) => this.#change({ requires_receipt: on }))}
      ${this.#check(words.active, active, (on) => this.#change({ active: on }))}
      <button hidden></button>
    </form>`;
  }

  #icons() {
    return html`<fieldset class="field">
      <legend>${words.categoryIcon}</legend>
      <div class="icons">
        ${icons.map(
          (icon) =>
            html`<label>
              <input
                type="radio"
                name="icon"
                aria-label=${icon.replaceAll('-', ' ')}
                .checked=${icon === this.typed.icon}
                @change=${() => this.#change({ icon })}
              />
              <span><ui-icon name=${icon}></ui-icon></span>
            </label>`,
        )}
      </div>
    </fieldset>`;
  }

  #check(label: string, on: boolean, set: (on: boolean) => void) {
    return html`<label class="check">
      <input
        type="checkbox"
        .checked=${on}
        @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}
      />
      ${label}
    </label>`;
  }

  #error(sentence: string | undefined) {
    return sentence
      ? html`<p class="error" role="alert"><ui-icon name="circle-alert"></ui-icon>${sentence}</p>`
      : nothing;
  }

  #change(patch: Partial<Typed>): void {
    this.typed = { ...this.typed, ...patch };
  }

  #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#save();
  };

  #save = async (): Promise<void> => {
    const max_amount_minor = this.#limit();
    this.errors = {
      ...this.#nameError(),
      ...(typeof max_amount_minor === 'string' ? { limit: max_amount_minor } : {}),
    };
    if (this.errors.name || typeof max_amount_minor === 'string') return;
    this.open = false;
    await told(words.categorySaved, () => this.#write(this.#fields(max_amount_minor)));
  };

  #write(fields: CategoryFields): Promise<void> {
    const row = this.#row;
    return row ? changeCategory({ row, fields }) : addCategory({ organization_id: who().organization.id, fields });
  }

  #fields(max_amount_minor: number | null): CategoryFields {
    const { name, icon, requires_receipt, active, currency } = this.typed;
    const position = this.#row?.position ?? Math.max(0, ...this.#all.map((category) => category.position)) + 1;
    const code = this.#row?.code ?? this.#freeCode(name);
    const limit = { max_amount_minor, currency: max_amount_minor === null ? null : currency };
    return { name: name.trim(), code, icon, requires_receipt, active, position, ...limit };
  }

  #freeCode(name: string): string {
    const taken = new Set(this.#all.map((category) => category.code));
    const code = codeOf(name);
    let free = code;
    for (let turn = 2; taken.has(free); turn++) free = `${code.slice(0, 36)}_${turn}`;
    return free;
  }

  #nameError(): { name?: string } {
    const name = this.typed.name.trim();
    if (name === '') return { name: words.nameMissing };
    const same = (category: ExpenseCategoryRow) =>
      category.id !== this.#row?.id && category.name.trim().toLocaleLowerCase() === name.toLocaleLowerCase();
    return this.#all.some(same) ? { name: words.nameTaken } : {};
  }

  /** The limit in minor units, `null` for none, or the sentence about what is wrong with it. */
  #limit(): number | null | string {
    const { limit, currency } = this.typed;
    if (limit.trim() === '') return null;
    const read = readAmount({ amount: limit, currency }, numberLocale());
    return typeof read === 'number' ? read : problemSentence(read);
  }

  static override styles = [
    base,
    controls,
    css`
      @media (max-width: 767px) {
        [slot='footer'] .button {
          flex: 1;
        }
      }
      .money {
        display: grid;
        grid-template-columns: 1fr 108px;
        gap: var(--space-2);
      }
      .icons {
        display: grid;
        grid-template-columns: repeat(8, 1fr);
        gap: var(--space-1);
      }
      .icons label {
        position: relative;
        aspect-ratio: 1;
        min-height: 36px;
      }
      .icons input {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
      .icons span {
        display: grid;
        place-items: center;
        height: 100%;
        border: 1px solid transparent;
        border-radius: 6px;
        color: var(--text-quiet);
      }
      .icons :checked + span {
        border-color: var(--accent);
        background: var(--accent-soft);
        color: var(--accent-ink);
      }
      .icons :focus-visible + span {
        outline: 2px solid var(--focus);
      }
    `,
  ];
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

function typedOf(row: ExpenseCategoryRow | undefined, home: string): Typed {
  const currency = row?.currency ?? home;
  const limit = row?.max_amount_minor ? typedAmount(row.max_amount_minor, currency, numberLocale()) : '';
  const { name = '', icon = 'tag', requires_receipt = true, active = true } = row ?? {};
  return { name, icon, requires_receipt, active, limit, currency };
}

declare global {
  interface HTMLElementTagNameMap {
    'category-dialog': CategoryDialog;
  }
}
