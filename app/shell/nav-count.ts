import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LiveQuery } from '../data/live-query.ts';
import { WhoController } from '../data/who.ts';
import type { Counter } from '../kernel/feature.ts';

const none = async (): Promise<number> => 0;
/** Without the code that counts there is no number; its page says what is wrong when it is opened. */
const ignored = (): void => undefined;

/** The live number beside a navigation entry; nothing when it is zero. */
@customElement('nav-count')
export class NavCount extends LitElement {
  @property({ attribute: false }) count: Counter = none;
  @state() private counter: () => Promise<number> = none;
  readonly #who = new WhoController(this);
  readonly #count = new LiveQuery(
    this,
    () => this.counter(),
    () => [this.counter, this.#who.value],
  );

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('count')) return;
    if (typeof this.count === 'function') this.counter = this.count;
    else void this.count.load().then((counter) => (this.counter = counter), ignored);
  }

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
