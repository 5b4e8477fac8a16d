import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SettingRow } from '../../data/schema.gen.ts';
import { who } from '../../data/who.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { fieldNote } from '../../ui/field-note.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-dialog.ts';
import { complaints, settingForm, typedValue } from './forms.ts';
import { addSetting, saveSetting } from './mutations.ts';
import { words } from './words.ts';

const blank = { category: '', key: '', value: '', description: '' };
type Name = keyof typeof blank;

/** Adds a setting, or changes the value of one. Sends `dialog-done`. */
@customElement('setting-dialog')
export class SettingDialog extends LitElement {
  @property({ attribute: false }) row: SettingRow | undefined;
  /** Names in use, as "category.key". */
  @property({ attribute: false }) taken: readonly string[] = [];
  @state() private typed = blank;
  @state() private errors: Partial<Record<string, string>> = {};

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.row) return;
    const { category, key, value, description } = this.row;
    this.typed = { category, key, value: typedValue(value), description: description ?? '' };
  }

  override render() {
    const heading = this.row ? words.edit_heading(`${this.row.category}.${this.row.key}`) : words.add_heading;
    return html`<ui-dialog heading=${heading} open @ui-close=${this.#done}>
      <form novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
        ${
          this.row
            ? nothing
            : html`${this.#field('category', words.category, words.category_hint)}
              ${this.#field('key', words.key, words.key_hint)}`
        }
        ${this.#field('value', words.value, words.value_hint, true)}
        ${this.#field('description', words.description, '')}
        <div class="row end">
          <button type="button" class="button" @click=${this.#done}>${words.cancel}</button>
          <button type="submit" class="button primary">${words.save}</button>
        </div>
      </form>
    </ui-dialog>`;
  }

  #field(name: Name, label: string, hint: string, long = false) {
    const error = this.errors[name];
    const invalid = error ? 'true' : 'false';
    return html`<div class="field">
      <label for=${name}>${label}</label>
      ${
        long
          ? html`<textarea
              id=${name}
              name=${name}
              class="textarea"
              rows="3"
              spellcheck="false"
              .value=${this.typed[name]}
              aria-invalid=${invalid}
              aria-describedby="${name}-note"
            ></textarea>`
          : html`<input
              id=${name}
              name=${name}
              class="input"
              autocomplete="off"
              autocapitalize="none"
              .value=${this.typed[name]}
              aria-invalid=${invalid}
              aria-describedby="${name}-note"
            />`
      }
      ${fieldNote(name, error, hint)}
    </div>`;
  }

  #onInput = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement;
    this.typed = { ...this.typed, [name]: value };
    this.errors = { ...this.errors, [name]: undefined };
  };

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    this.errors = complaints(settingForm, this.typed);
    const result = settingForm.safeParse(this.typed);
    if (!result.success) return this.#showError();
    const { category, key, value, description } = result.data;
    if (!this.row && this.taken.includes(`${category}.${key}`)) return void (this.errors = { key: words.taken });
    if (this.row) await saveSetting({ row: this.row, value, description });
    else await addSetting({ organization_id: who().organization.id, category, key, value, description });
    toast(words.saved, { tone: 'good' });
    this.#done();
  };

  #done = (): void => void this.dispatchEvent(new CustomEvent('dialog-done'));

  async #showError(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  static override styles = [
    base,
    controls,
    css`
      form {
        display: grid;
        gap: var(--space-4);
      }
      .textarea {
        font-family: ui-monospace, monospace;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'setting-dialog': SettingDialog;
  }
}
