import { LitElement, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { SyncStatusController } from '../data/sync-status.ts';
import './first-sync.ts';

/** Between signing in and having an organisation: waits for the first sync, then offers invitations or a new organisation. */
@customElement('before-membership')
export class BeforeMembership extends LitElement {
  @state() private startReady = false;
  readonly #status = new SyncStatusController(this);

  override updated(): void {
    if (this.#synced && !this.startReady) void this.#prepare();
  }

  override render() {
    if (this.#synced && this.startReady) return html`<start-page></start-page>`;
    return html`<first-sync></first-sync>`;
  }

  /** Members never need this page at the start, so it comes only now. */
  async #prepare(): Promise<void> {
    await import('./sign-in/start-page.ts');
    this.startReady = true;
  }

  get #synced(): boolean {
    return this.#status.value?.first_sync_done === true;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'before-membership': BeforeMembership;
  }
}
