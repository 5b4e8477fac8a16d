import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { rows } from '../../data/db.ts';
import { LiveQuery } from '../../data/live-query.ts';
import { discard, keepMine, keepTheirs, type AttentionItem } from '../../data/needs-attention.ts';
import type { ExpenseRow } from '../../data/schema.gen.ts';
import { refusalWords } from '../../features/expenses/index.ts';
import { formatInstant } from '../../kernel/day.ts';
import { formatMoney } from '../../kernel/money.ts';
import { ask } from '../../ui/ask.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-icon.ts';
import { fieldWord, inboxWords as words, tableWord } from '../words.ts';

/** One thing that could not go through: what, why, mine against theirs, and the ways on. */
@customElement('attention-card')
export class AttentionCard extends LitElement {
  @property({ attribute: false }) item!: AttentionItem;
  readonly #row = new LiveQuery(
    this,
    () => rowOf(this.item),
    () => [this.item.id],
  );

  override render() {
    const { item } = this;
    return html`<article class="card">
      <header>
        <ui-icon name=${item.kind === 'conflict' ? 'users' : 'circle-alert'}></ui-icon>
        <h2>${titleOf(item, this.#row.value)}</h2>
        <time class="quiet small" datetime=${item.at}>${formatInstant(item.at)}</time>
      </header>
      <p>${refusalWords[item.code] ?? (item.kind === 'conflict' ? words.conflict : words.refused)}</p>
      ${item.fields.length > 0 ? this.#comparison() : nothing}
      <div class="buttons">${this.#buttons()}</div>
    </article>`;
  }

  #comparison() {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${words.field}</th>
          <th scope="col">${words.mine}</th>
          <th scope="col">${words.theirs}</th>
        </tr>
      </thead>
      <tbody>
        ${this.item.fields.map(
          ({ field, mine, theirs }) =>
            html`<tr>
              <th scope="row">${fieldWord(field)}</th>
              <td>${this.#value(field, mine)}</td>
              <td>${this.#value(field, theirs)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #value(field: string, value: unknown) {
    if (value === null || value === undefined || value === '') return html`<i class="quiet">${words.nothing}</i>`;
    const currency = (this.#row.value as Partial<ExpenseRow> | undefined)?.currency;
    if (field.endsWith('_minor') && typeof value === 'number' && currency)
      return formatMoney({ amount_minor: value, currency });
    return Array.isArray(value) ? value.join(', ') : String(value);
  }

  #buttons() {
    const { item } = this;
    const conflict = item.kind === 'conflict';
    const path = this.#path;
    return html`
      ${path ? html`<a class="button primary" href=${path}>${words.open}</a>` : nothing}
      <button class="button" @click=${() => this.#settle(keepMine)}>
        ${conflict ? words.keepMine : words.tryAgain}
      </button>
      ${conflict ? html`<button class="button" @click=${() => this.#settle(keepTheirs)}>${words.keepTheirs}</button>` : nothing}
      ${conflict ? nothing : html`<button class="button quiet danger" @click=${this.#discard}>${words.discard}</button>`}
    `;
  }

  get #path(): string | undefined {
    const row = this.#row.value as { id: string; expense_id?: string } | undefined;
    if (!row) return undefined;
    if (this.item.table === 'expenses') return `/expenses/${row.id}`;
    return this.item.table === 'expense_receipts' && row.expense_id ? `/expenses/${row.expense_id}` : undefined;
  }

  async #settle(how: (id: string) => Promise<void>): Promise<void> {
    await how(this.item.id);
    toast(words.done);
  }

  #discard = async (): Promise<void> => {
    const question = { heading: words.discardAsk, text: words.discardText, confirm: words.discard, danger: true };
    if (await ask(question)) await this.#settle(discard);
  };

  static override styles = [
    base,
    controls,
    css`
      article {
        display: grid;
        gap: var(--space-3);
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--space-2);
      }
      header ui-icon {
        color: var(--bad);
      }
      h2 {
        flex: 1;
        font-size: var(--text-16);
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--text-14);
      }
      th,
      td {
        padding: var(--space-2);
        border-top: 1px solid var(--line);
        text-align: start;
        vertical-align: top;
        overflow-wrap: anywhere;
      }
      th {
        font-weight: 550;
        color: var(--text-quiet);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
    `,
  ];
}

async function rowOf({ table, row_id }: AttentionItem): Promise<object | undefined> {
  return table ? await rows(table).get(row_id) : undefined;
}

/** "Claim: Hotel Adler", or only the kind of thing when it has no name. */
function titleOf({ table }: AttentionItem, row: object | undefined): string {
  const { merchant, name, display_name, email } = (row ?? {}) as Record<string, string | null | undefined>;
  const called = merchant ?? name ?? display_name ?? email;
  return called ? `${tableWord(table)}: ${called}` : tableWord(table);
}

declare global {
  interface HTMLElementTagNameMap {
    'attention-card': AttentionCard;
  }
}
