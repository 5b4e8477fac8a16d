import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { WhoController } from '../data/who.ts';
import { base } from '../ui/base.styles.ts';
import { controls } from '../ui/controls.styles.ts';
import '../ui/ui-avatar.ts';
import '../ui/ui-icon.ts';
import '../ui/ui-menu.ts';
import { workFor } from './commands.ts';
import { words } from './words.ts';

/** The organisation a person works for now, and the way to another of theirs. */
@customElement('organization-switcher')
export class OrganizationSwitcher extends LitElement {
  readonly #who = new WhoController(this);

  override render() {
    const who = this.#who.value;
    if (!who) return nothing;
    const { organization, organizations } = who;
    const current = html`<ui-avatar shape="square" size="small" name=${organization.name}></ui-avatar>
      <span class="name">${organization.name}</span>`;
    if (organizations.length < 2) return html`<div class="only">${current}</div>`;
    return html`<ui-menu block label="${words.switchTo}: ${organization.name}" align="start">
      <span slot="trigger" class="current">${current}<ui-icon name="chevron-down"></ui-icon></span>
      ${organizations.map(
        (each) =>
          html`<button @click=${() => this.#switch(each.id)}>
            <ui-avatar shape="square" size="small" name=${each.name}></ui-avatar><span class="grow">${each.name}</span>
            ${each.id === organization.id ? html`<ui-icon name="check"></ui-icon>` : nothing}
          </button>`,
      )}
    </ui-menu>`;
  }

  #switch(id: string): void {
    if (id !== this.#who.value?.organization.id) workFor(id);
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .only,
      .current {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-height: var(--control);
        min-width: 0;
        color: var(--text);
        font-size: var(--text-14);
        font-weight: 600;
      }
      .only {
        padding: 0 6px;
      }
      .name {
        overflow: hidden;
        max-width: 46vw;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .current {
        --icon-size: 16px;
      }
      .grow {
        flex: 1;
      }
      ui-icon[name='check'] {
        color: var(--accent-ink);
      }
      .current > ui-icon {
        color: var(--text-quiet);
      }
      @media (min-width: 768px) and (max-width: 1023px) {
        :host {
          --menu-justify: center;
        }
        .name,
        .current > ui-icon {
          display: none;
        }
        .only,
        .current {
          justify-content: center;
        }
      }
      @media (min-width: 1024px) {
        .name {
          max-width: 150px;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'organization-switcher': OrganizationSwitcher;
  }
}
