import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { SyncStatusController } from '../../data/sync-status.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import { batchResults, closeBatch, type BatchResult, type Outcome } from './decided-batch.ts';
import { words } from './words.ts';

/** How many claims that came back are listed; the inbox has them all. */
const MOST_LISTED = 8;

/** What became of claims that were decided in one go: how far they are, how many went how, and which came back why. */
@customElement('batch-results')
export class BatchResults extends LitElement {
  readonly #results = new LiveQuery(this, batchResults);
  readonly #status = new SyncStatusController(this);

  override render() {
    const all = this.#results.value?.filter(({ outcome }) => outcome !== 'taken_back');
    if (!all || all.length === 0) return nothing;
    const left = all.filter(({ outcome }) => outcome === 'waiting' || outcome === 'held').length;
    return html`<section class="card" aria-label=${words.bulkHeading}>
      <header>
        <h2>${words.bulkHeading}</h2>
        <button class="button quiet icon-only" aria-label=${words.bulkDone} @click=${() => void closeBatch()}>
          <ui-icon name="x"></ui-icon>
        </button>
      </header>
      <progress max=${all.length} value=${all.length - left} aria-label=${words.bulkHeading}></progress>
      <p class="small" role="status">
        ${words.bulkOnWay(all.length - left, all.length)}${counts(all).map((text) => html` · ${text}`)}
      </p>
      ${
        left > 0 && this.#status.value?.online === false
          ? html`<p class="small quiet">${words.bulkOffline}</p>`
          : nothing
      }
      ${this.#returned(all.filter(({ outcome }) => outcome === 'came_back' || outcome === 'not_able'))}
    </section>`;
  }

  #returned(back: readonly BatchResult[]) {
    if (back.length === 0) return nothing;
    return html`<ul>
        ${back
          .slice(0, MOST_LISTED)
          .map(
            ({ claim, sentence }) =>
              html`<li class="small">
                <a href="/expenses/${claim.id}">${claim.title}</a> <span class="quiet">${sentence}</span>
              </li>`,
          )}
      </ul>
      ${back.some(({ outcome }) => outcome === 'came_back') ? html`<a class="button" href="/inbox">${words.toInbox}</a>` : nothing}`;
  }

  static override styles = [
    base,
    controls,
    css`
      .card {
        display: grid;
        gap: var(--space-2);
        margin-bottom: var(--space-4);
        padding: var(--space-2) var(--space-4) var(--space-4);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
      }
      h2 {
        font-size: var(--text-16);
      }
      progress {
        width: 100%;
        height: 8px;
        accent-color: var(--accent);
      }
      li {
        padding-block: 4px;
        overflow-wrap: anywhere;
      }
      a:not(.button) {
        font-weight: 550;
      }
    `,
  ];
}

const said: readonly (readonly [Outcome, (n: number) => string])[] = [
  ['approved', words.bulkApproved],
  ['passed_on', words.bulkPassedOn],
  ['rejected', words.bulkRejected],
  ['came_back', words.bulkCameBack],
  ['not_able', words.bulkNotAble],
  ['waiting', words.bulkWaiting],
];

const counts = (all: readonly BatchResult[]): string[] =>
  said
    .map(([wanted, say]) => ({ n: all.filter(({ outcome }) => outcome === wanted).length, say }))
    .filter(({ n }) => n > 0)
    .map(({ n, say }) => say(n));

declare global {
  interface HTMLElementTagNameMap {
    'batch-results': BatchResults;
  }
}
