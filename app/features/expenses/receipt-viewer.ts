import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { fileBytes, FileUrl } from '../../data/files.ts';
import { LiveQuery } from '../../data/live-query.ts';
import type { ExpenseReceiptRow } from '../../data/schema.gen.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import './receipt-thumbnail.ts';
import './zoomable-image.ts';
import { receiptsOf } from './queries.ts';
import { words } from './words.ts';

/** The photos of a claim: the thumbnail at once, the photo over it as soon as it is here, and honest words while it is not. */
@customElement('receipt-viewer')
export class ReceiptViewer extends LitElement {
  @property({ attribute: 'claim-id' }) claimId = '';
  @state() private at = 0;
  /** The bytes of a document and whose they are. */
  @state() private pdf: { readonly path: string; readonly data: ArrayBuffer } | undefined;
  readonly #receipts = new LiveQuery(
    this,
    () => receiptsOf(this.claimId),
    () => [this.claimId],
  );
  readonly #thumbnail = new FileUrl(this, () => this.#current?.thumbnail_path ?? undefined);
  readonly #photo = new FileUrl(this, () => this.#current?.path);

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('claimId')) this.at = 0;
  }

  /** A document is opened as soon as its bytes are here, as a photo is; what opens it comes with the first. */
  override updated(): void {
    const { path, mime_type } = this.#current ?? {};
    if (path && mime_type === 'application/pdf' && this.#photo.url && this.pdf?.path !== path) void this.#openPdf(path);
  }

  async #openPdf(path: string): Promise<void> {
    const [file] = await Promise.all([fileBytes(path), import('./pdf-pages.ts')]);
    if (file && this.#current?.path === path) this.pdf = { path, data: file.data };
  }

  override render() {
    const all = this.#receipts.value;
    if (!all) return html`<div class="stage"></div>`;
    if (all.length === 0)
      return html`<div class="stage none">
        <p class="quiet small"><ui-icon name="image"></ui-icon> ${words.noPhotos}</p>
      </div>`;
    return html`<div class="stage">${this.#stage(all.length)}</div>
      ${all.length > 1 ? this.#strip(all) : nothing}`;
  }

  get #current(): ExpenseReceiptRow | undefined {
    const all = this.#receipts.value ?? [];
    return all[Math.min(this.at, all.length - 1)];
  }

  #stage(count: number) {
    const current = this.#current;
    if (this.pdf && this.pdf.path === current?.path) return html`<pdf-pages .data=${this.pdf.data}></pdf-pages>`;
    const src =
      current?.mime_type === 'application/pdf' ? this.#thumbnail.url : (this.#photo.url ?? this.#thumbnail.url);
    const alt = words.photoOf(this.at + 1, count);
    if (src) return html`<zoomable-image src=${src} alt=${alt}></zoomable-image>`;
    const onItsWay = this.#current?.uploaded_at === null;
    return html`<div class="missing" role="status">
      <ui-icon name=${onItsWay ? 'cloud-upload' : 'cloud-off'}></ui-icon>
      <p><b>${onItsWay ? words.photoOnItsWay : words.photoNotHere}</b></p>
      <p class="quiet small">${onItsWay ? words.photoOnItsWayText : words.photoNotHereText}</p>
    </div>`;
  }

  #strip(all: readonly ExpenseReceiptRow[]) {
    return html`<div class="strip">
      ${all.map(
        (receipt, at) =>
          html`<button
            aria-label=${words.openPhoto(at + 1)}
            aria-current=${at === this.at ? 'true' : 'false'}
            @click=${() => (this.at = at)}
          >
            <receipt-thumbnail .path=${receipt.thumbnail_path ?? receipt.path}></receipt-thumbnail>
          </button>`,
      )}
    </div>`;
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: var(--space-2);
        min-height: 0;
      }
      .stage {
        flex: none;
        height: var(--viewer-height, min(52vh, 420px));
        min-height: 0;
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        background: var(--surface-sunken);
        overflow: hidden;
      }
      .stage.none {
        display: grid;
        place-items: center;
        height: 72px;
      }
      .missing {
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: var(--space-1);
        height: 100%;
        padding: var(--space-5);
        text-align: center;
        --icon-size: 28px;
      }
      .missing ui-icon {
        color: var(--waiting);
      }
      .missing .quiet {
        max-width: 36ch;
        text-wrap: balance;
      }
      .strip {
        display: flex;
        gap: var(--space-2);
        overflow-x: auto;
        padding: 3px;
      }
      .strip button {
        flex: none;
        width: 56px;
        height: 72px;
        padding: 0;
        border: 1px solid var(--line);
        border-radius: 6px;
        background: none;
        overflow: hidden;
        cursor: pointer;
      }
      .strip button[aria-current='true'] {
        outline: 2px solid var(--accent);
        outline-offset: 1px;
      }
      .strip receipt-thumbnail {
        height: 100%;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'receipt-viewer': ReceiptViewer;
  }
}
