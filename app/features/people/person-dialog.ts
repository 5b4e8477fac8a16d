import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PersonDetailsRow, PersonRow } from '../../data/schema.gen.ts';
import { who } from '../../data/who.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { fieldNote } from '../../ui/field-note.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-dialog.ts';
import { complaints, personForm } from './forms.ts';
import { addPerson, savePerson } from './mutations.ts';
import { dialogStyles } from './role-picker.ts';
import { words } from './words.ts';

const blank = { display_name: '', title: '', email: '', phone: '' };
type Name = keyof typeof blank;

/** Adds a person without a login, or corrects what is written down about one. Sends `dialog-done` with `detail.id`. */
@customElement('person-dialog')
export class PersonDialog extends LitElement {
  @property({ attribute: false }) person: PersonRow | undefined;
  @property({ attribute: false }) details: PersonDetailsRow | undefined;
  @state() private typed = blank;
  @state() private errors: Partial<Record<string, string>> = {};

  override connectedCallback(): void {
    super.connectedCallback();
    const { person, details } = this;
    this.typed = {
      display_name: person?.display_name ?? '',
      title: person?.title ?? '',
      email: details?.email ?? '',
      phone: details?.phone ?? '',
    };
  }

  override render() {
    return html`<ui-dialog
      heading=${this.person ? words.edit_heading : words.add_heading}
      open
      @ui-close=${() => this.#done()}
    >
      <form novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
        ${this.person ? nothing : html`<p class="quiet">${words.add_lead}</p>`}
        ${this.#field('display_name', words.display_name, { autocapitalize: 'words' })}
        ${this.#field('title', words.title, { hint: words.title_hint })}
        ${this.#field('email', words.email, { type: 'email', autocapitalize: 'none' })}
        ${this.#field('phone', words.phone, { type: 'tel' })}
        <div class="buttons">
          <button type="button" class="button" @click=${() => this.#done()}>${words.cancel}</button>
          <button type="submit" class="button primary">${words.save}</button>
        </div>
      </form>
    </ui-dialog>`;
  }

  #field(
    name: Name,
    label: string,
    {
      type = 'text',
      hint,
      autocapitalize = 'sentences',
    }: { type?: 'text' | 'email' | 'tel'; hint?: string; autocapitalize?: 'none' | 'words' | 'sentences' },
  ) {
    const error = this.errors[name];
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <input
        id=${name}
        name=${name}
        class="input"
        type=${type}
        autocomplete="off"
        autocapitalize=${autocapitalize}
        .value=${this.typed[name]}
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby="${name}-note"
      />
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
    this.errors = complaints(personForm, this.typed);
    const result = personForm.safeParse(this.typed);
    if (!result.success) return this.#showError();
    const { person, details } = this;
    if (person) await savePerson({ person, details, fields: result.data });
    const id = person?.id ?? (await addPerson({ organization_id: who().organization.id, ...result.data }));
    toast(person ? words.saved_toast : words.added_toast(result.data.display_name), { tone: 'good' });
    this.#done(id);
  };

  #done(id?: string): void {
    this.dispatchEvent(new CustomEvent('dialog-done', { detail: { id } }));
  }

  async #showError(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  static override styles = [base, controls, dialogStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'person-dialog': PersonDialog;
  }
}
