import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { LiveQuery } from '../../data/live-query.ts';
import type { ExpenseCategoryRow, ExpenseRow, PersonRow } from '../../data/schema.gen.ts';
import { waitingIds } from '../../data/sync-status.ts';
import { who } from '../../data/who.ts';
import type { Money } from '../../kernel/money.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-empty.ts';
import '../../ui/ui-failure.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-skeleton.ts';
import { expenseListStyles } from './expense-list.styles.ts';
import { amountOf, categoryIcon, statusBadge, sumsText, titleOf, waitingClock } from './parts.ts';
import {
  categories,
  claims,
  claimTotals,
  noFilter,
  peopleById,
  showsById,
  type ClaimFilter,
  type ShowLabel,
} from './queries.ts';
import { dayWords, monthName } from './sentences.ts';
import { words } from './words.ts';

/** How many rows are drawn at first, and more each time the end comes into view. */
const WINDOW = 60;

interface Names {
  readonly categories: ReadonlyMap<string, ExpenseCategoryRow>;
  readonly shows: ReadonlyMap<string, ShowLabel>;
  readonly people: ReadonlyMap<string, PersonRow>;
}

async function namesOf(organization_id: string): Promise<Names> {
  const [all, shows, people] = await Promise.all([
    categories(organization_id),
    showsById(organization_id),
    peopleById(),
  ]);
  return { categories: new Map(all.map((category) => [category.id, category])), shows, people };
}

/** The claims of a month and what they add up to. */
interface Month {
  readonly month: string;
  readonly claims: readonly ExpenseRow[];
  readonly sums: readonly Money[];
}

/** Claims by month with what each month adds up to; thousands of rows are drawn a window at a time. */
@customElement('expense-list')
export class ExpenseList extends LitElement {
  @property({ attribute: false }) filter: ClaimFilter = noFilter;
  /** The claim that stands open beside the list. */
  @property() chosen = '';
  @state() private shown = WINDOW;
  @query('.more') private more!: HTMLElement | null;
  readonly #claims = new LiveQuery(
    this,
    () => claims(who(), this.filter),
    () => [who().organization.id, this.filter],
  );
  readonly #names = new LiveQuery(
    this,
    () => namesOf(who().organization.id),
    () => [who().organization.id],
  );
  readonly #waiting = new LiveQuery(this, () => waitingIds('expenses'));
  #observer: IntersectionObserver | undefined;
  #grouped: readonly ExpenseRow[] | undefined;
  #months: readonly Month[] = [];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('filter')) this.shown = WINDOW;
    if (this.#claims.value === this.#grouped) return;
    this.#grouped = this.#claims.value;
    this.#months = byMonth(this.#grouped ?? []);
  }

  override updated(): void {
    this.#observer?.disconnect();
    if (!this.more) return;
    this.#observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && this.#showMore(), {
      rootMargin: '600px',
    });
    this.#observer.observe(this.more);
  }

  override render() {
    const all = this.#claims.value;
    if (this.#claims.failure) return html`<ui-failure .failure=${this.#claims.failure} no-retry></ui-failure>`;
    if (!all || !this.#names.value) return html`<ui-skeleton lines="8" row-height="72"></ui-skeleton>`;
    if (all.length === 0) return this.#empty();
    const home = who().organization.currency;
    return html`
      <p class="totals small" aria-live="polite">
        <span class="quiet">${words.claimCount(all.length)}</span>
        <b class="number">${sumsText(claimTotals(all), home)}</b>
      </p>
      ${this.#drawn().map(([month, most]) => this.#guarded(month, most))}
      ${
        this.shown < all.length
          ? html`<p class="more"><button class="button" @click=${this.#showMore}>${words.showMore}</button></p>`
          : html`<p class="end tiny quiet">${words.endOfList}</p>`
      }
    `;
  }

  #empty() {
    const { whose, ...rest } = this.filter;
    const narrowed = Object.values(rest).some(Boolean);
    if (narrowed)
      return html`<ui-empty icon="search" heading=${words.noMatch}>
        ${words.noMatchText}
        <button slot="action" class="button" @click=${this.#clear}>${words.clearFilters}</button>
      </ui-empty>`;
    return html`<ui-empty icon="receipt" heading=${words.noClaims}>
      ${whose === 'mine' ? words.noClaimsText : words.noClaimsOfOthers}
      ${
        whose === 'mine'
          ? html`<a slot="action" class="button primary" href="/expenses/new?photo">
              <ui-icon name="camera"></ui-icon>${words.photograph}
            </a>`
          : nothing
      }
    </ui-empty>`;
  }

  /** The months in the window, each with how many of its claims are drawn. */
  #drawn(): [month: Month, most: number][] {
    const drawn: [Month, number][] = [];
    let left = this.shown;
    for (const month of this.#months) {
      if (left <= 0) break;
      drawn.push([month, Math.min(left, month.claims.length)]);
      left -= month.claims.length;
    }
    return drawn;
  }

  /** A month is drawn again only when something in it changed, so that scrolling far stays light. */
  #guarded(month: Month, most: number) {
    const chosen = month.claims.some((row) => row.id === this.chosen) ? this.chosen : '';
    const seen = [month, most, chosen, this.#names.value, this.#waiting.value];
    return guard(seen, () => this.#month(month, most));
  }

  #month({ month, claims, sums }: Month, most: number): TemplateResult {
    return html`<section class="month">
      <header>
        <h2>${monthName(month)}</h2>
        <span class="small quiet number">${sumsText(sums, who().organization.currency)}</span>
      </header>
      <ul class="list">
        ${repeat(
          claims.slice(0, most),
          (row) => row.id,
          (row) => html`<li>${this.#row(row)}</li>`,
        )}
      </ul>
    </section>`;
  }

  #row(row: ExpenseRow): TemplateResult {
    const { categories: byId, shows, people } = this.#names.value!;
    const category = row.category_id === null ? undefined : byId.get(row.category_id);
    const show = row.show_id === null ? undefined : shows.get(row.show_id);
    const person = this.filter.whose === 'everyone' ? people.get(row.person_id)?.display_name : undefined;
    const about = [person, category?.name ?? words.noCategory].filter(Boolean).join(' · ');
    return html`<a class="claim" href="/expenses/${row.id}" aria-current=${row.id === this.chosen ? 'true' : 'false'}>
      <span class="disc"><ui-icon name=${categoryIcon(category)}></ui-icon></span>
      <span class="what">
        <span class="title ellipsis">${titleOf(row)}</span>
        <span class="about small quiet ellipsis"
          ><span class="day">${dayWords(row.expense_date)} · </span>${about}</span
        >
      </span>
      <span class="date small quiet number">${dayWords(row.expense_date)}</span>
      <span class="show small quiet ellipsis">${show?.place ?? ''}</span>
      <span class="sum number"
        >${waitingClock(this.#waiting.value?.has(row.id) ?? false)}${amountOf(row, who().organization.currency)}</span
      >
      <span class="state">${statusBadge(row.status)}</span>
    </a>`;
  }

  #showMore = (): void => {
    this.shown += WINDOW;
  };

  #clear = (): void => {
    this.dispatchEvent(new CustomEvent('filter-changed', { detail: { ...noFilter, whose: this.filter.whose } }));
  };

  static override styles = [base, controls, expenseListStyles];
}

/** Claims in date order as months in the same order. */
function byMonth(all: readonly ExpenseRow[]): Month[] {
  const months = new Map<string, ExpenseRow[]>();
  for (const row of all) {
    const month = row.expense_date.slice(0, 7);
    const some = months.get(month);
    if (some) some.push(row);
    else months.set(month, [row]);
  }
  return [...months].map(([month, claims]) => ({ month, claims, sums: claimTotals(claims) }));
}

declare global {
  interface HTMLElementTagNameMap {
    'expense-list': ExpenseList;
  }
}
