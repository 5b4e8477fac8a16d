import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import * as z from 'zod/mini';
import { currencyChoices, currencyHere, zoneChoices } from '../../features/organization/index.ts';
import { deviceZone } from '../../kernel/day.ts';
import { authPort, type NewOrganization } from '../../platform/auth-port.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { fieldNote } from '../../ui/field-note.ts';
import { sentenceFor, words } from '../account/words.ts';
import { Attempt } from './attempt.ts';

const named = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, { error: () => words.name_missing }),
    z.maxLength(120, { error: () => words.name_missing }),
  );

const form = z.object({
  name: named,
  kind: z.enum(['artist', 'agency', 'label', 'venue']),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/, { error: () => words.currency_bad })),
  time_zone: z.string().check(z.minLength(1, { error: () => words.zone_bad })),
  display_name: named,
});

type Name = keyof NewOrganization;

/** Starts an organisation with this person as its owner. Sends `organization-created` with `detail.id` and `detail.name`. */
@customElement('new-organization-form')
export class NewOrganizationForm extends LitElement {
  @property() displayName = '';
  @state() private typed: NewOrganization = {
    name: '',
    kind: 'artist',
    currency: currencyHere(),
    time_zone: deviceZone(),
    display_name: '',
  };
  @state() private errors: Partial<Record<Name, string>> = {};
  readonly #attempt = new Attempt(this);

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('displayName') && this.typed.display_name === '')
      this.typed = { ...this.typed, display_name: this.displayName };
  }

  override render() {
    const { busy, failure } = this.#attempt;
    const { kind, currency, time_zone } = this.typed;
    return html`<form class="card" novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
      <h2>${words.start_own}</h2>
      ${this.#input('name', words.organization_name, 'organization', words.organization_name_hint)}
      ${this.#input('display_name', words.your_name, 'name')}
      ${this.#select(
        'kind',
        words.organization_kind,
        kinds().map((each) => option(each, kind)),
      )}
      <div class="pair">
        ${this.#select(
          'currency',
          words.currency,
          currencyChoices(currency).map((each) => option(each, currency)),
        )}
        ${this.#select(
          'time_zone',
          words.time_zone,
          zoneChoices(time_zone).map(
            ({ group, zones }) =>
              html`<optgroup label=${group}>${zones.map((each) => option(each, time_zone))}</optgroup>`,
          ),
        )}
      </div>
      <p class="hint">${words.currency_hint}</p>
      ${failure ? html`<p class="error" role="alert">${sentenceFor(failure)}</p>` : nothing}
      <button class="button primary block" type="submit" aria-busy=${busy} aria-disabled=${busy}>
        ${words.create}
      </button>
    </form>`;
  }

  #input(name: 'name' | 'display_name', label: string, autocomplete: 'organization' | 'name', hint = '') {
    const error = this.errors[name];
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <input
        id=${name}
        name=${name}
        class="input"
        autocomplete=${autocomplete}
        maxlength="120"
        .value=${this.typed[name]}
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby="${name}-note"
      />
      ${fieldNote(name, error, hint)}
    </div>`;
  }

  #select(name: Name, label: string, options: unknown) {
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <select id=${name} name=${name} class="select">
        ${options}
      </select>
    </div>`;
  }

  #onInput = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement | HTMLSelectElement;
    this.typed = { ...this.typed, [name]: value };
    this.errors = { ...this.errors, [name]: undefined };
    this.#attempt.clear();
  };

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const result = z.safeParse(form, this.typed);
    this.errors = {};
    for (const { path, message } of result.error?.issues ?? []) this.errors[path[0] as Name] ??= message;
    if (!result.success) return this.requestUpdate();
    let id = '';
    const made = await this.#attempt.run(async () => {
      id = await authPort().createOrganization(result.data);
    });
    if (!made) return;
    this.dispatchEvent(new CustomEvent('organization-created', { detail: { id, name: result.data.name } }));
  };

  static override styles = [
    base,
    controls,
    css`
      form {
        display: grid;
        gap: var(--space-4);
      }
      .pair {
        display: grid;
        gap: var(--space-4);
      }
      .button {
        min-height: 48px;
        font-size: var(--text-16);
      }
      @media (min-width: 768px) {
        form.card {
          padding: var(--space-5);
        }
        .pair {
          grid-template-columns: 1fr 1fr;
        }
      }
    `,
  ];
}

const kinds = () => [
  { value: 'artist', label: words.kind_artist },
  { value: 'agency', label: words.kind_agency },
  { value: 'label', label: words.kind_label },
  { value: 'venue', label: words.kind_venue },
];

const option = ({ value, label }: { value: string; label: string }, chosen: string) =>
  html`<option value=${value} ?selected=${value === chosen}>${label}</option>`;

declare global {
  interface HTMLElementTagNameMap {
    'new-organization-form': NewOrganizationForm;
  }
}
