import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController, who } from '../../data/who.ts';
import type { ExpenseRow } from '../../data/schema.gen.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { navigate } from '../../ui/navigate.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-empty.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-skeleton.ts';
import './approval-queue.ts';
import './expense-detail.ts';
import './reject-dialog.ts';
import type { RejectDialog } from './reject-dialog.ts';
import { approvalsPageStyles } from './approvals-page.styles.ts';
import { told } from './claim-actions.ts';
import { heldApprovals, holdApprovals, sendHeldApprovals, undoApprovals } from './held-approvals.ts';
import { rejectExpense } from './mutations.ts';
import { desk } from './postures.ts';
import { claimTotals, waitingClaims, type WaitingClaim } from './queries.ts';
import { sumsText, titleOf } from './parts.ts';
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
  /** The claim that is open; the address follows, because keys come faster than navigations. */
  @state() private chosen = '';
  @query('reject-dialog') private rejection!: RejectDialog;
  readonly #who = new WhoController(this);
  readonly #desk = desk(this);
  readonly #queue = new LiveQuery(this, queue, () => [this.#who.value]);

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('route')) this.chosen = this.route.query.get('claim') ?? '';
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
    if (!me.can('expenses:approve')) return this.#notForYou();
    if (!this.#desk.matches && this.chosen) return this.#pocketClaim();
    return html`<ui-page heading=${words.approvals} width="wide">
        <p slot="lead">${this.#lead()}</p>
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
    const mine = this.#items.filter(({ hindrance }) => hindrance === null).map(({ row }) => row);
    if (mine.length === 0) return nothing;
    return html`${words.waitingFor(mine.length)} ·
      <span class="number">${sumsText(claimTotals(mine), who().organization.currency)}</span>`;
  }

  #content() {
    if (!this.#queue.ready && !this.#queue.value) return html`<ui-skeleton lines="6" row-height="72"></ui-skeleton>`;
    if (this.#items.length === 0)
      return html`<ui-empty icon="circle-check" heading=${words.nothingWaits}>
        ${words.nothingWaitsText}
        <a slot="action" class="button" href="/expenses?whose=everyone">${words.allClaims}</a>
      </ui-empty>`;
    return html`<div class="split">
      <div class="left">
        ${this.#bulkBar()}
        <approval-queue
          .items=${this.#items}
          .checked=${this.checked}
          current=${this.#desk.matches ? (this.#current?.row.id ?? '') : ''}
          @claim-chosen=${this.#onChosen}
          @claim-checked=${this.#onChecked}
        ></approval-queue>
        <p class="keys tiny quiet">${keyHints.map(([key, what]) => html`<span><kbd>${key}</kbd> ${what}</span>`)}</p>
      </div>
      ${this.#desk.matches && this.#current ? this.#beside(this.#current) : nothing}
    </div>`;
  }

  #bulkBar() {
    const able = this.#items.filter(({ hindrance }) => hindrance === null);
    const chosen = able.filter(({ row }) => this.checked.has(row.id));
    const all = able.length > 0 && chosen.length === able.length;
    return html`<div class="bulk">
      <label class="check">
        <input
          type="checkbox"
          .checked=${all}
          .indeterminate=${chosen.length > 0 && !all}
          @change=${() => (this.checked = all ? new Set() : new Set(able.map(({ row }) => row.id)))}
        />
        <span class="small">${chosen.length > 0 ? words.selected(chosen.length) : words.selectAll}</span>
      </label>
      ${
        chosen.length > 0
          ? html`<button class="button primary" @click=${() => void this.#approve(chosen.map(({ row }) => row))}>
              <ui-icon name="check"></ui-icon>${words.approveSelected(chosen.length)}
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
    const item = this.#items.find(({ row }) => row.id === this.chosen);
    return html`<ui-page heading=${words.claim} back="/approvals" back-label=${words.approvals}>
        <expense-detail without-actions claim-id=${this.chosen}></expense-detail>
        ${item ? this.#decide(item) : nothing}
      </ui-page>
      <reject-dialog @reason-given=${this.#onReason}></reject-dialog>`;
  }

  #decide({ row, hindrance }: WaitingClaim) {
    const hint = (key: string) => (this.#desk.matches ? html`<kbd aria-hidden="true">${key}</kbd>` : nothing);
    return html`<div class="decide">
      ${hindrance ? html`<p class="small quiet">${hindranceSentence[hindrance]}</p>` : nothing}
      <button class="button danger" aria-keyshortcuts="r" @click=${() => this.rejection.show()}>
        <ui-icon name="x"></ui-icon>${words.reject} ${hint('r')}
      </button>
      ${
        hindrance
          ? nothing
          : html`<button class="button primary" aria-keyshortcuts="a" @click=${() => void this.#approve([row])}>
              <ui-icon name="check"></ui-icon>${words.approve} ${hint('a')}
            </button>`
      }
    </div>`;
  }

  get #items(): readonly WaitingClaim[] {
    return this.#queue.value ?? [];
  }

  get #current(): WaitingClaim | undefined {
    return this.#items.find(({ row }) => row.id === this.chosen) ?? this.#items[0];
  }

  /** Approves after a moment in which it can be undone, and moves on to the next claim. */
  async #approve(claims: readonly ExpenseRow[]): Promise<void> {
    const ids = claims.map((row) => row.id);
    this.#moveOn(ids);
    this.checked = new Set([...this.checked].filter((id) => !ids.includes(id)));
    await holdApprovals(claims, who().person.id);
    const text = claims.length === 1 ? words.approvedOne(titleOf(claims[0]!)) : words.approvedCount(claims.length);
    toast(text, { tone: 'good', duration: 6_000, action: { label: words.undo, run: () => void this.#undo(ids) } });
  }

  async #undo(ids: readonly string[]): Promise<void> {
    const undone = await undoApprovals(ids);
    toast(undone === ids.length ? words.undone : words.tooLate);
  }

  #onReason = (event: CustomEvent<{ reason: string }>): void => {
    const row = this.#current?.row;
    if (!row) return;
    this.#moveOn([row.id]);
    const { reason } = event.detail;
    void told(words.rejected, () => rejectExpense({ row, by: who().person.id, reason }));
  };

  /** Opens the claim after the ones that were just decided; on a phone goes back to the list. */
  #moveOn(decided: readonly string[]): void {
    if (!this.#desk.matches) return void (this.chosen && navigate('/approvals', { replace: true }));
    if (!decided.includes(this.#current?.row.id ?? '')) return;
    const at = this.#items.findIndex(({ row }) => row.id === this.#current?.row.id);
    const left = (item: WaitingClaim) => !decided.includes(item.row.id);
    const next = this.#items.slice(at).find(left) ?? this.#items.slice(0, at).reverse().find(left);
    this.#choose(next?.row.id ?? '');
  }

  #choose(id: string): void {
    this.chosen = id;
    const path = id ? `/approvals?claim=${id}` : '/approvals';
    navigate(path, { replace: this.#desk.matches });
  }

  #onChosen = (event: CustomEvent<{ id: string }>): void => this.#choose(event.detail.id);

  #onChecked = (event: CustomEvent<{ id: string }>): void => this.#toggle(event.detail.id);

  #toggle(id: string): void {
    const checked = new Set(this.checked);
    if (!checked.delete(id)) checked.add(id);
    this.checked = checked;
  }

  #step(by: number): void {
    const at = this.#items.findIndex(({ row }) => row.id === this.#current?.row.id);
    const next = this.#items[Math.min(this.#items.length - 1, Math.max(0, at + by))];
    if (next) this.#choose(next.row.id);
  }

  /** Approves the checked claims, or the one that is open. */
  #approveKey(): void {
    const able = this.#items.filter(({ hindrance }) => hindrance === null).map(({ row }) => row);
    const chosen = able.filter((row) => this.checked.has(row.id));
    const open = able.filter((row) => row.id === this.#current?.row.id);
    const claims = chosen.length > 0 ? chosen : open;
    if (claims.length > 0) void this.#approve(claims);
    else if (this.#current?.hindrance) toast(hindranceSentence[this.#current.hindrance], { tone: 'warn' });
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || !this.#desk.matches) return;
    const current = this.#current?.row.id;
    const keys: Record<string, () => void> = {
      j: () => this.#step(1),
      k: () => this.#step(-1),
      x: () => current && this.#toggle(current),
      a: () => this.#approveKey(),
      r: () => current && this.rejection.show(),
      Enter: () => current && navigate(`/expenses/${current}`),
      Escape: () => (this.checked = new Set()),
    };
    const act = keys[event.key];
    if (!act || this.#items.length === 0 || (event.key === 'Enter' && isOnControl(event))) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  #onLeave = (): void => void sendHeldApprovals(true);

  static override styles = [base, controls, approvalsPageStyles];
}

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
        !(node instanceof HTMLInputElement && node.type === 'checkbox'),
    );
}

declare global {
  interface HTMLElementTagNameMap {
    'approvals-page': ApprovalsPage;
  }
}
