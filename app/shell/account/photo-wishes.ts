import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { uploadWishes, wishUploads, type UploadWishes } from '../../data/uploads.ts';
import { asFailure } from '../../kernel/failure.ts';
import { deviceConditions } from '../../platform/conditions.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import { currentWork } from '../work.ts';
import { words } from './photo-words.ts';
import { sentenceFor } from './words.ts';

type Switch = 'wifi_only' | 'spare_battery';

/** When photos may leave this device: two switches, each only where the browser tells what it needs to know. */
@customElement('photo-wishes')
export class PhotoWishes extends LitElement {
  readonly #wishes = new LiveQuery(this, uploadWishes);
  readonly #device = deviceConditions();
  #forget: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#forget = this.#device.onChange(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget?.();
  }

  override render() {
    const wishes = this.#wishes.value ?? {};
    const { metered, low_battery } = this.#device;
    return html`${this.#switch('wifi_only', wishes, metered === undefined, {
      name: words.wifi_only,
      hint: words.wifi_only_hint,
      unknown: words.wifi_only_unknown,
    })}
    ${this.#switch('spare_battery', wishes, low_battery === undefined, {
      name: words.spare_battery,
      hint: words.spare_battery_hint,
      unknown: words.spare_battery_unknown,
    })}`;
  }

  #switch(
    key: Switch,
    wishes: UploadWishes,
    unknown: boolean,
    say: { readonly name: string; readonly hint: string; readonly unknown: string },
  ) {
    const on = wishes[key] === true;
    // One that is on stays operable, so that it can be switched off wherever it was switched on.
    return html`<label class="line ${unknown && !on ? 'off' : ''}">
      <span class="grow">
        <span class="name">${say.name}</span>
        <span class="hint" id="${key}-hint">${unknown ? say.unknown : say.hint}</span>
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-label=${say.name}
        aria-describedby="${key}-hint"
        .checked=${on}
        ?disabled=${unknown && !on}
        @change=${(event: Event) => this.#wish({ [key]: (event.target as HTMLInputElement).checked })}
      />
    </label>`;
  }

  async #wish(change: UploadWishes): Promise<void> {
    try {
      await wishUploads(change);
      currentWork()?.engine.beat('asked');
    } catch (thrown) {
      toast(sentenceFor(asFailure(thrown)), { tone: 'bad' });
      this.requestUpdate();
    }
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      .line {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: 64px;
        padding-block: var(--space-2);
        cursor: pointer;
      }
      .line + .line {
        border-top: 1px solid var(--line);
      }
      .off,
      .off input {
        cursor: not-allowed;
      }
      .name,
      .hint {
        display: block;
      }
      .name {
        font-weight: 550;
      }
      .off .name {
        color: var(--text-quiet);
      }
      input {
        flex: none;
        position: relative;
        width: 48px;
        height: 28px;
        margin: 0;
        border-radius: var(--radius-round);
        background: var(--line-strong);
        appearance: none;
        -webkit-appearance: none;
        cursor: inherit;
        transition: background-color var(--motion-fast);
      }
      input::before {
        content: '';
        position: absolute;
        top: 3px;
        left: 3px;
        width: 22px;
        height: 22px;
        border-radius: var(--radius-round);
        background: var(--surface-raised);
        transition: transform var(--motion-fast);
      }
      input:checked {
        background: var(--accent);
      }
      input:checked::before {
        transform: translateX(20px);
      }
      input:disabled {
        opacity: 0.45;
      }
      input:focus-visible {
        outline: 2px solid var(--focus);
        outline-offset: 2px;
      }
      @media (forced-colors: active) {
        input {
          border: 1px solid ButtonText;
        }
        input::before {
          background: ButtonText;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'photo-wishes': PhotoWishes;
  }
}
