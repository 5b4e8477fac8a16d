import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Resolutions } from '../../data/decisions.ts';
import { LiveQuery } from '../../data/live-query.ts';
import { formatInstant } from '../../kernel/day.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-empty.ts';
import '../../ui/ui-failure.ts';
import '../../ui/ui-skeleton.ts';
import './conflict-decision.ts';
import './conflict-fields.ts';
import { viewOf, type ItemView } from './item-view.ts';
import './refused-wish.ts';
import { settle } from './settling.ts';
import { words } from './words.ts';

/** What the three shapes of an item have in common for keys. */
type Body = HTMLElement & { keepAll(take: 'mine' | 'theirs'): void; edit(): void };

const badges = {
  fields: { tone: 'warn', icon: 'users', word: words.conflictWord },
  decision: { tone: 'warn', icon: 'users', word: words.decisionWord },
  refused: { tone: 'bad', icon: 'circle-alert', word: words.refusedWord },
} as const;

/** One thing that needs the person: what happened, mine beside theirs, and the ways on. Sends `item-settled` when it is decided. */
@customElement('inbox-item')
export class InboxItem extends LitElement {
  @property({ attribute: 'item-id' }) itemId = '';
  readonly #view = new LiveQuery(
    this,
    () => viewOf(this.itemId),
    () => [this.itemId],
  );

  override render() {
    const { value: view, failure, ready } = this.#view;
    if (failure) return html`<ui-failure .failure=${failure}></ui-failure>`;
    if (!ready) return html`<ui-skeleton lines="4" row-height="64"></ui-skeleton>`;
    return view ? this.#item(view) : this.#settled();
  }

  /** Moves the reading position to the heading. */
  focusHeading(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  /** Does what a key of the inbox says. */
  press(key: 'm' | 't' | 'e' | 'Enter'): void {
    const body = this.renderRoot.querySelector<Body>('.body');
    if (key === 'Enter') body?.focus();
    else if (key === 'e') body?.edit();
    else body?.keepAll(key === 'm' ? 'mine' : 'theirs');
  }

  #item(view: ItemView) {
    const { tone, icon, word } = badges[view.shape];
    const { at } = view.found.item;
    return html`<article aria-labelledby="title">
      <header>
        <ui-badge tone=${tone} icon=${icon}>${word}</ui-badge>
        <time class="quiet small" datetime=${at}>${formatInstant(at)}</time>
        <h2 id="title" tabindex="-1">${view.title}</h2>
        <p>${view.gone ? words.rowGone : view.sentence}</p>
      </header>
      ${this.#body(view)}
    </article>`;
  }

  #body(view: ItemView) {
    const decided = (event: CustomEvent<{ resolutions: Resolutions | undefined }>) =>
      this.#settle(view, event.detail.resolutions);
    if (view.shape === 'refused')
      return html`<refused-wish class="body" .view=${view} @item-decided=${decided}>${this.#link(view)}</refused-wish>`;
    const closed = view.shape === 'decision' || view.gone || view.again.hindrance !== null || view.lines.length === 0;
    return closed
      ? html`<conflict-decision class="body" .view=${view} @item-decided=${decided}
          >${this.#link(view)}</conflict-decision
        >`
      : html`<conflict-fields class="body" .view=${view} @item-decided=${decided}
          >${this.#link(view)}</conflict-fields
        >`;
  }

  #link({ path }: ItemView) {
    return path ? html`<a class="button quiet" href=${path}>${words.open}</a>` : nothing;
  }

  #settled() {
    return html`<ui-empty icon="circle-check" heading=${words.goneHeading}>
      ${words.goneText}<a slot="action" class="button" href="/inbox">${words.toList}</a>
    </ui-empty>`;
  }

  async #settle(view: ItemView, resolutions: Resolutions | undefined): Promise<void> {
    if (!(await settle(view, resolutions))) return;
    this.dispatchEvent(new CustomEvent('item-settled', { detail: { id: view.found.item.id } }));
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      header {
        display: grid;
        grid-template-columns: 1fr auto;
        justify-items: start;
        align-items: center;
        gap: var(--space-1) var(--space-3);
        margin-bottom: var(--space-4);
      }
      h2,
      header p {
        grid-column: 1 / -1;
      }
      h2 {
        margin-top: var(--space-2);
        font-size: var(--text-20);
        line-height: 1.3;
        overflow-wrap: anywhere;
      }
      h2:focus-visible {
        outline: none;
      }
      header p {
        max-width: 68ch;
        color: var(--text-quiet);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'inbox-item': InboxItem;
  }
}
