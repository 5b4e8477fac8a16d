import { LitElement, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { authPort } from '../../platform/auth-port.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { Attempt } from './attempt.ts';
import { failureNote } from './failure-note.ts';
import { emailField } from './email-field.ts';
import { emailProblem } from './entries.ts';
import { stepStyles } from './sign-in.styles.ts';
import { StepEvent } from './steps.ts';
import { words } from './words.ts';

/** Asks for the address and mails a code: for a forgotten password, or instead of a link that no longer works. */
@customElement('sign-in-forgot')
export class SignInForgot extends LitElement {
  @property() email = '';
  /** A recovery ends with a new password, a sign-in code does not. */
  @property() purpose: 'recovery' | 'sign_in' = 'recovery';
  @state() private emailError: string | undefined;
  readonly #attempt = new Attempt(this);

  override firstUpdated(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  override render() {
    const { busy, failure } = this.#attempt;
    return html`
      <form novalidate @submit=${this.#onSubmit}>
        <div class="head">
          <h1 tabindex="-1">${this.purpose === 'recovery' ? words.forgot_heading : words.code_heading}</h1>
          <p>${this.purpose === 'recovery' ? words.forgot_lead : words.code_lead}</p>
        </div>
        ${emailField(this.email, this.emailError, this.#onInput)} ${failureNote(failure)}
        <button class="button primary block" type="submit" aria-busy=${busy} aria-disabled=${busy}>
          ${words.forgot_action}
        </button>
        <div class="foot">
          <button type="button" class="link" @click=${() => this.#go({ name: 'enter' })}>
            ${words.back_to_sign_in}
          </button>
        </div>
      </form>
    `;
  }

  #go(step: StepEvent['step']): void {
    this.dispatchEvent(new StepEvent(step, this.email));
  }

  #send(): Promise<void> {
    return this.purpose === 'recovery' ? authPort().sendRecovery(this.email) : authPort().sendCode(this.email);
  }

  #onInput = (event: Event): void => {
    this.email = (event.target as HTMLInputElement).value;
    this.emailError = undefined;
    this.#attempt.clear();
  };

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    this.email = this.email.trim();
    this.emailError = emailProblem(this.email);
    if (this.emailError) return;
    if (await this.#attempt.run(() => this.#send())) this.#go({ name: 'code', purpose: this.purpose });
  };

  static override styles = [base, controls, stepStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'sign-in-forgot': SignInForgot;
  }
}
