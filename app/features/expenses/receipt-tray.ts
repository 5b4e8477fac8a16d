import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { fileBytes } from '../../data/files.ts';
import type { ExpenseReceiptRow } from '../../data/schema.gen.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-dialog.ts';
import '../../ui/ui-file-button.ts';
import '../../ui/ui-icon.ts';
import './receipt-thumbnail.ts';
import './zoomable-image.ts';
import { captureWords, doubtSentence } from './capture-words.ts';
import { originalOf } from './originals.ts';
import type { PhotoTray, TrayItem, TrayRefusal, TraySource } from './photo-tray.ts';
import { wholePhoto, type Shape } from './photos/shape.ts';
import { receiptTrayStyles } from './receipt-tray.styles.ts';
import { refusalSentence, words } from './words.ts';

const ACCEPTED = 'image/jpeg,image/png,image/heic,image/heif,application/pdf,.jpg,.jpeg,.png,.heic,.heif,.pdf';
/** How long the form has the line to itself before tools for HEIC and PDF are brought along. */
const EQUIP_AFTER_MS = 3_000;

/** A receipt that is open large: a picture, or the bytes of a document. */
interface Opened {
  readonly url?: string;
  readonly pdf?: ArrayBuffer;
  /** Opens the editor of its corners, where it has a photo. */
  readonly correct?: () => void;
}

/** A receipt whose corners are being corrected. */
interface Correcting {
  readonly source: TraySource;
  readonly done: (shape: Shape) => void;
}

/** Where photos of a claim are taken, dropped, looked at and removed. Sends `receipt-removed` for stored ones. */
@customElement('receipt-tray')
export class ReceiptTray extends LitElement {
  @property({ attribute: false }) tray!: PhotoTray;
  @property({ attribute: false }) stored: readonly ExpenseReceiptRow[] = [];
  /** How many more photos the claim holds. */
  @property({ type: Number }) room = 0;
  @state() private over = false;
  @state() private opened: Opened | undefined;
  @state() private correcting: Correcting | undefined;
  @state() private photographing = false;
  @query('.camera') private camera!: HTMLButtonElement | null;
  #equipping: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('dragover', this.#onDragOver);
    document.addEventListener('dragleave', this.#onDragLeave);
    document.addEventListener('drop', this.#onDrop);
    document.addEventListener('paste', this.#onPaste);
    this.#equipping = setTimeout(() => void equipped(), EQUIP_AFTER_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('dragover', this.#onDragOver);
    document.removeEventListener('dragleave', this.#onDragLeave);
    document.removeEventListener('drop', this.#onDrop);
    document.removeEventListener('paste', this.#onPaste);
    clearTimeout(this.#equipping);
  }

  /** Opens the camera, which offers the file picker where there is none. */
  async capture(): Promise<void> {
    await import('./receipt-camera.ts');
    this.photographing = true;
  }

  override focus(): void {
    this.camera?.focus();
  }

  override render() {
    const { items, refused } = this.tray;
    const count = items.length + this.stored.length;
    return html`<section class=${this.over ? 'over' : ''} aria-label=${words.receipts}>
      ${
        count > 0
          ? html`<ul class="photos">
              ${this.stored.map((receipt, at) => this.#storedPhoto(receipt, at))}
              ${items.map((item, at) => this.#newPhoto(item, this.stored.length + at))}
            </ul>`
          : nothing
      }
      <div aria-live="polite">${items.map((item) => this.#doubts(item))}</div>
      ${this.room > 0 ? this.#buttons(count === 0) : nothing}
      <div aria-live="assertive">${refused.map((refusal) => this.#refusal(refusal))}</div>
      <ui-dialog size="large" heading=${words.receipts} ?open=${this.opened !== undefined} @ui-close=${this.#onClosed}>
        ${this.opened ? this.#large(this.opened) : nothing}
      </ui-dialog>
      ${this.#overlays()}
    </section>`;
  }

  #overlays() {
    const { correcting } = this;
    return html`${
      this.photographing
        ? html`<receipt-camera
            .room=${this.room}
            accept=${ACCEPTED}
            @photo-taken=${this.#onTaken}
            @ui-files=${this.#onPickedInstead}
            @camera-closed=${this.#onCameraClosed}
          ></receipt-camera>`
        : nothing
    }
    ${
      correcting
        ? html`<corner-editor
            .source=${correcting.source}
            @shape-chosen=${(event: CustomEvent<{ shape: Shape }>) => correcting.done(event.detail.shape)}
            @editor-closed=${() => (this.correcting = undefined)}
          ></corner-editor>`
        : nothing
    }`;
  }

  #large({ url, pdf, correct }: Opened) {
    return html`<div class="large">
        ${
          pdf
            ? html`<pdf-pages .data=${pdf}></pdf-pages>`
            : html`<zoomable-image src=${url ?? ''} alt=${words.receipts}></zoomable-image>`
        }
      </div>
      ${
        correct
          ? html`<button type="button" class="button block" @click=${correct}>
              <ui-icon name="pencil"></ui-icon>${captureWords.correct}
            </button>`
          : nothing
      }`;
  }

  #doubts({ id, name, doubts = [] }: TrayItem) {
    return doubts.map(
      (doubt) =>
        html`<div class="doubt">
          <ui-icon name="triangle-alert"></ui-icon>
          <p class="small grow"><b>${name}</b><br />${doubtSentence[doubt]}</p>
          <button type="button" class="button" @click=${() => void this.tray.accept(id)}>
            ${captureWords.useAnyway}
          </button>
          ${
            doubt === 'pdf_long'
              ? nothing
              : html`<button type="button" class="button" @click=${() => void this.#takeAgain(id)}>
                  ${captureWords.takeAgain}
                </button>`
          }
        </div>`,
    );
  }

  #buttons(first: boolean) {
    return html`<div class="add ${first ? 'first' : ''}">
      <button type="button" class="button block camera ${first ? 'primary' : ''}" @click=${() => void this.capture()}>
        <ui-icon name="camera"></ui-icon>${first ? words.photograph : words.addPhoto}
      </button>
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
        @click=${() => void this.#openStored(receipt)}
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
              @click=${() => void this.#openNew(item)}
            >
              <img src=${item.url} alt=${item.name} />
            </button>`
          : html`<div class="preparing" role="status"><span class="tiny">${words.preparing}…</span></div>`
      }
      ${item.pages ? html`<span class="pages tiny">${captureWords.pages(item.pages)}</span>` : nothing}
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

  async #openNew(item: TrayItem): Promise<void> {
    const photo = await this.tray.whole(item.id);
    if (photo) await this.#show(photo.data, photo.mime_type, () => void this.#correctNew(item));
  }

  async #openStored(receipt: ExpenseReceiptRow): Promise<void> {
    const file = await fileBytes(receipt.path);
    if (file) await this.#show(file.data, file.mime_type, () => void this.#correctStored(receipt, file));
  }

  async #show(data: ArrayBuffer, type: string, correct: () => void): Promise<void> {
    if (type !== 'application/pdf') {
      this.opened = { url: URL.createObjectURL(new Blob([data], { type })), correct };
      return;
    }
    await import('./pdf-pages.ts');
    this.opened = { pdf: data };
  }

  async #correctNew({ id }: TrayItem): Promise<void> {
    const source = await this.tray.source(id);
    if (source) await this.#correct(source, (shape) => void this.tray.reshape(id, source, shape));
  }

  /** A stored receipt is never changed: the new one takes its place with the next save. */
  async #correctStored(receipt: ExpenseReceiptRow, file: { data: ArrayBuffer; mime_type: string }): Promise<void> {
    const original = await originalOf(receipt.id);
    const source = original
      ? { file: new Blob([original.data]), shape: original.shape }
      : { file: new Blob([file.data], { type: file.mime_type }), shape: wholePhoto };
    await this.#correct(source, (shape) => {
      this.dispatchEvent(new CustomEvent('receipt-removed', { detail: { id: receipt.id, quietly: true } }));
      void this.tray.addReshaped(receipt.original_name ?? words.receipts, source, shape);
    });
  }

  async #correct(source: TraySource, done: (shape: Shape) => void): Promise<void> {
    await import('./corner-editor.ts');
    this.#onClosed();
    this.correcting = { source, done };
  }

  #onClosed = (): void => {
    if (this.opened?.url) URL.revokeObjectURL(this.opened.url);
    this.opened = undefined;
  };

  async #takeAgain(id: string): Promise<void> {
    await this.tray.remove(id);
    await this.capture();
  }

  #onTaken = (event: CustomEvent<{ file: File }>): void => void this.tray.add([event.detail.file]);

  #onPickedInstead = (event: CustomEvent<{ files: File[] }>): void => {
    this.photographing = false;
    this.#onFiles(event);
  };

  #onCameraClosed = (): void => {
    this.photographing = false;
    void this.updateComplete.then(() => this.focus());
  };

  async #remove(id: string): Promise<void> {
    const undo = await this.tray.remove(id);
    if (undo) toast(words.photoRemoved, { action: { label: words.undo, run: () => void undo() } });
  }

  #onKeepAgain = (): void => {
    this.dispatchEvent(new CustomEvent('keep-again'));
  };

  #onFiles = (event: CustomEvent<{ files: File[] }>): void => void this.tray.add(event.detail.files);

  /** Files may be dropped anywhere on the form; text dragged between fields is none of ours. */
  #onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.over = true;
  };

  #onDragLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null) this.over = false;
  };

  #onDrop = (event: DragEvent): void => {
    const files = [...(event.dataTransfer?.files ?? [])];
    this.over = false;
    if (files.length === 0) return;
    event.preventDefault();
    void this.tray.add(files);
  };

  #onPaste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void this.tray.add(files);
  };

  static override styles = [base, controls, receiptTrayStyles];
}

/** Loaded with the form at rest, so that it is on screen first. */
const equipped = async (): Promise<void> => (await import('./photos/equip.ts')).equip();

declare global {
  interface HTMLElementTagNameMap {
    'receipt-tray': ReceiptTray;
  }
}
