import { LitElement, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { LiveQuery } from '../../data/live-query.ts';
import { attention, type AttentionItem } from '../../data/needs-attention.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { navigate } from '../../ui/navigate.ts';
import '../../ui/ui-empty.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-skeleton.ts';
import './attention-card.ts';
import './inbox-item.ts';
import type { InboxItem } from './inbox-item.ts';
import { inboxPageStyles } from './inbox-page.styles.ts';
import './settled-list.ts';
import { keyHints, words } from './words.ts';

const wide = matchMedia('(min-width: 1024px)');
const pathOf = (id: string): string => `/inbox/${encodeURIComponent(id)}`;

/** The needs-attention tray: everything the server did not take as it was, until the person decides; made for the keyboard, usable with a thumb. */
@customElement('inbox-page')
export class InboxPage extends LitElement {
  @property({ attribute: false }) route!: RouteMatch;
  readonly #items = new LiveQuery(this, attention);

  override connectedCallback(): void {
    super.connectedCallback();
    wide.addEventListener('change', this.#onWidth);
    window.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    wide.removeEventListener('change', this.#onWidth);
    window.removeEventListener('keydown', this.#onKey);
  }

  override render() {
    const chosen = this.#chosen;
    if (chosen && !wide.matches)
      return html`<ui-page heading=${words.heading} back="/inbox" back-label=${words.back} width="narrow">
        ${this.#item(chosen)}
      </ui-page>`;
    const items = this.#items.value;
    return html`<ui-page heading=${words.heading} width=${items?.length && wide.matches ? 'wide' : 'narrow'}>
      ${items?.length ? html`<p slot="lead">${words.lead(items.length)}</p>` : nothing} ${this.#content(items)}
      <settled-list></settled-list>
    </ui-page>`;
  }

  #content(items: readonly AttentionItem[] | undefined) {
    if (!items) return html`<ui-skeleton lines="3" row-height="84"></ui-skeleton>`;
    if (items.length === 0 && !this.#chosen)
      return html`<ui-empty tabindex="-1" icon="circle-check" heading=${words.empty}>${words.emptyText}</ui-empty>`;
    const current = this.#current;
    return html`<div class="split">
      <div>
        <ul class="list" aria-label=${words.list}>
          ${repeat(
            items,
            ({ id }) => id,
            (item) =>
              html`<li>
                <attention-card .item=${item} ?current=${wide.matches && item.id === current}></attention-card>
              </li>`,
          )}
        </ul>
        <p class="keys tiny quiet">${keyHints.map(([key, what]) => html`<span><kbd>${key}</kbd> ${what}</span>`)}</p>
      </div>
      ${wide.matches && current ? html`<div class="beside">${this.#item(current)}</div>` : nothing}
    </div>`;
  }

  #item(id: string) {
    return html`<inbox-item item-id=${id} @item-settled=${this.#onSettled}></inbox-item>`;
  }

  get #chosen(): string | undefined {
    return this.route.params['id'];
  }

  /** What stands open at a desk: what the address says, else the first. */
  get #current(): string | undefined {
    return this.#chosen ?? this.#items.value?.[0]?.id;
  }

  /** Goes on with what comes after the settled one; where nothing is left, with the word that says so. */
  #onSettled = async (event: CustomEvent<{ id: string }>): Promise<void> => {
    const left = await attention();
    const items = this.#items.value ?? [];
    const at = items.findIndex(({ id }) => id === event.detail.id);
    const order = [...items.slice(at + 1), ...items.slice(0, Math.max(0, at)).reverse()];
    const next = order.find(({ id }) => left.some((each) => each.id === id)) ?? left[0];
    navigate(next ? pathOf(next.id) : '/inbox', { replace: true });
    await this.#shown(next?.id);
    const heading = this.renderRoot.querySelector<InboxItem>('inbox-item');
    if (next) heading?.focusHeading();
    else this.renderRoot.querySelector<HTMLElement>('ui-empty')?.focus();
  };

  /** Resolves when the page shows an item, or that there is none. */
  async #shown(id: string | undefined): Promise<void> {
    for (let frames = 0; frames < 60; frames += 1) {
      await new Promise(requestAnimationFrame);
      const item = this.renderRoot.querySelector<InboxItem>('inbox-item');
      if (id ? item?.itemId === id && item.renderRoot.querySelector('h2') : this.renderRoot.querySelector('ui-empty'))
        return;
    }
  }

  /** Moves along the list with the focus; at a desk the item opens beside it. */
  async #step(by: number): Promise<void> {
    const items = this.#items.value ?? [];
    const cards = [...this.renderRoot.querySelectorAll('attention-card')];
    const at = wide.matches
      ? items.findIndex(({ id }) => id === this.#current)
      : cards.findIndex((card) => card.matches(':focus-within'));
    const to = Math.min(items.length - 1, Math.max(0, at + by));
    if (!items[to] || cards.length === 0) return;
    if (wide.matches) navigate(pathOf(items[to].id), { replace: true });
    await this.updateComplete;
    cards[to]?.focus();
  }

  #back(): void {
    if (!wide.matches && this.#chosen) return navigate('/inbox');
    const cards = [...this.renderRoot.querySelectorAll('attention-card')];
    cards.find(({ current }) => current)?.focus();
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event)) return;
    const item = this.renderRoot.querySelector<InboxItem>('inbox-item');
    const keys: Record<string, (() => void) | undefined> = {
      j: () => void this.#step(1),
      k: () => void this.#step(-1),
      m: item ? () => item.press('m') : undefined,
      t: item ? () => item.press('t') : undefined,
      e: item ? () => item.press('e') : undefined,
      Enter: item && !isOnControl(event) ? () => item.press('Enter') : undefined,
      Escape: () => this.#back(),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  #onWidth = (): void => this.requestUpdate();

  static override styles = [base, controls, inboxPageStyles];
}

const isNode = (event: KeyboardEvent, test: (node: HTMLElement) => boolean): boolean =>
  event.composedPath().some((node) => node instanceof HTMLElement && test(node));

/** Enter presses what has the focus; on the line of the open item it goes over to the item. */
const isOnControl = (event: KeyboardEvent): boolean =>
  isNode(
    event,
    (node) => /^(BUTTON|INPUT)$/.test(node.tagName) || (node.tagName === 'A' && !node.matches('[aria-current="true"]')),
  );

/** Keys belong to a field or an open dialog while one has the focus; a radio button is not typed into. */
const isTyping = (event: KeyboardEvent): boolean =>
  event.key !== 'Escape'
    ? isNode(
        event,
        (node) =>
          /^(TEXTAREA|SELECT|DIALOG)$/.test(node.tagName) ||
          node.isContentEditable ||
          (node instanceof HTMLInputElement && node.type !== 'radio'),
      )
    : isNode(event, (node) => node.tagName === 'DIALOG');

declare global {
  interface HTMLElementTagNameMap {
    'inbox-page': InboxPage;
  }
}
