import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { asFailure } from '../../kernel/failure.ts';
import { base } from '../../ui/base.styles.ts';
import { captureWords } from './capture-words.ts';
import { drawnPage, openPdf } from './photos/pdf-document.ts';
import { refusalSentence } from './words.ts';

/** The longer side that a page is drawn with, in pixels. */
const LONGEST_SIDE = 1600;

/** The pages of a document under one another; each is drawn when it comes into view. */
@customElement('pdf-pages')
export class PdfPages extends LitElement {
  @property({ attribute: false }) data: ArrayBuffer | undefined;
  @state() private pages = 0;
  @state() private failure = '';
  #document: PDFDocumentProxy | undefined;
  #opened: ArrayBuffer | undefined;
  #seen: IntersectionObserver | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  override updated(): void {
    if (this.data && this.data !== this.#opened) void this.#open((this.#opened = this.data));
    for (const canvas of this.renderRoot.querySelectorAll('canvas:not([data-drawn])')) this.#seen?.observe(canvas);
  }

  override render() {
    if (this.failure) return html`<p class="quiet" role="alert">${this.failure}</p>`;
    if (!this.pages) return html`<p class="quiet" role="status">${captureWords.openingPdf}…</p>`;
    const numbers = Array.from({ length: this.pages }, (_, at) => at + 1);
    return html`<div class="pages" tabindex="0" role="group" aria-label=${captureWords.pages(this.pages)}>
      ${numbers.map(
        (page) =>
          html`<canvas
            role="img"
            width="300"
            height="424"
            data-page=${page}
            aria-label=${captureWords.page(page, this.pages)}
          ></canvas>`,
      )}
      ${this.pages > 1 ? html`<p class="quiet small">${captureWords.pages(this.pages)}</p>` : nothing}
    </div>`;
  }

  async #open(data: ArrayBuffer): Promise<void> {
    this.#close();
    this.#opened = data;
    try {
      this.#document = await openPdf(data);
      this.#seen = new IntersectionObserver(this.#onSeen, { rootMargin: '400px' });
      this.pages = this.#document.numPages;
    } catch (thrown) {
      this.failure = refusalSentence(asFailure(thrown).code);
    }
  }

  #close(): void {
    this.#seen?.disconnect();
    void this.#document?.loadingTask.destroy();
    this.#document = this.#opened = undefined;
    this.pages = 0;
    this.failure = '';
  }

  #onSeen = (entries: readonly IntersectionObserverEntry[]): void => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) void this.#draw(target as HTMLCanvasElement);
  };

  async #draw(canvas: HTMLCanvasElement): Promise<void> {
    if (canvas.dataset['drawn'] || !this.#document) return;
    canvas.dataset['drawn'] = 'yes';
    this.#seen?.unobserve(canvas);
    await drawnPage(this.#document, Number(canvas.dataset['page']), LONGEST_SIDE, canvas).catch(() => undefined);
  }

  static override styles = [
    base,
    css`
      :host {
        display: grid;
        height: 100%;
        min-height: 0;
      }
      :host > p {
        place-self: center;
      }
      .pages {
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: var(--space-3);
        padding: var(--space-3);
        overflow: auto;
      }
      .pages:focus-visible {
        outline-offset: -2px;
      }
      canvas {
        flex: none;
        max-width: 100%;
        width: min(100%, 720px);
        border: 1px solid var(--line);
        background: var(--surface-raised);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'pdf-pages': PdfPages;
  }
}
