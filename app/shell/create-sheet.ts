import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Feature, Viewer } from '../kernel/feature.ts';
import { base } from '../ui/base.styles.ts';
import { controls } from '../ui/controls.styles.ts';
import { navigate } from '../ui/navigate.ts';
import '../ui/ui-dialog.ts';
import '../ui/ui-icon.ts';
import { isAllowed } from './routes.ts';
import { words } from './words.ts';

/** What the round button offers, the photo of a receipt first. */
@customElement('create-sheet')
export class CreateSheet extends LitElement {
  @property({ attribute: false }) features: readonly Feature[] = [];
  @property({ attribute: false }) viewer: Viewer | undefined;

  override render() {
    const actions = this.features.flatMap((feature) => [...(feature.actions ?? [])]);
    return html`<ui-dialog heading=${words.createWhat} open @ui-close=${this.#close}>
      <ul>
        ${actions
          .filter((action) => isAllowed(action, this.viewer))
          .map(
            ({ label, icon, path }) =>
              html`<li>
                <button @click=${() => this.#choose(path)}><ui-icon name=${icon}></ui-icon>${label}</button>
              </li>`,
          )}
      </ul>
    </ui-dialog>`;
  }

  /** The page opens within the touch, so that a camera may open too. */
  #choose(path: string): void {
    this.#close();
    navigate(path);
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('ui-close'));
  }

  static override styles = [
    base,
    controls,
    css`
      ul {
        display: grid;
        gap: var(--space-1);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      button {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        width: 100%;
        min-height: 56px;
        padding: 0 var(--space-3);
        border: 0;
        border-radius: var(--radius-card);
        background: none;
        color: var(--text);
        font: inherit;
        font-weight: 550;
        text-align: start;
        cursor: pointer;
      }
      button:hover {
        background: var(--surface-hover);
      }
      ui-icon {
        --icon-size: 22px;
        color: var(--accent-ink);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'create-sheet': CreateSheet;
  }
}
