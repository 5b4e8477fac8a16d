import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { OrganizationRow } from '../../data/schema.gen.ts';
import { decimalText } from '../../kernel/money.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import { holdUnsaved } from '../../ui/unsaved.ts';
import { currencyChoices, localeChoices, zoneChoices, type Choice } from './choices.ts';
import { complaints, organizationForm, type TypedOrganization } from './forms.ts';
import { changesOf, saveOrganization } from './mutations.ts';
import { words } from './words.ts';

type Name = keyof TypedOrganization;

/** The facts of the organisation as a form; `disabled` shows them to people who may only read. */
@customElement('organization-form')
export class OrganizationForm extends LitElement {
  @property({ attribute: false }) organization!: OrganizationRow;
  @property({ type: Boolean }) disabled = false;
  @state() private typed: Partial<TypedOrganization> = {};
  @state() private errors: Partial<Record<string, string>> = {};

  override willUpdate(changed: PropertyValues): void {
    const before = changed.get('organization') as OrganizationRow | undefined;
    if (before && before.id !== this.organization.id) this.typed = {};
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    holdUnsaved(this, false);
  }

  override render() {
    const { currency, kind, locale, time_zone } = this.#values;
    return html`<form class="card" novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
      <h2>${words.basics}</h2>
      ${this.disabled ? html`<p class="hint">${words.not_allowed}</p>` : nothing}
      <div class="grid">
        ${this.#input('name', words.name, words.name_hint)} ${this.#select('kind', words.kind, kinds(), kind)}
        ${this.#select('currency', words.currency, currencyChoices(currency), currency, words.currency_hint)}
        ${this.#select('locale', words.locale, localeChoices(locale), locale)}
        ${this.#select('time_zone', words.time_zone, zoneChoices(time_zone), time_zone, words.time_zone_hint)}
        ${this.#input('limit', `${words.limit} (${currency})`, words.limit_hint, 'decimal')}
      </div>
      ${
        this.disabled
          ? nothing
          : html`<div class="row end"><button class="button primary" type="submit">${words.save}</button></div>`
      }
    </form>`;
  }

  get #values(): TypedOrganization {
    const { name, kind, locale, currency, time_zone, expense_limit_minor } = this.organization;
    const limit = decimalText({ amount_minor: expense_limit_minor, currency });
    return { name, kind, locale, currency, time_zone, limit, ...this.typed };
  }

  #input(name: Name, label: string, hint: string, inputmode: 'text' | 'decimal' = 'text') {
    const error = this.errors[name];
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <input
        id=${name}
        name=${name}
        class="input"
        inputmode=${inputmode}
        autocomplete="off"
        .value=${this.#values[name]}
        ?disabled=${this.disabled}
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby="${name}-note"
      />
      <div id="${name}-note">
        ${error ? html`<p class="error" role="alert">${error}</p>` : html`<p class="hint">${hint}</p>`}
      </div>
    </div>`;
  }

  #select(name: Name, label: string, choices: readonly (Choice | Group)[], chosen: string, hint = '') {
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <select
        id=${name}
        name=${name}
        class="select"
        ?disabled=${this.disabled}
        aria-describedby=${hint ? `${name}-hint` : nothing}
      >
        ${choices.map((choice) => ('zones' in choice ? group(choice, chosen) : option(choice, chosen)))}
      </select>
      ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
    </div>`;
  }

  #onInput = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement | HTMLSelectElement;
    this.typed = { ...this.typed, [name]: value };
    this.errors = { ...this.errors, [name]: undefined };
    holdUnsaved(this, true);
  };

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    this.errors = complaints(organizationForm, this.#values);
    const result = organizationForm.safeParse(this.#values);
    if (!result.success) return this.#showError();
    const changes = changesOf(this.organization, result.data);
    if (Object.keys(changes).length === 0) return void toast(words.nothing_changed);
    await saveOrganization({ organization: this.organization, changes });
    this.typed = {};
    holdUnsaved(this, false);
    toast(words.saved, { tone: 'good' });
  };

  async #showError(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  static override styles = [
    base,
    controls,
    css`
      form {
        display: grid;
        gap: var(--space-4);
      }
      .grid {
        display: grid;
        gap: var(--space-4);
        align-items: start;
      }
      @media (min-width: 768px) {
        form.card {
          padding: var(--space-5);
        }
        .grid {
          grid-template-columns: 1fr 1fr;
          gap: var(--space-4) var(--space-5);
        }
      }
    `,
  ];
}

type Group = ReturnType<typeof zoneChoices>[number];

const option = ({ value, label }: Choice, chosen: string) =>
  html`<option value=${value} ?selected=${value === chosen}>${label}</option>`;

const group = (choice: Group, chosen: string) =>
  html`<optgroup label=${choice.group}>${choice.zones.map((zone) => option(zone, chosen))}</optgroup>`;

const kinds = (): readonly Choice[] => [
  { value: 'artist', label: words.kind_artist },
  { value: 'agency', label: words.kind_agency },
  { value: 'label', label: words.kind_label },
  { value: 'venue', label: words.kind_venue },
];

declare global {
  interface HTMLElementTagNameMap {
    'organization-form': OrganizationForm;
  }
}
