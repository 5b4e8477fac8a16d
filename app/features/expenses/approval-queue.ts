import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { LiveQuery } from '../../data/live-query.ts';
import { who } from '../../data/who.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-badge.ts';
import { amountOf, titleOf } from './parts.ts';
import { peopleById, type WaitingClaim } from './queries.ts';
import { dayWords } from './sentences.ts';
import { words } from './words.ts';

/** The list of waiting claims. Sends `claim-chosen` and `claim-checked` with `detail.id`. */
@customElement('approval-queue')
export class ApprovalQueue extends LitElement {
  @property({ attribute: false }) items: readonly WaitingClaim[] = [];
  @property({ attribute: false }) checked: ReadonlySet<string> = new Set();
  /** The claim that stands open beside the list. */
  @property() current = '';
  readonly #people = new LiveQuery(this, peopleById);

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('current')) return;
    this.renderRoot.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  override render() {
    return html`<ul class="list">
      ${repeat(
        this.items,
        ({ row }) => row.id,
        (item) => this.#item(item),
      )}
    </ul>`;
  }

  #item({ row, hindrance }: WaitingClaim) {
    const name = this.#people.value?.get(row.person_id)?.display_name ?? words.somebody;
    return html`<li class=${row.id === this.current ? 'current' : ''}>
      <label class="box">
        <input
          type="checkbox"
          aria-label=${words.selectClaim(`${name}, ${titleOf(row)}`)}
          ?disabled=${hindrance !== null}
          .checked=${this.checked.has(row.id)}
          @change=${() => this.#send('claim-checked', row.id)}
        />
      </label>
      <button
        class="open"
        aria-current=${row.id === this.current ? 'true' : 'false'}
        @click=${() => this.#send('claim-chosen', row.id)}
      >
        <span class="title ellipsis">${titleOf(row)}</span>
        <span class="sum number">${amountOf(row, who().organization.currency)}</span>
        <span class="about small quiet ellipsis">${name} · ${dayWords(row.expense_date)}</span>
        ${row.over_limit ? html`<ui-badge tone="warn" icon="triangle-alert">${words.overLimit}</ui-badge>` : nothing}
      </button>
    </li>`;
  }

  #send(type: string, id: string): void {
    this.dispatchEvent(new CustomEvent(type, { detail: { id } }));
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      li {
        display: flex;
        content-visibility: auto;
        contain-intrinsic-size: auto 72px;
      }
      li.current {
        background: var(--accent-soft);
        box-shadow: inset 3px 0 0 var(--accent);
      }
      .box {
        display: grid;
        place-items: center;
        flex: none;
        width: 48px;
        cursor: pointer;
      }
      .box input {
        width: 20px;
        height: 20px;
        margin: 0;
        accent-color: var(--accent);
      }
      .open {
        flex: 1;
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: center;
        gap: 2px var(--space-3);
        min-width: 0;
        min-height: 72px;
        padding: 10px var(--space-4) 10px 0;
        border: 0;
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .open:focus-visible {
        outline-offset: -2px;
      }
      .title,
      .sum {
        font-weight: 550;
      }
      .sum {
        text-align: end;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'approval-queue': ApprovalQueue;
  }
}
