import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { fileUrl } from '../../data/files.ts';
import type { ExpenseReceiptRow } from '../../data/schema.gen.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-dialog.ts';
import type { UiFileButton } from '../../ui/ui-file-button.ts';
import '../../ui/ui-file-button.ts';
import '../../ui/ui-icon.ts';
import './receipt-thumbnail.ts';
import './zoomable-image.ts';
import type { PhotoTray, TrayItem, TrayRefusal } from './photo-tray.ts';
import { receiptTrayStyles } from './receipt-tray.styles.ts';
import { refusalSentence, words } from './words.ts';

const ACCEPTED = 'image/jpeg,image/png,image/heic,image/heif,.jpg,.jpeg,.png,.heic';

/** Where photos of a claim are taken, dropped, looked at and removed. Sends `receipt-removed` for stored ones. */
@customElement('receipt-tray')
export class ReceiptTray extends LitElement {
  @property({ attribute: false }) tray!: PhotoTray;
  @property({ attribute: false }) stored: readonly ExpenseReceiptRow[] = [];
  /** How many more photos the claim holds. */
  @property({ type: Number }) room = 0;
  @state() private over = false;
  /** Object URL of the photo that is open large. */
  @state() private opened = '';
  @query('ui-file-button.camera') private camera!: UiFileButton | null;

  /** Opens the camera (the file picker where there is none); only in answer to a touch or key. */
  capture(): void {
    this.camera?.pick();
  }

  override focus(): void {
    this.camera?.shadowRoot?.querySelector('button')?.focus();
  }

  override render() {
    const { items, refused } = this.tray;
    const count = items.length + this.stored.length;
    return html`<section
      class=${this.over ? 'over' : ''}
      aria-label=${words.receipts}
      @dragover=${this.#onDragOver}
      @dragleave=${() => (this.over = false)}
      @drop=${this.#onDrop}
      @paste=${this.#onPaste}
    >
      ${
        count > 0
          ? html`<ul class="photos">
              ${this.stored.map((receipt, at) => this.#storedPhoto(receipt, at))}
              ${items.map((item, at) => this.#newPhoto(item, this.stored.length + at))}
            </ul>`
          : nothing
      }
      ${this.room > 0 ? this.#buttons(count === 0) : nothing}
      <div aria-live="assertive">${refused.map((refusal) => this.#refusal(refusal))}</div>
      <ui-dialog size="large" heading=${words.receipts} ?open=${this.opened !== ''} @ui-close=${this.#onClosed}>
        ${
          this.opened
            ? html`<div class="large"><zoomable-image src=${this.opened} alt=${words.receipts}></zoomable-image></div>`
            : nothing
        }
      </ui-dialog>
    </section>`;
  }

  #buttons(first: boolean) {
    return html`<div class="add ${first ? 'first' : ''}">
      <ui-file-button
        class="camera"
        look="block ${first ? 'primary' : ''}"
        icon="camera"
        capture="environment"
        accept=${ACCEPTED}
        @ui-files=${this.#onFiles}
        >${first ? words.photograph : words.addPhoto}</ui-file-button
      >
      <ui-file-button look="block" icon="image" multiple accept=${ACCEPTED} @ui-files=${this.#onFiles}
        >${words.chooseFile}</ui-file-button
      >
      ${first ? html`<p class="hint">${words.photoHint}<span class="desk"> · ${words.dropHere}</span></p>` : nothing}
    </div>`;
  }

  #storedPhoto(receipt: ExpenseReceiptRow, at: number) {
    const name = receipt.original_name ?? words.photoOf(at + 1, this.stored.length);
    return html`<li>
      <button
        type="button"
        class="open"
        aria-label=${words.openPhoto(at + 1)}
        @click=${() => void this.#open(fileUrl(receipt.path))}
      >
        <receipt-thumbnail .path=${receipt.thumbnail_path ?? receipt.path} alt=${name}></receipt-thumbnail>
      </button>
      ${this.#removeButton(name, () =>
        this.dispatchEvent(new CustomEvent('receipt-removed', { detail: { id: receipt.id } })),
      )}
    </li>`;
  }

  #newPhoto(item: TrayItem, at: number) {
    return html`<li class=${item.state}>
      ${
        item.url
          ? html`<button
              type="button"
              class="open"
              aria-label=${words.openPhoto(at + 1)}
              @click=${() => void this.#open(this.tray.picture(item.id))}
            >
              <img src=${item.url} alt=${item.name} />
            </button>`
          : html`<div class="preparing" role="status"><span class="tiny">${words.preparing}…</span></div>`
      }
      ${item.state === 'unkept' ? html`<span class="flag tiny">${words.photoNotKept}</span>` : nothing}
      ${this.#removeButton(item.name, () => void this.#remove(item.id))}
    </li>`;
  }

  #removeButton(name: string, remove: () => void) {
    return html`<button type="button" class="remove" aria-label=${words.removePhoto(name)} @click=${remove}>
      <ui-icon name="x"></ui-icon>
    </button>`;
  }

  #refusal({ name, code }: TrayRefusal) {
    const again = code === 'device_full';
    return html`<div class="refused">
      <ui-icon name="circle-alert"></ui-icon>
      <p class="small grow"><b>${name}</b><br />${refusalSentence(code)}</p>
      ${
        again
          ? html`<button type="button" class="button" @click=${this.#onKeepAgain}>${words.tryAgain}</button>`
          : nothing
      }
    </div>`;
  }

  async #open(url: Promise<string | undefined>): Promise<void> {
    this.opened = (await url) ?? '';
  }

  #onClosed = (): void => {
    URL.revokeObjectURL(this.opened);
    this.opened = '';
  };

  async #remove(id: string): Promise<void> {
    const undo = await this.tray.remove(id);
    if (undo) toast(words.photoRemoved, { action: { label: words.undo, run: () => void undo() } });
  }

  #onKeepAgain = (): void => {
    this.dispatchEvent(new CustomEvent('keep-again'));
  };

  #onFiles = (event: CustomEvent<{ files: File[] }>): void => void this.tray.add(event.detail.files);

  #onDragOver = (event: DragEvent): void => {
    event.preventDefault();
    this.over = true;
  };

  #onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    void this.tray.add([...(event.dataTransfer?.files ?? [])]);
  };

  #onPaste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) void this.tray.add(files);
  };

  static override styles = [base, controls, receiptTrayStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'receipt-tray': ReceiptTray;
  }
}
