import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ExpenseReceiptRow, ExpenseRow } from '../../../data/schema.gen.ts';
import { base } from '../../../ui/base.styles.ts';
import '../../../ui/ui-icon.ts';
import { saidByAll, type Said } from './kept-reading.ts';
import { words } from './words.ts';

/** What the photos of a claim say, beside what is claimed: a gentle flag where they differ, never a verdict. */
@customElement('photo-says')
export class PhotoSays extends LitElement {
  @property({ attribute: false }) row!: ExpenseRow;
  @property({ attribute: false }) receipts: readonly ExpenseReceiptRow[] = [];

  override render() {
    const all = saidByAll(this.receipts, this.row);
    if (all.every((said) => said === null)) return nothing;
    return html`<ul>
      ${all.map((said, at) => (said ? this.#line(said, at + 1) : nothing))}
    </ul>`;
  }

  #line(said: Said, n: number) {
    const differs = said.amount_differs || said.date_differs;
    const what = this.receipts.length > 1 ? words.receiptSays(n, said.text) : words.photoSays(said.text);
    return html`<li class=${differs ? 'differs' : ''}>
      <ui-icon name=${differs ? 'triangle-alert' : 'image'}></ui-icon>
      <span>${what}. ${sentence(said)}</span>
    </li>`;
  }

  static override styles = [
    base,
    css`
      ul {
        display: grid;
        gap: var(--space-1);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        gap: 6px;
        color: var(--text-quiet);
        font-size: var(--text-14);
        line-height: 1.4;
        --icon-size: 16px;
      }
      li.differs {
        color: var(--warn);
      }
      ui-icon {
        margin-top: 2px;
      }
    `,
  ];
}

function sentence({ amount_differs, date_differs }: Said): string {
  if (amount_differs && date_differs) return words.differs;
  if (amount_differs) return words.differsAmount;
  return date_differs ? words.differsDate : words.agrees;
}

declare global {
  interface HTMLElementTagNameMap {
    'photo-says': PhotoSays;
  }
}
