import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { WhoController } from '../data/who.ts';
import { base } from '../ui/base.styles.ts';
import '../ui/ui-avatar.ts';
import '../ui/ui-icon.ts';
import '../ui/ui-menu.ts';
import { signOutHere } from './account/sign-out.ts';
import { looks, show } from './commands.ts';
import { LockEvent } from './lock/lock-event.ts';
import { ThemeController, useTheme } from './theme.ts';
import { words } from './words.ts';

/** The person at the desk: their account, the look, the keys, locking and leaving. */
@customElement('user-menu')
export class UserMenu extends LitElement {
  @property() path = '/';
  readonly #who = new WhoController(this);
  readonly #look = new ThemeController(this);

  override render() {
    const name = this.#who.value?.person.display_name ?? '';
    return html`<ui-menu block up align="start" label="${words.account}: ${name}">
      <span slot="trigger" class="me ${this.path === '/account' ? 'active' : ''}">
        <ui-avatar size="small" name=${name}></ui-avatar><span class="name">${name}</span>
      </span>
      <a href="/account"><ui-icon name="user"></ui-icon>${words.account}</a>
      <hr />
      ${looks.map(
        ({ value, label, icon }) =>
          html`<button @click=${() => useTheme(value)}>
            <ui-icon name=${icon}></ui-icon><span class="grow">${words.useTheme(label)}</span>
            ${value === this.#look.value ? html`<ui-icon name="check" label=${words.chosen}></ui-icon>` : nothing}
          </button>`,
      )}
      <hr />
      <button @click=${() => show('shortcuts')}>
        <ui-icon name="keyboard"></ui-icon><span class="grow">${words.shortcuts}</span><kbd aria-hidden="true">?</kbd>
      </button>
      <button @click=${() => this.dispatchEvent(new LockEvent())}><ui-icon name="lock"></ui-icon>${words.lock}</button>
      <button @click=${() => void signOutHere()}><ui-icon name="log-out"></ui-icon>${words.signOut}</button>
    </ui-menu>`;
  }

  static override styles = [
    base,
    css`
      :host {
        --icon-size: 18px;
        display: block;
        min-width: 0;
      }
      .me {
        display: flex;
        align-items: center;
        gap: 10px;
        min-width: 0;
        padding: 0 2px;
        color: var(--text);
        font-size: var(--text-14);
        font-weight: 550;
      }
      .name {
        overflow: hidden;
        max-width: 150px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .grow {
        flex: 1;
      }
      kbd {
        margin-inline-start: var(--space-4);
        color: var(--text-quiet);
        font: inherit;
        font-size: var(--text-12);
      }
      ui-icon[name='check'] {
        color: var(--accent-ink);
      }
      @media (max-width: 1023px) {
        :host {
          --menu-justify: center;
        }
        .name {
          display: none;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'user-menu': UserMenu;
  }
}
