import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Resolutions } from '../../data/decisions.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import { seenNow } from './choices.ts';
import type { ItemView, LineView } from './item-view.ts';
import { words } from './words.ts';

/**
 * A step that came back, or fields that can no longer be changed: what was seen beside what is now, and only the ways on
 * that the room still allows. Sends `item-decided`: `detail.resolutions` to take the step again over what is on the screen, none to leave it.
 */
@customElement('conflict-decision')
export class ConflictDecision extends LitElement {
  @property({ attribute: false }) view!: ItemView;

  override render() {
    const { lines, again } = this.view;
    return html`
      ${lines.length > 0 ? this.#table(lines) : nothing}
      ${
        again.said
          ? html`<p class="said small"><span class="quiet">${words.yourReason}:</span> ${again.said}</p>`
          : nothing
      }
      ${again.note ? html`<p class="said small">${again.note}</p>` : nothing}
      ${again.hindrance ? html`<p class="hint" role="status">${again.hindrance}</p>` : nothing}
      <div class="buttons">
        ${
          this.#mayAgain
            ? html`<button class="button primary" aria-keyshortcuts="m" @click=${() => this.keepAll('mine')}>
                ${again.label ?? words.doAgain} <kbd aria-hidden="true">m</kbd>
              </button>`
            : nothing
        }
        <button
          class="button ${this.#mayAgain ? '' : 'primary'}"
          aria-keyshortcuts="t"
          @click=${() => this.keepAll('theirs')}
        >
          ${this.#leaveWord} <kbd aria-hidden="true">t</kbd>
        </button>
        <slot></slot>
      </div>
    `;
  }

  /** Takes the step again where that is still possible, or leaves it. */
  keepAll(take: 'mine' | 'theirs'): void {
    if (take === 'mine' && !this.#mayAgain) return;
    const resolutions: Resolutions | undefined = take === 'mine' ? seenNow(this.view.found) : undefined;
    this.dispatchEvent(new CustomEvent('item-decided', { detail: { resolutions } }));
  }

  /** There is nothing to type in a decision. */
  edit(): void {}

  /** Moves the focus to the first way on. */
  override focus(): void {
    this.renderRoot.querySelector('button')?.focus();
  }

  get #mayAgain(): boolean {
    const { shape, again, gone } = this.view;
    return shape === 'decision' && again.hindrance === null && !gone;
  }

  get #leaveWord(): string {
    const { gone, shape, lines } = this.view;
    if (gone) return words.discard;
    return shape === 'fields' && lines.length === 0 ? words.done : words.keepIt;
  }

  #table(lines: readonly LineView[]) {
    return html`<table>
      <thead>
        <tr>
          <th scope="col"><span class="visually-hidden">${words.fieldColumn}</span></th>
          <th scope="col">${this.view.shape === 'fields' ? words.sideMine : words.sawColumn}</th>
          <th scope="col">${words.nowColumn}</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          (line) =>
            html`<tr>
              <th scope="row">${line.name}</th>
              <td>${line.mineWords}</td>
              <td>
                <b>${line.theirsWords}</b>
                <span class="tiny quiet"
                  >${line.who}${line.when ? html`, <span class="when">${line.when}</span>` : nothing}</span
                >
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
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
        padding: var(--space-2) var(--space-3) var(--space-2) 0;
        border-bottom: 1px solid var(--line);
        text-align: start;
        vertical-align: top;
        overflow-wrap: anywhere;
      }
      th {
        color: var(--text-quiet);
        font-weight: 550;
      }
      thead th {
        font-size: var(--text-12);
      }
      b {
        display: block;
        font-weight: 600;
      }
      .when {
        white-space: nowrap;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .said {
        overflow-wrap: anywhere;
      }
      .button kbd {
        border-color: currentColor;
        background: none;
        color: inherit;
        opacity: 0.75;
      }
      @media (max-width: 1023px) {
        .button {
          flex: 1 0 auto;
        }
        kbd {
          display: none;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'conflict-decision': ConflictDecision;
  }
}
