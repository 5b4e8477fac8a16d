import { css, html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import '../../ui/ui-icon.ts';
import { passwordRules, strengthOf, type PasswordRule } from './password-rules.ts';
import { words } from './words.ts';

const ruleWords: Record<PasswordRule['name'], () => string> = {
  length: () => words.rule_length,
  upper: () => words.rule_upper,
  lower: () => words.rule_lower,
  digit: () => words.rule_digit,
};

const strengthWords = () => [
  words.strength_none,
  words.strength_weak,
  words.strength_fair,
  words.strength_good,
  words.strength_strong,
];

/**
 * A password input with its eye, and for new passwords the rules that tick themselves off. A controller and not an
 * element, because password managers want the input and its form in one tree.
 */
export class PasswordEntry implements ReactiveController {
  value = '';
  #shown = false;
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** The field for a password one knows already. */
  current(label: string, error: string | undefined, beside: TemplateResult | typeof nothing = nothing): TemplateResult {
    return html`<div class="field">
      <div class="beside"><label class="label" for="password">${label}</label>${beside}</div>
      ${this.#box('current-password', error ? 'password-error' : '', error)} ${this.#error(error)}
    </div>`;
  }

  /** The field for a new password; `own` are names and addresses it must not be made of. */
  chosen(label: string, error: string | undefined, own: readonly string[]): TemplateResult {
    const strength = strengthOf(this.value, own);
    return html`<div class="field">
      <label for="password">${label}</label>
      ${this.#box('new-password', `strength rules ${error ? 'password-error' : ''}`, error)} ${this.#error(error)}
      <div class="meter s${strength}" aria-hidden="true"><i></i><i></i><i></i><i></i></div>
      <p class="hint" id="strength" aria-live="polite">
        <span class="visually-hidden">${words.strength_label}: </span>${strengthWords()[strength]}
      </p>
      <ul id="rules" class="rules">
        ${passwordRules(this.value).map(rule)}
      </ul>
    </div>`;
  }

  #box(autocomplete: 'current-password' | 'new-password', describedby: string, error: string | undefined) {
    return html`<div class="box">
      <input
        id="password"
        class="input"
        name="password"
        type=${this.#shown ? 'text' : 'password'}
        autocomplete=${autocomplete}
        autocapitalize="none"
        spellcheck="false"
        maxlength="72"
        aria-describedby=${describedby.trim() || nothing}
        aria-invalid=${error ? 'true' : 'false'}
        .value=${this.value}
        @input=${this.#onInput}
      />
      <button
        type="button"
        class="eye"
        aria-label=${this.#shown ? words.hide_password : words.show_password}
        @click=${this.#onEye}
      >
        <ui-icon name=${this.#shown ? 'eye-off' : 'eye'}></ui-icon>
      </button>
    </div>`;
  }

  #error(error: string | undefined) {
    return error ? html`<p class="error" id="password-error" role="alert">${error}</p>` : nothing;
  }

  #onInput = (event: Event): void => {
    this.value = (event.target as HTMLInputElement).value;
    this.#host.requestUpdate();
  };

  #onEye = (): void => {
    this.#shown = !this.#shown;
    this.#host.requestUpdate();
  };
}

const rule = ({ name, met }: PasswordRule): TemplateResult =>
  html`<li class=${met ? 'met' : ''}>
    <ui-icon name=${met ? 'circle-check' : 'circle'}></ui-icon>
    <span>${ruleWords[name]()}<span class="visually-hidden">, ${met ? words.rule_met : words.rule_open}</span></span>
  </li>`;

/** The clothes of a `PasswordEntry`. */
export const passwordStyles = css`
  .box {
    position: relative;
  }
  .box .input {
    padding-inline-end: 52px;
  }
  .eye {
    position: absolute;
    inset: 0 0 0 auto;
    display: grid;
    place-items: center;
    width: 44px;
    min-height: 44px;
    border: 0;
    border-radius: var(--radius-control);
    background: none;
    color: var(--text-quiet);
    cursor: pointer;
  }
  .eye:hover {
    color: var(--text);
  }
  .meter {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    gap: 4px;
    margin-top: 2px;
  }
  .meter i {
    height: 4px;
    border-radius: 2px;
    background: var(--line);
  }
  .s1 i:nth-child(-n + 1) {
    background: var(--bad);
  }
  .s2 i:nth-child(-n + 2) {
    background: var(--warn);
  }
  .s3 i:nth-child(-n + 3),
  .s4 i {
    background: var(--good);
  }
  .rules {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(170px, 1fr));
    gap: 2px var(--space-3);
    font-size: var(--text-14);
    color: var(--text-quiet);
  }
  .rules li {
    --icon-size: 16px;
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .rules .met {
    color: var(--good);
  }
`;
