import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatDate, formatInstant, isDate } from '../kernel/day.ts';

/** A calendar date ("Sat 14 Nov") or an instant ("14 Nov, 21:05") as people read it. */
@customElement('ui-date')
export class UiDate extends LitElement {
  @property() value: string | null = '';

  override render() {
    if (!this.value) return nothing;
    const text = isDate(this.value) ? formatDate(this.value) : formatInstant(this.value);
    return html`<time datetime=${this.value}>${text}</time>`;
  }

  static override styles = css`
    :host {
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-date': UiDate;
  }
}
