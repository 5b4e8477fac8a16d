import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base } from './base.styles.ts';
import { controls } from './controls.styles.ts';
import { uiWords } from './words.ts';
import './ui-dialog.ts';

/** A question that must be answered before something happens that is hard to take back. */
export interface Question {
  readonly heading: string;
  readonly text: string;
  /** The verb on the button, e.g. "Discard draft". */
  readonly confirm: string;
  readonly cancel?: string;
  readonly danger?: boolean;
}

/** The dialog behind `ask()`. */
@customElement('ui-ask')
export class UiAsk extends LitElement {
  @property({ attribute: false }) question!: Question;
  @state() private open = true;
  readonly answer: Promise<boolean>;
  #resolve!: (confirmed: boolean) => void;

  constructor() {
    super();
    this.answer = new Promise((resolve) => (this.#resolve = resolve));
  }

  override render() {
    const { heading, text, confirm, cancel = uiWords.cancel, danger } = this.question;
    return html`<ui-dialog heading=${heading} ?open=${this.open} @ui-close=${() => this.#resolve(false)}>
      <p class="quiet">${text}</p>
      <div slot="footer">
        <button class="button" @click=${this.#cancel}>${cancel}</button>
        <button class="button primary ${danger ? 'danger' : ''}" @click=${this.#confirm}>${confirm}</button>
      </div>
    </ui-dialog>`;
  }

  #cancel = (): void => {
    this.open = false;
  };

  #confirm = (): void => {
    this.#resolve(true);
    this.open = false;
  };

  static override styles = [
    base,
    controls,
    css`
      @media (max-width: 767px) {
        [slot='footer'] .button {
          flex: 1;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-ask': UiAsk;
  }
}
