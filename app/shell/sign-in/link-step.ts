import { LitElement, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { readMailLink } from '../../platform/auth-link.ts';
import { authPort } from '../../platform/auth-port.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-skeleton.ts';
import { Attempt } from './attempt.ts';
import { failureNote } from './failure-note.ts';
import { stepStyles } from './sign-in.styles.ts';
import { EnteredEvent, StepEvent } from './steps.ts';
import { words } from './words.ts';

/** Opens a link from a mail; a spent one says so and offers a new mail. */
@customElement('sign-in-link')
export class SignInLink extends LitElement {
  @property() email = '';
  readonly #attempt = new Attempt(this);
  // Taken out of the address bar at once: a link in the history or a screenshot is a key lying about.
  readonly #link = readMailLink(new URL(location.href));
  readonly #next = ownPath(new URLSearchParams(location.search).get('next'));

  override connectedCallback(): void {
    super.connectedCallback();
    history.replaceState(history.state, '', '/auth/callback');
    void this.#open();
  }

  override render() {
    const { failure } = this.#attempt;
    if (!failure)
      return html`<div class="step" role="status">
        <h1>${words.link_busy}</h1>
        <ui-skeleton lines="2"></ui-skeleton>
      </div>`;
    const again = failure.kind === 'weather' ? { label: words.link_retry, run: () => void this.#open() } : undefined;
    return html`
      <div class="step">
        <div class="head">
          <h1 tabindex="-1">${words.link_failed_heading}</h1>
          ${again ? '' : html`<p>${words.link_failed}</p>`}
        </div>
        ${failureNote(failure, again)}
        <button class="button primary block" @click=${() => this.#go({ name: 'forgot', purpose: 'sign_in' })}>
          ${words.link_new_code}
        </button>
        <button class="button block" @click=${() => this.#go({ name: 'enter' })}>${words.back_to_sign_in}</button>
      </div>
    `;
  }

  async #open(): Promise<void> {
    let purpose: string | undefined;
    await this.#attempt.run(async () => {
      purpose = await authPort().followLink(this.#link);
    });
    if (purpose === 'recovery') this.#go({ name: 'choose_password' });
    else if (purpose)
      this.dispatchEvent(new EnteredEvent(undefined, this.#next ?? (purpose === 'invite' ? '/start' : '/')));
  }

  #go(step: StepEvent['step']): void {
    this.dispatchEvent(new StepEvent(step, this.email));
  }

  static override styles = [base, controls, stepStyles];
}

/** A path of this app and nothing else: a mail must not lead elsewhere. */
const ownPath = (path: string | null): string | undefined => (path && /^\/(?![/\\])/.test(path) ? path : undefined);

declare global {
  interface HTMLElementTagNameMap {
    'sign-in-link': SignInLink;
  }
}
