import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { correctClaim } from '../../features/expenses/index.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { navigate } from '../../ui/navigate.ts';
import { writesClaim, type ItemView } from './item-view.ts';
import { words } from './words.ts';

/**
 * Something the server did not accept: what was wanted, and the ways on. Sends `item-decided` (`detail.resolutions` to try
 * again, none to discard).
 */
@customElement('refused-wish')
export class RefusedWish extends LitElement {
  @property({ attribute: false }) view!: ItemView;

  override render() {
    const { along, found, again } = this.view;
    return html`
      ${along.length > 0 || found.files > 0 ? this.#wanted() : nothing}
      ${again.hindrance && !this.#writes ? html`<p class="hint">${again.hindrance}</p>` : nothing}
      <div class="buttons">
        ${this.#writes ? html`<button class="button primary" @click=${this.#correct}>${words.correct}</button>` : nothing}
        ${
          this.#mayAgain
            ? html`<button class="button ${this.#writes ? '' : 'primary'}" @click=${() => this.keepAll('mine')}>
                ${words.tryAgain}
              </button>`
            : nothing
        }
        <button class="button quiet danger" @click=${() => this.keepAll('theirs')}>${words.discard}</button>
        <slot></slot>
      </div>
    `;
  }

  /** Tries again, or discards. */
  keepAll(take: 'mine' | 'theirs'): void {
    if (take === 'mine' && !this.#mayAgain) return;
    const resolutions = take === 'mine' ? {} : undefined;
    this.dispatchEvent(new CustomEvent('item-decided', { detail: { resolutions } }));
  }

  /** Opens the form with everything typed and photographed. */
  edit(): void {
    if (this.#writes) void this.#correct();
  }

  /** Moves the focus to the first way on. */
  override focus(): void {
    this.renderRoot.querySelector('button')?.focus();
  }

  get #writes(): boolean {
    return writesClaim(this.view.found, this.view.found.item.name);
  }

  /** What a rule of the room forbids for good is not offered; a form that is corrected is judged anew. */
  get #mayAgain(): boolean {
    return !this.view.gone && (this.#writes || this.view.again.hindrance === null);
  }

  #wanted() {
    const { along, found } = this.view;
    return html`<section aria-label=${words.wanted}>
      <h3>${words.wanted}</h3>
      <dl>
        ${along.map(
          ({ name, value }) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
      ${found.files > 0 ? html`<p class="small quiet">${words.photos(found.files)}</p>` : nothing}
    </section>`;
  }

  #correct = async (): Promise<void> => {
    const path = await correctClaim(this.view.found.item.ids);
    if (path) navigate(path);
  };

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
      }
      dl div {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
        gap: var(--space-3);
        padding-block: 6px;
        border-bottom: 1px solid var(--line);
        font-size: var(--text-14);
      }
      dt {
        color: var(--text-quiet);
      }
      dd {
        overflow-wrap: anywhere;
        font-variant-numeric: tabular-nums;
      }
      section p {
        margin-top: var(--space-2);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      @media (max-width: 1023px) {
        .button {
          flex: 1 0 auto;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'refused-wish': RefusedWish;
  }
}
