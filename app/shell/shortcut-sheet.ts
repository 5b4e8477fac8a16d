import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { NavEntry } from '../kernel/feature.ts';
import { base } from '../ui/base.styles.ts';
import '../ui/ui-dialog.ts';
import { modifierKey, placeKeys } from './keys.ts';
import { keyWords } from './shortcut-words.ts';
import { words } from './words.ts';

type Line = readonly [keys: readonly string[], what: string];

const everywhere = (): Line[] => [
  [[modifierKey(), 'K'], keyWords.palette],
  [['C'], keyWords.create],
  [['?'], keyWords.help],
  [['Esc'], keyWords.close],
];

const inLists: readonly Line[] = [
  [['/'], keyWords.search],
  [['J'], keyWords.next],
  [['K'], keyWords.previous],
  [['Enter'], keyWords.open],
  [['X'], keyWords.select],
  [['A'], keyWords.approve],
  [['R'], keyWords.reject],
];

const inInbox: readonly Line[] = [
  [['M'], keyWords.mine],
  [['T'], keyWords.theirs],
  [['E'], keyWords.edit],
  [['Esc'], keyWords.back],
];

/** Every key that does something, on one sheet. */
@customElement('shortcut-sheet')
export class ShortcutSheet extends LitElement {
  /** The places that "G, then a letter" leads to. */
  @property({ attribute: false }) places: readonly NavEntry[] = [];

  override render() {
    return html`<ui-dialog open size="large" heading=${words.shortcuts} @ui-close=${this.#onClose}>
      <div class="columns" tabindex="0" role="group" aria-label=${words.shortcuts}>
        ${this.#section(keyWords.everywhere, everywhere())} ${this.#section(keyWords.lists, inLists)}
        ${this.#section(keyWords.inbox, inInbox)} ${this.#section(words.goTo, this.#placeLines)}
      </div>
    </ui-dialog>`;
  }

  get #placeLines(): Line[] {
    const labels = new Map(this.places.map(({ path, label }) => [path, label]));
    return [...placeKeys(this.places)].map(
      ([letter, path]) => [['G', letter.toUpperCase()], labels.get(path)!] as const,
    );
  }

  #section(heading: string, lines: readonly Line[]) {
    return html`<section>
      <h3>${heading}</h3>
      <dl>
        ${lines.map(
          ([keys, what]) =>
            html`<div>
              <dt>${what}</dt>
              <dd>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dd>
            </div>`,
        )}
      </dl>
    </section>`;
  }

  #onClose = (): void => void this.dispatchEvent(new CustomEvent('ui-close'));

  static override styles = [
    base,
    css`
      .columns {
        columns: 300px 2;
        column-gap: var(--space-6);
      }
      section {
        break-inside: avoid;
        margin-bottom: var(--space-5);
      }
      h3 {
        margin-bottom: var(--space-1);
        color: var(--text-quiet);
        font-size: var(--text-12);
        font-weight: 550;
      }
      dl div {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
        min-height: 36px;
        border-bottom: 1px solid var(--line);
        font-size: var(--text-14);
      }
      dd {
        display: flex;
        gap: var(--space-1);
      }
      kbd {
        min-width: 24px;
        padding: 1px 6px;
        border: 1px solid var(--line);
        border-bottom-width: 2px;
        border-radius: var(--radius-control);
        background: var(--surface-sunken);
        font: inherit;
        font-size: var(--text-12);
        font-weight: 550;
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
