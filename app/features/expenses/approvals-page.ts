import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController, who } from '../../data/who.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { navigate } from '../../ui/navigate.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-empty.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-segmented.ts';
import '../../ui/ui-skeleton.ts';
import { anyOfNames } from '../approvals/index.ts';
import './approval-queue.ts';
import './batch-results.ts';
import './expense-detail.ts';
import './reject-dialog.ts';
import { between, groupsOf, isSelectable, type QueueGroup, type QueueView } from './approval-groups.ts';
import { approvalsPageStyles } from './approvals-page.styles.ts';
import { decisionOn, type Decided } from './decisions.ts';
import { keepBatch } from './decided-batch.ts';
import { heldApprovals, holdDecisions, sendHeldApprovals, undoApprovals } from './held-approvals.ts';
import { desk } from './postures.ts';
import { claimTotals, peopleById, waitingClaims, type WaitingClaim } from './queries.ts';
import { sumsText, titleOf } from './parts.ts';
import type { ReasonGivenDetail, RejectDialog } from './reject-dialog.ts';
import { hindranceSentence, keyHints, words } from './words.ts';

async function queue(): Promise<WaitingClaim[]> {
  const [waiting, held] = await Promise.all([waitingClaims(who()), heldApprovals()]);
  return waiting.filter(({ row }) => !held.has(row.id));
}

/** The claims that wait for a decision, each with its photo beside the numbers; made for the keyboard, usable with a thumb. */
@customElement('approvals-page')
export class ApprovalsPage extends LitElement {
  @property({ attribute: false }) route!: RouteMatch;
  @state() private checked: ReadonlySet<string> = new Set();
  @state() private view: QueueView = 'all';
  @state() private text = '';
  /** The claim that is open; the address follows, because keys come faster than navigations. */
  @state() private chosen = '';
  @query('reject-dialog') private rejection!: RejectDialog;
  @query('input[type="search"]') private searchField!: HTMLInputElement;
  readonly #who = new WhoController(this);
  readonly #desk = desk(this);
  readonly #queue = new LiveQuery(this, queue, () => [this.#who.value]);
  readonly #people = new LiveQuery(this, peopleById);
  #groups: readonly QueueGroup[] = [];
  /** The claims of the list in its order. */
  #items: readonly WaitingClaim[] = [];
  /** Where a range of selected claims begins. */
  #anchor = '';
  #grouped: readonly unknown[] = [];

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('route')) this.chosen = this.route.query.get('claim') ?? '';
    const facts = [this.#queue.value, this.view, this.text, this.#people.value];
    if (facts.every((fact, at) => fact === this.#grouped[at])) return;
    this.#grouped = facts;
    this.#groups = groupsOf(this.#queue.value ?? [], this.view, this.text, this.#people.value ?? new Map());
    this.#items = this.#groups.flatMap(({ items }) => items);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#onKey);
    window.addEventListener('pagehide', this.#onLeave);
    void sendHeldApprovals();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#onKey);
    window.removeEventListener('pagehide', this.#onLeave);
    void sendHeldApprovals(true);
  }

  override render() {
    const me = this.#who.value;
    if (!me) return nothing;
    if (!me.can('expenses:read')) return this.#notForYou();
    if (!this.#desk.matches && this.chosen) return this.#pocketClaim();
    return html`<ui-page heading=${words.approvals} width="wide">
        <p slot="lead">${this.#lead()}</p>
        <a slot="actions" class="button levels" href="/organization/approvals" aria-label=${words.whoApproves}>
          <ui-icon name="users"></ui-icon><span>${words.whoApproves}</span>
        </a>
        ${this.#content()}
      </ui-page>
      <reject-dialog @reason-given=${this.#onReason}></reject-dialog> `;
  }

  #notForYou() {
    return html`<ui-page heading=${words.approvals}>
      <ui-empty icon="lock" heading=${words.approvals}>${words.notAllowedApprovals}</ui-empty>
    </ui-page>`;
  }

  #lead() {
    const mine = this.#all.filter(({ hindrance }) => hindrance === null).map(({ row }) => row);
    if (mine.length === 0) return nothing;
    return html`${words.waitingFor(mine.length)} ·
      <span class="number">${sumsText(claimTotals(mine), who().organization.currency)}</span>`;
  }

  #content() {
    if (!this.#queue.ready && !this.#queue.value) return html`<ui-skeleton lines="6" row-height="72"></ui-skeleton>`;
    if (this.#all.length === 0)
      return html`<batch-results></batch-results>
        <ui-empty icon="circle-check" heading=${words.nothingWaits}>
          ${words.nothingWaitsText}
          <a slot="action" class="button" href="/expenses?whose=everyone">${words.allClaims}</a>
        </ui-empty>`;
    return html`<div class="split">
      <div class="left">
        <batch-results></batch-results>
        ${this.#filters()} ${this.#bulkBar()} ${this.#list()}
        <p class="keys tiny quiet">${keyHints.map(([key, what]) => html`<span><kbd>${key}</kbd> ${what}</span>`)}</p>
      </div>
      ${this.#desk.matches && this.#current ? this.#beside(this.#current) : nothing}
    </div>`;
  }

  #filters() {
    const options = [
      { value: 'all', label: words.everything },
      { value: 'ready', label: words.onlyReady },
      { value: 'flagged', label: words.onlyFlagged },
    ];
    return html`<div class="filters">
      <input
        type="search"
        class="input"
        aria-label=${words.searchQueue}
        placeholder=${words.searchShort}
        .value=${this.text}
        @input=${(event: Event) => (this.text = (event.target as HTMLInputElement).value)}
        @keydown=${this.#onSearchKey}
      />
      <ui-segmented
        label=${words.queueFilter}
        .options=${options}
        value=${this.view}
        @ui-change=${(event: CustomEvent<{ value: QueueView }>) => (this.view = event.detail.value)}
      ></ui-segmented>
    </div>`;
  }

  #list() {
    if (this.#items.length === 0) return html`<p class="quiet nothing">${words.noMatchText}</p>`;
    return html`<approval-queue
      .groups=${this.#groups}
      .checked=${this.checked}
      .people=${this.#people.value ?? new Map()}
      current=${this.#desk.matches ? (this.#current?.row.id ?? '') : ''}
      @claim-chosen=${this.#onChosen}
      @claim-checked=${this.#onChecked}
    ></approval-queue>`;
  }

  #bulkBar() {
    const able = this.#items.filter(isSelectable);
    const chosen = this.#selected;
    const all = able.length > 0 && chosen.length === able.length;
    const approvable = chosen.filter(({ hindrance }) => hindrance === null).length;
    return html`<div class=${chosen.length > 0 ? 'bulk chosen' : 'bulk'}>
      <label class="check">
        <input
          type="checkbox"
          .checked=${all}
          .indeterminate=${chosen.length > 0 && !all}
          @change=${() => this.#selectAll(!all)}
        />
        <span class="small">${chosen.length > 0 ? words.selected(chosen.length) : words.selectAll}</span>
      </label>
      <span class="visually-hidden" role="status">${chosen.length > 0 ? words.selected(chosen.length) : nothing}</span>
      ${
        chosen.length > 0
          ? html`<button class="button danger" @click=${() => this.#askReason()}>
                <ui-icon name="x"></ui-icon>${words.rejectSelected(chosen.length)}
              </button>
              <button class="button primary" @click=${() => void this.#approve(chosen)}>
                <ui-icon name="check"></ui-icon>${words.approveSelected(approvable)}
              </button>`
          : nothing
      }
    </div>`;
  }

  #beside(item: WaitingClaim) {
    return html`<section class="claim" aria-label=${titleOf(item.row)}>
      <expense-detail layout="beside" without-actions claim-id=${item.row.id}></expense-detail>
      ${this.#decide(item)}
    </section>`;
  }

  #pocketClaim() {
    const item = this.#all.find(({ row }) => row.id === this.chosen);
    return html`<ui-page heading=${words.claim} back="/approvals" back-label=${words.approvals}>
        <expense-detail without-actions claim-id=${this.chosen}></expense-detail>
        ${item ? this.#decide(item) : nothing}
      </ui-page>
      <reject-dialog @reason-given=${this.#onReason}></reject-dialog>`;
  }

  #decide(item: WaitingClaim) {
    const hint = (key: string) => (this.#desk.matches ? html`<kbd aria-hidden="true">${key}</kbd>` : nothing);
    return html`<div class="decide">
      ${item.hindrance ? html`<p class="small quiet">${this.#whyNot(item)}</p>` : nothing}
      ${
        item.rejection
          ? nothing
          : html`<button class="button danger" aria-keyshortcuts="r" @click=${() => this.#askReason([item])}>
              <ui-icon name="x"></ui-icon>${words.reject} ${hint('r')}
            </button>`
      }
      ${
        item.hindrance
          ? nothing
          : html`<button class="button primary" aria-keyshortcuts="a" @click=${() => void this.#approve([item])}>
              <ui-icon name="check"></ui-icon>${words.approve} ${hint('a')}
            </button>`
      }
    </div>`;
  }

  /** What is in the way, and who can instead. */
  #whyNot({ hindrance, deciders }: WaitingClaim): string {
    const names = anyOfNames(deciders, (id) => this.#people.value?.get(id)?.display_name ?? words.somebody);
    return [hindranceSentence[hindrance!], hindrance !== 'receipts_not_arrived' && names ? words.whoCan(names) : '']
      .filter(Boolean)
      .join(' ');
  }

  get #all(): readonly WaitingClaim[] {
    return this.#queue.value ?? [];
  }

  get #current(): WaitingClaim | undefined {
    return this.#items.find(({ row }) => row.id === this.chosen) ?? this.#items[0];
  }

  get #selected(): WaitingClaim[] {
    return this.#items.filter((item) => this.checked.has(item.row.id) && isSelectable(item));
  }

  /** Approves after a moment in which it can be undone, and moves on to the next claim. */
  async #approve(items: readonly WaitingClaim[]): Promise<void> {
    const able = items.filter(({ hindrance }) => hindrance === null);
    const by = who().person.id;
    const [only] = able;
    if (!only) return void (items[0] && toast(this.#whyNot(items[0]), { tone: 'warn' }));
    const decisions = able.map((item) => decisionOn(item, by));
    const one = decisions[0]!.next_level === undefined ? words.approvedOne : words.passedOn;
    await this.#hold(items, decisions, items.length === 1 ? one(titleOf(only.row)) : words.approvedCount(able.length));
  }

  async #hold(items: readonly WaitingClaim[], decisions: readonly Decided[], text: string): Promise<void> {
    const ids = decisions.map(({ row }) => row.id);
    this.#moveOn(new Set(ids));
    this.checked = new Set();
    if (items.length > 1) await keepBatch(items.map((item) => batched(item, ids.includes(item.row.id))));
    await holdDecisions(decisions);
    toast(text, { tone: 'good', duration: 6_000, action: { label: words.undo, run: () => void this.#undo(ids) } });
  }

  async #undo(ids: readonly string[]): Promise<void> {
    const undone = await undoApprovals(ids);
    toast(undone === ids.length ? words.undone : words.tooLate);
  }

  /** Asks why the given claims, or the selected ones, or the one that is open, go back. */
  #askReason(items: readonly WaitingClaim[] = this.#meant): void {
    const able = items.filter(({ rejection }) => rejection === null);
    const name = (id: string) => this.#people.value?.get(id)?.display_name ?? words.somebody;
    if (able.length > 0)
      this.rejection.show(able.map(({ row }) => ({ id: row.id, title: `${name(row.person_id)}, ${titleOf(row)}` })));
    else if (items[0]) toast(this.#whyNot(items[0]), { tone: 'warn' });
  }

  /** The selected claims, or else the one that is open. */
  get #meant(): readonly WaitingClaim[] {
    const selected = this.#selected;
    return selected.length > 0 ? selected : this.#current ? [this.#current] : [];
  }

  #onReason = (event: CustomEvent<ReasonGivenDetail>): void => {
    const { reasons } = event.detail;
    const by = who().person.id;
    const items = this.#all.filter(({ row }) => reasons.has(row.id));
    const decisions = items.map((item) => decisionOn(item, by, reasons.get(item.row.id)));
    void this.#hold(items, decisions, items.length === 1 ? words.rejected : words.rejectedCount(items.length));
  };

  /** Opens the claim after the ones that were just decided; on a phone goes back to the list. */
  #moveOn(decided: ReadonlySet<string>): void {
    if (!this.#desk.matches) return void (this.chosen && navigate('/approvals', { replace: true }));
    if (!decided.has(this.#current?.row.id ?? '')) return;
    const at = this.#items.findIndex(({ row }) => row.id === this.#current?.row.id);
    const left = (item: WaitingClaim) => !decided.has(item.row.id);
    const next = this.#items.slice(at).find(left) ?? this.#items.slice(0, at).reverse().find(left);
    this.#choose(next?.row.id ?? '');
  }

  #choose(id: string): void {
    this.chosen = id;
    const path = id ? `/approvals?claim=${id}` : '/approvals';
    navigate(path, { replace: this.#desk.matches });
  }

  #onChosen = (event: CustomEvent<{ id: string }>): void => this.#choose(event.detail.id);

  #onChecked = (event: CustomEvent<{ id: string; range: boolean }>): void => {
    const { id, range } = event.detail;
    if (range) this.#selectTo(id);
    else this.#toggle(id);
  };

  #toggle(id: string): void {
    const checked = new Set(this.checked);
    if (!checked.delete(id) && this.#items.some((item) => item.row.id === id && isSelectable(item))) checked.add(id);
    this.checked = checked;
    this.#anchor = id;
  }

  /** Selects everything from where the selection began. */
  #selectTo(id: string): void {
    const range = between(this.#items, this.#anchor || id, id).filter(isSelectable);
    this.checked = new Set([...this.checked, ...range.map(({ row }) => row.id)]);
  }

  #selectAll(on: boolean): void {
    this.checked = new Set(on ? this.#items.filter(isSelectable).map(({ row }) => row.id) : []);
  }

  #step(by: number, selecting = false): void {
    const from = this.#current?.row.id;
    const at = this.#items.findIndex(({ row }) => row.id === from);
    const next = this.#items[Math.min(this.#items.length - 1, Math.max(0, at + by))];
    if (!next) return;
    if (selecting && !this.checked.has(this.#anchor)) this.#anchor = from ?? next.row.id;
    this.#choose(next.row.id);
    if (selecting) this.#selectTo(next.row.id);
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || !this.#desk.matches) return;
    const current = this.#current?.row.id;
    const keys: Record<string, () => void> = {
      j: () => this.#step(1),
      k: () => this.#step(-1),
      J: () => this.#step(1, true),
      K: () => this.#step(-1, true),
      x: () => current && this.#toggle(current),
      X: () => current && this.#selectTo(current),
      '*': () => this.#selectAll(true),
      a: () => void this.#approve(this.#meant),
      r: () => this.#askReason(),
      '/': () => this.searchField.focus(),
      Enter: () => current && navigate(`/expenses/${current}`),
      Escape: () => this.#selectAll(false),
    };
    const act = keys[event.key];
    if (!act || this.#all.length === 0 || (event.key === 'Enter' && isOnControl(event))) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  #onSearchKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === 'Escape') this.searchField.blur();
  };

  #onLeave = (): void => void sendHeldApprovals(true);

  static override styles = [base, controls, approvalsPageStyles];
}

/** A claim as its result is told later. */
const batched = ({ row, hindrance }: WaitingClaim, decided: boolean) => ({
  id: row.id,
  title: titleOf(row),
  level: row.waits_for_level,
  ...(decided || !hindrance ? {} : { hindrance }),
});

/** Enter presses what has the focus before it opens a claim. */
const isOnControl = (event: KeyboardEvent): boolean =>
  event.composedPath().some((node) => node instanceof HTMLElement && /^(BUTTON|A|INPUT)$/.test(node.tagName));

/** Keys belong to a field or an open dialog while one has the focus. */
function isTyping(event: KeyboardEvent): boolean {
  return event
    .composedPath()
    .some(
      (node) =>
        node instanceof HTMLElement &&
        (/^(INPUT|TEXTAREA|SELECT|DIALOG)$/.test(node.tagName) || node.isContentEditable) &&
        !(node instanceof HTMLInputElement && (node.type === 'checkbox' || node.type === 'radio')),
    );
}

declare global {
  interface HTMLElementTagNameMap {
    'approvals-page': ApprovalsPage;
  }
}
