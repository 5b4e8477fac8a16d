import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController, type Who } from '../../data/who.ts';
import { asFailure } from '../../kernel/failure.ts';
import { formatDate, formatInstant } from '../../kernel/day.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-icon.ts';
import { sendToBooks } from './mutations.ts';
import { claimBill, type ClaimBill } from './queries.ts';
import { billReference } from './rules.ts';
import { failureSentence, objectionSentence } from './sentences.ts';
import { words } from './words.ts';

const IN_XERO = 'https://go.xero.com/AccountsPayable/View.aspx?InvoiceID=';

/** Where a claim stands in the books, what keeps it out of them, and how to mend that. Empty when there is nothing to say. */
@customElement('claim-bill')
export class ClaimBillLine extends LitElement {
  @property({ attribute: 'claim-id' }) claimId = '';
  readonly #who = new WhoController(this);
  readonly #bill = new LiveQuery(
    this,
    () => claimBill(this.claimId),
    () => [this.claimId],
  );

  override render() {
    const [me, found] = [this.#who.value, this.#bill.value];
    if (!me || !found) return nothing;
    switch (found.bill?.state) {
      case undefined:
        return this.#unsent(found, me);
      case 'queued':
        return this.#underway(found);
      case 'synced':
        return this.#synced(found, me);
      case 'error':
        return this.#wrong(found, me);
      case 'voiding':
        return line('clock', 'waiting', words.takingBack);
      default:
        return found.claim.status === 'rejected' ? line('info', 'waiting', words.takenBack) : nothing;
    }
  }

  #unsent({ claim, books }: ClaimBill, me: Who) {
    if (claim.status !== 'approved' || !books || !me.can('expenses:pay')) return nothing;
    return line(
      'info',
      'waiting',
      words.notSent,
      html`<p>${words.notSentText}</p>
        ${this.#button(words.send)}`,
    );
  }

  #underway({ books }: ClaimBill) {
    if (books?.status === 'needs_attention')
      return line('triangle-alert', 'warn', words.onItsWay, html`<p>${words.signInAgain} ${toIntegrations}</p>`);
    if (books?.status === 'paused')
      return line('clock', 'waiting', words.onItsWay, html`<p>${words.paused} ${toIntegrations}</p>`);
    const text = books?.next_try_at ? words.triedAgainAt(formatInstant(books.next_try_at)) : words.onItsWayText;
    return line('clock', 'waiting', words.onItsWay, html`<p>${text}</p>`);
  }

  #synced({ bill, books, category }: ClaimBill, me: Who) {
    const { expense_id, round, synced_at, paid_on, remote_id, objection } = bill!;
    if (objection && me.can('expenses:read'))
      return line('triangle-alert', 'warn', words.inXero, html`<p>${objectionSentence(objection, category)}</p>`);
    const state = paid_on
      ? words.paidThere(formatDate(paid_on))
      : synced_at
        ? words.since(formatInstant(synced_at))
        : '';
    const link =
      remote_id && books && !books.sandbox
        ? html`<a href=${IN_XERO + remote_id} target="_blank" rel="noopener noreferrer">${words.openInXero}</a>`
        : nothing;
    return line(
      'circle-check',
      'good',
      words.inXero,
      html`<p>${state} ${link}</p>
        <p class="small quiet">
          ${words.reference} <span class="number reference">${billReference(expense_id, round)}</span>
        </p>`,
    );
  }

  #wrong({ bill, category }: ClaimBill, me: Who) {
    if (!me.can('expenses:read')) return line('clock', 'waiting', words.onItsWay, html`<p>${words.deskLooks}</p>`);
    const { objection, said } = bill!;
    return line(
      'circle-alert',
      'bad',
      words.problem,
      html`<p>${objectionSentence(objection, category)}</p>
        ${said ? html`<p class="small quiet">${words.said}: ${said}</p>` : nothing}
        ${me.can('expenses:pay') ? this.#fixes(objection) : nothing}`,
    );
  }

  #fixes(objection: string | null) {
    const isAccount = objection === 'no_account' || objection?.startsWith('account_');
    return html`<div class="row">
      ${isAccount ? html`<a class="button" href="/books">${words.chooseAccount}</a>` : this.#button(words.tryAgain)}
    </div>`;
  }

  #button(label: string) {
    return html`<button class="button" @click=${this.#send}>${label}</button>`;
  }

  #send = async (): Promise<void> => {
    try {
      await sendToBooks(this.#bill.value!.claim);
      toast(words.sent, { tone: 'good' });
    } catch (thrown) {
      toast(failureSentence(asFailure(thrown)), { tone: 'bad', duration: 15_000 });
    }
  };

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      section {
        display: grid;
        grid-template-columns: 20px 1fr;
        gap: var(--space-2);
        padding: var(--space-3);
        border-radius: var(--radius-card);
        background: var(--waiting-soft);
        font-size: var(--text-14);
        overflow-wrap: anywhere;
      }
      section.good {
        background: var(--good-soft);
      }
      section.warn {
        background: var(--warn-soft);
      }
      section.bad {
        background: var(--bad-soft);
      }
      .text {
        display: grid;
        gap: var(--space-2);
        justify-items: start;
      }
      .reference {
        white-space: nowrap;
      }
      h3 {
        font-size: inherit;
        font-weight: 550;
      }
    `,
  ];
}

const toIntegrations = html`<a href="/integrations">${words.toIntegrations}</a>`;

const line = (icon: string, tone: string, heading: string, more: TemplateResult | typeof nothing = nothing) =>
  html`<section class=${tone}>
    <ui-icon name=${icon}></ui-icon>
    <div class="text">
      <h3>${heading}</h3>
      ${more}
    </div>
  </section>`;

declare global {
  interface HTMLElementTagNameMap {
    'claim-bill': ClaimBillLine;
  }
}
