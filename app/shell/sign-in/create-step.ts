import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import * as z from 'zod/mini';
import { authPort, type NewAccount } from '../../platform/auth-port.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { Attempt } from './attempt.ts';
import { checkPassword } from './check-password.ts';
import { failureNote } from './failure-note.ts';
import { accountForm } from './forms.ts';
import { PasswordEntry, passwordStyles } from './password-entry.ts';
import { stepStyles } from './sign-in.styles.ts';
import { EnteredEvent, StepEvent } from './steps.ts';
import { words } from './words.ts';

type Typed = Omit<NewAccount, 'password'>;
type Errors = Partial<Record<keyof NewAccount, string>>;

/** A new account: names, address and a password that is not a known one. The mail proves the address. */
@customElement('sign-in-create')
export class SignInCreate extends LitElement {
  @property() email = '';
  @state() private typed: Typed = { first_name: '', last_name: '', email: '' };
  @state() private errors: Errors = {};
  readonly #password = new PasswordEntry(this);
  readonly #attempt = new Attempt(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.typed = { ...this.typed, email: this.email };
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  override render() {
    const { busy, failure } = this.#attempt;
    return html`
      <form novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
        <div class="head">
          <h1 tabindex="-1">${words.create_heading}</h1>
          <p>${words.create_lead}</p>
        </div>
        <div class="pair">
          ${this.#field('first_name', words.first_name, 'given-name')}
          ${this.#field('last_name', words.last_name, 'family-name')}
        </div>
        ${this.#field('email', words.email, 'username', 'email')}
        ${this.#password.chosen(words.password, this.errors.password, Object.values(this.typed))}
        ${failureNote(failure, failure?.code === 'email_taken' ? this.#signInInstead : undefined)}
        <button class="button primary block" type="submit" aria-busy=${busy} aria-disabled=${busy}>
          ${words.create_action}
        </button>
        <div class="foot">
          ${words.have_account}
          <button type="button" class="link" @click=${this.#onBack}>${words.sign_in}</button>
        </div>
      </form>
    `;
  }

  #field(name: keyof Typed, label: string, autocomplete: 'given-name' | 'family-name' | 'username', type = 'text') {
    const error = this.errors[name];
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <input
        id=${name}
        class="input"
        name=${name}
        type=${type}
        autocomplete=${autocomplete}
        autocapitalize=${type === 'email' ? 'none' : 'words'}
        maxlength="254"
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby=${error ? `${name}-error` : nothing}
        .value=${this.typed[name]}
      />
      ${error ? html`<p class="error" id="${name}-error" role="alert">${error}</p>` : nothing}
    </div>`;
  }

  #signInInstead = { label: words.sign_in, run: () => this.#onBack() };

  #onInput = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement;
    if (name in this.typed) this.typed = { ...this.typed, [name]: value };
    this.errors = { ...this.errors, [name]: undefined };
    this.#attempt.clear();
  };

  #onBack = (): void => {
    this.dispatchEvent(new StepEvent({ name: 'enter' }, this.typed.email));
  };

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const account = this.#read();
    if (!account) return this.#focusFirstError();
    let outcome: 'check_mail' | 'signed_in' | undefined;
    const made = await this.#attempt.run(async () => {
      const error = await checkPassword(account.password, Object.values(this.typed));
      if (error) this.errors = { password: error };
      else outcome = await authPort().signUp(account);
    });
    if (this.errors.password) this.#focusFirstError();
    if (!made || !outcome) return;
    if (outcome === 'signed_in') this.dispatchEvent(new EnteredEvent());
    else this.dispatchEvent(new StepEvent({ name: 'code', purpose: 'sign_up' }, account.email));
  };

  #read(): NewAccount | undefined {
    const result = z.safeParse(accountForm, { ...this.typed, password: this.#password.value });
    this.errors = {};
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      const name = issue.path[0] as keyof NewAccount;
      this.errors[name] ??= issue.message;
    }
    return undefined;
  }

  #focusFirstError(): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus(),
    );
  }

  static override styles = [base, controls, stepStyles, passwordStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'sign-in-create': SignInCreate;
  }
}
