import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController, type Who } from '../../data/who.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-empty.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-skeleton.ts';
import './delivery-item.ts';
import './integration-card.ts';
import { overviewOf, type Item, type Overview } from './queries.ts';
import { outcomes, providerWords, words } from './words.ts';

/** How the organisation stands with those it sends things to, what needs somebody, and what is on its way. */
@customElement('integrations-page')
export class IntegrationsPage extends LitElement {
  @property({ attribute: false }) route!: RouteMatch;
  readonly #who = new WhoController(this);
  readonly #overview = new LiveQuery(
    this,
    () => (this.#who.value ? overviewOf(this.#who.value.organization.id) : undefined),
    () => [this.#who.value?.organization.id],
  );

  override render() {
    const me = this.#who.value;
    if (!me) return nothing;
    const overview = this.#overview.value;
    return html`<ui-page heading=${words.heading}>
      <p slot="lead">${words.lead}</p>
      <div class="stack loose">
        ${this.#outcome()}
        ${overview ? this.#content(overview, me) : html`<ui-skeleton lines="4" row-height="96"></ui-skeleton>`}
      </div>
    </ui-page>`;
  }

  /** What came of signing in at a provider, when the browser has just come back from there. */
  #outcome() {
    const outcome = this.route.query.get('outcome');
    const sentence = outcome === null ? undefined : outcomes[outcome];
    if (!sentence) return nothing;
    const good = outcome === 'connected';
    const { name } = providerWords(this.route.query.get('provider') ?? '');
    return html`<p class="card row outcome" role="status">
      <ui-icon class=${good ? 'good' : 'bad'} name=${good ? 'circle-check' : 'circle-alert'}></ui-icon>
      <span class="grow">${sentence(name)}</span>
    </p>`;
  }

  #content({ cards, failed, failedCount, waiting, waitingCount }: Overview, me: Who) {
    return html`<div class="cards">
        ${repeat(
          cards,
          (card) => card.provider,
          (card) => html`<integration-card .card=${card} .me=${me}></integration-card>`,
        )}
      </div>
      ${this.#list(words.needYou, failed, failedCount, me)} ${this.#list(words.onItsWay, waiting, waitingCount, me)}
      ${failedCount + waitingCount === 0 ? html`<ui-empty icon="send" heading=${words.none}>${words.noneText}</ui-empty>` : nothing}`;
  }

  #list(heading: string, items: readonly Item[], all: number, me: Who) {
    if (all === 0) return nothing;
    return html`<section aria-label=${heading}>
      <h2>${heading} <span class="quiet number">${all}</span></h2>
      <ul class="list">
        ${repeat(
          items,
          ({ delivery }) => delivery.id,
          (item) =>
            html`<li>
              <delivery-item .item=${item} ?acts=${me.can('integrations:retry')}></delivery-item>
            </li>`,
        )}
      </ul>
      ${all > items.length ? html`<p class="hint more">${words.more(all - items.length)}</p>` : nothing}
    </section>`;
  }

  static override styles = [
    base,
    controls,
    css`
      .cards {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr));
        gap: var(--space-4);
      }
      section h2 {
        margin-bottom: var(--space-3);
      }
      .outcome .good {
        color: var(--good);
      }
      .outcome .bad {
        color: var(--bad);
      }
      .more {
        margin-top: var(--space-3);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'integrations-page': IntegrationsPage;
  }
}
