import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../../ui/base.styles.ts';
import { controls } from '../../../ui/controls.styles.ts';
import '../../../ui/ui-icon.ts';
import { CERTAIN, type Offer } from './offers.ts';
import { words } from './words.ts';

/**
 * The line under a field that says what the photo says of it: taken over, or offered. Sends `read-see` and, with the new
 * values in `detail`, `read-use`.
 */
@customElement('read-mark')
export class ReadMark extends LitElement {
  @property({ attribute: false }) offer: Offer | undefined;
  /** Another choice: the sum of several photos. */
  @property({ attribute: false }) sum: Pick<Offer, 'text' | 'values'> | undefined;

  override render() {
    const { offer, sum } = this;
    return html`${offer ? this.#line(offer) : nothing}
    ${
      sum
        ? html`<p>
            <span class="grow">${words.photosTogether(sum.text)}</span>
            <button type="button" class="link" @click=${() => this.#use(sum.values)}>${words.useSum}</button>
          </p>`
        : nothing
    }`;
  }

  #line(offer: Offer) {
    const { field, taken, text, confidence, values, place } = offer;
    const sure = confidence >= CERTAIN;
    return html`<p>
      <span class="grow">
        <ui-icon name="image"></ui-icon>
        ${taken ? words.fromPhoto : words.photoSays(text)} ·
        <b class=${sure ? 'sure' : 'unsure'}>${sure ? words.certain : words.pleaseCheck}</b>
      </span>
      <span class="acts">
        ${
          place
            ? html`<button
                type="button"
                class="link"
                aria-label=${words.seeField(words[field])}
                @click=${() => this.dispatchEvent(new CustomEvent('read-see', { detail: offer }))}
              >
                ${words.see}
              </button>`
            : nothing
        }
        ${
          taken
            ? html`<button
                type="button"
                class="link"
                aria-label=${words.clearField(words[field])}
                @click=${() => this.#use({ [field]: '' })}
              >
                ${words.clear}
              </button>`
            : html`<button
                type="button"
                class="link"
                aria-label=${words.useField(words[field])}
                @click=${() => this.#use(values)}
              >
                ${words.use}
              </button>`
        }
      </span>
    </p>`;
  }

  #use(values: Offer['values']): void {
    this.dispatchEvent(new CustomEvent('read-use', { detail: values }));
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      p {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 6px;
        color: var(--text-quiet);
        font-size: var(--text-14);
        --icon-size: 16px;
      }
      .grow {
        flex: 1 1 auto;
        min-width: 0;
      }
      .sure {
        color: var(--good);
        font-weight: 550;
      }
      .unsure {
        color: var(--warn);
        font-weight: 550;
      }
      .acts {
        display: inline-flex;
        gap: var(--space-4);
      }
      .link {
        min-width: 44px;
        min-height: 44px;
        padding: 0;
        border: 0;
        background: none;
        color: var(--text);
        font: inherit;
        text-decoration: underline;
        text-underline-offset: 3px;
        cursor: pointer;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'read-mark': ReadMark;
  }
}
