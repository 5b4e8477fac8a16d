import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { WhoController } from '../data/who.ts';
import { asFailure, type Failure } from '../kernel/failure.ts';
import type { Feature } from '../kernel/feature.ts';
import { createAuthPort, useAuthPort, type SessionInfo } from '../platform/auth.ts';
import { authPort } from '../platform/auth-port.ts';
import { createClients, readConfig, type Clients } from '../platform/supabase-client.ts';
import { base } from '../ui/base.styles.ts';
import { toast } from '../ui/toast.ts';
import '../ui/ui-toasts.ts';
import './broken-page.ts';
import { detailsOf } from './failure-details.ts';
import { lookForUpdate } from './updates.ts';
import { words } from './words.ts';
import { beginWork, useWork, type Work } from './work.ts';

/** The same as in index.html, so that nothing moves while the app wakes; the words come only when it takes long. */
const splash = html`<div class="splash" aria-busy="true">
  <img src="/favicon.svg" width="56" height="56" alt="" />
  <p role="status">${words.opening}</p>
</div>`;

type Stage = 'booting' | 'signed_out' | 'opening' | 'at_work' | 'broken';

/** The gate: decides between signing in, the first sync, starting an organisation and the frame. */
@customElement('app-root')
export class AppRoot extends LitElement {
  @property({ attribute: false }) features: readonly Feature[] = [];
  @state() private stage: Stage = 'booting';
  @state() private failure: Failure | undefined;
  #clients: Clients | undefined;
  #session: SessionInfo | null = null;
  #work: Work | undefined;
  #turn: Promise<void> = Promise.resolve();
  readonly #who = new WhoController(this);

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('error', this.#onError);
    addEventListener('unhandledrejection', this.#onRejection);
    void this.#boot().catch((thrown: unknown) => this.#break(thrown));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('error', this.#onError);
    removeEventListener('unhandledrejection', this.#onRejection);
  }

  override render() {
    return html`${this.#content()}<ui-toasts></ui-toasts>`;
  }

  #content(): TemplateResult {
    if (this.stage === 'broken') return html`<broken-page full .failure=${this.failure}></broken-page>`;
    if (this.stage === 'signed_out' || this.#session?.recovery) return html`<sign-in-page></sign-in-page>`;
    if (this.stage !== 'at_work') return splash;
    if (this.#who.value) {
      return html`<screen-lock user-id=${this.#session!.user_id}
        ><app-frame .features=${this.features}></app-frame
      ></screen-lock>`;
    }
    return html`<before-membership></before-membership>`;
  }

  async #boot(): Promise<void> {
    this.#clients = createClients(await readConfig());
    useAuthPort(createAuthPort(this.#clients.supabase));
    authPort().onChange((session) => this.#enter(session));
    this.#enter(await authPort().session());
  }

  /** One change of person at a time, in the order they happened. */
  #enter(session: SessionInfo | null): void {
    this.#turn = this.#turn.then(() => this.#change(session)).catch((thrown: unknown) => this.#break(thrown));
  }

  async #change(session: SessionInfo | null): Promise<void> {
    this.#session = session;
    if (session?.user_id !== this.#work?.user_id) await this.#leave();
    if (!session || session.recovery || location.pathname === '/auth/callback') {
      await import('./sign-in/sign-in-page.ts');
      this.stage = 'signed_out';
      if (!session || session.recovery) return;
    }
    if (this.#work) {
      this.#work.engine.beat('signed_in');
      return;
    }
    this.stage = 'opening';
    await Promise.all([import('./app-frame.ts'), import('./lock/screen-lock.ts'), import('./before-membership.ts')]);
    this.#work = await beginWork(this.#clients!, session, this.#report);
    useWork(this.#work);
    this.stage = 'at_work';
  }

  async #leave(): Promise<void> {
    const work = this.#work;
    this.#work = undefined;
    useWork(undefined);
    this.stage = 'booting';
    await this.updateComplete;
    await work?.end();
  }

  #report = (failure: Failure): void => {
    console.error(failure);
    if (failure.code === 'update_needed') void lookForUpdate();
  };

  #break(thrown: unknown): void {
    this.failure = asFailure(thrown);
    console.error(thrown);
    this.stage = 'broken';
  }

  #onError = (event: ErrorEvent): void => {
    if (event.error instanceof Error) this.#uncaught(event.error);
  };

  #onRejection = (event: PromiseRejectionEvent): void => this.#uncaught(event.reason);

  /** Nobody was there to say it in better words: the page stays, and the person hears that something did not work. */
  #uncaught(thrown: unknown): void {
    const failure = asFailure(thrown);
    this.#report(failure);
    if (failure.kind === 'weather' || this.stage === 'broken') return;
    const run = () => void navigator.clipboard.writeText(detailsOf(failure));
    toast(words.hiccup, { key: 'hiccup', tone: 'warn', action: { label: words.copyDetails, run } });
  }

  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .splash {
        position: relative;
        display: grid;
        place-items: center;
        min-height: 100vh;
        min-height: 100dvh;
      }
      .splash p {
        position: absolute;
        top: calc(50% + 44px);
        color: var(--text-quiet);
        font-size: var(--text-14);
        animation: appear 200ms 900ms both;
      }
      @keyframes appear {
        from {
          opacity: 0;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'app-root': AppRoot;
  }
}
