import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import type { AttentionItem } from '../../data/needs-attention.ts';
import { formatInstant } from '../../kernel/day.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import { viewOf } from './item-view.ts';

/** One thing that could not go through, as a line of the list: what it is, and what happened to it. */
@customElement('attention-card')
export class AttentionCard extends LitElement {
  @property({ attribute: false }) item!: AttentionItem;
  /** Stands open beside the list. */
  @property({ type: Boolean }) current = false;
  readonly #view = new LiveQuery(
    this,
    () => viewOf(this.item.id),
    () => [this.item.id],
  );

  override render() {
    const { item } = this;
    const view = this.#view.value;
    return html`<a
      class="list-row ${item.kind}"
      href="/inbox/${encodeURIComponent(item.id)}"
      aria-current=${this.current ? 'true' : 'false'}
    >
      <ui-icon name=${item.kind === 'conflict' ? 'users' : 'circle-alert'}></ui-icon>
      <span class="title ellipsis">${view?.title ?? ''}</span>
      <time class="tiny quiet" datetime=${item.at}>${formatInstant(item.at)}</time>
      <span class="about small quiet">${view?.sentence ?? ''}</span>
    </a>`;
  }

  override focus(): void {
    this.renderRoot.querySelector('a')?.focus();
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      .list-row {
        --icon-size: 20px;
        display: grid;
        grid-template-columns: 20px minmax(0, 1fr) auto;
        align-content: center;
        gap: 2px var(--space-3);
        min-height: 84px;
        padding-block: var(--space-3);
      }
      .list-row[aria-current='true'],
      .list-row[aria-current='true']:hover {
        background: var(--accent-soft);
        box-shadow: inset 3px 0 0 var(--accent);
      }
      ui-icon {
        color: var(--warn);
      }
      .refused ui-icon {
        color: var(--bad);
      }
      .title {
        font-weight: 550;
      }
      .about {
        grid-column: 2 / -1;
        display: -webkit-box;
        overflow: hidden;
        line-height: 1.4;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        line-clamp: 2;
      }
      time {
        white-space: nowrap;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'attention-card': AttentionCard;
  }
}
