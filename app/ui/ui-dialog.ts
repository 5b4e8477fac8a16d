import { LitElement, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base } from './base.styles.ts';
import { controls } from './controls.styles.ts';
import { dialogStyles } from './ui-dialog.styles.ts';
import './ui-icon.ts';

let openDialogs = 0;

/**
 * A native modal dialog at a desk, a bottom sheet on a phone. Slots: default and `footer`.
 * Sends `ui-before-close` (cancelable) when the person wants to close it, `ui-close` when it has closed.
 */
@customElement('ui-dialog')
export class UiDialog extends LitElement {
  @property() heading = '';
  @property({ type: Boolean, reflect: true }) open = false;
  /** `large` for pictures and comparisons. */
  @property({ reflect: true }) size: 'normal' | 'large' = 'normal';
  @query('dialog') private dialog!: HTMLDialogElement;
  #counted = false;

  override updated(): void {
    if (this.open && !this.dialog.open) this.#show();
    if (!this.open && this.dialog.open) this.dialog.close();
    this.#count(this.open);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#count(false);
  }

  override render() {
    return html`
      <dialog aria-labelledby="heading" @close=${this.#onClose} @cancel=${this.#onCancel} @click=${this.#onClick}>
        <div class="panel">
          <div class="head">
            <h2 id="heading" tabindex="-1">${this.heading}</h2>
            <button class="button quiet icon-only close" aria-label="Close" @click=${this.#askToClose}>
              <ui-icon name="x"></ui-icon>
            </button>
          </div>
          <div class="body"><slot></slot></div>
          <div class="foot"><slot name="footer" @slotchange=${this.#onFooter}></slot></div>
        </div>
      </dialog>
    `;
  }

  /** Reading starts at the heading, unless the content asks for the focus itself. */
  #show(): void {
    this.dialog.showModal();
    const root = this.renderRoot as ShadowRoot;
    if (root.activeElement?.matches('.close')) root.querySelector('h2')?.focus();
  }

  /** The page behind stays still while any dialog is open. */
  #count(open: boolean): void {
    if (open === this.#counted) return;
    this.#counted = open;
    openDialogs += open ? 1 : -1;
    document.documentElement.classList.toggle('behind-dialog', openDialogs > 0);
  }

  #askToClose = (): void => {
    const event = new CustomEvent('ui-before-close', { cancelable: true });
    if (this.dispatchEvent(event)) this.open = false;
  };

  #onClose = (): void => {
    this.open = false;
    this.dispatchEvent(new CustomEvent('ui-close'));
  };

  #onCancel = (event: Event): void => {
    if (event.target !== this.dialog) return;
    event.preventDefault();
    this.#askToClose();
  };

  #onClick = (event: MouseEvent): void => {
    if (event.target === this.dialog) this.#askToClose();
  };

  #onFooter = (event: Event): void => {
    const slot = event.target as HTMLSlotElement;
    slot.parentElement!.classList.toggle('filled', slot.assignedElements().length > 0);
  };

  static override styles = [base, controls, dialogStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-dialog': UiDialog;
  }
}
