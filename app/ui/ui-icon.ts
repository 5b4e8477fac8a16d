import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { iconAddress } from './icons.ts';

/** One Lucide icon in the colour of the text; silent for screen readers unless it has a `label`. */
@customElement('ui-icon')
export class UiIcon extends LitElement {
  @property() name = 'circle';
  @property() label = '';

  override willUpdate(): void {
    if (this.label) {
      this.setAttribute('role', 'img');
      this.setAttribute('aria-label', this.label);
    } else this.setAttribute('aria-hidden', 'true');
  }

  override render() {
    return html`<svg viewBox="0 0 24 24"><use href=${iconAddress(this.name)}></use></svg>`;
  }

  static override styles = css`
    :host {
      display: inline-block;
      flex: none;
      width: var(--icon-size, 20px);
      height: var(--icon-size, 20px);
      vertical-align: -0.25em;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.75;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-icon': UiIcon;
  }
}
