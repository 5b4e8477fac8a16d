import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { authPort, type CodePurpose } from '../../platform/auth-port.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import { Attempt } from './attempt.ts';
import { failureNote } from './failure-note.ts';
import { digitsOf } from './entries.ts';
import { stepStyles } from './sign-in.styles.ts';
import { EnteredEvent, StepEvent } from './steps.ts';
import { words } from './words.ts';

const SECONDS_BETWEEN_MAILS = 60;

const leads: Record<CodePurpose, (email: string) => string> = {
  sign_in: (email) => words.mail_sign_in(email),
  sign_up: (email) => words.mail_sign_up(email),
  recovery: (email) => words.mail_recovery(email),
};

const send: Record<CodePurpose, (email: string) => Promise<void>> = {
  sign_in: (email) => authPort().sendCode(email),
  sign_up: (email) => authPort().resendConfirmation(email),
  recovery: (email) => authPort().sendRecovery(email),
};

/** "Check your mail": the six digits can be typed, pasted or filled in by the phone; the sixth one submits. */
@customElement('sign-in-code')
export class SignInCode extends LitElement {
  @property() email = '';
  @property() purpose: CodePurpose = 'sign_in';
  @property({ type: Boolean }) trusted = false;
  @state() private code = '';
  @state() private codeError: string | undefined;
  @state() private wait = SECONDS_BETWEEN_MAILS;
  readonly #attempt = new Attempt(this);
  readonly #sending = new Attempt(this);
  #ticker: ReturnType<typeof setInterval> | undefined;
  #sentAt = Date.now();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticker = setInterval(() => this.#tick(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticker);
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  override render() {
    const { busy } = this.#attempt;
    return html`
      <form novalidate @submit=${this.#onSubmit}>
        <div class="head">
          <h1 tabindex="-1">${words.check_mail}</h1>
          <p>${leads[this.purpose](this.email)}</p>
        </div>
        <div class="field">
          <label for="code">${words.code}</label>
          <input
            id="code"
            class="input code"
            name="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            pattern="[0-9]*"
            aria-describedby="code-hint ${this.codeError ? 'code-error' : ''}"
            aria-invalid=${this.codeError ? 'true' : 'false'}
            .value=${this.code}
            @input=${this.#onInput}
          />
          ${this.codeError ? html`<p class="error" id="code-error" role="alert">${this.codeError}</p>` : nothing}
          <p class="hint" id="code-hint">${words.code_hint} ${words.no_mail}</p>
        </div>
        ${failureNote(this.#attempt.failure ?? this.#sending.failure)}
        <button class="button primary block" type="submit" aria-busy=${busy} aria-disabled=${busy}>
          ${busy ? words.signing_in : words.code_action}
        </button>
        <button type="button" class="button block" aria-disabled=${this.wait > 0} @click=${this.#onResend}>
          ${this.wait > 0 ? words.code_resend_wait(this.wait) : words.code_resend}
        </button>
        <div class="foot">
          <button type="button" class="link" @click=${this.#onBack}>${words.back_to_sign_in}</button>
        </div>
      </form>
    `;
  }

  #tick(): void {
    this.wait = Math.max(0, SECONDS_BETWEEN_MAILS - Math.floor((Date.now() - this.#sentAt) / 1000));
  }

  #onInput = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.code = digitsOf(input.value);
    input.value = this.code;
    this.codeError = undefined;
    this.#attempt.clear();
    if (this.code.length === 6) void this.#verify();
  };

  #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#verify();
  };

  async #verify(): Promise<void> {
    if (this.code.length !== 6) {
      this.codeError = words.code_bad;
      return;
    }
    const { email, code, purpose } = this;
    if (await this.#attempt.run(() => authPort().verifyCode(email, code, purpose))) this.#entered();
    else this.renderRoot.querySelector('input')?.select();
  }

  #entered(): void {
    if (this.purpose === 'recovery')
      this.dispatchEvent(new StepEvent({ name: 'choose_password' }, this.email, this.trusted));
    else this.dispatchEvent(new EnteredEvent(this.trusted));
  }

  #onResend = async (): Promise<void> => {
    if (this.wait > 0) return;
    if (!(await this.#sending.run(() => send[this.purpose](this.email)))) return;
    this.#sentAt = Date.now();
    this.#tick();
    toast(words.code_sent, { tone: 'good' });
  };

  #onBack = (): void => {
    this.dispatchEvent(new StepEvent({ name: 'enter' }, this.email, this.trusted));
  };

  static override styles = [base, controls, stepStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'sign-in-code': SignInCode;
  }
}
