import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { defineWords } from '../kernel/words.ts';
import { base } from '../ui/base.styles.ts';
import '../ui/ui-dialog.ts';
import { words } from './words.ts';

const keyWords = defineWords('shortcuts', {
  palette: 'Search, jump to a page or start something',
  help: 'This list',
  next: 'Next in a list',
  previous: 'Previous in a list',
  select: 'Select',
  approve: 'Approve',
  reject: 'Reject',
  open: 'Open',
  search: 'Search in a list',
  close: 'Close',
});

const keys: readonly [keys: string, what: keyof typeof keyWords][] = [
  ['Ctrl K', 'palette'],
  ['?', 'help'],
  ['/', 'search'],
  ['J', 'next'],
  ['K', 'previous'],
  ['X', 'select'],
  ['A', 'approve'],
  ['R', 'reject'],
  ['Enter', 'open'],
  ['Esc', 'close'],
];

/** Every key that does something, on one sheet. */
@customElement('shortcut-sheet')
export class ShortcutSheet extends LitElement {
  override render() {
    return html`<ui-dialog open heading=${words.shortcuts} @ui-close=${this.#onClose}>
      <dl>
        ${keys.map(
          ([combination, what]) =>
            html`<dt><kbd>${combination}</kbd></dt>
              <dd>${keyWords[what]}</dd>`,
        )}
      </dl>
    </ui-dialog>`;
  }

  #onClose = (): void => void this.dispatchEvent(new CustomEvent('ui-close'));

  static override styles = [
    base,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--space-2) var(--space-4);
        margin: 0;
      }
      dd {
        margin: 0;
      }
      kbd {
        display: inline-block;
        min-width: 28px;
        padding: 2px 8px;
        border: 1px solid var(--line);
        border-radius: var(--radius-control);
        background: var(--surface-sunken);
        font: inherit;
        font-size: var(--text-12);
        text-align: center;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'shortcut-sheet': ShortcutSheet;
  }
}
