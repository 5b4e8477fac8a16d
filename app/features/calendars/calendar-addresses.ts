import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { who } from '../../data/who.ts';
import { ask } from '../../ui/ask.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-icon.ts';
import { makeAddress, removeAddress, renewAddress } from './mutations.ts';
import { addressesOf, type Address } from './queries.ts';
import { words } from './words.ts';

/** So many places of an address are shown before one asks for the rest. */
const FEW = 4;

/** The secret addresses at which calendars outside read one's days, a tour or a room: made, renewed and taken away here. */
@customElement('calendar-addresses')
export class CalendarAddresses extends LitElement {
  /** Where the server is, as an origin. */
  @property() server = '';
  @state() private all = false;
  readonly #addresses = new LiveQuery(
    this,
    () => addressesOf(who(), words.mine),
    () => [who().person.id],
  );

  override render() {
    const addresses = this.#addresses.value ?? [];
    const [made, others] = [addresses.filter(({ id }) => id), addresses.filter(({ id }) => !id)];
    const shown = [...made, ...others.slice(0, this.all ? Infinity : FEW)];
    const hidden = addresses.length - shown.length;
    return html`<p class="hint">${words.lead}</p>
      <ul>
        ${shown.map((one) => html`<li>${one.id ? this.#made(one, one.id) : this.#unmade(one)}</li>`)}
      </ul>
      ${
        hidden > 0
          ? html`<button class="button quiet" @click=${() => (this.all = true)}>${words.more(hidden)}</button>`
          : nothing
      }`;
  }

  #unmade(address: Address) {
    return html`<div class="row">
      <p class="grow name ellipsis">${address.name}</p>
      <button class="button" aria-label=${words.make_of(address.name)} @click=${() => void this.#make(address)}>
        ${words.make}
      </button>
    </div>`;
  }

  #made({ name, secret }: Address, id: string) {
    return html`<p class="name">${name}</p>
      ${secret ? this.#address(name, `${this.server}/functions/v1/calendar/${secret}.ics`) : html`<p class="hint">${words.elsewhere}</p>`}
      <div class="row wrap">
        <button class="button quiet" aria-label="${words.renew}: ${name}" @click=${() => void this.#renew(id)}>
          <ui-icon name="refresh-cw"></ui-icon>${words.renew}
        </button>
        <button class="button quiet danger" aria-label="${words.remove}: ${name}" @click=${() => void this.#remove(id)}>
          <ui-icon name="trash-2"></ui-icon>${words.remove}
        </button>
      </div>`;
  }

  #address(name: string, address: string) {
    return html`<div class="address">
      <input
        class="input"
        readonly
        aria-label=${words.address_of(name)}
        .value=${address}
        @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
      />
      <button class="button" @click=${() => void this.#copy(address)}>${words.copy}</button>
      <a class="button" href=${address.replace(/^https?:/, 'webcal:')}>${words.subscribe}</a>
    </div>`;
  }

  async #make({ tour_id, room_id }: Address): Promise<void> {
    const { organization, person } = who();
    await makeAddress({ organization_id: organization.id, person_id: person.id, tour_id, room_id });
    toast(words.made, { tone: 'good' });
  }

  async #copy(address: string): Promise<void> {
    const done = await navigator.clipboard.writeText(address).then(
      () => true,
      () => false,
    );
    toast(done ? words.copied : words.not_copied, { tone: done ? 'good' : 'warn' });
  }

  async #renew(id: string): Promise<void> {
    const question = { heading: words.renew_heading, text: words.renew_text, confirm: words.renew };
    if (await ask(question)) await renewAddress(id);
  }

  async #remove(id: string): Promise<void> {
    const question = { heading: words.remove_heading, text: words.remove_text, confirm: words.remove, danger: true };
    if (await ask(question)) await removeAddress(id);
  }

  static override styles = [
    base,
    controls,
    css`
      /* A long name is cut short; it does not make the page wider. */
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
      }
      li {
        display: flex;
        flex-direction: column;
        gap: var(--space-2);
        padding: var(--space-3) 0;
        border-top: 1px solid var(--line);
      }
      ul {
        margin-top: var(--space-3);
      }
      .name {
        font-weight: 550;
      }
      .address {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        min-width: 0;
        gap: var(--space-2);
      }
      @media (max-width: 767px) {
        .address {
          grid-template-columns: 1fr 1fr;
        }
        .address .input {
          grid-column: 1 / -1;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'calendar-addresses': CalendarAddresses;
  }
}
