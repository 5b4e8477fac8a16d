import { LitElement, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { authPort } from '../../platform/auth-port.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { Attempt } from './attempt.ts';
import { checkPassword } from './check-password.ts';
import { failureNote } from './failure-note.ts';
import { PasswordEntry, passwordStyles } from './password-entry.ts';
import { stepStyles } from './sign-in.styles.ts';
import { EnteredEvent } from './steps.ts';
import { words } from './words.ts';

/** The last step of a recovery: the person has proved the address and chooses a new password. */
@customElement('sign-in-choose-password')
export class SignInChoosePassword extends LitElement {
  @property() email = '';
  @state() private error: string | undefined;
  readonly #password = new PasswordEntry(this);
  readonly #attempt = new Attempt(this);

  override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLInputElement>('#password')?.focus();
  }

  override render() {
    const { busy, failure } = this.#attempt;
    return html`
      <form novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
        <div class="head">
          <h1 tabindex="-1">${words.choose_heading}</h1>
          <p>${words.choose_lead(this.email)}</p>
        </div>
        <input type="email" name="email" autocomplete="username" hidden .value=${this.email} />
        ${this.#password.chosen(words.new_password, this.error, [this.email])} ${failureNote(failure)}
        <button class="button primary block" type="submit" aria-busy=${busy} aria-disabled=${busy}>
          ${words.choose_action}
        </button>
      </form>
    `;
  }

  #onInput = (): void => {
    this.error = undefined;
    this.#attempt.clear();
  };

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const saved = await this.#attempt.run(async () => {
      this.error = await checkPassword(this.#password.value, [this.email]);
      if (!this.error) await authPort().setPassword(this.#password.value);
    });
    if (this.error) this.renderRoot.querySelector<HTMLInputElement>('#password')?.focus();
    else if (saved) this.dispatchEvent(new EnteredEvent());
  };

  static override styles = [base, controls, stepStyles, passwordStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'sign-in-choose-password': SignInChoosePassword;
  }
}
