import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from './base.styles.ts';
import './ui-icon.ts';

/** One choice of a segmented control; `count` is shown beside the label. */
export interface SegmentOption {
  readonly value: string;
  readonly label: string;
  readonly icon?: string;
  readonly count?: number;
}

/** Two to five choices of which one holds; native radio buttons underneath. Sends `ui-change` with `detail.value`. */
@customElement('ui-segmented')
export class UiSegmented extends LitElement {
  @property({ attribute: false }) options: readonly SegmentOption[] = [];
  @property() value = '';
  @property() label = '';

  override render() {
    return html`<fieldset>
      <legend class="visually-hidden">${this.label}</legend>
      ${this.options.map((option) => this.#option(option))}
    </fieldset>`;
  }

  #option({ value, label, icon, count }: SegmentOption) {
    return html`<label>
      <input type="radio" name="choice" .value=${value} .checked=${value === this.value} @change=${this.#onChange} />
      <span>
        ${icon ? html`<ui-icon name=${icon}></ui-icon>` : nothing}${label}
        ${count ? html`<b class="number">${count}</b>` : nothing}
      </span>
    </label>`;
  }

  #onChange = (event: Event): void => {
    this.value = (event.target as HTMLInputElement).value;
    this.dispatchEvent(new CustomEvent('ui-change', { detail: { value: this.value }, bubbles: true, composed: true }));
  };

  static override styles = [
    base,
    css`
      :host {
        --icon-size: 16px;
        display: block;
        max-width: 100%;
        overflow-x: auto;
        scrollbar-width: none;
      }
      fieldset {
        display: inline-flex;
        gap: 2px;
        min-width: 100%;
        padding: 3px;
        border-radius: 8px;
        background: var(--surface-sunken);
        box-shadow: inset 0 0 0 1px var(--line);
      }
      label {
        position: relative;
        flex: 1;
        cursor: pointer;
      }
      input {
        position: absolute;
        inset: -3px 0;
        width: 100%;
        height: calc(100% + 6px);
        margin: 0;
        opacity: 0;
        cursor: inherit;
      }
      span {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 6px;
        min-height: calc(var(--control) - 6px);
        padding: 0 var(--space-3);
        border-radius: 6px;
        color: var(--text-quiet);
        font-size: var(--text-14);
        font-weight: 550;
        white-space: nowrap;
        transition: background-color var(--motion-fast);
      }
      b {
        font-weight: 550;
        font-size: var(--text-12);
        color: var(--text-quiet);
      }
      label:hover span {
        color: var(--text);
      }
      :checked + span {
        background: var(--surface-raised);
        color: var(--text);
        box-shadow:
          var(--shadow-1),
          0 0 0 1px var(--line);
      }
      :focus-visible + span {
        outline: 2px solid var(--focus);
        outline-offset: 1px;
      }
      @media (min-width: 768px) {
        fieldset {
          min-width: 0;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-segmented': UiSegmented;
  }
}
