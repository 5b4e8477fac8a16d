import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { IntegrationRow } from '../../data/schema.gen.ts';
import type { Who } from '../../data/who.ts';
import { formatInstant } from '../../kernel/day.ts';
import { ask } from '../../ui/ask.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-icon.ts';
import { told } from './delivery-actions.ts';
import { disconnectIntegration, pauseIntegration, resumeIntegration, retryIntegration } from './mutations.ts';
import type { Card } from './queries.ts';
import { isAskedToWait } from './rules.ts';
import { healthSentence, providerWords, statusBadge, words } from './words.ts';

/** How the organisation stands with one provider, and what can be done about it. */
@customElement('integration-card')
export class IntegrationCard extends LitElement {
  @property({ attribute: false }) card!: Card;
  @property({ attribute: false }) me!: Who;

  override render() {
    const { provider, row } = this.card;
    const { name, what, icon } = providerWords(provider);
    const badge = statusBadge[stateOf(row)]!;
    return html`<article class="card stack" aria-label=${name}>
      <header class="row">
        <span class="disc"><ui-icon name=${icon}></ui-icon></span>
        <h2 class="grow">${name}</h2>
        <ui-badge tone=${badge.tone} icon=${badge.icon}>${badge.word}</ui-badge>
      </header>
      ${row && row.status !== 'disconnected' ? this.#connected(row) : html`<p class="quiet">${what}</p>`}
      ${this.#counts()} ${this.#actions(row, name)}
    </article>`;
  }

  #connected(row: IntegrationRow) {
    return html`<div>
        <p class="account">${row.account_name}</p>
        ${row.connected_at ? html`<p class="small quiet">${this.#connectedLine(row.connected_at)}</p>` : nothing}
      </div>
      ${
        row.sandbox
          ? html`<p class="row small">
              <ui-badge tone="accent" icon="info">${words.sandbox}</ui-badge>
              <span class="quiet grow">${words.sandboxText}</span>
            </p>`
          : nothing
      }
      <p role="status">${healthSentence(row)}</p>`;
  }

  #connectedLine(at: string): string {
    const { connectedBy } = this.card;
    const when = formatInstant(at);
    return connectedBy ? words.connectedBy(connectedBy, when) : words.connectedAt(when);
  }

  #counts() {
    const { waiting, failed } = this.card;
    if (waiting + failed === 0) return nothing;
    return html`<p class="row wrap counts">
      ${waiting > 0 ? html`<ui-badge tone="waiting" icon="clock">${words.waiting(waiting)}</ui-badge>` : nothing}
      ${failed > 0 ? html`<ui-badge tone="bad" icon="circle-alert">${words.failed(failed)}</ui-badge>` : nothing}
    </p>`;
  }

  #actions(row: IntegrationRow | undefined, name: string) {
    const writes = this.me.can('integrations:write');
    const status = row?.status ?? 'disconnected';
    const signsIn = status === 'disconnected' || status === 'needs_attention';
    const label = status === 'disconnected' ? words.connect(name) : words.signInAgain(name);
    const retries = row && status === 'connected' && this.me.can('integrations:retry') && this.#hasWork(row);
    if (!retries && !writes) return nothing;
    return html`<div class="row wrap">
      ${
        writes && signsIn ? html`<a class="button primary" href="/connect/${this.card.provider}">${label}</a>` : nothing
      }
      ${retries ? this.#act(words.retryNow, words.retried, () => retryIntegration(row)) : nothing}
      ${writes && row && status === 'paused' ? this.#act(words.resume, words.resumed, () => resumeIntegration(row), 'primary') : nothing}
      ${writes && row && status === 'connected' ? this.#act(words.pause, words.paused, () => pauseIntegration(row)) : nothing}
      ${
        writes && row && status !== 'disconnected'
          ? html`<button class="button quiet danger" @click=${() => void this.#disconnect(row, name)}>
              ${words.disconnect}
            </button>`
          : nothing
      }
    </div>`;
  }

  #hasWork({ error_code }: IntegrationRow): boolean {
    return !isAskedToWait({ error_code }) && (error_code !== null || this.card.waiting > 0);
  }

  #act(label: string, done: string, work: () => Promise<unknown>, look = '') {
    return html`<button class="button ${look}" @click=${() => void told(done, work)}>${label}</button>`;
  }

  async #disconnect(row: IntegrationRow, name: string): Promise<void> {
    const question = { heading: words.disconnectAsk(name), text: words.disconnectText, confirm: words.disconnect };
    if (await ask({ ...question, danger: true })) await told(words.disconnected, () => disconnectIntegration(row));
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      .card {
        height: 100%;
      }
      .disc {
        display: grid;
        place-items: center;
        flex: none;
        width: 40px;
        height: 40px;
        border-radius: 50%;
        background: var(--surface-sunken);
        color: var(--text-quiet);
      }
      .account {
        font-weight: 550;
        overflow-wrap: anywhere;
      }
      .counts {
        gap: var(--space-2);
      }
    `,
  ];
}

/** A provider that does not answer is connected all the same; the person wants to know of the former. */
function stateOf(row: IntegrationRow | undefined): string {
  if (row?.status === 'connected' && row.error_code) return isAskedToWait(row) ? 'busy' : 'troubled';
  return row?.status ?? 'disconnected';
}

declare global {
  interface HTMLElementTagNameMap {
    'integration-card': IntegrationCard;
  }
}
