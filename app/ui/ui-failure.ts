import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Failure } from '../kernel/failure.ts';
import { base } from './base.styles.ts';
import { controls } from './controls.styles.ts';
import { uiWords } from './words.ts';
import './ui-icon.ts';

const iconOf = { weather: 'wifi-off', refusal: 'circle-alert', bug: 'triangle-alert' } as const;

/** Says in words why a part of the page is missing and offers a way out; sends `retry` when it is taken. Slot: own words. */
@customElement('ui-failure')
export class UiFailure extends LitElement {
  @property({ attribute: false }) failure: Failure | undefined;
  /** Hides the button where trying again cannot help. */
  @property({ type: Boolean, attribute: 'no-retry' }) noRetry = false;

  override render() {
    const kind = this.failure?.kind ?? 'bug';
    const text = kind === 'refusal' ? (this.failure?.message ?? '') : uiWords[`${kind}_text`];
    return html`<div class="box" role="alert">
      <ui-icon class=${kind} name=${iconOf[kind]}></ui-icon>
      <div class="grow stack tight">
        <h2>${uiWords[`${kind}_heading`]}</h2>
        <p class="quiet small"><slot>${text}</slot></p>
        ${this.noRetry ? nothing : html`<div><button class="button" @click=${this.#retry}>${uiWords.retry}</button></div>`}
      </div>
    </div>`;
  }

  #retry = (): void => {
    this.dispatchEvent(new CustomEvent('retry', { bubbles: true, composed: true }));
  };

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      .box {
        display: flex;
        gap: var(--space-3);
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        background: var(--surface-raised);
      }
      ui-icon {
        margin-top: 2px;
        color: var(--waiting);
      }
      ui-icon.refusal,
      ui-icon.bug {
        color: var(--bad);
      }
      .button {
        margin-top: var(--space-1);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-failure': UiFailure;
  }
}
