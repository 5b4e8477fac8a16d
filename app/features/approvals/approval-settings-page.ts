import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { rows } from '../../data/db.ts';
import { LiveQuery } from '../../data/live-query.ts';
import type {
  ApprovalDelegationRow,
  ApprovalLimitRow,
  ApprovalRuleRow,
  ExpenseCategoryRow,
  OrganizationRow,
} from '../../data/schema.gen.ts';
import { WhoController, who } from '../../data/who.ts';
import { dateIn, formatDate } from '../../kernel/day.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { formatMoney } from '../../kernel/money.ts';
import { ask } from '../../ui/ask.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-empty.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-skeleton.ts';
import { approvalSettingsStyles } from './approval-settings-page.styles.ts';
import './chain-tester.ts';
import './limit-dialog.ts';
import { limitOwner } from './limit-dialog.ts';
import './loan-dialog.ts';
import { endLoan, removeLimit, removeRule } from './mutations.ts';
import { approvalsOf, takesPart, type Approvals } from './queries.ts';
import './rule-dialog.ts';
import { runsOn } from './rules.ts';
import { words } from './settings-words.ts';
import { chainWords, ruleSentence, type Names } from './words.ts';

interface Settings {
  readonly approvals: Approvals;
  readonly categories: readonly ExpenseCategoryRow[];
}

async function settingsOf(organization: OrganizationRow): Promise<Settings> {
  const [approvals, all] = await Promise.all([
    approvalsOf(organization),
    rows('expense_categories').where('organization_id').equals(organization.id).toArray(),
  ]);
  return { approvals, categories: all.sort((a, b) => a.position - b.position || a.name.localeCompare(b.name)) };
}

type Open =
  | { readonly dialog: 'rule'; readonly row: ApprovalRuleRow | undefined }
  | { readonly dialog: 'limit'; readonly row: ApprovalLimitRow | undefined }
  | { readonly dialog: 'loan' };

/** Who approves claims: the levels as sentences, a question to try them with, limits, and who stands in for whom. */
@customElement('approval-settings-page')
export class ApprovalSettingsPage extends LitElement {
  @property({ attribute: false }) route!: RouteMatch;
  @state() private open: Open | undefined;
  readonly #who = new WhoController(this);
  readonly #settings = new LiveQuery(
    this,
    () => (this.#who.value ? settingsOf(this.#who.value.organization) : undefined),
    () => [this.#who.value?.organization],
  );

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('route') && this.route.query.has('lend')) this.open = { dialog: 'loan' };
  }

  override render() {
    const me = this.#who.value;
    if (!me) return nothing;
    if (!me.can('expenses:read'))
      return html`<ui-page heading=${words.heading}>
        <ui-empty icon="lock" heading=${words.heading}>${words.notAllowed}</ui-empty>
      </ui-page>`;
    const settings = this.#settings.value;
    const back = me.can('settings:write') ? '/organization' : '/approvals';
    return html`<ui-page heading=${words.heading} back=${back} back-label=${words.back}>
      <p slot="lead">${words.lead}</p>
      ${settings ? this.#content(settings, me.can('settings:write')) : html`<ui-skeleton lines="8"></ui-skeleton>`}
    </ui-page>`;
  }

  #content({ approvals, categories }: Settings, writes: boolean) {
    return html`<div class="stack loose">
        ${this.#rules(approvals, categories, writes)}
        <chain-tester .approvals=${approvals} .categories=${categories}></chain-tester>
        ${this.#loans(approvals, writes)} ${this.#limits(approvals, writes)}
      </div>
      ${this.#dialog(approvals, categories)}`;
  }

  #section(heading: string, lead: string, add: { label: string; open: Open } | undefined, content: unknown) {
    return html`<section class="card">
      <header class="row wrap">
        <div class="grow">
          <h2>${heading}</h2>
          <p class="hint">${lead}</p>
        </div>
        ${
          add
            ? html`<button class="button" @click=${() => (this.open = add.open)}>
                <ui-icon name="plus"></ui-icon>${add.label}
              </button>`
            : nothing
        }
      </header>
      ${content}
    </section>`;
  }

  #rules(approvals: Approvals, categories: readonly ExpenseCategoryRow[], writes: boolean) {
    const names = namesOf(approvals);
    const nameOf = (id: string | null) => categories.find((category) => category.id === id)?.name;
    const sentence = (rule: ApprovalRuleRow) =>
      ruleSentence(rule, { currency: approvals.organization.currency, category: nameOf(rule.category_id), names });
    const sorted = [...approvals.rules].sort(
      (a, b) =>
        Number(a.category_id === null) - Number(b.category_id === null) ||
        (nameOf(a.category_id) ?? '').localeCompare(nameOf(b.category_id) ?? '') ||
        b.over_minor - a.over_minor,
    );
    const complete = approvals.rules.some(({ category_id, over_minor }) => category_id === null && over_minor === 0);
    return this.#section(
      words.rules,
      words.rulesLead,
      writes ? { label: words.addRule, open: { dialog: 'rule', row: undefined } } : undefined,
      html`<ul>
        ${sorted.map((rule) => this.#rule(rule, sentence(rule), writes))}
        ${complete ? nothing : html`<li class="quiet">${words.otherwise(chainWords(['any'], names))}</li>`}
      </ul>`,
    );
  }

  #rule(rule: ApprovalRuleRow, sentence: string, writes: boolean) {
    return html`<li>
      <p class="grow sentence">${sentence}</p>
      ${
        writes
          ? html`${iconButton('pencil', words.editRuleNamed(sentence), () => (this.open = { dialog: 'rule', row: rule }))}
            ${iconButton('trash-2', `${words.remove}: ${sentence}`, () => void this.#removeRule(rule))}`
          : nothing
      }
    </li>`;
  }

  async #removeRule(rule: ApprovalRuleRow): Promise<void> {
    const { removeRule: heading, removeRuleText: text, remove: confirm } = words;
    if (!(await ask({ heading, text, confirm, danger: true }))) return;
    await removeRule(rule);
    toast(words.ruleRemoved);
  }

  #limits(approvals: Approvals, writes: boolean) {
    const { currency } = approvals.organization;
    return this.#section(
      words.limits,
      words.limitsLead,
      writes ? { label: words.addLimit, open: { dialog: 'limit', row: undefined } } : undefined,
      approvals.limits.length === 0
        ? html`<p class="quiet empty">${words.noLimits}</p>`
        : html`<ul>
            ${approvals.limits.map((limit) => {
              const whose = limitOwner(limit, approvals);
              const money = formatMoney({ amount_minor: limit.max_minor, currency });
              return html`<li>
                <p class="grow sentence">${words.limitSentence(whose, money)}</p>
                ${
                  writes
                    ? html`${iconButton('pencil', words.editLimit(whose), () => {
                        this.open = { dialog: 'limit', row: limit };
                      })}
                      ${iconButton('trash-2', words.limitRemove(whose), () => void this.#liftLimit(limit))}`
                    : nothing
                }
              </li>`;
            })}
          </ul>`,
    );
  }

  async #liftLimit(limit: ApprovalLimitRow): Promise<void> {
    await removeLimit(limit);
    toast(words.limitRemoved);
  }

  #loans(approvals: Approvals, writes: boolean) {
    const today = dateIn(approvals.organization.time_zone);
    const shown = approvals.allLoans
      .filter(({ ended_at, ends_on }) => ended_at === null && ends_on >= today)
      .sort((a, b) => a.starts_on.localeCompare(b.starts_on));
    const lends = writes || takesPart(approvals, who().person.id);
    return this.#section(
      words.loans,
      words.loansLead,
      lends ? { label: words.addLoan, open: { dialog: 'loan' } } : undefined,
      shown.length === 0
        ? html`<p class="quiet empty">${words.noLoans}</p>`
        : html`<ul>
            ${shown.map((loan) => this.#loan(loan, approvals, runsOn(loan, today)))}
          </ul>`,
    );
  }

  #loan(loan: ApprovalDelegationRow, approvals: Approvals, runs: boolean) {
    const names = namesOf(approvals);
    const sentence = words.loanSentence(names(loan.borrower_id), names(loan.lender_id));
    const mine = loan.lender_id === who().person.id || who().can('settings:write');
    return html`<li>
      <div class="grow">
        <p class="sentence">
          ${sentence} <ui-badge tone=${runs ? 'good' : 'neutral'}>${runs ? words.loanRuns : words.loanComes}</ui-badge>
        </p>
        <p class="hint">${words.loanPeriod(formatDate(loan.starts_on), formatDate(loan.ends_on))} · ${loan.reason}</p>
      </div>
      ${
        mine
          ? html`<button
              class="button"
              aria-label=${words.endLoanNamed(sentence)}
              @click=${() => void this.#endLoan(loan)}
            >
              ${words.endLoan}
            </button>`
          : nothing
      }
    </li>`;
  }

  async #endLoan(loan: ApprovalDelegationRow): Promise<void> {
    await endLoan(loan);
    toast(words.loanEnded);
  }

  #dialog(approvals: Approvals, categories: readonly ExpenseCategoryRow[]) {
    const done = () => (this.open = undefined);
    switch (this.open?.dialog) {
      case 'rule':
        return html`<rule-dialog
          .row=${this.open.row}
          .approvals=${approvals}
          .categories=${categories}
          @dialog-done=${done}
        ></rule-dialog>`;
      case 'limit':
        return html`<limit-dialog .row=${this.open.row} .approvals=${approvals} @dialog-done=${done}></limit-dialog>`;
      case 'loan':
        return html`<loan-dialog .approvals=${approvals} @dialog-done=${done}></loan-dialog>`;
      default:
        return nothing;
    }
  }

  static override styles = [base, controls, approvalSettingsStyles];
}

const namesOf =
  ({ people }: Approvals): Names =>
  (id) =>
    people.get(id)?.display_name ?? '…';

const iconButton = (icon: string, label: string, act: () => void) =>
  html`<button class="button quiet icon-only" aria-label=${label} @click=${act}>
    <ui-icon name=${icon}></ui-icon>
  </button>`;

declare global {
  interface HTMLElementTagNameMap {
    'approval-settings-page': ApprovalSettingsPage;
  }
}
