import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base } from './base.styles.ts';
import { controls } from './controls.styles.ts';
import './ui-icon.ts';

/** A button that opens the camera or the file picker; sends `ui-files` with `detail.files`. The label is the slot. */
@customElement('ui-file-button')
export class UiFileButton extends LitElement {
  @property() accept = '';
  /** `environment` opens the rear camera of a phone. */
  @property() capture: '' | 'environment' | 'user' = '';
  @property({ type: Boolean }) multiple = false;
  @property({ type: Boolean, reflect: true }) disabled = false;
  @property() icon = 'camera';
  /** Classes of the button, e.g. `primary block`. */
  @property() look = '';
  @query('input') private input!: HTMLInputElement;

  override render() {
    return html`
      <button class="button ${this.look}" part="button" ?disabled=${this.disabled} @click=${() => this.pick()}>
        ${this.icon ? html`<ui-icon name=${this.icon}></ui-icon>` : nothing}<slot></slot>
      </button>
      <input
        type="file"
        hidden
        accept=${this.accept || nothing}
        capture=${(this.capture || nothing) as 'environment'}
        ?multiple=${this.multiple}
        @change=${this.#onChange}
      />
    `;
  }

  /** Opens the picker; must be called from a click or a key. */
  pick(): void {
    this.input.click();
  }

  #onChange = (): void => {
    const files = [...(this.input.files ?? [])];
    this.input.value = '';
    if (files.length === 0) return;
    this.dispatchEvent(new CustomEvent('ui-files', { detail: { files }, bubbles: true, composed: true }));
  };

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: inline-block;
      }
      :host([look~='block']) {
        display: block;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-file-button': UiFileButton;
  }
}
