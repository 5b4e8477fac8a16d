import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { waitingIds } from '../../data/sync-status.ts';
import { WhoController, who } from '../../data/who.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-empty.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-skeleton.ts';
import './expense-timeline.ts';
import './reading/photo-says.ts';
import './receipt-viewer.ts';
import './reject-dialog.ts';
import type { ReasonGivenDetail, RejectDialog } from './reject-dialog.ts';
import { loadClaimBill } from '../books/index.ts';
import { actionsFor, type ClaimAction } from './claim-actions.ts';
import { paymentWord } from './choices.ts';
import { expenseDetailStyles } from './expense-detail.styles.ts';
import { amountOf, statusBadge, titleOf, waitingClock } from './parts.ts';
import { anyOfNames, progressSentence } from '../approvals/index.ts';
import { actorOf, claimDetail, decidersNow, stateFor, type ClaimDetail } from './queries.ts';
import { hindrance } from './rules.ts';
import { dayWords, decidedLine, overLimitNote } from './sentences.ts';
import { hindranceSentence, words } from './words.ts';

/** One claim whole: its photo, its fields, what happened to it, and what this person can do about it. */
@customElement('expense-detail')
export class ExpenseDetail extends LitElement {
  @property({ attribute: 'claim-id' }) claimId = '';
  /** `beside` puts the photo large beside the numbers. */
  @property({ reflect: true }) layout: 'below' | 'beside' = 'below';
  /** Leaves the actions to the page around it. */
  @property({ type: Boolean, attribute: 'without-actions' }) withoutActions = false;
  @query('reject-dialog') private rejection!: RejectDialog;
  readonly #who = new WhoController(this);
  readonly #claim = new LiveQuery(
    this,
    () => claimDetail(this.claimId, this.#who.value?.organization),
    () => [this.claimId, this.#who.value?.organization.id],
  );
  readonly #waiting = new LiveQuery(this, () => waitingIds('expenses'));

  override connectedCallback(): void {
    super.connectedCallback();
    void loadClaimBill();
  }

  override render() {
    if (!this.#claim.ready || !this.#who.value) return html`<ui-skeleton lines="6"></ui-skeleton>`;
    const claim = this.#claim.value;
    if (!claim)
      return html`<ui-empty icon="receipt" heading=${words.claimGone}>
        ${words.claimGoneText}
        <a slot="action" class="button" href="/expenses">${words.backToClaims}</a>
      </ui-empty>`;
    return html`<div class="facts">
        ${this.#head(claim)} ${this.#notes(claim)}<claim-bill claim-id=${claim.row.id}></claim-bill>
      </div>
      <receipt-viewer claim-id=${claim.row.id}></receipt-viewer>
      <div class="facts">
        <photo-says .row=${claim.row} .receipts=${claim.receipts}></photo-says>
        ${this.#fields(claim)}
        <expense-timeline
          .row=${claim.row}
          .history=${claim.history}
          owner=${claim.person?.display_name ?? words.somebody}
        ></expense-timeline>
      </div>
      ${this.withoutActions ? nothing : this.#actions(claim)}
      <reject-dialog @reason-given=${this.#onReason}></reject-dialog>`;
  }

  #head({ row, person }: ClaimDetail) {
    const own = row.person_id === who().person.id;
    return html`<header>
      <div class="grow">
        <p class="title">${titleOf(row)}</p>
        <p class="sum number">${amountOf(row, who().organization.currency)}</p>
        ${own ? nothing : html`<p class="quiet small">${words.by} ${person?.display_name ?? words.somebody}</p>`}
      </div>
      <div class="state">${statusBadge(row.status)} ${waitingClock(this.#waiting.value?.has(row.id) ?? false)}</div>
    </header>`;
  }

  /** What a person should know before anything else, each in a sentence. */
  #notes(claim: ClaimDetail) {
    const { row } = claim;
    const notes: TemplateResult[] = [];
    if (row.status === 'rejected' && row.rejection_reason)
      notes.push(note('bad', 'circle-alert', html`<b>${words.rejectedBecause}:</b> ${row.rejection_reason}`));
    if (row.over_limit && row.status === 'submitted')
      notes.push(note('warn', 'triangle-alert', html`${overLimitNote(claim.category, who().organization)}`));
    if (this.#waiting.value?.has(row.id)) notes.push(note('waiting', 'clock', html`${words.onlyHereText}`));
    if (row.status === 'submitted') notes.push(note('quiet', 'route', html`${this.#progress(claim)}`));
    if (this.#isOwnForApprover(claim)) notes.push(note('waiting', 'info', html`${hindranceSentence.own_claim}`));
    if (claim.twin && row.status !== 'cancelled')
      notes.push(
        note(
          'warn',
          'triangle-alert',
          html`${words.sameElsewhere} <a href="/expenses/${claim.twin.id}">${words.seeClaim}</a>`,
        ),
      );
    const decision = [...claim.history].reverse().find(({ action }) => action === row.status && action !== 'submitted');
    if (decision && row.status !== 'rejected')
      notes.push(note('quiet', 'info', html`${decidedLine(decision.action, decision.actor_name, decision.at)}`));
    return notes;
  }

  #isOwnForApprover(claim: ClaimDetail): boolean {
    const me = who();
    return me.can('expenses:approve') && hindrance('approve', stateFor(claim, me), actorOf(me)) === 'own_claim';
  }

  /** Where a claim stands on its way, and who is next by name. */
  #progress(claim: ClaimDetail): string {
    const names = (id: string) => claim.approvals.people.get(id)?.display_name ?? words.somebody;
    const next = anyOfNames(decidersNow(claim, who()), names);
    return `${progressSentence(claim.levels, names)}${next ? ` (${next})` : ''}.`;
  }

  #fields({ row, category, show }: ClaimDetail) {
    const lines: [string, string | TemplateResult | null][] = [
      [words.date, dayWords(row.expense_date)],
      [words.merchant, row.merchant],
      [words.category, category?.name ?? null],
      [words.description, row.description],
      [
        words.show,
        show ? html`<a href="/shows?show=${show.id}">${dayWords(show.show_date)} · ${show.place}</a>` : null,
      ],
      [words.payment, row.payment_method && paymentWord(row.payment_method)],
      [words.notes, row.notes],
    ];
    return html`<dl>
      ${lines.map(([name, value]) =>
        value
          ? html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`
          : nothing,
      )}
    </dl>`;
  }

  #actions(claim: ClaimDetail) {
    const actions = actionsFor(claim, who());
    if (actions.length === 0) return nothing;
    const within = actions.some(({ look }) => look === 'primary') ? 'reach' : '';
    return html`<div class="bar ${within}">
      ${actions.map((action) =>
        action.path
          ? html`<a class="button ${action.look}" href=${action.path}>
              <ui-icon name=${action.icon}></ui-icon>${action.label}
            </a>`
          : html`<button class="button ${action.look}" @click=${() => void this.#run(action)}>
              <ui-icon name=${action.icon}></ui-icon>${action.label}
            </button>`,
      )}
    </div>`;
  }

  async #run(action: ClaimAction): Promise<void> {
    if (action.asksReason) return this.rejection.show([{ id: this.claimId, title: '' }]);
    await action.run('');
  }

  #onReason = (event: CustomEvent<ReasonGivenDetail>): void => {
    const reject = actionsFor(this.#claim.value!, who()).find((action) => action.asksReason);
    void reject?.run(event.detail.reasons.get(this.claimId) ?? '');
  };

  static override styles = [base, controls, expenseDetailStyles];
}

const note = (tone: string, icon: string, text: TemplateResult): TemplateResult =>
  html`<p class="note ${tone}"><ui-icon name=${icon}></ui-icon><span>${text}</span></p>`;

declare global {
  interface HTMLElementTagNameMap {
    'expense-detail': ExpenseDetail;
  }
}
