import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-icon.ts';
import { giveUp, retry } from './delivery-actions.ts';
import type { Item } from './queries.ts';
import { canGiveUp, canRetry, standingOf } from './rules.ts';
import { badgeOf, providerWords, standingSentence, words } from './words.ts';

/** One thing on its way: what it is, where it is, and what can be done about it. */
@customElement('delivery-item')
export class DeliveryItem extends LitElement {
  @property({ attribute: false }) item!: Item;
  /** Offers trying again and giving up. */
  @property({ type: Boolean }) acts = false;

  override render() {
    const { delivery, integration, path } = this.item;
    const title = this.item.title ?? words.unknownThing;
    const standing = standingOf(delivery, integration);
    const badge = badgeOf[standing.kind];
    const { name } = providerWords(delivery.provider);
    return html`
      <div class="grow">
        <p class="name">${path ? html`<a href=${path}>${title}</a>` : title}</p>
        <p class="small quiet">${standingSentence(standing, delivery)}</p>
      </div>
      <ui-badge tone=${badge.tone} icon=${badge.icon}>${name}: ${badge.word}</ui-badge>
      ${this.acts ? this.#actions(title) : nothing}
    `;
  }

  #actions(title: string) {
    const { delivery } = this.item;
    return html`<div class="row acts">
      ${
        canRetry(delivery)
          ? html`<button class="button" aria-label=${words.retryThis(title)} @click=${() => void retry(delivery)}>
              ${words.retry}
            </button>`
          : nothing
      }
      ${
        canGiveUp(delivery)
          ? html`<button
              class="button quiet"
              aria-label=${words.giveUpThis(title)}
              @click=${() => void giveUp(delivery, title)}
            >
              ${words.giveUp}
            </button>`
          : nothing
      }
    </div>`;
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
        padding: var(--space-3) var(--space-4);
      }
      .grow {
        flex: 1 1 240px;
      }
      .name {
        font-weight: 550;
        overflow-wrap: anywhere;
      }
      .name a {
        display: inline-flex;
        align-items: center;
        min-height: 44px;
        color: inherit;
      }
      .acts {
        gap: var(--space-2);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'delivery-item': DeliveryItem;
  }
}
