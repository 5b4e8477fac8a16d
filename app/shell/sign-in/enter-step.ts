import { LitElement, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { authPort } from '../../platform/auth-port.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { Attempt } from './attempt.ts';
import { failureNote } from './failure-note.ts';
import { emailField } from './email-field.ts';
import { emailProblem } from './entries.ts';
import { PasswordEntry, passwordStyles } from './password-entry.ts';
import { stepStyles } from './sign-in.styles.ts';
import { EnteredEvent, StepEvent } from './steps.ts';
import { words } from './words.ts';

/** E-mail first, then the password or a code by mail. Both inputs stay in one form for password managers. */
@customElement('sign-in-enter')
export class SignInEnter extends LitElement {
  @property() email = '';
  @property({ type: Boolean }) trusted = false;
  @state() private asking: 'email' | 'password' = 'email';
  @state() private emailError: string | undefined;
  @state() private passwordError: string | undefined;
  readonly #password = new PasswordEntry(this);
  readonly #attempt = new Attempt(this);

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('asking')) return;
    this.renderRoot.querySelector<HTMLInputElement>(this.asking === 'email' ? '#email' : '#password')?.focus();
  }

  override render() {
    return html`
      <form novalidate @submit=${this.#onSubmit} @input=${() => this.#attempt.clear()}>
        <div class="head">
          <h1 tabindex="-1">${this.asking === 'email' ? words.welcome : words.welcome_back}</h1>
        </div>
        ${this.asking === 'email' ? this.#askEmail() : this.#askPassword()}
      </form>
    `;
  }

  #askEmail() {
    return html`
      ${emailField(this.email, this.emailError, this.#onEmail)}
      <button class="button primary block" type="submit">${words.continue}</button>
      <div class="foot">
        ${words.new_here}
        <button type="button" class="link" @click=${() => this.#go({ name: 'create' })}>${words.create_account}</button>
      </div>
    `;
  }

  #askPassword() {
    const { busy, failure } = this.#attempt;
    const forgot = html`<button
      type="button"
      class="link"
      @click=${() => this.#go({ name: 'forgot', purpose: 'recovery' })}
    >
      ${words.forgot}
    </button>`;
    return html`
      <div class="as">
        <ui-icon name="mail"></ui-icon>
        <input
          aria-label=${words.email}
          name="email"
          type="email"
          autocomplete="username"
          readonly
          .value=${this.email}
        />
        <button type="button" class="link" aria-label=${words.change_email} @click=${this.#onChangeEmail}>
          <ui-icon name="pencil"></ui-icon>
        </button>
      </div>
      ${this.#password.current(words.password, this.passwordError, forgot)}
      <label class="check">
        <input type="checkbox" name="trusted" .checked=${this.trusted} @change=${this.#onTrust} />
        <span>${words.trust}<br /><span class="hint">${words.trust_hint}</span></span>
      </label>
      ${failureNote(failure, failure?.code === 'email_not_confirmed' ? this.#confirmation : undefined)}
      <button class="button primary block" type="submit" aria-busy=${busy} aria-disabled=${busy}>
        ${busy ? words.signing_in : words.sign_in}
      </button>
      <div class="or" aria-hidden="true">${words.or}</div>
      <button type="button" class="button block" aria-disabled=${busy} @click=${this.#onCode}>
        <ui-icon name="mail"></ui-icon>${words.code_instead}
      </button>
    `;
  }

  #confirmation = {
    label: words.code_resend,
    run: () =>
      void this.#attempt
        .run(() => authPort().resendConfirmation(this.email))
        .then((sent) => sent && this.#go({ name: 'code', purpose: 'sign_up' })),
  };

  #go(step: StepEvent['step']): void {
    this.dispatchEvent(new StepEvent(step, this.email, this.trusted));
  }

  #onEmail = (event: Event): void => {
    this.email = (event.target as HTMLInputElement).value;
    this.emailError = undefined;
  };

  #onChangeEmail = (): void => {
    this.asking = 'email';
  };

  #onTrust = (event: Event): void => {
    this.trusted = (event.target as HTMLInputElement).checked;
  };

  #onSubmit = (event: Event): void => {
    event.preventDefault();
    if (this.asking === 'email') this.#checkEmail();
    else void this.#signIn();
  };

  #checkEmail(): void {
    this.email = this.email.trim();
    this.emailError = emailProblem(this.email);
    if (this.emailError) this.renderRoot.querySelector<HTMLInputElement>('#email')?.focus();
    else this.asking = 'password';
  }

  async #signIn(): Promise<void> {
    this.passwordError = this.#password.value === '' ? words.password_missing : undefined;
    const { email, trusted } = this;
    if (this.passwordError) this.renderRoot.querySelector<HTMLInputElement>('#password')?.focus();
    else if (await this.#attempt.run(() => authPort().signInWithPassword(email, this.#password.value)))
      this.dispatchEvent(new EnteredEvent(trusted));
    else this.renderRoot.querySelector<HTMLInputElement>('#password')?.select();
  }

  #onCode = async (): Promise<void> => {
    if (await this.#attempt.run(() => authPort().sendCode(this.email))) this.#go({ name: 'code', purpose: 'sign_in' });
  };

  static override styles = [base, controls, stepStyles, passwordStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'sign-in-enter': SignInEnter;
  }
}
