import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import { words } from './words.ts';

const MOST = 6;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A picture to look into: wheel, pinch, double tap, buttons or + and − zoom; dragging and arrow keys move it. */
@customElement('zoomable-image')
export class ZoomableImage extends LitElement {
  @property() src = '';
  @property() alt = '';
  @state() private scale = 1;
  @state() private offset: Point = { x: 0, y: 0 };
  readonly #fingers = new Map<number, Point>();

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('alt')) this.#reset();
  }

  override updated(): void {
    const image = this.renderRoot.querySelector('img')!;
    image.style.transform = `translate(${this.offset.x}px, ${this.offset.y}px) scale(${this.scale})`;
  }

  override render() {
    return html`<div
        class="frame ${this.scale > 1 ? 'zoomed' : ''}"
        role="group"
        aria-label=${this.alt}
        tabindex="0"
        @wheel=${this.#onWheel}
        @dblclick=${this.#onDoubleClick}
        @pointerdown=${this.#onDown}
        @pointermove=${this.#onMove}
        @pointerup=${this.#onUp}
        @pointercancel=${this.#onUp}
        @keydown=${this.#onKey}
      >
        <img src=${this.src} alt=${this.alt} draggable="false" decoding="async" />
      </div>
      <div class="tools">
        <button
          class="button icon-only"
          aria-label=${words.zoomOut}
          ?disabled=${this.scale <= 1}
          @click=${this.#zoomOut}
        >
          <b aria-hidden="true">−</b>
        </button>
        <button
          class="button icon-only"
          aria-label=${words.zoomIn}
          ?disabled=${this.scale >= MOST}
          @click=${this.#zoomIn}
        >
          <ui-icon name="plus"></ui-icon>
        </button>
      </div>`;
  }

  #reset(): void {
    this.scale = 1;
    this.offset = { x: 0, y: 0 };
  }

  /** Zooms so that the point under the finger stays where it is; `at` counts from the middle of the frame. */
  #zoom(factor: number, at: Point = { x: 0, y: 0 }): void {
    const scale = Math.min(MOST, Math.max(1, this.scale * factor));
    const by = scale / this.scale;
    this.scale = scale;
    this.#moveTo({ x: at.x - (at.x - this.offset.x) * by, y: at.y - (at.y - this.offset.y) * by });
  }

  #moveTo({ x, y }: Point): void {
    const reach = (side: number) => (side * (this.scale - 1)) / 2;
    const kept = (value: number, most: number) => Math.min(most, Math.max(-most, value));
    this.offset = { x: kept(x, reach(this.offsetWidth)), y: kept(y, reach(this.offsetHeight)) };
  }

  #fromMiddle(event: MouseEvent): Point {
    const box = this.getBoundingClientRect();
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
  }

  #zoomIn = (): void => this.#zoom(1.5);
  #zoomOut = (): void => this.#zoom(1 / 1.5);

  /** A plain wheel scrolls the page; with Ctrl (which is also what a trackpad's pinch sends) or once zoomed it zooms. */
  #onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && this.scale === 1) return;
    event.preventDefault();
    this.#zoom(Math.exp(-event.deltaY / 300), this.#fromMiddle(event));
  };

  #onDoubleClick = (event: MouseEvent): void => {
    if (this.scale > 1) this.#reset();
    else this.#zoom(2.5, this.#fromMiddle(event));
  };

  #onDown = (event: PointerEvent): void => {
    this.#fingers.set(event.pointerId, this.#fromMiddle(event));
    if (this.scale > 1) (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  };

  #onMove = (event: PointerEvent): void => {
    const before = this.#fingers.get(event.pointerId);
    if (!before) return;
    const now = this.#fromMiddle(event);
    const other = [...this.#fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.#fingers.set(event.pointerId, now);
    if (other) this.#zoom(distance(now, other) / Math.max(1, distance(before, other)), middle(now, other));
    else if (this.scale > 1) this.#moveTo({ x: this.offset.x + now.x - before.x, y: this.offset.y + now.y - before.y });
  };

  #onUp = (event: PointerEvent): void => {
    this.#fingers.delete(event.pointerId);
  };

  #onKey = (event: KeyboardEvent): void => {
    const steps: Record<string, () => void> = {
      '+': this.#zoomIn,
      '=': this.#zoomIn,
      '-': this.#zoomOut,
      '0': () => this.#reset(),
      ArrowLeft: () => this.#moveTo({ x: this.offset.x + 60, y: this.offset.y }),
      ArrowRight: () => this.#moveTo({ x: this.offset.x - 60, y: this.offset.y }),
      ArrowUp: () => this.#moveTo({ x: this.offset.x, y: this.offset.y + 60 }),
      ArrowDown: () => this.#moveTo({ x: this.offset.x, y: this.offset.y - 60 }),
    };
    const isMove = event.key.startsWith('Arrow');
    const step = steps[event.key];
    if (!step || (isMove && this.scale === 1)) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  };

  static override styles = [
    base,
    controls,
    css`
      :host {
        position: relative;
        display: block;
        height: 100%;
        overflow: hidden;
      }
      .frame {
        display: grid;
        place-items: center;
        height: 100%;
        overflow: hidden;
        cursor: zoom-in;
        touch-action: pan-y;
      }
      .frame.zoomed {
        cursor: grab;
        touch-action: none;
      }
      .frame:focus-visible {
        outline-offset: -2px;
      }
      img {
        width: 100%;
        height: 100%;
        min-height: 0;
        object-fit: contain;
        user-select: none;
        -webkit-user-select: none;
        will-change: transform;
      }
      .tools {
        position: absolute;
        right: var(--space-2);
        bottom: var(--space-2);
        display: flex;
        gap: var(--space-1);
      }
      .tools .button:disabled {
        opacity: 1;
        color: var(--text-quiet);
      }
    `,
  ];
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

declare global {
  interface HTMLElementTagNameMap {
    'zoomable-image': ZoomableImage;
  }
}
