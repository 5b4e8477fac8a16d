import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { readMailLink } from '../../platform/auth-link.ts';
import { authPort } from '../../platform/auth-port.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { base } from '../../ui/base.styles.ts';
import { toast } from '../../ui/toast.ts';
import { navigate } from '../../ui/navigate.ts';
import '../../ui/ui-icon.ts';
import './choose-password-step.ts';
import './code-step.ts';
import './enter-step.ts';
import './forgot-step.ts';
import './link-step.ts';
import { pageStyles } from './sign-in-page.styles.ts';
import { brandMark, stageLight } from './stage-light.ts';
import type { EnteredEvent, Step, StepEvent } from './steps.ts';
import { words } from './words.ts';

/**
 * The way in. The gate shows it when nobody is signed in, while a recovery waits for its new password, and on
 * `/auth/callback`. It leaves by itself: the port announces the session.
 */
@customElement('sign-in-page')
export class SignInPage extends LitElement {
  @property({ attribute: false }) route: RouteMatch | undefined;
  @state() private step: Step = firstStep();
  @state() private email = '';
  @state() private ended = false;
  @state() private online = navigator.onLine;
  #trusted = matchMedia('(pointer: coarse)').matches;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('online', this.#onNetwork);
    window.addEventListener('offline', this.#onNetwork);
    void this.#remember();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('online', this.#onNetwork);
    window.removeEventListener('offline', this.#onNetwork);
  }

  override render() {
    return html`
      <main @sign-in-step=${this.#onStep} @sign-in-entered=${this.#onEntered}>
        <div class="brand">${brandMark()}<span>${words.product}</span></div>
        <div class="form">${this.#notes()} ${this.#render()}</div>
      </main>
      <aside>
        ${stageLight()}
        <div class="pitch">
          <p class="tagline">${words.tagline}</p>
          <ul>
            <li><ui-icon name="receipt"></ui-icon>${words.point_receipts}</li>
            <li><ui-icon name="calendar"></ui-icon>${words.point_schedule}</li>
            <li><ui-icon name="cloud-off"></ui-icon>${words.point_safe}</li>
          </ul>
        </div>
      </aside>
    `;
  }

  #notes() {
    return html`<div aria-live="polite">
      ${this.online ? nothing : html`<p class="note"><ui-icon name="wifi-off"></ui-icon>${words.offline}</p>`}
      ${
        this.ended && this.step.name === 'enter'
          ? html`<p class="note quiet"><ui-icon name="lock"></ui-icon>${words.ended}</p>`
          : nothing
      }
    </div>`;
  }

  #render() {
    const { email, step } = this;
    if (step.name === 'create') return html`<sign-in-create .email=${email}></sign-in-create>`;
    if (step.name === 'forgot') return html`<sign-in-forgot .email=${email} .purpose=${step.purpose}></sign-in-forgot>`;
    if (step.name === 'choose_password')
      return html`<sign-in-choose-password .email=${email}></sign-in-choose-password>`;
    if (step.name === 'link') return html`<sign-in-link .email=${email}></sign-in-link>`;
    if (step.name === 'code')
      return html`<sign-in-code .email=${email} .purpose=${step.purpose} .trusted=${this.#trusted}></sign-in-code>`;
    return html`<sign-in-enter .email=${email} .trusted=${this.#trusted}></sign-in-enter>`;
  }

  async #remember(): Promise<void> {
    const [record, session] = await Promise.all([authPort().record(), authPort().session()]);
    this.ended = !session && !record.left && record.last_email !== null;
    if (this.email === '') this.email = session?.email ?? record.last_email ?? '';
    if (session?.recovery && this.step.name !== 'link') this.step = { name: 'choose_password' };
  }

  #onNetwork = (): void => {
    this.online = navigator.onLine;
  };

  #onStep = async (event: StepEvent): Promise<void> => {
    if (event.step.name === 'create') await import('./create-step.ts');
    this.email = event.email;
    this.#trusted = event.trusted ?? this.#trusted;
    this.step = event.step;
    if (event.step.name === 'choose_password') void this.#remember();
  };

  #onEntered = (event: EnteredEvent): void => {
    void tellInvitations();
    // Named in the person's device list as soon as the server can be asked; being in does not wait for it.
    authPort()
      .registerDevice(event.trusted ?? this.#trusted)
      .catch(() => undefined);
    if (!location.pathname.startsWith('/auth/')) return;
    // The frame's router may not be there yet: it reads the address when it comes.
    history.replaceState(null, '', event.path);
    navigate(event.path, { replace: true });
  };

  static override styles = [base, pageStyles];
}

/** Somebody who is a member already meets a new invitation in the frame, which does not show the start page by itself. */
async function tellInvitations(): Promise<void> {
  const waiting = await authPort()
    .invitations()
    .catch(() => []);
  if (waiting.length === 0 || location.pathname === '/start') return;
  const action = { label: words.invitations_see, run: () => navigate('/start') };
  toast(words.invitations_wait(waiting.length), { action });
}

/** The address carries a link only once: the step that opens it takes it away. */
const firstStep = (): Step =>
  readMailLink(new URL(location.href)).kind === 'none' ? { name: 'enter' } : { name: 'link' };

declare global {
  interface HTMLElementTagNameMap {
    'sign-in-page': SignInPage;
  }
}
