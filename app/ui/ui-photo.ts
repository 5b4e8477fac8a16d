import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { uiWords } from './words.ts';
import './ui-icon.ts';

/** A picture that may still be on its way: keeps its place, says so in words, and never shows a broken image. */
@customElement('ui-photo')
export class UiPhoto extends LitElement {
  @property() src: string | undefined;
  @property() alt = '';
  /** `cover` fills a thumbnail, `contain` shows the whole page. */
  @property({ reflect: true }) fit: 'cover' | 'contain' = 'cover';
  @state() private broken = false;

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('src')) this.broken = false;
  }

  override render() {
    if (!this.src || this.broken) return this.#missing();
    return html`<img src=${this.src} alt=${this.alt} decoding="async" @error=${() => (this.broken = true)} />`;
  }

  #missing() {
    const label = this.alt ? `${this.alt}. ${uiWords.photo_missing}` : uiWords.photo_missing;
    return html`<div class="missing" role="img" aria-label=${label} title=${uiWords.photo_missing}>
      <ui-icon name="image"></ui-icon>
    </div>`;
  }

  static override styles = css`
    :host {
      display: block;
      border-radius: 6px;
      background: var(--surface-sunken);
      overflow: hidden;
    }
    img {
      display: block;
      width: 100%;
      height: 100%;
      object-fit: cover;
    }
    :host([fit='contain']) img {
      height: auto;
      max-height: 100%;
      object-fit: contain;
    }
    .missing {
      display: grid;
      place-items: center;
      width: 100%;
      height: 100%;
      min-height: 32px;
      color: var(--text-quiet);
    }
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-photo': UiPhoto;
  }
}
