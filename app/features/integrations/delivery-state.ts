import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController } from '../../data/who.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-icon.ts';
import { retry } from './delivery-actions.ts';
import { deliveryOf } from './queries.ts';
import { canRetry, standingOf } from './rules.ts';
import { badgeOf, providerWords, standingSentence, words } from './words.ts';

/** Where a row is on its way to a provider, for any screen that shows the row; nothing while it has not set out. */
@customElement('delivery-state')
export class DeliveryState extends LitElement {
  /** Id of the row. */
  @property({ attribute: 'subject-id' }) subjectId = '';
  @property() provider = '';
  readonly #who = new WhoController(this);
  readonly #item = new LiveQuery(
    this,
    () => deliveryOf(this.subjectId, this.provider),
    () => [this.subjectId, this.provider],
  );

  override render() {
    const item = this.#item.value;
    if (!item) return nothing;
    const { delivery, integration } = item;
    const standing = standingOf(delivery, integration);
    const badge = badgeOf[standing.kind];
    const { name } = providerWords(delivery.provider);
    const retries = canRetry(delivery) && (this.#who.value?.can('integrations:retry') ?? false);
    return html`<div class="row wrap">
      <ui-badge tone=${badge.tone} icon=${badge.icon}>${name}: ${badge.word}</ui-badge>
      <p class="small quiet grow" role="status">${standingSentence(standing, delivery)}</p>
      ${
        delivery.external_url
          ? html`<a class="button quiet" href=${delivery.external_url} target="_blank" rel="noreferrer">
              ${words.openThere(name)}
            </a>`
          : nothing
      }
      ${retries ? html`<button class="button" @click=${() => void retry(delivery)}>${words.retry}</button>` : nothing}
    </div>`;
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'delivery-state': DeliveryState;
  }
}
