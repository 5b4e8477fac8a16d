import { LitElement, css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { base } from './base.styles.ts';
import { controls } from './controls.styles.ts';
import './ui-icon.ts';

const GAP = 4;

/**
 * A button that opens a short list of slotted buttons and links; arrow keys walk it, Escape closes it.
 * Slot `trigger` replaces the three dots.
 */
@customElement('ui-menu')
export class UiMenu extends LitElement {
  @property() label = 'More';
  @property({ reflect: true }) align: 'start' | 'end' = 'end';
  /** Opens above the button, for menus at the bottom of the window. */
  @property({ type: Boolean, reflect: true }) up = false;
  /** Fills the width, for entries of a rail. */
  @property({ type: Boolean, reflect: true }) block = false;
  @state() private open = false;
  @query('.list') private list!: HTMLElement;
  @query('.trigger') private trigger!: HTMLElement;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#hide();
  }

  override render() {
    return html`
      <button
        class="button quiet trigger"
        aria-label=${this.label}
        aria-haspopup="menu"
        aria-expanded=${this.open}
        @click=${this.#toggle}
        @keydown=${this.#onTriggerKey}
      >
        <slot name="trigger"><ui-icon name="ellipsis"></ui-icon></slot>
      </button>
      <div
        class="list"
        role="menu"
        aria-label=${this.label}
        popover="manual"
        ?hidden=${!this.open}
        @click=${this.#close}
        @keydown=${this.#onKey}
      >
        <slot @slotchange=${this.#onItems}></slot>
      </div>
    `;
  }

  get #items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('button:not([slot]):not(:disabled), a:not([slot])')];
  }

  #toggle = (): void => (this.open ? this.#close() : this.#show(0));

  #show(index: number): void {
    this.open = true;
    document.addEventListener('pointerdown', this.#onOutside);
    addEventListener('resize', this.#hide);
    void this.updateComplete.then(() => {
      this.list.showPopover?.();
      this.#place();
      this.#items.at(index)?.focus();
    });
  }

  /** In the top layer and within the window's edges, so that no scrolling rail or card cuts it off. */
  #place(): void {
    const { left, right, top, bottom } = this.trigger.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.list;
    const x = this.align === 'start' ? left : right - width;
    const above = this.up || (bottom + height + GAP > innerHeight && top > height);
    const y = above ? top - height - GAP : bottom + GAP;
    this.list.style.left = `${Math.max(GAP, Math.min(x, innerWidth - width - GAP))}px`;
    this.list.style.top = `${Math.max(GAP, y)}px`;
  }

  #close = (): void => {
    this.#hide();
    this.trigger.focus();
  };

  #hide = (): void => {
    if (!this.open) return;
    this.open = false;
    this.list.hidePopover?.();
    document.removeEventListener('pointerdown', this.#onOutside);
    removeEventListener('resize', this.#hide);
  };

  #onOutside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.#hide();
  };

  #onTriggerKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.#show(event.key === 'ArrowDown' ? 0 : -1);
  };

  #onKey = (event: KeyboardEvent): void => {
    const items = this.#items;
    const now = items.indexOf(event.target as HTMLElement);
    const steps: Record<string, number> = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 };
    const step = steps[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') this.#close();
    if (step === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (step !== undefined) items.at(step % items.length)?.focus();
  };

  #onItems = (): void => {
    for (const item of this.#items) {
      item.setAttribute('role', 'menuitem');
      item.tabIndex = -1;
    }
  };

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: inline-block;
      }
      :host([block]) {
        display: block;
      }
      .trigger {
        padding: 0 6px;
      }
      :host([block]) .trigger {
        justify-content: var(--menu-justify, flex-start);
        width: 100%;
      }
      .list {
        position: fixed;
        z-index: 30;
        inset: auto;
        min-width: 200px;
        max-width: calc(100vw - 16px);
        margin: 0;
        padding: 4px;
        border: 1px solid var(--line);
        border-radius: 10px;
        background: var(--surface-raised);
        color: var(--text);
        box-shadow: var(--shadow-2);
        animation: appear var(--motion-fast) var(--ease);
      }
      ::slotted(button:not([slot])),
      ::slotted(a:not([slot])) {
        display: flex !important;
        align-items: center;
        gap: 10px;
        width: 100%;
        min-height: max(40px, var(--control));
        padding: 0 10px !important;
        border: 0 !important;
        border-radius: 6px !important;
        background: none;
        color: var(--text) !important;
        font: inherit;
        font-size: var(--text-14) !important;
        text-align: start;
        text-decoration: none;
        white-space: nowrap;
        cursor: pointer;
      }
      ::slotted(:not([slot]):hover),
      ::slotted(:not([slot]):focus-visible) {
        background: var(--surface-hover) !important;
        outline: none;
      }
      ::slotted(hr) {
        margin: 4px -4px;
        border: 0;
        border-top: 1px solid var(--line);
      }
      ::slotted(.danger) {
        color: var(--bad) !important;
      }
      @keyframes appear {
        from {
          transform: translateY(-4px);
          opacity: 0;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-menu': UiMenu;
  }
}
