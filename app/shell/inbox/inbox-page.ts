import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { LiveQuery } from '../../data/live-query.ts';
import { attention, type AttentionItem } from '../../data/needs-attention.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-empty.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-skeleton.ts';
import { words } from './words.ts';
import './attention-card.ts';

/** The needs-attention tray: everything the server did not take as it was, until the person decides. */
@customElement('inbox-page')
export class InboxPage extends LitElement {
  readonly #items = new LiveQuery(this, attention);

  override render() {
    return html`<ui-page heading=${words.heading} width="narrow">${this.#list(this.#items.value)}</ui-page>`;
  }

  #list(items: readonly AttentionItem[] | undefined) {
    if (!items) return html`<ui-skeleton lines="3" row-height="96"></ui-skeleton>`;
    if (items.length === 0)
      return html`<ui-empty icon="circle-check" heading=${words.empty}>${words.emptyText}</ui-empty>`;
    return html`<ul>
      ${repeat(
        items,
        ({ id }) => id,
        (item) => html`<li><attention-card .item=${item}></attention-card></li>`,
      )}
    </ul>`;
  }

  static override styles = [
    base,
    controls,
    css`
      ul {
        display: grid;
        gap: var(--space-4);
        margin: 0;
        padding: 0;
        list-style: none;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'inbox-page': InboxPage;
  }
}
