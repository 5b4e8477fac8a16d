import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ExpenseCategoryRow } from '../../data/schema.gen.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { readMoney } from './forms.ts';
import type { Approvals } from './queries.ts';
import { chainOf, decidersOf, ruleFor, type Decider, type Measure } from './rules.ts';
import { words } from './settings-words.ts';
import { anyOfNames, levelName, ruleSentence, type Names } from './words.ts';

/** One level of the answer: whom it wants, and who that is today. */
interface Step {
  readonly wanted: string;
  readonly deciders: readonly Decider[];
}

/** Answers what would happen to a claim, by the rules, limits and stand-ins as they are on this device. */
@customElement('chain-tester')
export class ChainTester extends LitElement {
  @property({ attribute: false }) approvals!: Approvals;
  @property({ attribute: false }) categories: readonly ExpenseCategoryRow[] = [];
  @state() private amount = '';
  @state() private category = '';
  @state() private claimant = '';

  override render() {
    const { organization, people, members } = this.approvals;
    const claimants = members
      .map(({ person_id }) => ({ id: person_id, name: people.get(person_id)?.display_name ?? '' }))
      .sort((a, b) => a.name.localeCompare(b.name));
    return html`<section class="card">
      <h2>${words.tester}</h2>
      <p class="hint">${words.testerLead}</p>
      <div class="fields">
        <div class="field">
          <label for="amount">${words.testAmount} (${organization.currency})</label>
          <input
            id="amount"
            class="input"
            inputmode="decimal"
            autocomplete="off"
            @input=${(event: Event) => (this.amount = valueOf(event))}
          />
        </div>
        ${this.#select('category', words.testCategory, this.categories, (id) => (this.category = id))}
        ${this.#select('claimant', words.testClaimant, claimants, (id) => (this.claimant = id))}
      </div>
      <div role="status">${this.#answer()}</div>
    </section>`;
  }

  #select(id: string, label: string, choices: readonly { id: string; name: string }[], set: (id: string) => void) {
    return html`<div class="field">
      <label for=${id}>${label}</label>
      <select id=${id} class="select" @change=${(event: Event) => set(valueOf(event))}>
        <option value="">–</option>
        ${choices.map((choice) => html`<option value=${choice.id}>${choice.name}</option>`)}
      </select>
    </div>`;
  }

  #answer() {
    if (this.amount.trim() === '') return nothing;
    const { organization, rules } = this.approvals;
    const worth = readMoney(this.amount, organization.currency, organization.locale);
    if (typeof worth === 'string') return html`<p class="error">${worth}</p>`;
    const category = this.categories.find(({ id }) => id === this.category);
    const measure = { worth, category_id: category?.id ?? null, over_limit: isOver(worth, category, organization) };
    if (category && !category.requires_approval && !measure.over_limit) return html`<p>${words.passes}</p>`;
    const rule = ruleFor(rules, measure);
    return html`<ol>
        ${this.#steps(measure).map(({ wanted, deciders }, at) => this.#step(wanted, deciders, at))}
      </ol>
      <p class="hint">
        ${rule ? words.because(this.#sentence(rule)) : words.becauseNone}
        ${measure.over_limit ? words.becauseHigh : nothing}
      </p>`;
  }

  #step(wanted: string, deciders: readonly Decider[], at: number) {
    const nobody = at === 0 ? words.nobody : words.nobodyPasses;
    const who = anyOfNames(
      deciders.map(({ person_id }) => person_id),
      this.#names,
    );
    const level = levelName(wanted, this.#names);
    return html`<li>
      ${words.levelDeciders(level.charAt(0).toUpperCase() + level.slice(1), deciders.length > 0 ? who : nobody)}
    </li>`;
  }

  /** Each level, as if one person had approved the ones before where only one can. */
  #steps(measure: Measure): Step[] {
    const decided: string[] = [];
    return chainOf(this.approvals.rules, measure).map((wanted) => {
      const { worth, over_limit } = measure;
      const deciders = decidersOf({ claimant_id: this.claimant, wanted, worth, over_limit, decided }, this.approvals);
      const [only, ...others] = deciders;
      if (only && others.length === 0) decided.push(only.person_id, ...(only.lender_id ? [only.lender_id] : []));
      return { wanted, deciders };
    });
  }

  #sentence(rule: NonNullable<ReturnType<typeof ruleFor>>): string {
    const category = this.categories.find(({ id }) => id === rule.category_id)?.name;
    return ruleSentence(rule, { currency: this.approvals.organization.currency, category, names: this.#names });
  }

  readonly #names: Names = (id) => this.approvals.people.get(id)?.display_name ?? '…';

  static override styles = [
    base,
    controls,
    css`
      .fields {
        display: grid;
        gap: var(--space-3);
        margin-block: var(--space-4);
      }
      ol {
        margin-bottom: var(--space-2);
        padding-inline-start: var(--space-5);
        list-style: decimal;
      }
      li {
        padding-block: 2px;
        font-weight: 550;
      }
      @media (min-width: 768px) {
        .fields {
          grid-template-columns: repeat(3, minmax(0, 1fr));
        }
        .card {
          padding: var(--space-5);
        }
      }
    `,
  ];
}

/** Whether an amount is beyond the limit of the organisation, or of its category where that is in the same currency. */
const isOver = (
  worth: number,
  category: ExpenseCategoryRow | undefined,
  organization: Approvals['organization'],
): boolean =>
  worth > organization.expense_limit_minor ||
  (category?.currency === organization.currency && worth > (category.max_amount_minor ?? Infinity));

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

declare global {
  interface HTMLElementTagNameMap {
    'chain-tester': ChainTester;
  }
}
