import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { asFailure } from '../../kernel/failure.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-segmented.ts';
import { captureWords, cornerNames, modeWords } from './capture-words.ts';
import { cornerEditorStyles } from './corner-editor.styles.ts';
import type { TraySource } from './photo-tray.ts';
import { openPhoto, previewPhoto } from './photos/prepare-photo.ts';
import { modes, type Mode } from './photos/scan/enhance.ts';
import type { Point, Quad } from './photos/scan/geometry.ts';
import { cornersIn, isCuttable, sharesOf, wholePhoto, type Shape } from './photos/shape.ts';
import type { OpenedPhoto } from './photos/tasks.ts';
import { refusalSentence } from './words.ts';

const STEP = 1;
const LARGE_STEP = 10;
/** How much the magnifier enlarges, and its size in pixels. */
const ENLARGED = 2.5;
const LENS = 120;

const directions: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/**
 * Corrects how a receipt is cut out of its photo: four corners to drag or to move with the arrow keys under a magnifier, turns,
 * looks, and a live preview. Sends `shape-chosen` with the shape, and `editor-closed`.
 */
@customElement('corner-editor')
export class CornerEditor extends LitElement {
  @property({ attribute: false }) source!: TraySource;
  @state() private photo: OpenedPhoto | undefined;
  @state() private failure = '';
  @state() private shape: Shape = wholePhoto;
  /** The corner under a finger or with the focus. */
  @state() private active: number | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('.photo') private canvas!: HTMLCanvasElement | null;
  @query('.preview') private preview!: HTMLCanvasElement | null;
  @query('.lens') private lens!: HTMLCanvasElement | null;
  readonly #resized = new ResizeObserver(() => this.requestUpdate());
  #grip: Point | undefined;
  #previewed: Shape | undefined;
  #isPreviewing = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.photo?.picture.close();
  }

  override firstUpdated(): void {
    this.dialog.showModal();
    void this.#open();
  }

  override updated(): void {
    if (!this.photo || !this.canvas) return;
    this.#placeHandles();
    this.#drawLens();
    void this.#drawPreview();
  }

  override render() {
    return html`<dialog aria-labelledby="heading" @close=${this.#onClose}>
      <div class="top">
        <button type="button" class="button quiet icon-only" aria-label=${captureWords.close} @click=${this.#close}>
          <ui-icon name="x"></ui-icon>
        </button>
        <h2 id="heading">${captureWords.correct}</h2>
        <button
          type="button"
          class="button primary"
          ?disabled=${!this.photo || !this.#isCuttable}
          @click=${this.#onApply}
        >
          ${captureWords.apply}
        </button>
      </div>
      ${this.photo ? this.#editor(this.photo) : this.#waiting()}
    </dialog>`;
  }

  #waiting() {
    return html`<p class="waiting" role="status">${this.failure || `${captureWords.opening}…`}</p>`;
  }

  #editor(photo: OpenedPhoto) {
    const { width, height } = photo;
    const corners = this.#corners;
    const points = corners.map(({ x, y }) => `${x},${y}`).join(' ');
    return html`<div class="stage" role="group" aria-label=${captureWords.corners} aria-describedby="how">
        <canvas class="photo" width=${width} height=${height} aria-hidden="true"></canvas>
        <svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
          <polygon class=${this.#isCuttable ? '' : 'bad'} points=${points}></polygon>
        </svg>
        ${corners.map((corner, at) => this.#handle(corner, at))}
        <canvas class="lens ${this.#lensSide}" width=${LENS} height=${LENS} aria-hidden="true"></canvas>
      </div>
      <div class="side">
        <canvas class="preview" role="img" aria-label=${captureWords.preview}></canvas>
        <ui-segmented
          label=${captureWords.look}
          .options=${modes.map((value) => ({ value, label: modeWords[value] }))}
          .value=${this.shape.mode}
          @ui-change=${this.#onMode}
        ></ui-segmented>
        <div class="tools">
          <div class="row wrap">
            <button type="button" class="button" @click=${this.#onTurn}>
              <ui-icon name="refresh-cw"></ui-icon>${captureWords.turn}
            </button>
            <button type="button" class="button" @click=${() => this.#change({ corners: wholePhoto.corners })}>
              ${captureWords.whole}
            </button>
            <button type="button" class="button" @click=${() => this.#change(photo.found)}>
              <ui-icon name="undo-2"></ui-icon>${captureWords.reset}
            </button>
          </div>
          <p class="hint" id="how">${captureWords.cornersHint}</p>
          <p class="error" role="alert">
            ${this.#isCuttable ? nothing : html`<ui-icon name="circle-alert"></ui-icon>${captureWords.crossed}`}
          </p>
        </div>
      </div>`;
  }

  #handle({ x, y }: Point, at: number) {
    return html`<button
      type="button"
      class="handle"
      aria-label=${captureWords.corner(cornerNames[at]!, Math.round(x), Math.round(y))}
      @pointerdown=${(event: PointerEvent) => this.#onGrip(event, at)}
      @pointermove=${(event: PointerEvent) => this.#onDrag(event, at)}
      @pointerup=${this.#onRelease}
      @pointercancel=${this.#onRelease}
      @keydown=${(event: KeyboardEvent) => this.#onKey(event, at)}
      @focus=${() => (this.active = at)}
      @blur=${() => (this.active = undefined)}
    ></button>`;
  }

  /** The corners in pixels of the photo as it is shown. */
  get #corners(): Quad {
    return cornersIn(this.shape, this.photo!);
  }

  get #isCuttable(): boolean {
    return !this.photo || isCuttable(this.shape.corners, this.photo);
  }

  /** The magnifier keeps out of the way of the finger. */
  get #lensSide(): string {
    const corner = this.active === undefined ? undefined : this.shape.corners[this.active];
    if (!corner) return 'away';
    return corner.x < 0.5 && corner.y < 0.5 ? 'right' : 'left';
  }

  async #open(): Promise<void> {
    try {
      const photo = await openPhoto(this.source.file);
      this.shape = this.source.shape;
      this.photo = photo;
      await this.updateComplete;
      this.canvas!.getContext('2d')!.drawImage(photo.picture, 0, 0);
      this.#resized.observe(this.renderRoot.querySelector('.stage')!);
      this.requestUpdate();
      this.renderRoot.querySelector<HTMLElement>('.handle')?.focus();
    } catch (thrown) {
      this.failure = refusalSentence(asFailure(thrown).code);
    }
  }

  /** How a pixel of the photo becomes one of the screen: by a factor from the place where the photo begins. */
  get #placing(): { factor: number; left: number; top: number } {
    const { offsetWidth, offsetHeight, offsetLeft, offsetTop } = this.canvas!;
    const { width, height } = this.photo!;
    const factor = Math.min(offsetWidth / width, offsetHeight / height);
    return {
      factor,
      left: offsetLeft + (offsetWidth - width * factor) / 2,
      top: offsetTop + (offsetHeight - height * factor) / 2,
    };
  }

  #placeHandles(): void {
    const { factor, left, top } = this.#placing;
    const handles = this.renderRoot.querySelectorAll<HTMLElement>('.handle');
    this.#corners.forEach(({ x, y }, at) => {
      handles[at]!.style.transform = `translate(${left + x * factor}px, ${top + y * factor}px) translate(-50%, -50%)`;
    });
  }

  #drawLens(): void {
    const corner = this.active === undefined ? undefined : this.#corners[this.active];
    const ink = this.lens?.getContext('2d');
    if (!corner || !ink) return;
    const { factor } = this.#placing;
    const shown = LENS / ENLARGED / Math.max(factor, 0.2);
    ink.clearRect(0, 0, LENS, LENS);
    ink.drawImage(this.photo!.picture, corner.x - shown / 2, corner.y - shown / 2, shown, shown, 0, 0, LENS, LENS);
    ink.strokeStyle = getComputedStyle(this.lens!).color;
    ink.lineWidth = 1.5;
    ink.beginPath();
    for (const [x, y] of [
      [1, 0],
      [0, 1],
    ] as const) {
      ink.moveTo(LENS / 2 - x * 24, LENS / 2 - y * 24);
      ink.lineTo(LENS / 2 + x * 24, LENS / 2 + y * 24);
    }
    ink.stroke();
  }

  /** Draws the latest shape; while one is on its way, those between are left out. */
  async #drawPreview(): Promise<void> {
    if (this.#isPreviewing) return;
    this.#isPreviewing = true;
    try {
      while (this.isConnected && this.#previewed !== this.shape && this.#isCuttable) {
        const shape = this.shape;
        const picture = await previewPhoto(shape);
        this.#previewed = shape;
        this.preview!.width = picture.width;
        this.preview!.height = picture.height;
        this.preview!.getContext('2d')!.drawImage(picture, 0, 0);
        picture.close();
      }
    } catch {
      this.#previewed = this.shape; // the photo itself says what is wrong when it is used
    } finally {
      this.#isPreviewing = false;
    }
  }

  #change(change: Partial<Shape>): void {
    this.shape = { ...this.shape, ...change };
  }

  #moveTo(at: number, place: Point): void {
    const corners = this.#corners.map((corner, which) => (which === at ? place : corner)) as unknown as Quad;
    this.#change({ corners: sharesOf(corners, this.photo!) });
  }

  #onGrip(event: PointerEvent, at: number): void {
    const corner = this.#corners[at]!;
    const { factor } = this.#placing;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#grip = { x: corner.x - event.clientX / factor, y: corner.y - event.clientY / factor };
    this.active = at;
  }

  #onDrag(event: PointerEvent, at: number): void {
    if (!this.#grip) return;
    const { factor } = this.#placing;
    this.#moveTo(at, { x: this.#grip.x + event.clientX / factor, y: this.#grip.y + event.clientY / factor });
  }

  #onRelease = (): void => {
    this.#grip = undefined;
  };

  #onKey(event: KeyboardEvent, at: number): void {
    const direction = directions[event.key];
    if (!direction) return;
    event.preventDefault();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const { x, y } = this.#corners[at]!;
    this.#moveTo(at, { x: x + direction.x * step, y: y + direction.y * step });
  }

  #onMode = (event: CustomEvent<{ value: string }>): void => this.#change({ mode: event.detail.value as Mode });

  #onTurn = (): void => this.#change({ turns: (this.shape.turns + 1) % 4 });

  #onApply = (): void => {
    this.dispatchEvent(new CustomEvent('shape-chosen', { detail: { shape: this.shape } }));
    this.#close();
  };

  #close = (): void => this.dialog.close();

  #onClose = (): void => {
    this.dispatchEvent(new CustomEvent('editor-closed'));
  };

  static override styles = [base, controls, cornerEditorStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'corner-editor': CornerEditor;
  }
}
