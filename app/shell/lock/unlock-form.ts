import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { authPort } from '../../platform/auth-port.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import { Attempt } from '../sign-in/attempt.ts';
import { digitsOf } from '../sign-in/entries.ts';
import { tryPin } from './pin.ts';
import { hasPin, pinShelf, reopenPin } from './pin-shelf.ts';
import { releaseByPin, releaseSeal } from './seal-lock.ts';
import { unlockStyles } from './screen-lock.styles.ts';
import { sentenceFor, words } from './words.ts';

type Way = 'pin' | 'password' | 'code';

/** The ways back in: PIN (works offline), password or mailed code. Sends `unlocked`. */
@customElement('unlock-form')
export class UnlockForm extends LitElement {
  @property() email = '';
  @state() private way: Way | undefined;
  @state() private online = navigator.onLine;
  #hasPin = false;
  #closed = false;
  readonly #attempt = new Attempt(this);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('online', this.#onNetwork);
    window.addEventListener('offline', this.#onNetwork);
    void this.#choose();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('online', this.#onNetwork);
    window.removeEventListener('offline', this.#onNetwork);
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('way')) this.renderRoot.querySelector('input')?.focus();
  }

  override render() {
    if (!this.way) return nothing;
    const { busy, failure } = this.#attempt;
    return html`
      <form novalidate @submit=${this.#onSubmit}>
        ${this.#lead()} ${this.way === 'password' ? this.#password() : this.#digits()}
        ${failure ? html`<p class="error" role="alert">${sentenceFor(failure)}</p>` : nothing}
        <button class="button primary block" type="submit" aria-busy=${busy} aria-disabled=${busy}>
          ${words.unlock}
        </button>
      </form>
      <div class="others">${this.#others()}</div>
    `;
  }

  #lead() {
    if (!this.online && this.way !== 'pin')
      return html`<p class="note">
        <ui-icon name="wifi-off"></ui-icon>${this.#closed ? words.offline_closed : words.offline_without_pin}
      </p>`;
    if (this.way === 'code') return html`<p class="quiet">${words.code_lead(this.email)}</p>`;
    return this.way === 'password' ? html`<p class="quiet">${words.password_lead}</p>` : nothing;
  }

  #digits() {
    const label = this.way === 'pin' ? words.pin_label : words.code_label;
    return html`<label class="visually-hidden" for="secret">${label}</label>
      <input
        id="secret"
        class="input digits"
        type=${this.way === 'pin' ? 'password' : 'text'}
        inputmode="numeric"
        autocomplete=${this.way === 'pin' ? 'off' : 'one-time-code'}
        placeholder=${this.way === 'pin' ? words.pin : '······'}
        maxlength=${this.way === 'pin' ? 6 : nothing}
        @input=${this.#onDigits}
      />`;
  }

  #password() {
    return html`<input type="email" autocomplete="username" hidden .value=${this.email} />
      <label class="visually-hidden" for="secret">${words.password}</label>
      <input
        id="secret"
        class="input"
        type="password"
        autocomplete="current-password"
        placeholder=${words.password}
        maxlength="72"
      />`;
  }

  #others() {
    const pin = this.#hasPin && !this.#closed && this.way !== 'pin';
    return html`
      ${pin ? html`<button class="button quiet" @click=${() => this.#go('pin')}>${words.use_pin}</button>` : nothing}
      ${this.way === 'password' ? nothing : html`<button class="button quiet" @click=${() => this.#go('password')}>${words.use_password}</button>`}
      ${this.way === 'code' ? nothing : html`<button class="button quiet" @click=${this.#onCode}>${words.use_code}</button>`}
    `;
  }

  async #choose(): Promise<void> {
    this.#hasPin = await hasPin();
    this.way = this.#hasPin ? 'pin' : 'password';
  }

  #go(way: Way): void {
    this.#attempt.clear();
    this.way = way;
  }

  #onNetwork = (): void => {
    this.online = navigator.onLine;
  };

  #onCode = async (): Promise<void> => {
    if (await this.#attempt.run(() => authPort().sendCode(this.email))) this.way = 'code';
  };

  #onDigits = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    input.value = digitsOf(input.value);
    this.#attempt.clear();
    if (input.value.length === 6) void this.#try(input);
  };

  #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#try(this.renderRoot.querySelector<HTMLInputElement>('#secret')!);
  };

  async #try(input: HTMLInputElement): Promise<void> {
    const secret = input.value;
    if (await this.#attempt.run(() => this.#prove(secret))) this.dispatchEvent(new CustomEvent('unlocked'));
    else if (this.#attempt.failure?.code === 'pin_closed') this.#close();
    else this.#again(input);
  }

  async #prove(secret: string): Promise<void> {
    if (this.way === 'pin') {
      await tryPin(secret, pinShelf);
      return releaseByPin(secret);
    }
    if (this.way === 'code') await authPort().verifyCode(this.email, secret, 'sign_in');
    else await authPort().confirmPassword(secret);
    await releaseSeal();
    await reopenPin();
    authPort()
      .registerDevice()
      .catch(() => undefined);
  }

  #again(input: HTMLInputElement): void {
    if (this.way !== 'password') input.value = '';
    input.select();
    input.focus();
  }

  #close(): void {
    this.#closed = true;
    this.way = 'password';
  }

  static override styles = [base, controls, unlockStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'unlock-form': UnlockForm;
  }
}
