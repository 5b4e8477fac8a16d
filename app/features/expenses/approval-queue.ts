import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { PersonRow } from '../../data/schema.gen.ts';
import { who } from '../../data/who.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-badge.ts';
import { levelName, waitingLevel } from '../approvals/index.ts';
import { isSelectable, type QueueGroup } from './approval-groups.ts';
import { approvalQueueStyles } from './approval-queue.styles.ts';
import { amountOf, titleOf } from './parts.ts';
import type { WaitingClaim } from './queries.ts';
import { dayWords } from './sentences.ts';
import { flagWords, words } from './words.ts';

/** Heights of a claim and of a group's heading, in pixels; the styles say the same. */
const CLAIM = 76;
const HEADING = 68;
/** How far beyond the screen lines are drawn already, in pixels. */
const AHEAD = 600;
/** Up to this many lines all are drawn: a short list can then be searched and read whole. */
const SHORT = 120;

/** One line of the list at its place. */
interface Line {
  readonly top: number;
  readonly group: QueueGroup;
  /** Undefined for the group's heading. */
  readonly item: WaitingClaim | undefined;
  readonly place: number;
}

/**
 * The list of waiting claims in groups; of a long one it draws only what is near the screen, so that a thousand are as light as ten.
 * Sends `claim-chosen` with `detail.id`, and `claim-checked` with `detail.id` and `detail.range`.
 */
@customElement('approval-queue')
export class ApprovalQueue extends LitElement {
  @property({ attribute: false }) groups: readonly QueueGroup[] = [];
  @property({ attribute: false }) checked: ReadonlySet<string> = new Set();
  @property({ attribute: false }) people: ReadonlyMap<string, PersonRow> = new Map();
  /** The claim that stands open beside the list. */
  @property() current = '';
  @query('ul') private list!: HTMLUListElement;
  #lines: readonly Line[] = [];
  #height = 0;
  #from = 0;
  #to = SHORT;
  #frame = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('scroll', this.#onScroll, { passive: true, capture: true });
    window.addEventListener('resize', this.#onScroll);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    window.removeEventListener('scroll', this.#onScroll, { capture: true });
    window.removeEventListener('resize', this.#onScroll);
  }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('groups')) return;
    this.#lines = linesOf(this.groups);
    const last = this.#lines.at(-1);
    this.#height = last ? last.top + (last.item ? CLAIM : HEADING) : 0;
    if (this.hasUpdated) this.#look();
  }

  override render() {
    const shown = this.#lines.slice(this.#from, this.#to);
    return html`<ul class="list">
      ${repeat(
        shown,
        ({ item, group }) => item?.row.id ?? group.heading,
        (line) => (line.item ? this.#claim(line.item, line.place) : this.#heading(line.group)),
      )}
    </ul>`;
  }

  // The page forbids styles in markup; heights set by script are no markup.
  override updated(changed: PropertyValues): void {
    const first = this.#lines[this.#from]?.top ?? 0;
    const end = this.#lines[this.#to]?.top ?? this.#height;
    this.list.style.paddingTop = `${first}px`;
    this.list.style.paddingBottom = `${Math.max(0, this.#height - end)}px`;
    if (changed.has('groups') && this.#look()) this.requestUpdate();
    if (changed.has('current') && this.current) this.#reveal();
  }

  #heading({ heading, hint }: QueueGroup) {
    return html`<li class="heading">
      <h2>${heading}</h2>
      <p class="small quiet ellipsis">${hint}</p>
    </li>`;
  }

  #claim(item: WaitingClaim, place: number) {
    const { row, lender_id } = item;
    const name = this.#name(row.person_id);
    return html`<li
      class=${row.id === this.current ? 'claim current' : 'claim'}
      aria-setsize=${this.#lines.length - this.groups.length}
      aria-posinset=${place}
    >
      <label class="box">
        <input
          type="checkbox"
          aria-label=${words.selectClaim(`${name}, ${titleOf(row)}`)}
          ?disabled=${!isSelectable(item)}
          .checked=${this.checked.has(row.id)}
          @click=${(event: MouseEvent) => this.#send('claim-checked', { id: row.id, range: event.shiftKey })}
        />
      </label>
      <button
        class="open"
        aria-current=${row.id === this.current ? 'true' : 'false'}
        @click=${() => this.#send('claim-chosen', { id: row.id })}
      >
        <span class="title ellipsis">${titleOf(row)}</span>
        <span class="sum number">${amountOf(row, who().organization.currency)}</span>
        <span class="about small quiet ellipsis">
          ${name} ·
          ${dayWords(row.expense_date)}${lender_id ? html` · ${words.forColleague(this.#name(lender_id))}` : nothing}
        </span>
        ${this.#remark(item)}
      </button>
    </li>`;
  }

  /** Why a claim stands where it does: for whom it waits, or what is out of the ordinary. */
  #remark({ hindrance, flags, levels }: WaitingClaim) {
    const waits = waitingLevel(levels);
    if (hindrance !== null && hindrance !== 'receipts_not_arrived' && waits)
      return html`<span class="small quiet ellipsis remark">${levelName(waits.wanted, (id) => this.#name(id))}</span>`;
    const [first, ...more] = flags;
    if (!first) return nothing;
    const rest = more.length > 0 ? ` +${more.length}` : '';
    return html`<ui-badge class="remark" tone="warn" icon="triangle-alert">${flagWords[first]}${rest}</ui-badge>`;
  }

  #name(id: string): string {
    return this.people.get(id)?.display_name ?? words.somebody;
  }

  #onScroll = (): void => {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#look() && this.requestUpdate());
  };

  /** Finds the lines near the screen; says whether they are other ones than before. */
  #look(): boolean {
    if (this.#lines.length <= SHORT) return this.#draw(0, this.#lines.length);
    const top = -this.getBoundingClientRect().top;
    const from = Math.max(
      0,
      this.#lines.findLastIndex((line) => line.top <= top - AHEAD),
    );
    const beyond = this.#lines.findIndex((line) => line.top > top + window.innerHeight + AHEAD);
    const to = beyond < 0 ? this.#lines.length : beyond;
    return this.#draw(from, to);
  }

  #draw(from: number, to: number): boolean {
    const same = from === this.#from && to === this.#to;
    [this.#from, this.#to] = [from, to];
    return !same;
  }

  /** Scrolls just as far as the open claim needs to be on the screen. */
  #reveal(): void {
    const line = this.#lines.find(({ item }) => item?.row.id === this.current);
    if (!line) return;
    const top = this.getBoundingClientRect().top + line.top;
    const above = top - HEADING;
    const below = top + CLAIM - window.innerHeight + CLAIM;
    if (above < 0) window.scrollBy({ top: above });
    else if (below > 0) window.scrollBy({ top: below });
  }

  #send(type: string, detail: { id: string; range?: boolean }): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  static override styles = [base, controls, approvalQueueStyles];
}

function linesOf(groups: readonly QueueGroup[]): Line[] {
  let top = 0;
  let place = 0;
  const lines: Line[] = [];
  for (const group of groups) {
    lines.push({ top, group, item: undefined, place });
    top += HEADING;
    for (const item of group.items) {
      lines.push({ top, group, item, place: (place += 1) });
      top += CLAIM;
    }
  }
  return lines;
}

declare global {
  interface HTMLElementTagNameMap {
    'approval-queue': ApprovalQueue;
  }
}
