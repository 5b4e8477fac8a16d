import { LitElement, css, html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { asFailure, type Failure } from '../kernel/failure.ts';
import type { RouteMatch, Viewer } from '../kernel/feature.ts';
import { base } from '../ui/base.styles.ts';
import { controls } from '../ui/controls.styles.ts';
import '../ui/ui-empty.ts';
import '../ui/ui-page.ts';
import '../ui/ui-skeleton.ts';
import './broken-page.ts';
import { isAllowed, type Found } from './routes.ts';
import { scrollBack } from './scroll-back.ts';
import { words } from './words.ts';

type Page = HTMLElement & { route?: RouteMatch; updateComplete?: Promise<boolean> };

/** Shows the page of the address: loads it when it is first asked for, and says so when it may not or cannot be shown. */
@customElement('page-outlet')
export class PageOutlet extends LitElement {
  @property({ attribute: false }) found: Found | undefined;
  @property({ attribute: false }) viewer: Viewer | undefined;
  /** Where to scroll once the page is there. */
  @property({ type: Number }) restoreTo = 0;
  @state() private page: Page | undefined;
  @state() private failure: Failure | undefined;
  #shown: Found | undefined;
  #first = true;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('found')) document.title = `${this.found?.route.title ?? words.notFound} · ${words.product}`;
    if (this.found && this.#allowed && this.found !== this.#shown) void this.#show(this.found);
  }

  override render() {
    if (!this.found) return this.#message(words.notFound, words.notFoundText, 'map-pin');
    if (!this.#allowed) return this.#message(words.notAllowed, words.notAllowedText, 'lock');
    if (this.failure) return html`<broken-page .failure=${this.failure}></broken-page>`;
    return (
      this.page ?? html`<ui-page heading=${this.found.route.title}><ui-skeleton lines="5"></ui-skeleton></ui-page>`
    );
  }

  #message(heading: string, text: string, icon: string) {
    return html`<ui-page heading=${heading} width="narrow">
      <ui-empty icon=${icon}>
        ${text}
        <a slot="action" class="button primary" href="/">${words.toToday}</a>
      </ui-empty>
    </ui-page>`;
  }

  /** Asked anew on every redraw: a role may be given or taken while the page is open. */
  get #allowed(): boolean {
    return this.found !== undefined && isAllowed(this.found.route, this.viewer);
  }

  async #show(found: Found): Promise<void> {
    this.#shown = found;
    try {
      await found.route.load();
    } catch (thrown) {
      if (found === this.found) this.failure = asFailure(thrown);
      return;
    }
    if (found !== this.found) return;
    this.failure = undefined;
    await this.#place(found);
  }

  /** The same page with another address keeps its state; a different page starts at its heading. */
  async #place({ route, match }: Found): Promise<void> {
    const { page: before, restoreTo } = this;
    const same = before?.localName === route.tag;
    const page: Page = same ? before : document.createElement(route.tag);
    const elsewhere = !same || page.route?.path !== match.path;
    page.route = match;
    this.page = page;
    await this.updateComplete;
    // At a desk a list and its detail share one page, and the list must not jump.
    if (!elsewhere || (same && innerWidth >= 1024)) return;
    scrollBack(restoreTo, this);
    if (!this.#first) await focusHeading(page);
    this.#first = false;
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
        min-height: 100%;
      }
    `,
  ];
}

/** Screen readers and keyboards go on from the new page's heading. */
async function focusHeading(page: Page): Promise<void> {
  await page.updateComplete;
  const frame = page.shadowRoot?.querySelector('ui-page');
  await frame?.updateComplete;
  frame?.focusHeading();
}

declare global {
  interface HTMLElementTagNameMap {
    'page-outlet': PageOutlet;
  }
}
