import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { who } from '../../data/who.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { fieldNote } from '../../ui/field-note.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-segmented.ts';
import { orderOf, type ImportSession } from './import-session.ts';
import type { Choices, TourChoice } from './plan.ts';
import { openTours } from './queries.ts';
import { fields, type DateOrder, type Field, type Mapping } from './rules.ts';
import { fieldWords, orderWords, words } from './words.ts';

const NEW = 'new';
/** So many cells of a column say what is in it. */
const SAMPLES = 3;

/** What is in the columns of a file, and what holds for all of it. Sends `columns-changed`, `columns-done` and `columns-discard`. */
@customElement('import-columns')
export class ImportColumns extends LitElement {
  @property({ attribute: false }) session!: ImportSession;
  @state() private errors: Partial<Record<'date' | 'place' | 'tour', string>> = {};
  readonly #tours = new LiveQuery(this, () => openTours(who().organization.id));

  override render() {
    const { name, table } = this.session;
    return html`<form class="stack loose" novalidate @submit=${this.#onSubmit}>
      <div class="row file card">
        <div class="grow">
          <p class="ellipsis"><b>${name}</b></p>
          <p class="small quiet">${words.file_about(table.rows.length, table.detail)}</p>
        </div>
        <button type="button" class="button" @click=${() => this.dispatchEvent(new CustomEvent('columns-discard'))}>
          ${words.discard}
        </button>
      </div>
      ${table.kind === 'ics' ? nothing : this.#columns()} ${this.#order()} ${this.#tour()} ${this.#status()}
      <div class="row end"><button class="button primary" type="submit">${words.next_check}</button></div>
    </form>`;
  }

  #columns() {
    const { table, remembered } = this.session;
    return html`<fieldset class="stack">
      <legend>${words.columns_heading}</legend>
      <p class="hint">${remembered ? words.columns_remembered : words.columns_text}</p>
      <ul class="list">
        ${table.header.map((header, at) => this.#column(header, at))}
      </ul>
      ${this.#error('date')} ${this.#error('place')}
    </fieldset>`;
  }

  #column(header: string, at: number) {
    const { table, choices } = this.session;
    const chosen = fields.find((field) => choices.mapping[field] === at);
    const samples = new Set(table.rows.map(({ cells }) => cells[at] ?? '').filter(Boolean));
    const sample = [...samples].slice(0, SAMPLES).join(' · ');
    return html`<li class="column">
      <div class="grow">
        <p class="ellipsis"><b>${header}</b></p>
        <p class="small quiet ellipsis">${sample}</p>
      </div>
      <select
        class="select"
        aria-label=${words.holds_of(header)}
        @change=${(event: Event) => this.#onColumn(at, (event.target as HTMLSelectElement).value as Field | '')}
      >
        <option value="" ?selected=${chosen === undefined}>${words.ignored}</option>
        ${fields.map((field) => html`<option value=${field} ?selected=${field === chosen}>${fieldWords[field]}</option>`)}
      </select>
    </li>`;
  }

  #order() {
    const { order, choices } = this.session;
    if (order.by === 'plain') return nothing;
    const why = { calendar: words.order_why_calendar, sorted: words.order_why_sorted, ask: words.order_ask }[order.by];
    const options = (['dmy', 'mdy'] as const).map((value) => ({ value, label: orderWords[value] }));
    return html`<div class="field">
      <span class="label">${words.order}</span>
      <ui-segmented
        label=${words.order}
        .options=${options}
        .value=${choices.order}
        @ui-change=${(event: CustomEvent<{ value: DateOrder }>) => this.#choose({ order: event.detail.value })}
      ></ui-segmented>
      <p class="hint ${order.by === 'ask' ? 'ask' : ''}">${why}</p>
    </div>`;
  }

  #tour() {
    const { tour, mapping } = this.session.choices;
    const chosen = tour === null ? '' : 'id' in tour ? tour.id : NEW;
    const hint = mapping.tour === undefined ? undefined : words.tour_in_file;
    return html`<div class="field">
        <label for="tour">${words.tour}</label>
        <select id="tour" class="select" aria-describedby="tour-note" @change=${this.#onTour}>
          <option value=${NEW} ?selected=${chosen === NEW}>${words.tour_new}</option>
          <option value="" ?selected=${chosen === ''}>${words.tour_none}</option>
          ${this.#tours.value?.map(({ id, name }) => html`<option value=${id} ?selected=${id === chosen}>${name}</option>`)}
        </select>
        ${fieldNote('tour', undefined, hint)}
      </div>
      ${tour !== null && 'name' in tour ? this.#tourName(tour.name) : nothing}`;
  }

  #tourName(name: string) {
    return html`<div class="field">
      <label for="name">${words.tour_name}</label>
      <input
        id="name"
        class="input"
        maxlength="160"
        .value=${name}
        aria-invalid=${this.errors.tour ? 'true' : 'false'}
        aria-describedby="name-note"
        @input=${(event: Event) => this.#choose({ tour: { name: (event.target as HTMLInputElement).value } })}
      />
      ${fieldNote('name', this.errors.tour, undefined)}
    </div>`;
  }

  #status() {
    const options = [
      { value: 'confirmed', label: words.status_confirmed },
      { value: 'hold', label: words.status_hold },
    ];
    return html`<div class="field">
      <span class="label">${words.status}</span>
      <ui-segmented
        label=${words.status}
        .options=${options}
        .value=${this.session.choices.status}
        @ui-change=${(event: CustomEvent<{ value: Choices['status'] }>) => this.#choose({ status: event.detail.value })}
      ></ui-segmented>
    </div>`;
  }

  #error(name: 'date' | 'place') {
    const error = this.errors[name];
    return error ? html`<p class="error" role="alert">${error}</p>` : nothing;
  }

  #onColumn(at: number, field: Field | ''): void {
    const kept = Object.entries(this.session.choices.mapping).filter(
      ([name, column]) => column !== at && name !== field,
    );
    const mapping: Mapping = Object.fromEntries(field ? [...kept, [field, at]] : kept);
    const order = orderOf(this.session.table, mapping);
    const read = mapping.date === this.session.choices.mapping.date ? this.session.choices.order : order.order;
    this.#send({ ...this.session, order, choices: { ...this.session.choices, mapping, order: read } });
  }

  #onTour = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    const named = this.session.name.replace(/\.[a-z]+$/i, '');
    const tour: TourChoice = value === '' ? null : value === NEW ? { name: named } : { id: value };
    this.#choose({ tour });
  };

  #choose(more: Partial<Choices>): void {
    this.#send({ ...this.session, choices: { ...this.session.choices, ...more } });
  }

  #send(session: ImportSession): void {
    this.session = session;
    this.dispatchEvent(new CustomEvent('columns-changed', { detail: { session } }));
  }

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { mapping, tour } = this.session.choices;
    const isCalendar = this.session.table.kind === 'ics';
    this.errors = {
      ...(mapping.date === undefined && { date: words.need_date }),
      ...(mapping.city === undefined && !isCalendar && { place: words.need_place }),
      ...(tour !== null && 'name' in tour && !tour.name.trim() && { tour: words.tour_name_missing }),
    };
    if (Object.keys(this.errors).length === 0) {
      this.dispatchEvent(new CustomEvent('columns-done'));
      return;
    }
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"], .column select')?.focus();
  };

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      fieldset {
        padding: 0;
        border: 0;
        min-width: 0;
      }
      legend {
        font-size: var(--text-16);
      }
      .column {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        align-items: center;
        gap: var(--space-3);
        padding: var(--space-2) var(--space-4);
      }
      .hint.ask {
        color: var(--warn);
        font-weight: 550;
      }
      @media (max-width: 767px) {
        .row.end .button {
          flex: 1;
        }
        .file {
          flex-wrap: wrap;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'import-columns': ImportColumns;
  }
}
