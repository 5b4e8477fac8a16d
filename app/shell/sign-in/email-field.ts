import { html, nothing, type TemplateResult } from 'lit';
import { words } from './words.ts';

/** The field for the address somebody signs in with, as password managers know it; every step that asks for it has this one. */
export const emailField = (email: string, error: string | undefined, onInput: (event: Event) => void): TemplateResult =>
  html`<div class="field">
    <label for="email">${words.email}</label>
    <input
      id="email"
      class="input"
      name="email"
      type="email"
      inputmode="email"
      autocomplete="username"
      autocapitalize="none"
      spellcheck="false"
      aria-invalid=${error ? 'true' : 'false'}
      aria-describedby=${error ? 'email-error' : nothing}
      .value=${email}
      @input=${onInput}
    />
    ${error ? html`<p class="error" id="email-error" role="alert">${error}</p>` : nothing}
  </div>`;
