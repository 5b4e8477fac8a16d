import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import './ui-icon.ts';

/** What a state means to the person reading it. */
export type Tone = 'good' | 'warn' | 'bad' | 'waiting' | 'neutral' | 'accent';

/** A small word for a state; always icon and word, never colour alone. */
@customElement('ui-badge')
export class UiBadge extends LitElement {
  @property({ reflect: true }) tone: Tone = 'neutral';
  @property() icon = '';

  override render() {
    return html`${this.icon ? html`<ui-icon name=${this.icon}></ui-icon>` : nothing}<slot></slot>`;
  }

  static override styles = css`
    :host {
      --icon-size: 14px;
      display: inline-flex;
      align-items: center;
      gap: 5px;
      height: 24px;
      padding: 0 8px;
      border-radius: var(--radius-round);
      background: var(--waiting-soft);
      color: var(--waiting);
      font-size: var(--text-12);
      font-weight: 550;
      line-height: 1;
      white-space: nowrap;
      font-variant-numeric: tabular-nums;
    }
    :host([tone='good']) {
      background: var(--good-soft);
      color: var(--good);
    }
    :host([tone='warn']) {
      background: var(--warn-soft);
      color: var(--warn);
    }
    :host([tone='bad']) {
      background: var(--bad-soft);
      color: var(--bad);
    }
    :host([tone='accent']) {
      background: var(--accent-soft);
      color: var(--accent-ink);
    }
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-badge': UiBadge;
  }
}
