import { LitElement, css, html, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base } from '../../../ui/base.styles.ts';
import '../../../ui/ui-dialog.ts';
import { keptPhoto } from '../drafts.ts';
import type { ReadyPhoto } from '../photos/shrink.ts';
import type { Offer } from './offers.ts';
import type { Box } from './page.ts';
import { words } from './words.ts';

/** Space around the marked words, in multiples of their height. */
const ROOM = 0.35;
/** As much of the photo is shown above and below the mark, in multiples of the photo's width. */
const AROUND = 0.45;

/** Shows the place on the photo where something was read, marked. */
@customElement('reading-place')
export class ReadingPlace extends LitElement {
  /** What to show; undefined closes. */
  @property({ attribute: false }) offer: Offer | undefined;
  @state() private url = '';
  @state() private photo: ReadyPhoto | undefined;
  #shown: Offer | undefined;

  override willUpdate(): void {
    if (this.offer === this.#shown) return;
    this.#shown = this.offer;
    this.#forget();
    if (this.offer) void this.#load(this.offer);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  override render() {
    const { offer, photo } = this;
    return html`<ui-dialog
      size="large"
      heading=${words.placeHeading}
      ?open=${offer !== undefined}
      @ui-close=${() => this.dispatchEvent(new CustomEvent('place-closed'))}
    >
      ${offer?.place && photo ? this.#picture(photo, offer.place, offer.text) : nothing}
      ${offer && !photo ? html`<p>${words.photoGone}</p>` : html`<p class="says">${offer?.text}</p>`}
    </ui-dialog>`;
  }

  #picture({ width, height }: ReadyPhoto, place: Box, text: string) {
    const [x, y] = [place.x0 * width, place.y0 * height];
    const [w, h] = [(place.x1 - place.x0) * width, (place.y1 - place.y0) * height];
    const room = h * ROOM;
    const top = Math.max(0, y - width * AROUND);
    const bottom = Math.min(height, y + h + width * AROUND);
    return html`<svg role="img" aria-label=${words.placeAlt(text)} viewBox="0 ${top} ${width} ${bottom - top}">
      ${svg`<image href=${this.url} width=${width} height=${height}></image>
      <rect class="mark" x=${x - room} y=${y - room} width=${w + 2 * room} height=${h + 2 * room} rx=${room}
        stroke-width=${width / 160}></rect>`}
    </svg>`;
  }

  async #load(offer: Offer): Promise<void> {
    const photo = await keptPhoto(offer.photo_id);
    if (!photo || this.offer !== offer) return;
    this.url = URL.createObjectURL(new Blob([photo.data], { type: 'image/jpeg' }));
    this.photo = photo;
  }

  #forget(): void {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = '';
    this.photo = undefined;
  }

  static override styles = [
    base,
    css`
      svg {
        display: block;
        width: 100%;
        max-height: 65vh;
        border-radius: var(--radius-card);
        background: var(--surface-sunken);
      }
      .mark {
        fill: #ffd54a;
        fill-opacity: 0.35;
        stroke: #b45309;
        mix-blend-mode: multiply;
      }
      .says {
        margin-top: var(--space-3);
        font-size: var(--text-20, 20px);
        font-weight: 600;
        text-align: center;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'reading-place': ReadingPlace;
  }
}
