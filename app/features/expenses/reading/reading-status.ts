import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../../ui/base.styles.ts';
import { controls } from '../../../ui/controls.styles.ts';
import type { PhotoReader, ReaderState } from './photo-reader.ts';
import { words } from './words.ts';

const sentences: Readonly<Record<ReaderState, string>> = {
  idle: '',
  reading: words.reading,
  nothing: words.readNothing,
  failed: words.notRead,
  metered: words.waitsForWifi,
  offline: words.waitsForSignal,
};

/** One quiet line under the photos: that they are being read, or why they are not. */
@customElement('reading-status')
export class ReadingStatus extends LitElement {
  @property({ attribute: false }) reader!: PhotoReader;
  /** Told beside the reader, which stays the same object. */
  @property() state: ReaderState = 'idle';

  override render() {
    const { state } = this;
    return html`<p role="status">${sentences[state]}${state === 'reading' ? '…' : ''}</p>
      ${state === 'metered' ? this.#button(words.readNow, this.reader.anyway) : nothing}
      ${state === 'failed' ? this.#button(words.tryAgain, this.reader.again) : nothing}`;
  }

  #button(text: string, run: () => void) {
    return html`<button type="button" class="button" @click=${run}>${text}</button>`;
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
        color: var(--text-quiet);
        font-size: var(--text-14);
      }
      p:not(:empty) {
        padding-top: var(--space-2);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'reading-status': ReadingStatus;
  }
}
