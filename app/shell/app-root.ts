import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { WhoController } from '../data/who.ts';
import { asFailure, type Failure } from '../kernel/failure.ts';
import type { Feature } from '../kernel/feature.ts';
import { createAuthPort, useAuthPort, type SessionInfo } from '../platform/auth.ts';
import { authPort } from '../platform/auth-port.ts';
import { createClients, readConfig, type Clients } from '../platform/supabase-client.ts';
import { base } from '../ui/base.styles.ts';
import '../ui/ui-toasts.ts';
import './broken-page.ts';
import './first-sync.ts';
import { beginWork, useWork, type Work } from './work.ts';

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
    addEventListener('error', this.#onBug);
    void this.#boot().catch((thrown: unknown) => this.#break(thrown));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('error', this.#onBug);
  }

  override render() {
    return html`${this.#content()}<ui-toasts></ui-toasts>`;
  }

  #content(): TemplateResult {
    if (this.stage === 'broken') return html`<broken-page .failure=${this.failure}></broken-page>`;
    if (this.stage === 'signed_out' || this.#session?.recovery) return html`<sign-in-page></sign-in-page>`;
    if (this.stage !== 'at_work') return html`<first-sync opening></first-sync>`;
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

  #report = (failure: Failure): void => console.error(failure);

  #break(thrown: unknown): void {
    this.failure = asFailure(thrown);
    console.error(thrown);
    this.stage = 'broken';
  }

  #onBug = (event: ErrorEvent): void => {
    if (event.error instanceof Error) this.#report(asFailure(event.error));
  };

  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'app-root': AppRoot;
  }
}
