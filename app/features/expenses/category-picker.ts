import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { ExpenseCategoryRow } from '../../data/schema.gen.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import { words } from './words.ts';

/** Large tiles to choose a category with a thumb; radio buttons underneath, so arrow keys work. Sends `ui-change`. */
@customElement('category-picker')
export class CategoryPicker extends LitElement {
  @property({ attribute: false }) categories: readonly ExpenseCategoryRow[] = [];
  @property() value = '';
  @property({ type: Boolean, reflect: true }) invalid = false;
  @query('input:checked, input') private first!: HTMLInputElement | null;

  override render() {
    const usable = this.categories.filter((category) => category.active || category.id === this.value);
    return html`<fieldset aria-invalid=${this.invalid ? 'true' : 'false'}>
      <legend>${words.category}</legend>
      <div class="tiles">${usable.map((category) => this.#tile(category))}</div>
    </fieldset>`;
  }

  override focus(): void {
    this.first?.focus();
  }

  #tile({ id, name, icon }: ExpenseCategoryRow) {
    return html`<label class="tile">
      <input type="radio" name="category" .value=${id} .checked=${id === this.value} @change=${this.#onChange} />
      <span class="face"><ui-icon name=${icon}></ui-icon><span class="name">${name}</span></span>
    </label>`;
  }

  #onChange = (event: Event): void => {
    this.value = (event.target as HTMLInputElement).value;
    this.dispatchEvent(new CustomEvent('ui-change', { detail: { value: this.value } }));
  };

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      fieldset {
        min-width: 0;
      }
      legend {
        margin-bottom: 6px;
      }
      .tiles {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(104px, 1fr));
        gap: var(--space-2);
      }
      .tile {
        position: relative;
        display: block;
      }
      input {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
      .face {
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: 6px;
        height: 100%;
        min-height: 76px;
        padding: var(--space-2);
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        background: var(--surface-raised);
        color: var(--text);
        font-size: var(--text-14);
        line-height: 1.25;
        text-align: center;
        transition:
          border-color var(--motion-fast),
          background-color var(--motion-fast);
      }
      .face ui-icon {
        color: var(--text-quiet);
      }
      .name {
        overflow-wrap: anywhere;
        hyphens: auto;
      }
      :host([invalid]) .face {
        border-color: var(--bad);
      }
      .tile:hover .face {
        background: var(--surface-hover);
      }
      :checked + .face {
        border-color: var(--accent);
        background: var(--accent-soft);
        color: var(--accent-ink);
        box-shadow: inset 0 0 0 1px var(--accent);
        font-weight: 550;
      }
      :checked + .face ui-icon {
        color: inherit;
      }
      :focus-visible + .face {
        outline: 2px solid var(--focus);
        outline-offset: 2px;
      }
      @media (min-width: 1024px) and (pointer: fine) {
        .tiles {
          grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
        }
        .face {
          flex-direction: row;
          justify-content: flex-start;
          min-height: 44px;
          padding: var(--space-2) var(--space-3);
          text-align: start;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'category-picker': CategoryPicker;
  }
}
