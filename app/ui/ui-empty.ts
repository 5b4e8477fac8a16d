import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from './base.styles.ts';
import './ui-icon.ts';

/** Says what belongs in an empty place and offers the first step (slot `action`). */
@customElement('ui-empty')
export class UiEmpty extends LitElement {
  @property() icon = 'inbox';
  @property() heading = '';

  override render() {
    return html`
      <div class="disc"><ui-icon name=${this.icon}></ui-icon></div>
      ${this.heading ? html`<h2>${this.heading}</h2>` : nothing}
      <div class="text quiet"><slot></slot></div>
      <div class="actions"><slot name="action"></slot></div>
    `;
  }

  static override styles = [
    base,
    css`
      :host {
        --icon-size: 26px;
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: var(--space-2);
        padding: var(--space-7) var(--space-4);
        text-align: center;
      }
      .disc {
        display: grid;
        place-items: center;
        width: 56px;
        height: 56px;
        margin-bottom: var(--space-2);
        border-radius: 50%;
        background: var(--surface-sunken);
        color: var(--text-quiet);
      }
      .text {
        max-width: 42ch;
        text-wrap: balance;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--space-3);
        margin-top: var(--space-3);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-empty': UiEmpty;
  }
}
