import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { rows } from '../../data/db.ts';
import { LiveQuery } from '../../data/live-query.ts';
import type { SettingRow } from '../../data/schema.gen.ts';
import { WhoController } from '../../data/who.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { ask } from '../../ui/ask.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-page.ts';
import { typedValue } from './forms.ts';
import { removeSetting } from './mutations.ts';
import './organization-form.ts';
import './setting-dialog.ts';
import { words } from './words.ts';

/** The settings of an organisation in alphabetical order. */
const settingsOf = async (organization_id: string): Promise<SettingRow[]> => {
  const found = await rows('settings').where('organization_id').equals(organization_id).toArray();
  return found.sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
};

const nameOf = ({ category, key }: SettingRow): string => `${category}.${key}`;

/** The organisation's facts and its settings by name. */
@customElement('organization-page')
export class OrganizationPage extends LitElement {
  @property({ attribute: false }) route!: RouteMatch;
  @state() private editing: SettingRow | 'new' | undefined;
  readonly #who = new WhoController(this);
  readonly #settings = new LiveQuery(
    this,
    () => (this.#who.value ? settingsOf(this.#who.value.organization.id) : []),
    () => [this.#who.value?.organization.id],
  );

  override render() {
    const me = this.#who.value;
    if (!me) return nothing;
    return html`<ui-page heading=${words.heading}>
      <p slot="lead">${me.organization.name}</p>
      <div class="stack loose">
        <organization-form
          .organization=${me.organization}
          ?disabled=${!me.can('organization:write')}
        ></organization-form>
        <a class="card approvals" href="/organization/approvals">
          <ui-icon name="users"></ui-icon>
          <span class="grow"><b>${words.approvals}</b><span class="hint">${words.approvals_hint}</span></span>
          <ui-icon name="chevron-right"></ui-icon>
        </a>
        ${this.#section(me.can('settings:write'))}
      </div>
      ${this.editing ? this.#dialog(this.editing) : nothing}
    </ui-page>`;
  }

  #section(writes: boolean) {
    const found = this.#settings.value ?? [];
    return html`<section class="card">
      <header class="row wrap">
        <div class="grow">
          <h2>${words.settings}</h2>
          <p class="hint">${words.settings_lead}</p>
        </div>
        ${
          writes
            ? html`<button class="button" @click=${() => (this.editing = 'new')}>
                <ui-icon name="plus"></ui-icon>${words.add}
              </button>`
            : nothing
        }
      </header>
      ${
        found.length === 0
          ? html`<p class="quiet empty">${words.settings_empty}</p>`
          : html`<ul>
              ${found.map((row) => this.#setting(row, writes))}
            </ul>`
      }
    </section>`;
  }

  #setting(row: SettingRow, writes: boolean) {
    const name = nameOf(row);
    return html`<li>
      <div class="grow">
        <p class="name">${name}</p>
        ${row.description ? html`<p class="hint">${row.description}</p>` : nothing}
        <code>${typedValue(row.value)}</code>
      </div>
      ${
        writes
          ? html`<button
                class="button quiet icon-only"
                aria-label=${words.edit(name)}
                @click=${() => (this.editing = row)}
              >
                <ui-icon name="pencil"></ui-icon>
              </button>
              <button
                class="button quiet icon-only"
                aria-label="${words.remove} ${name}"
                @click=${() => void this.#remove(row)}
              >
                <ui-icon name="trash-2"></ui-icon>
              </button>`
          : nothing
      }
    </li>`;
  }

  #dialog(editing: SettingRow | 'new') {
    const taken = (this.#settings.value ?? []).map(nameOf);
    return html`<setting-dialog
      .row=${editing === 'new' ? undefined : editing}
      .taken=${taken}
      @dialog-done=${() => (this.editing = undefined)}
    ></setting-dialog>`;
  }

  async #remove(row: SettingRow): Promise<void> {
    const heading = words.remove_heading(nameOf(row));
    if (!(await ask({ heading, text: words.remove_text, confirm: words.remove, danger: true }))) return;
    await removeSetting(row);
    toast(words.removed);
  }

  static override styles = [
    base,
    controls,
    css`
      li {
        display: flex;
        align-items: center;
        gap: var(--space-1);
        min-height: 56px;
        padding: var(--space-3) 0;
        border-top: 1px solid var(--line);
      }
      ul,
      .empty {
        margin-top: var(--space-4);
      }
      .name {
        font-weight: 550;
        overflow-wrap: anywhere;
      }
      .approvals {
        display: flex;
        align-items: center;
        gap: var(--space-4);
        color: var(--text);
      }
      .approvals span {
        display: grid;
      }
      code {
        font-size: var(--text-14);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        color: var(--text-quiet);
      }
      @media (min-width: 768px) {
        .card {
          padding: var(--space-5);
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'organization-page': OrganizationPage;
  }
}
