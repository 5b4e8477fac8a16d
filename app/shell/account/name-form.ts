import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Who } from '../../data/who.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import { renameMyself } from './queries.ts';
import { words } from './words.ts';

/** The name others see. */
@customElement('name-form')
export class NameForm extends LitElement {
  @property({ attribute: false }) who!: Who;
  @state() private typed: string | undefined;
  @state() private error: string | undefined;

  override render() {
    const { display_name } = this.who.person;
    const value = this.typed ?? display_name;
    return html`<form class="field" novalidate @submit=${this.#onSubmit}>
      <label for="name">${words.display_name}</label>
      <div class="row">
        <input
          id="name"
          class="input grow"
          autocomplete="name"
          maxlength="120"
          .value=${value}
          aria-invalid=${this.error ? 'true' : 'false'}
          aria-describedby="name-note"
          @input=${this.#onInput}
        />
        <button class="button" type="submit" ?hidden=${value.trim() === display_name}>${words.save}</button>
      </div>
      <div id="name-note">
        ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
        <p class="hint">${words.display_name_hint(this.who.organization.name)}</p>
      </div>
    </form>`;
  }

  #onInput = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value;
    this.error = undefined;
  };

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const display_name = this.typed?.trim() ?? this.who.person.display_name;
    this.error = display_name === '' ? words.display_name_missing : undefined;
    if (this.error || display_name === this.who.person.display_name) return;
    await renameMyself({ person: this.who.person, display_name });
    this.typed = undefined;
    toast(words.saved, { tone: 'good' });
  };

  static override styles = [
    base,
    controls,
    css`
      .button {
        min-height: var(--target);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'name-form': NameForm;
  }
}
