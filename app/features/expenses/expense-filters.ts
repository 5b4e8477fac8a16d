import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { addDays, dateIn, deviceZone } from '../../kernel/day.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import { categories, noFilter, showsById, type ClaimFilter } from './queries.ts';
import { statuses } from './rules.ts';
import { dayWords, monthName } from './sentences.ts';
import { statusWords, words } from './words.ts';

/** Search and selects above a list of claims. Sends `filter-changed` with the whole filter as detail. */
@customElement('expense-filters')
export class ExpenseFilters extends LitElement {
  @property({ attribute: false }) filter: ClaimFilter = noFilter;
  @property() organization = '';
  @state() private open = false;
  readonly #categories = new LiveQuery(
    this,
    () => categories(this.organization),
    () => [this.organization],
  );
  readonly #shows = new LiveQuery(
    this,
    () => showsById(this.organization),
    () => [this.organization],
  );

  override render() {
    const { text } = this.filter;
    const narrowed = this.#narrowed;
    return html`<search>
      <div class="row">
        <label class="search grow">
          <span class="visually-hidden">${words.search}</span>
          <ui-icon name="search"></ui-icon>
          <input
            id="text"
            class="input"
            type="search"
            placeholder=${words.search}
            .value=${text}
            @input=${this.#onInput}
          />
        </label>
        <button
          class="button toggle"
          aria-expanded=${this.open}
          aria-controls="selects"
          @click=${() => (this.open = !this.open)}
        >
          <ui-icon name="filter"></ui-icon
          >${words.filters}${narrowed > 0 ? html` <b class="number">${narrowed}</b>` : nothing}
        </button>
      </div>
      <div id="selects" class="selects ${this.open ? 'open' : ''}">
        ${this.#select('state', words.state, words.anyState, this.#states())}
        ${this.#select('period', words.month, words.anyMonth, this.#months())}
        ${this.#select('category_id', words.category, words.anyCategory, this.#categoryOptions())}
        ${this.#select('show_id', words.show, words.anyShow, this.#showOptions())}
        ${
          narrowed > 0 || text
            ? html`<button class="button quiet" @click=${this.#onClear}>${words.clearFilters}</button>`
            : nothing
        }
      </div>
    </search>`;
  }

  get #narrowed(): number {
    const { state, period, category_id, show_id } = this.filter;
    return [state, period, category_id, show_id].filter(Boolean).length;
  }

  #select(id: keyof ClaimFilter, label: string, any: string, options: readonly (readonly [string, string])[]) {
    const value = this.filter[id];
    return html`<select id=${id} class="select ${value ? 'on' : ''}" aria-label=${label} @change=${this.#onInput}>
      <option value="" ?selected=${value === ''}>${any}</option>
      ${options.map(([key, name]) => html`<option .value=${key} ?selected=${key === value}>${name}</option>`)}
    </select>`;
  }

  #states() {
    return statuses.map((status) => [status, statusWords[status]] as const);
  }

  #months() {
    const today = dateIn(deviceZone());
    const months: string[] = [];
    for (let day = `${today.slice(0, 7)}-15`; months.length < 24; day = addDays(`${day.slice(0, 7)}-01`, -1))
      months.push(day.slice(0, 7));
    const years = [...new Set(months.map((month) => month.slice(0, 4)))];
    return [
      ...years.map((year) => [year, year] as const),
      ...months.map((month) => [month, monthName(month)] as const),
    ];
  }

  #categoryOptions() {
    return (this.#categories.value ?? []).map(({ id, name }) => [id, name] as const);
  }

  #showOptions() {
    const shows = [...(this.#shows.value?.values() ?? [])];
    shows.sort((a, b) => b.show_date.localeCompare(a.show_date));
    return shows.map((show) => [show.id, `${dayWords(show.show_date)} · ${show.place}`] as const);
  }

  #onInput = (event: Event): void => {
    const { id, value } = event.target as HTMLInputElement;
    this.#send({ ...this.filter, [id]: value });
  };

  #onClear = (): void => this.#send({ ...noFilter, whose: this.filter.whose });

  #send(filter: ClaimFilter): void {
    this.dispatchEvent(new CustomEvent('filter-changed', { detail: filter }));
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
        margin-bottom: var(--space-4);
      }
      search {
        display: grid;
        gap: var(--space-2);
      }
      .search {
        position: relative;
      }
      .search ui-icon {
        position: absolute;
        inset: 0 auto 0 12px;
        margin: auto 0;
        color: var(--text-quiet);
        pointer-events: none;
      }
      .search .input {
        padding-inline-start: 40px;
      }
      .toggle {
        min-height: var(--target);
      }
      .toggle b {
        display: grid;
        place-items: center;
        min-width: 20px;
        height: 20px;
        border-radius: 10px;
        background: var(--accent);
        color: var(--accent-text);
        font-size: var(--text-12);
      }
      .selects {
        display: none;
        grid-template-columns: 1fr 1fr;
        gap: var(--space-2);
      }
      .selects.open {
        display: grid;
      }
      .selects .button {
        grid-column: 1 / -1;
      }
      .select.on {
        border-color: var(--accent);
        background-color: var(--accent-soft);
      }
      @media (min-width: 768px) {
        search {
          display: flex;
          flex-wrap: wrap;
        }
        .row {
          flex: 1 1 220px;
        }
        .selects {
          display: flex;
          flex-wrap: wrap;
        }
        .select {
          width: auto;
          max-width: 190px;
        }
        .toggle {
          display: none;
        }
      }
      @media (min-width: 1024px) and (pointer: fine) {
        .input,
        .select {
          min-height: var(--control);
          padding-block: 6px;
          font-size: var(--text-14);
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'expense-filters': ExpenseFilters;
  }
}
