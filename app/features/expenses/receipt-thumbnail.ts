import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { FileUrl } from '../../data/files.ts';
import '../../ui/ui-photo.ts';

/** The small picture of a stored photo: from this device, else fetched; its place is kept while it is on its way. */
@customElement('receipt-thumbnail')
export class ReceiptThumbnail extends LitElement {
  @property({ attribute: false }) path = '';
  @property() alt = '';
  readonly #file = new FileUrl(this, () => this.path || undefined);

  override render() {
    return html`<ui-photo .src=${this.#file.url} alt=${this.alt}></ui-photo>`;
  }

  static override styles = css`
    :host {
      display: block;
    }
    ui-photo {
      width: 100%;
      height: 100%;
      border-radius: inherit;
    }
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'receipt-thumbnail': ReceiptThumbnail;
  }
}
