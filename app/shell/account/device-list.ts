import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { formatInstant } from '../../kernel/day.ts';
import { authPort, type DeviceInfo } from '../../platform/auth-port.ts';
import { ask } from '../../ui/ask.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-skeleton.ts';
import { Attempt } from '../sign-in/attempt.ts';
import { sentenceFor, words } from './words.ts';

/** Where this person is signed in; one device or all others can be signed out. Needs signal, and says so. */
@customElement('device-list')
export class DeviceList extends LitElement {
  @state() private devices: readonly DeviceInfo[] | undefined;
  readonly #loading = new Attempt(this);
  readonly #ending = new Attempt(this);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('online', this.#onReturn);
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('online', this.#onReturn);
  }

  override render() {
    if (this.#loading.failure && !this.devices) return this.#unreachable();
    if (!this.devices) return html`<ui-skeleton lines="2" row-height="64"></ui-skeleton>`;
    const others = this.devices.filter((device) => !device.here);
    return html`
      <ul>
        ${this.devices.map((device) => this.#device(device))}
      </ul>
      ${this.#ending.failure ? html`<p class="error" role="alert">${sentenceFor(this.#ending.failure)}</p>` : nothing}
      ${
        others.length === 0
          ? html`<p class="hint">${words.devices_none}</p>`
          : html`<button class="button danger" @click=${this.#onEndOthers}>
              <ui-icon name="log-out"></ui-icon>${words.devices_end_others}
            </button>`
      }
    `;
  }

  #unreachable() {
    const { failure } = this.#loading;
    const text = failure!.kind === 'weather' ? words.devices_offline : sentenceFor(failure!);
    return html`<div class="row wrap">
      <p class="hint grow" role="status">${text}</p>
      <button class="button" @click=${this.#load}>${words.retry}</button>
    </div>`;
  }

  #device(device: DeviceInfo) {
    const { name, here, last_seen_at, trusted } = device;
    const phone = /Android|iPhone|iPad/.test(name);
    return html`<li>
      <ui-icon name=${phone ? 'smartphone' : 'monitor'}></ui-icon>
      <div class="grow">
        <p class="name">
          ${name} ${here ? html`<ui-badge tone="good" icon="check">${words.device_here}</ui-badge>` : nothing}
        </p>
        <p class="hint">
          ${here ? words.device_now : words.device_seen(formatInstant(last_seen_at))}${
            trusted ? ` · ${words.device_trusted}` : ''
          }
        </p>
      </div>
      ${
        here
          ? nothing
          : html`<button
              class="button"
              aria-label=${words.device_end_label(name)}
              @click=${() => void this.#end(device)}
            >
              ${words.device_end}
            </button>`
      }
    </li>`;
  }

  #onReturn = (): void => void this.#load();

  #load = async (): Promise<void> => {
    await this.#loading.run(async () => {
      this.devices = await authPort().devices();
    });
  };

  async #end({ id, name }: DeviceInfo): Promise<void> {
    if (!(await this.#ending.run(() => authPort().endDevice(id)))) return;
    toast(words.device_ended(name));
    await this.#load();
  }

  #onEndOthers = async (): Promise<void> => {
    const question = {
      heading: words.devices_end_heading,
      text: words.devices_end_text,
      confirm: words.devices_end_others,
      danger: true,
    };
    if (!(await ask(question)) || !(await this.#ending.run(() => authPort().signOut('others')))) return;
    toast(words.devices_ended);
    await this.#load();
  };

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
        justify-items: start;
      }
      :host > * {
        max-width: 100%;
      }
      ul,
      .row,
      ui-skeleton {
        width: 100%;
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: 64px;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      li > ui-icon {
        color: var(--text-quiet);
      }
      .name {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px var(--space-2);
        font-weight: 550;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'device-list': DeviceList;
  }
}
