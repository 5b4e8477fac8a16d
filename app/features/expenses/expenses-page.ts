import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { WhoController, type Who } from '../../data/who.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { navigate } from '../../ui/navigate.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-segmented.ts';
import './draft-banner.ts';
import './expense-detail.ts';
import './expense-filters.ts';
import './expense-list.ts';
import { desk } from './postures.ts';
import { noFilter, type ClaimFilter } from './queries.ts';
import { words } from './words.ts';

const keys = ['whose', 'state', 'period', 'category_id', 'show_id', 'text'] as const;

/** The claims: on a phone the list or one claim, at a desk the list with the chosen claim beside it. */
@customElement('expenses-page')
export class ExpensesPage extends LitElement {
  @property({ attribute: false }) route!: RouteMatch;
  @state() private filter: ClaimFilter = noFilter;
  readonly #who = new WhoController(this);
  readonly #desk = desk(this);
  #read = false;

  override willUpdate(changed: PropertyValues): void {
    const me = this.#who.value;
    if (!changed.has('route') || !me) return;
    if (this.route.params['id'] === undefined || !this.#read) this.filter = filterFrom(this.route.query, me);
    this.#read = true;
  }

  override render() {
    const me = this.#who.value;
    if (!me) return nothing;
    const chosen = this.route.params['id'];
    if (chosen && !this.#desk.matches) return this.#one(chosen);
    return html`<ui-page heading=${words.claims} width="wide">
      <div slot="actions">
        <a class="button primary" href="/expenses/new"><ui-icon name="plus"></ui-icon>${words.newClaim}</a>
      </div>
      <draft-banner></draft-banner>
      ${me.can('expenses:read') ? this.#whose() : nothing}
      <expense-filters
        .filter=${this.filter}
        organization=${me.organization.id}
        @filter-changed=${this.#onFilter}
      ></expense-filters>
      <div class=${chosen ? 'split' : ''}>
        <expense-list .filter=${this.filter} chosen=${chosen ?? ''} @filter-changed=${this.#onFilter}></expense-list>
        ${chosen ? this.#beside(chosen) : nothing}
      </div>
    </ui-page>`;
  }

  #one(id: string) {
    return html`<ui-page heading=${words.claim} back=${this.#listPath()} back-label=${words.backToClaims}>
      <expense-detail claim-id=${id}></expense-detail>
    </ui-page>`;
  }

  #beside(id: string) {
    return html`<aside aria-label=${words.claim}>
      <a class="button quiet icon-only close" href=${this.#listPath()} aria-label=${words.close}>
        <ui-icon name="x"></ui-icon>
      </a>
      <expense-detail claim-id=${id}></expense-detail>
    </aside>`;
  }

  #whose() {
    return html`<div class="whose">
      <ui-segmented
        label=${words.whose}
        .options=${[
          { value: 'mine', label: words.mine },
          { value: 'everyone', label: words.everyone },
        ]}
        .value=${this.filter.whose}
        @ui-change=${this.#onWhose}
      ></ui-segmented>
    </div>`;
  }

  #onWhose = (event: CustomEvent<{ value: ClaimFilter['whose'] }>): void => {
    const whose = event.detail.value;
    this.#narrow({ ...this.filter, whose, period: whose === 'everyone' ? thisYear() : '' });
  };

  #onFilter = (event: CustomEvent<ClaimFilter>): void => this.#narrow(event.detail);

  /** The filters are in the address, so that back, reload and a sent link show the same list. */
  #narrow(filter: ClaimFilter): void {
    this.filter = filter;
    navigate(this.#listPath(), { replace: true });
  }

  #listPath(): string {
    const query = new URLSearchParams();
    for (const key of keys)
      if (this.filter[key] && this.filter[key] !== noFilter[key]) query.set(key, this.filter[key]);
    return query.size > 0 ? `/expenses?${query}` : '/expenses';
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      .whose {
        margin-bottom: var(--space-3);
      }
      aside {
        position: relative;
        min-width: 0;
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        background: var(--surface-raised);
      }
      .close {
        position: absolute;
        z-index: 2;
        top: var(--space-2);
        inset-inline-end: var(--space-2);
      }
      @media (min-width: 1024px) {
        .split {
          display: grid;
          grid-template-columns: minmax(0, 1fr) minmax(400px, 40%);
          gap: var(--space-5);
          align-items: start;
        }
        aside {
          position: sticky;
          top: var(--space-4);
          max-height: calc(100vh - 2 * var(--space-4));
          overflow: auto;
        }
      }
    `,
  ];
}

const thisYear = (): string => String(new Date().getFullYear());

/** What the address narrows the list to. A desk person without claims of their own starts with everyone's. */
function filterFrom(query: URLSearchParams, me: Who): ClaimFilter {
  const asked = Object.fromEntries(keys.map((key) => [key, query.get(key) ?? '']));
  const whose = asked['whose'] === 'everyone' && me.can('expenses:read') ? 'everyone' : 'mine';
  return { ...noFilter, ...asked, whose, period: asked['period'] || (whose === 'everyone' ? thisYear() : '') };
}

declare global {
  interface HTMLElementTagNameMap {
    'expenses-page': ExpensesPage;
  }
}
