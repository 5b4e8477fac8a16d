import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { LiveQuery } from '../../data/live-query.ts';
import type { BooksAccountRow, ExpenseCategoryRow } from '../../data/schema.gen.ts';
import { WhoController } from '../../data/who.ts';
import { asFailure } from '../../kernel/failure.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-empty.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-skeleton.ts';
import './bills-export.ts';
import { addAccountAsCategory, LONGEST_CODE, mapCategory } from './mutations.ts';
import { mapping, type Mapping } from './queries.ts';
import { failureSentence } from './sentences.ts';
import { words } from './words.ts';

/** How claims get into the books: the connection, the account of each category, and bills as files. */
@customElement('books-page')
export class BooksPage extends LitElement {
  readonly #who = new WhoController(this);
  readonly #mapping = new LiveQuery(
    this,
    () => mapping(this.#who.value!.organization.id),
    () => [this.#who.value?.organization.id],
  );

  override render() {
    const me = this.#who.value;
    if (!me) return nothing;
    if (!me.can('expenses:pay'))
      return html`<ui-page heading=${words.heading}>
        <ui-empty icon="lock" heading=${words.heading}>${words.notAllowed}</ui-empty>
      </ui-page>`;
    const found = this.#mapping.value;
    return html`<ui-page heading=${words.heading}>
      ${
        found
          ? html`<div class="sections">
              ${this.#connection(found)} ${me.can('categories:write') ? this.#accounts(found) : nothing}
              <bills-export></bills-export>
            </div>`
          : html`<ui-skeleton lines="8" row-height="56"></ui-skeleton>`
      }
    </ui-page>`;
  }

  #connection({ books }: Mapping) {
    if (!books)
      return html`<section class="card">
        <h2>${words.notConnected}</h2>
        <p class="quiet">${words.notConnectedText}</p>
        ${this.#toIntegrations()}
      </section>`;
    const state = { needs_attention: words.signInAgain, paused: words.paused }[books.status as string];
    return html`<section class="card">
      <h2>
        ${words.connected(books.account_name ?? 'Xero')}
        ${books.sandbox ? html`<ui-badge tone="accent">${words.sandbox}</ui-badge>` : nothing}
      </h2>
      ${state ? html`<p class="note warn"><ui-icon name="triangle-alert"></ui-icon>${state}</p>` : nothing}
      ${books.sandbox ? html`<p class="quiet">${words.sandboxText}</p>` : nothing}
      ${state ? this.#toIntegrations() : nothing}
    </section>`;
  }

  #toIntegrations() {
    return this.#who.value?.can('integrations:write')
      ? html`<a class="button" href="/integrations">${words.toIntegrations}</a>`
      : nothing;
  }

  #accounts(found: Mapping) {
    const { categories, accounts, books } = found;
    if (books && accounts.length === 0)
      return html`<section>
        <h2>${words.accounts}</h2>
        <p class="quiet" role="status">${words.reading}</p>
      </section>`;
    const unmapped = categories.filter(({ xero_account_code }) => !xero_account_code).length;
    return html`<section>
      <h2>${words.accounts}</h2>
      <p class="quiet">${words.accountsText}</p>
      ${
        unmapped > 0
          ? html`<p class="note warn"><ui-icon name="triangle-alert"></ui-icon>${words.unmapped(unmapped)}</p>`
          : nothing
      }
      <ul class="list">
        ${repeat(
          categories,
          ({ id }) => id,
          (category) => this.#category(category, accounts),
        )}
      </ul>
      ${this.#unused(found)}
    </section>`;
  }

  #category(category: ExpenseCategoryRow, accounts: readonly BooksAccountRow[]) {
    const code = category.xero_account_code ?? '';
    const account = accounts.find((one) => one.code === code);
    const problem = problemOf(code, account, accounts.length > 0);
    const id = `account-${category.id}`;
    return html`<li>
      <ui-icon name=${category.icon}></ui-icon>
      <label for=${id}>${category.name}</label>
      <div class="choice">
        ${accounts.length > 0 ? this.#select(category, accounts, id) : this.#code(category, id)}
        ${
          problem
            ? html`<p class="error" id="${id}-problem"><ui-icon name="circle-alert"></ui-icon>${problem}</p>`
            : nothing
        }
      </div>
    </li>`;
  }

  #select(category: ExpenseCategoryRow, accounts: readonly BooksAccountRow[], id: string) {
    const code = category.xero_account_code ?? '';
    const offered = accounts.filter((account) => account.active || account.code === code);
    const isKnown = code === '' || offered.some((account) => account.code === code);
    return html`<select
      class="select"
      id=${id}
      @change=${(event: Event) => void this.#map(category, (event.target as HTMLSelectElement).value)}
    >
      <option value="" ?selected=${code === ''}>${words.noAccount}</option>
      ${isKnown ? nothing : html`<option value=${code} selected>${code}</option>`}
      ${offered.map(
        ({ code: each, name, active }) =>
          html`<option value=${each} ?selected=${each === code}>
            ${each} ${name}${active ? '' : ` (${words.outOfUse})`}
          </option>`,
      )}
    </select>`;
  }

  #code(category: ExpenseCategoryRow, id: string) {
    return html`<input
      class="input"
      id=${id}
      maxlength=${LONGEST_CODE}
      placeholder=${words.accountHint}
      .value=${category.xero_account_code ?? ''}
      @change=${(event: Event) => void this.#map(category, (event.target as HTMLInputElement).value.trim())}
    />`;
  }

  #unused({ categories, accounts }: Mapping) {
    const used = new Set(categories.map(({ xero_account_code }) => xero_account_code));
    const free = accounts.filter(({ code, active }) => active && !used.has(code));
    if (free.length === 0) return nothing;
    return html`<details>
      <summary>${words.newAccounts(free.length)}</summary>
      <ul class="list">
        ${free.map(
          (account) =>
            html`<li>
              <span class="number">${account.code}</span>
              <span>${account.name}</span>
              <button
                class="button"
                aria-label=${words.addAsCategory(account.name)}
                @click=${() => void this.#add(account, categories)}
              >
                <ui-icon name="plus"></ui-icon>${words.add}
              </button>
            </li>`,
        )}
      </ul>
    </details>`;
  }

  #map = (row: ExpenseCategoryRow, code: string): Promise<void> =>
    told(words.accountSaved(row.name, code), () => mapCategory({ row, code }));

  #add = (account: BooksAccountRow, all: readonly ExpenseCategoryRow[]): Promise<void> =>
    told(words.categoryAdded(account.name), () => addAccountAsCategory({ account, all }));

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      .sections {
        display: grid;
        gap: var(--space-6);
      }
      section {
        display: grid;
        gap: var(--space-3);
        justify-items: start;
      }
      .card {
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        background: var(--surface-raised);
      }
      .note {
        display: grid;
        grid-template-columns: 20px 1fr;
        gap: var(--space-2);
        padding: var(--space-3);
        border-radius: var(--radius-card);
        background: var(--warn-soft);
        font-size: var(--text-14);
      }
      .note ui-icon {
        color: var(--warn);
      }
      .list,
      details {
        width: 100%;
      }
      li {
        display: grid;
        grid-template-columns: 24px minmax(0, 1fr) minmax(0, 20rem);
        gap: var(--space-3);
        align-items: center;
        min-height: 60px;
        padding: var(--space-2) var(--space-4);
      }
      li > ui-icon {
        color: var(--text-quiet);
      }
      details li {
        grid-template-columns: 3.5rem minmax(0, 1fr) auto;
      }
      summary {
        min-height: 44px;
        padding-block: 10px;
        cursor: pointer;
      }
      .choice {
        display: grid;
        gap: var(--space-2);
      }
      @media (max-width: 767px) {
        li {
          grid-template-columns: 24px minmax(0, 1fr);
        }
        .choice {
          grid-column: 1 / -1;
        }
      }
    `,
  ];
}

/** What is wrong with the account of a category; nothing is known before the books have been read. */
function problemOf(code: string, account: BooksAccountRow | undefined, isRead: boolean): string | undefined {
  if (code === '' || !isRead) return undefined;
  if (!account) return words.unknownAccount;
  return account.active ? undefined : words.archived;
}

async function told(done: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
    toast(done, { tone: 'good' });
  } catch (thrown) {
    toast(failureSentence(asFailure(thrown)), { tone: 'bad', duration: 15_000 });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'books-page': BooksPage;
  }
}
