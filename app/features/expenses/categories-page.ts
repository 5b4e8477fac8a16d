import { LitElement, css, html, nothing } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { LiveQuery } from '../../data/live-query.ts';
import type { ExpenseCategoryRow } from '../../data/schema.gen.ts';
import { WhoController, who } from '../../data/who.ts';
import { formatMoney } from '../../kernel/money.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-empty.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-skeleton.ts';
import './category-dialog.ts';
import type { CategoryDialog } from './category-dialog.ts';
import { told } from './claim-actions.ts';
import { orderCategories } from './mutations.ts';
import { categories } from './queries.ts';
import { words } from './words.ts';

/** The categories of an organisation: what claims are for, their limits, and the order in which they are offered. */
@customElement('categories-page')
export class CategoriesPage extends LitElement {
  @query('category-dialog') private dialog!: CategoryDialog;
  readonly #who = new WhoController(this);
  readonly #all = new LiveQuery(
    this,
    () => categories(who().organization.id),
    () => [this.#who.value?.organization.id],
  );

  override render() {
    const me = this.#who.value;
    if (!me) return nothing;
    if (!me.can('categories:write'))
      return html`<ui-page heading=${words.categories}>
        <ui-empty icon="lock" heading=${words.categories}>${words.notAllowed}</ui-empty>
      </ui-page>`;
    const all = this.#all.value;
    return html`<ui-page heading=${words.categories} back="/expenses" back-label=${words.backToClaims}>
        <div slot="actions">
          <button class="button primary" @click=${() => this.dialog.show(undefined, all ?? [])}>
            <ui-icon name="plus"></ui-icon>${words.addCategory}
          </button>
        </div>
        ${all ? this.#list(all) : html`<ui-skeleton lines="8" row-height="64"></ui-skeleton>`}
      </ui-page>
      <category-dialog></category-dialog>`;
  }

  #list(all: readonly ExpenseCategoryRow[]) {
    if (all.length === 0)
      return html`<ui-empty icon="tag" heading=${words.noCategories}>${words.noCategoriesText}</ui-empty>`;
    return html`<ul class="list">
      ${repeat(
        all,
        (category) => category.id,
        (category, at) => this.#category(category, at, all),
      )}
    </ul>`;
  }

  #category(category: ExpenseCategoryRow, at: number, all: readonly ExpenseCategoryRow[]) {
    const { name, icon, active, requires_receipt, max_amount_minor, currency } = category;
    const limit =
      max_amount_minor && currency
        ? words.upTo(formatMoney({ amount_minor: max_amount_minor, currency }))
        : words.noLimit;
    const photo = requires_receipt ? words.receiptRequired : words.receiptNotRequired;
    return html`<li class=${active ? '' : 'inactive'}>
      <button class="edit" @click=${() => this.dialog.show(category, all)}>
        <span class="disc"><ui-icon name=${icon}></ui-icon></span>
        <span class="grow">
          <span class="name">${name} ${active ? nothing : html`<ui-badge>${words.inactive}</ui-badge>`}</span>
          <span class="small quiet">${photo} · ${limit}</span>
        </span>
      </button>
      <span class="move">
        <button
          class="button quiet icon-only"
          aria-label=${words.moveUp(name)}
          ?disabled=${at === 0}
          @click=${() => void this.#move(all, at, at - 1)}
        >
          <ui-icon name="chevron-up"></ui-icon>
        </button>
        <button
          class="button quiet icon-only"
          aria-label=${words.moveDown(name)}
          ?disabled=${at === all.length - 1}
          @click=${() => void this.#move(all, at, at + 1)}
        >
          <ui-icon name="chevron-down"></ui-icon>
        </button>
      </span>
    </li>`;
  }

  async #move(all: readonly ExpenseCategoryRow[], from: number, to: number): Promise<void> {
    const next = [...all];
    next.splice(to, 0, ...next.splice(from, 1));
    const [first, ...rest] = next;
    if (first) await told(words.moved(all[from]!.name, to + 1), () => orderCategories([first, ...rest]));
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      li {
        display: flex;
        align-items: center;
      }
      .edit {
        flex: 1;
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-width: 0;
        min-height: 64px;
        padding: var(--space-2) 0 var(--space-2) var(--space-4);
        border: 0;
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .edit:hover {
        background: var(--surface-hover);
      }
      .edit:focus-visible {
        outline-offset: -2px;
      }
      .grow {
        display: flex;
        flex-direction: column;
      }
      .disc {
        display: grid;
        place-items: center;
        width: 40px;
        height: 40px;
        border-radius: 50%;
        background: var(--surface-sunken);
        color: var(--text-quiet);
      }
      .name {
        font-weight: 550;
      }
      .inactive .name {
        color: var(--text-quiet);
      }
      .move {
        display: flex;
        flex: none;
        padding-inline: var(--space-2);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'categories-page': CategoriesPage;
  }
}
