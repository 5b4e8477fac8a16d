import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Feature, NavEntry, Viewer } from '../kernel/feature.ts';
import { base } from '../ui/base.styles.ts';
import { controls } from '../ui/controls.styles.ts';
import { navigate } from '../ui/navigate.ts';
import '../ui/ui-icon.ts';
import { isAllowed } from './routes.ts';
import { words } from './words.ts';

interface Choice {
  readonly label: string;
  readonly icon: string;
  readonly path: string;
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Pages and actions by a few letters, without a mouse. */
@customElement('command-palette')
export class CommandPalette extends LitElement {
  @property({ attribute: false }) entries: readonly NavEntry[] = [];
  @property({ attribute: false }) features: readonly Feature[] = [];
  @property({ attribute: false }) viewer: Viewer | undefined;
  @state() private typed = '';
  @state() private at = 0;
  @query('dialog') private dialog!: HTMLDialogElement;

  override firstUpdated(): void {
    this.dialog.showModal();
  }

  override render() {
    const choices = this.#choices;
    return html`<dialog aria-label=${words.search} @close=${this.#onClose} @click=${this.#onBackdrop}>
      <div class="field">
        <ui-icon name="search"></ui-icon>
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="choices"
          aria-activedescendant=${choices.length > 0 ? `choice-${this.at}` : nothing}
          aria-label=${words.search}
          placeholder=${words.searchHint}
          autocomplete="off"
          autofocus
          @input=${this.#onInput}
          @keydown=${this.#onKey}
        />
      </div>
      <ul id="choices" role="listbox" aria-label=${words.search}>
        ${choices.map((choice, at) => this.#choice(choice, at))}
      </ul>
      ${choices.length === 0 ? html`<p class="quiet none" role="status">${words.nothingFound}</p>` : nothing}
    </dialog>`;
  }

  #choice({ label, icon, path }: Choice, at: number) {
    return html`<li
      id="choice-${at}"
      role="option"
      aria-selected=${at === this.at}
      @pointermove=${() => (this.at = at)}
      @click=${() => this.#go(path)}
    >
      <ui-icon name=${icon}></ui-icon>${label}
    </li>`;
  }

  get #choices(): Choice[] {
    const actions = this.features.flatMap((feature) => [...(feature.actions ?? [])]);
    const all: Choice[] = [
      ...this.entries,
      ...actions.filter((action) => isAllowed(action, this.viewer)),
      { label: words.inbox, icon: 'bell', path: '/inbox' },
      { label: words.account, icon: 'user', path: '/account' },
    ];
    const letters = plain(this.typed.trim());
    return all.filter(({ label }) => plain(label).includes(letters));
  }

  #go(path: string): void {
    this.dialog.close();
    navigate(path);
  }

  #onInput = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value;
    this.at = 0;
  };

  #onKey = (event: KeyboardEvent): void => {
    const { length } = this.#choices;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && length > 0) this.at = (this.at + step + length) % length;
    if (event.key === 'Enter' && length > 0) this.#go(this.#choices[this.at]!.path);
    if (step !== undefined || event.key === 'Enter') event.preventDefault();
  };

  #onClose = (): void => void this.dispatchEvent(new CustomEvent('ui-close'));

  #onBackdrop = (event: Event): void => {
    if (event.target === this.dialog) this.dialog.close();
  };

  static override styles = [
    base,
    controls,
    css`
      dialog {
        width: min(560px, calc(100vw - 32px));
        margin: 12vh auto auto;
        padding: 0;
        border: 1px solid var(--line);
        border-radius: 12px;
        background: var(--surface-raised);
        color: var(--text);
        box-shadow: var(--shadow-2);
      }
      dialog::backdrop {
        background: var(--backdrop);
      }
      .field {
        display: flex;
        flex-direction: row;
        align-items: center;
        gap: var(--space-2);
        padding: 0 var(--space-4);
        border-bottom: 1px solid var(--line);
        color: var(--text-quiet);
      }
      input {
        flex: 1;
        min-height: 52px;
        border: 0;
        outline: none;
        background: none;
        color: var(--text);
        font: inherit;
      }
      ul {
        max-height: 50vh;
        margin: 0;
        padding: var(--space-2);
        overflow-y: auto;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: 44px;
        padding: 0 var(--space-3);
        border-radius: var(--radius-button);
        cursor: pointer;
      }
      li ui-icon {
        color: var(--text-quiet);
      }
      li[aria-selected='true'] {
        background: var(--accent-soft);
        color: var(--accent-ink);
      }
      .none {
        padding: 0 var(--space-4) var(--space-4);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'command-palette': CommandPalette;
  }
}
