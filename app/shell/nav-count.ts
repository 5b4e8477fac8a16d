import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LiveQuery } from '../data/live-query.ts';
import { WhoController } from '../data/who.ts';

/** The live number beside a navigation entry; nothing when it is zero. */
@customElement('nav-count')
export class NavCount extends LitElement {
  @property({ attribute: false }) count: () => Promise<number> = async () => 0;
  readonly #who = new WhoController(this);
  readonly #count = new LiveQuery(
    this,
    () => this.count(),
    () => [this.count, this.#who.value],
  );

  override render() {
    const { value = 0 } = this.#count;
    return value > 0 ? html`<span>${value > 99 ? '99+' : value}</span>` : nothing;
  }

  static override styles = css`
    span {
      display: inline-block;
      box-sizing: border-box;
      min-width: 20px;
      padding: 0 6px;
      border-radius: var(--radius-round);
      background: var(--accent-soft);
      color: var(--accent-ink);
      font-size: var(--text-12);
      font-weight: 600;
      line-height: 20px;
      text-align: center;
      font-variant-numeric: tabular-nums;
    }
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'nav-count': NavCount;
  }
}
