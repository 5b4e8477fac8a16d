import { LitElement, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { who } from '../../data/who.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { authPort } from '../../platform/auth-port.ts';
import { readConfig } from '../../platform/config.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-skeleton.ts';
import { Attempt } from '../sign-in/attempt.ts';
import { words } from './words.ts';

/** Takes the browser to a provider's sign-in. It stands in the frame, because it needs the network by nature. */
@customElement('connect-page')
export class ConnectPage extends LitElement {
  @property({ attribute: false }) route!: RouteMatch;
  readonly #going = new Attempt(this);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('online', this.#go);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('online', this.#go);
  }

  protected override firstUpdated(): void {
    this.#go();
  }

  override render() {
    const { failure } = this.#going;
    return html`<ui-page heading=${words.heading} back="/integrations" back-label=${words.back} width="narrow">
      <div class="stack">
        <p role="status">${failure ? sentenceFor(failure) : words.going}</p>
        ${
          failure ? html`<div><button class="button primary" @click=${this.#go}>${words.retry}</button></div>` : nothing
        }
      </div>
    </ui-page>`;
  }

  #go = (): void => {
    void this.#going.run(async () => {
      const { provider } = this.route.params;
      const ticket = await authPort().connectTicket(who().organization.id, provider!);
      const { supabase_url } = await readConfig();
      location.assign(`${supabase_url}/functions/v1/connect/${encodeURIComponent(provider!)}?ticket=${ticket}`);
    });
  };

  static override styles = [base, controls];
}

function sentenceFor({ kind, code }: { readonly kind: string; readonly code: string }): string {
  if (kind === 'weather') return words.offline;
  return code === 'not_permitted' || code === 'signed_out' || code === 'unknown_provider' ? words[code] : words.failed;
}

declare global {
  interface HTMLElementTagNameMap {
    'connect-page': ConnectPage;
  }
}
