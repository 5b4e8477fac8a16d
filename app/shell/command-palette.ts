import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { currentWho } from '../data/who.ts';
import type { Feature, NavEntry, Viewer } from '../kernel/feature.ts';
import { base } from '../ui/base.styles.ts';
import { navigate } from '../ui/navigate.ts';
import '../ui/ui-icon.ts';
import { paletteStyles } from './command-palette.styles.ts';
import { frameCommands, type Command } from './commands.ts';
import { answering, type CommandGroup } from './palette-choices.ts';
import { isAllowed } from './routes.ts';
import { words } from './words.ts';

/** Pages, actions and commands by a few letters, without a mouse. */
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
    document.documentElement.classList.add('behind-dialog');
  }

  override updated(): void {
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  override render() {
    const groups = answering(this.#groups, this.typed);
    const found = groups.flatMap(({ commands }) => commands);
    return html`<dialog aria-label=${words.search} @close=${this.#onClose} @click=${this.#onBackdrop}>
      <div class="line">
        <ui-icon name="search"></ui-icon>
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="choices"
          aria-activedescendant=${found.length > 0 ? `choice-${this.at}` : nothing}
          aria-label=${words.search}
          placeholder=${words.searchHint}
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          autofocus
          @input=${this.#onInput}
          @keydown=${this.#onKey}
        />
        <kbd aria-hidden="true">Esc</kbd>
      </div>
      <div id="choices" role="listbox" tabindex="-1" aria-label=${words.search}>
        ${groups.map(({ heading, commands }) => this.#group(heading, commands, found))}
      </div>
      ${found.length === 0 ? html`<p class="quiet none" role="status">${words.nothingFound}</p>` : nothing}
    </dialog>`;
  }

  #group(heading: string, commands: readonly Command[], found: readonly Command[]) {
    return html`<div role="group" aria-label=${heading}>
      <div class="heading" aria-hidden="true">${heading}</div>
      ${commands.map((command) => this.#choice(command, found.indexOf(command)))}
    </div>`;
  }

  #choice(command: Command, at: number) {
    return html`<div
      class="choice"
      id="choice-${at}"
      role="option"
      aria-selected=${at === this.at}
      @pointermove=${() => (this.at = at)}
      @click=${() => this.#run(command)}
    >
      <ui-icon name=${command.icon}></ui-icon>${command.label}
    </div>`;
  }

  get #groups(): CommandGroup[] {
    const go = ({ label, icon, path }: { label: string; icon: string; path: string }): Command => ({
      label,
      icon,
      run: () => navigate(path),
    });
    const account = { label: words.account, icon: 'user', path: '/account' };
    const actions = this.features.flatMap((feature) => [...(feature.actions ?? [])]);
    return [
      { heading: words.goTo, commands: [...this.entries, account].map(go) },
      { heading: words.actions, commands: actions.filter((each) => isAllowed(each, this.viewer)).map(go) },
      { heading: words.also, commands: frameCommands(currentWho()) },
    ];
  }

  /** The dialog closes first: what runs may open another one. */
  #run(command: Command): void {
    this.dialog.close();
    command.run(this);
  }

  #onInput = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value;
    this.at = 0;
  };

  #onKey = (event: KeyboardEvent): void => {
    const found = answering(this.#groups, this.typed).flatMap(({ commands }) => commands);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) this.at = (this.at + step + found.length) % found.length;
    if (step !== undefined || event.key === 'Enter') event.preventDefault();
    const chosen = found[this.at];
    if (event.key === 'Enter' && chosen) this.#run(chosen);
  };

  #onClose = (): void => {
    document.documentElement.classList.remove('behind-dialog');
    this.dispatchEvent(new CustomEvent('ui-close'));
  };

  #onBackdrop = (event: Event): void => {
    if (event.target === this.dialog) this.dialog.close();
  };

  static override styles = [base, paletteStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'command-palette': CommandPalette;
  }
}
