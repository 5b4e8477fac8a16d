import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import type { AttentionItem } from '../../data/needs-attention.ts';
import { base } from '../../ui/base.styles.ts';
import { fieldWord, words } from './words.ts';
import { valueWords } from './value-words.ts';

interface Line {
  readonly field: string;
  readonly mine: string;
  readonly theirs: string;
}

/** Mine beside theirs, field by field, in words. */
@customElement('inbox-comparison')
export class InboxComparison extends LitElement {
  @property({ attribute: false }) fields: AttentionItem['fields'] = [];
  @property() currency: string | null = null;
  readonly #lines = new LiveQuery(
    this,
    () => Promise.all(this.fields.map((field) => inWords(field, this.currency))),
    () => [this.fields, this.currency],
  );

  override render() {
    return html`<table>
      <thead>
        <tr>
          <td></td>
          <th scope="col">${words.mine}</th>
          <th scope="col">${words.theirs}</th>
        </tr>
      </thead>
      <tbody>
        ${this.#lines.value?.map(
          ({ field, mine, theirs }) =>
            html`<tr>
              <th scope="row">${fieldWord(field)}</th>
              <td>${mine}</td>
              <td>${theirs}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  static override styles = [
    base,
    css`
      :host {
        display: block;
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        overflow: hidden;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        table-layout: fixed;
        font-size: var(--text-14);
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: var(--space-2) var(--space-3);
        text-align: start;
        vertical-align: top;
        overflow-wrap: anywhere;
      }
      th {
        color: var(--text-quiet);
        font-weight: 550;
      }
      thead {
        background: var(--surface-sunken);
        font-size: var(--text-12);
      }
      tbody tr {
        border-top: 1px solid var(--line);
      }
      @media (max-width: 479px) {
        thead td {
          display: none;
        }
        tr {
          display: grid;
          grid-template-columns: 1fr 1fr;
        }
        tbody th {
          grid-column: 1 / -1;
          padding-bottom: 0;
          font-size: var(--text-12);
        }
        tbody td {
          padding-top: 2px;
        }
      }
    `,
  ];
}

async function inWords(
  { field, mine, theirs }: AttentionItem['fields'][number],
  currency: string | null,
): Promise<Line> {
  return {
    field,
    mine: await valueWords(field, mine, currency),
    theirs: await valueWords(field, theirs, currency),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'inbox-comparison': InboxComparison;
  }
}
