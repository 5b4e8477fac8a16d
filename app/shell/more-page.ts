import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { attention } from '../data/needs-attention.ts';
import { LiveQuery } from '../data/live-query.ts';
import { WhoController } from '../data/who.ts';
import { base } from '../ui/base.styles.ts';
import { controls } from '../ui/controls.styles.ts';
import '../ui/ui-avatar.ts';
import '../ui/ui-icon.ts';
import '../ui/ui-page.ts';
import '../ui/ui-segmented.ts';
import { allFeatures } from './registry.ts';
import { entriesOf, otherEntries } from './navigation.ts';
import { isAllowed } from './routes.ts';
import { theme, useTheme, type Theme } from './theme.ts';
import { words } from './words.ts';

/** What a phone's bottom bar has no room for. */
@customElement('more-page')
export class MorePage extends LitElement {
  @state() private look = theme();
  readonly #who = new WhoController(this);
  readonly #attention = new LiveQuery(this, attention);

  override render() {
    const who = this.#who.value;
    const viewer = who && { user_id: who.user_id, can: (permission: string) => who.can(permission as never) };
    const entries = otherEntries(entriesOf(allFeatures()).filter((entry) => isAllowed(entry, viewer)));
    const waiting = this.#attention.value?.length ?? 0;
    return html`<ui-page heading=${words.more} width="narrow">
      <nav class="card" aria-label=${words.more}>
        <a href="/account" class="me">
          <ui-avatar name=${who?.person.display_name ?? ''}></ui-avatar>
          <span class="grow"
            ><b>${who?.person.display_name}</b><br /><span class="quiet small">${who?.email}</span></span
          >
          <ui-icon name="chevron-right"></ui-icon>
        </a>
        <a href="/inbox">
          <ui-icon name="bell"></ui-icon
          ><span class="grow">${words.inbox}</span>
          ${waiting > 0 ? html`<b class="bad">${waiting}</b>` : nothing}<ui-icon name="chevron-right"></ui-icon>
        </a>
        ${entries.map(
          ({ path, label, icon }) =>
            html`<a href=${path}>
              <ui-icon name=${icon}></ui-icon><span class="grow">${label}</span><ui-icon name="chevron-right"></ui-icon>
            </a>`,
        )}
      </nav>
      <section class="look">
        <h2>${words.theme}</h2>
        <ui-segmented
          label=${words.theme}
          .options=${[
            { value: 'system', label: words.themeSystem },
            { value: 'light', label: words.themeLight },
            { value: 'dark', label: words.themeDark },
          ]}
          .value=${this.look}
          @ui-change=${this.#onTheme}
        ></ui-segmented>
      </section>
    </ui-page>`;
  }

  #onTheme = (event: CustomEvent<{ value: Theme }>): void => {
    this.look = event.detail.value;
    useTheme(this.look);
  };

  static override styles = [
    base,
    controls,
    css`
      nav {
        padding: 0;
        overflow: hidden;
      }
      nav a {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: 52px;
        padding: var(--space-1) var(--space-4);
        color: var(--text);
        text-decoration: none;
      }
      nav a + a {
        border-top: 1px solid var(--line);
      }
      nav a:hover {
        background: var(--surface-hover);
      }
      .me {
        min-height: 72px;
      }
      .grow {
        flex: 1;
        min-width: 0;
      }
      nav ui-icon {
        color: var(--text-quiet);
      }
      .bad {
        color: var(--bad);
      }
      .look {
        margin-top: var(--space-5);
        display: grid;
        gap: var(--space-2);
      }
      h2 {
        font-size: var(--text-16);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'more-page': MorePage;
  }
}
