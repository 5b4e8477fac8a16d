import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { rows } from '../../data/db.ts';
import { LiveQuery } from '../../data/live-query.ts';
import { discard, keepMine, keepTheirs, type AttentionItem } from '../../data/needs-attention.ts';
import { correctClaim, refusalWords } from '../../features/expenses/index.ts';
import { refusalWords as refusalOfPeople } from '../../features/people/index.ts';
import { formatInstant } from '../../kernel/day.ts';
import { ask } from '../../ui/ask.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { navigate } from '../../ui/navigate.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-badge.ts';
import { words, tableWord } from './words.ts';
import './inbox-comparison.ts';
import { nameOf } from './value-words.ts';

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
    const conflict = item.kind === 'conflict';
    const currency = (this.#row.value as { currency?: string } | undefined)?.currency ?? null;
    return html`<article class="card stack">
      <div class="what">
        <ui-badge tone=${conflict ? 'warn' : 'bad'} icon=${conflict ? 'users' : 'circle-alert'}>
          ${conflict ? words.conflictWord : words.refusedWord}
        </ui-badge>
        <time class="quiet small" datetime=${item.at}>${formatInstant(item.at)}</time>
        <h2>${this.#title}</h2>
        <p class="quiet">${sentenceOf(item)}</p>
      </div>
      ${
        item.fields.length > 0
          ? html`<inbox-comparison .fields=${item.fields} currency=${currency ?? nothing}></inbox-comparison>`
          : nothing
      }
      <div class="buttons">${conflict ? this.#choices() : this.#refused()}</div>
    </article>`;
  }

  /** "Claim: Hotel Adler", or only the kind of thing when it is not here any more. */
  get #title(): string {
    const kind = tableWord(this.item.table);
    return this.#row.value ? `${kind}: ${nameOf(this.#row.value)}` : kind;
  }

  #choices() {
    return html`
      <button class="button primary" @click=${() => this.#settle(keepMine)}>${words.keepMine}</button>
      <button class="button" @click=${() => this.#settle(keepTheirs)}>${words.keepTheirs}</button>
      ${this.#link('quiet')}
    `;
  }

  #refused() {
    return html`
      ${
        writesClaim(this.item)
          ? html`<button class="button primary" @click=${this.#correct}>${words.correct}</button>`
          : this.#link('primary')
      }
      <button class="button" @click=${() => this.#settle(keepMine)}>${words.tryAgain}</button>
      <button class="button quiet danger" @click=${this.#discard}>${words.discard}</button>
    `;
  }

  #link(look: string) {
    const path = this.#path;
    return path ? html`<a class="button ${look}" href=${path}>${words.open}</a>` : nothing;
  }

  get #path(): string | undefined {
    const row = this.#row.value as { id: string; expense_id?: string } | undefined;
    if (!row) return undefined;
    if (this.item.table === 'expenses') return `/expenses/${row.id}`;
    return this.item.table === 'expense_receipts' && row.expense_id ? `/expenses/${row.expense_id}` : undefined;
  }

  async #settle(how: (id: string) => Promise<void>): Promise<void> {
    await how(this.item.id);
    toast(how === keepMine ? words.sentAgain : words.done, { tone: 'good' });
  }

  #correct = async (): Promise<void> => {
    const path = await correctClaim(this.item.id);
    if (path) navigate(path);
  };

  #discard = async (): Promise<void> => {
    const question = { heading: words.discardAsk, text: words.discardText, confirm: words.discard, danger: true };
    if (await ask(question)) await this.#settle(discard);
  };

  static override styles = [
    base,
    controls,
    css`
      .what {
        display: grid;
        grid-template-columns: 1fr auto;
        justify-items: start;
        align-items: center;
        gap: var(--space-1) var(--space-3);
      }
      h2,
      .what p {
        grid-column: 1 / -1;
      }
      h2 {
        margin-top: var(--space-2);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      @media (max-width: 479px) {
        .buttons .button {
          flex: 1;
        }
      }
    `,
  ];
}

/** Why it did not go through: the room's own sentence, else a plain one. */
function sentenceOf({ table, code, kind }: AttentionItem): string {
  const said = table.startsWith('expense') ? refusalWords[code] : refusalOfPeople(code);
  return said ?? (kind === 'conflict' ? words.conflict : words.refused);
}

/** Intents whose author typed a claim; decisions about one are not corrected in a form. */
const writesClaim = ({ name }: AttentionItem): boolean => name === 'expenses.save' || name === 'expenses.submit';

async function rowOf({ table, row_id }: AttentionItem): Promise<object | undefined> {
  return table ? await rows(table).get(row_id) : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'attention-card': AttentionCard;
  }
}
