import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { asFailure } from '../../kernel/failure.ts';
import { authPort } from '../../platform/auth-port.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-dialog.ts';
import { Attempt } from '../sign-in/attempt.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { digitsOf } from '../sign-in/entries.ts';
import { PasswordEntry, passwordStyles } from '../sign-in/password-entry.ts';
import { stepStyles } from '../sign-in/sign-in.styles.ts';
import { sentenceFor, words } from './words.ts';

/** Changes the password; long after signing in the server asks for a mailed code first. Sends `dialog-done`. */
@customElement('password-dialog')
export class PasswordDialog extends LitElement {
  @property() email = '';
  @state() private error: string | undefined;
  @state() private asksCode = false;
  @state() private code = '';
  readonly #password = new PasswordEntry(this);
  readonly #attempt = new Attempt(this);

  override render() {
    const { busy, failure } = this.#attempt;
    return html`<ui-dialog heading=${words.password_heading} open @ui-close=${this.#done}>
      <form novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
        <p class="quiet">${words.password_lead}</p>
        <input type="email" name="email" autocomplete="username" hidden .value=${this.email} />
        ${this.#password.chosen(words.password_new, this.error, [this.email])}
        ${this.asksCode ? this.#askCode() : nothing}
        ${failure ? html`<p class="error" role="alert">${sentenceFor(failure)}</p>` : nothing}
        <button class="button primary block" type="submit" aria-busy=${busy} aria-disabled=${busy}>
          ${words.save}
        </button>
      </form>
    </ui-dialog>`;
  }

  #askCode() {
    return html`<div class="field">
      <label for="code">${words.password_code}</label>
      <input
        id="code"
        class="input code"
        inputmode="numeric"
        autocomplete="one-time-code"
        .value=${this.code}
        @input=${this.#onCode}
      />
      <p class="hint">${words.password_code_lead}</p>
    </div>`;
  }

  #onCode = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.code = digitsOf(input.value);
    input.value = this.code;
  };

  #onInput = (): void => {
    this.error = undefined;
    this.#attempt.clear();
  };

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    let saved = false;
    await this.#attempt.run(async () => {
      this.error = await checkPassword(this.#password.value, [this.email]);
      if (!this.error) saved = await this.#save();
    });
    if (!saved) return;
    toast(words.password_saved, { tone: 'good' });
    this.#done();
  };

  async #save(): Promise<boolean> {
    try {
      await authPort().setPassword(this.#password.value, this.code || undefined);
      return true;
    } catch (thrown) {
      if (asFailure(thrown).code !== 'confirm_by_code') throw thrown;
      await authPort().sendPasswordCode();
      this.asksCode = true;
      return false;
    }
  }

  #done = (): void => void this.dispatchEvent(new CustomEvent('dialog-done'));

  static override styles = [base, controls, stepStyles, passwordStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'password-dialog': PasswordDialog;
  }
}
