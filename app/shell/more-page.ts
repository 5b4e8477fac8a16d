import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { WhoController } from '../data/who.ts';
import type { NavEntry } from '../kernel/feature.ts';
import { base } from '../ui/base.styles.ts';
import { controls } from '../ui/controls.styles.ts';
import '../ui/ui-avatar.ts';
import '../ui/ui-icon.ts';
import '../ui/ui-page.ts';
import '../ui/ui-segmented.ts';
import { signOutHere } from './account/sign-out.ts';
import { looks } from './commands.ts';
import { LockEvent } from './lock/lock-event.ts';
import './nav-count.ts';
import { entriesOf, otherEntries } from './navigation.ts';
import { allFeatures } from './registry.ts';
import { isAllowed } from './routes.ts';
import { ThemeController, useTheme, type Theme } from './theme.ts';
import { words } from './words.ts';

/** What a phone's bottom bar has no room for. */
@customElement('more-page')
export class MorePage extends LitElement {
  readonly #who = new WhoController(this);
  readonly #look = new ThemeController(this);

  override render() {
    return html`<ui-page heading=${words.more} width="narrow">
      <div class="stack loose">
        ${this.#me()}
        <nav class="list" aria-label=${words.more}>${this.#entries.map((entry) => this.#entry(entry))}</nav>
        <section class="stack tight">
          <h2>${words.theme}</h2>
          <ui-segmented
            label=${words.theme}
            .options=${looks}
            .value=${this.#look.value}
            @ui-change=${this.#onTheme}
          ></ui-segmented>
        </section>
        <div class="list">
          <button class="list-row" @click=${() => this.dispatchEvent(new LockEvent())}>
            <ui-icon name="lock"></ui-icon>${words.lock}
          </button>
          <button class="list-row" @click=${() => void signOutHere()}>
            <ui-icon name="log-out"></ui-icon>${words.signOut}
          </button>
        </div>
      </div>
    </ui-page>`;
  }

  #me() {
    const who = this.#who.value;
    const name = who?.person.display_name ?? '';
    return html`<div class="list">
      <a class="list-row me" href="/account">
        <ui-avatar name=${name}></ui-avatar>
        <span class="grow"><b class="ellipsis">${name}</b><span class="quiet small ellipsis">${who?.email}</span></span>
        <ui-icon name="chevron-right"></ui-icon>
      </a>
    </div>`;
  }

  #entry({ path, label, icon, count }: NavEntry) {
    return html`<a class="list-row" href=${path}>
      <ui-icon name=${icon}></ui-icon><span class="grow">${label}</span>
      ${count ? html`<nav-count .count=${count}></nav-count>` : ''}
      <ui-icon name="chevron-right"></ui-icon>
    </a>`;
  }

  get #entries(): NavEntry[] {
    const who = this.#who.value;
    const viewer = who && { user_id: who.user_id, can: (permission: string) => who.can(permission as never) };
    return otherEntries(entriesOf(allFeatures()).filter((entry) => isAllowed(entry, viewer)));
  }

  #onTheme = (event: CustomEvent<{ value: Theme }>): void => useTheme(event.detail.value);

  static override styles = [
    base,
    controls,
    css`
      .list-row ui-icon {
        color: var(--text-quiet);
      }
      ui-icon[name='chevron-right'] {
        --icon-size: 18px;
      }
      .list-row {
        min-height: 52px;
      }
      .me {
        min-height: 72px;
      }
      .me .grow {
        display: grid;
      }
      b {
        font-weight: 600;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'more-page': MorePage;
  }
}
