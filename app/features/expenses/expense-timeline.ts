import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ActivityRow, ExpenseRow } from '../../data/schema.gen.ts';
import { formatInstant } from '../../kernel/day.ts';
import { base } from '../../ui/base.styles.ts';
import '../../ui/ui-icon.ts';
import { historyLine } from './sentences.ts';
import { words } from './words.ts';

const icons: Readonly<Record<string, string>> = {
  submitted: 'send',
  approved: 'circle-check',
  level_approved: 'check',
  level_skipped: 'chevron-right',
  rejected: 'circle-alert',
  paid: 'banknote',
  cancelled: 'x',
  draft: 'undo-2',
};

/** What happened to a claim, by whom and when, oldest first. */
@customElement('expense-timeline')
export class ExpenseTimeline extends LitElement {
  @property({ attribute: false }) row!: ExpenseRow;
  @property({ attribute: false }) history: readonly ActivityRow[] = [];
  @property() owner = '';

  override render() {
    return html`<h2>${words.history}</h2>
      <ol>
        ${this.#step('pencil', words.startedBy(this.owner), this.row.created_at)}
        ${this.history.map((one) => this.#activity(one))}
      </ol>`;
  }

  #activity({ action, actor_name, at, detail }: ActivityRow) {
    const about = (detail ?? {}) as Record<string, unknown>;
    const reason = typeof about['reason'] === 'string' ? about['reason'] : undefined;
    return this.#step(icons[action] ?? 'circle', historyLine(action, actor_name, about), at, reason);
  }

  #step(icon: string, text: string, at: string | undefined, more?: string) {
    return html`<li>
      <ui-icon name=${icon}></ui-icon>
      <div>
        <p class="small">
          ${text}${at ? html`, <time class="quiet number" datetime=${at}>${formatInstant(at)}</time>` : nothing}
        </p>
        ${more ? html`<p class="small quiet">“${more}”</p>` : nothing}
      </div>
    </li>`;
  }

  static override styles = [
    base,
    css`
      :host {
        display: block;
        --icon-size: 16px;
      }
      h2 {
        margin-bottom: var(--space-2);
      }
      li {
        position: relative;
        display: grid;
        grid-template-columns: 24px 1fr;
        gap: var(--space-2);
        padding-bottom: var(--space-3);
      }
      li:not(:last-child)::before {
        content: '';
        position: absolute;
        top: 24px;
        bottom: 0;
        left: 11px;
        border-left: 1px solid var(--line);
      }
      ui-icon {
        margin: 3px 0 0 4px;
        color: var(--text-quiet);
      }
      p {
        overflow-wrap: anywhere;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'expense-timeline': ExpenseTimeline;
  }
}
