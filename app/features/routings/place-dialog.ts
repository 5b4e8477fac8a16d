import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { fieldNote } from '../../ui/field-note.ts';
import '../../ui/ui-dialog.ts';
import type { Place } from '../places/index.ts';
import type { PlaceChoice } from './placed.ts';
import type { PlanLine } from './plan.ts';
import { words } from './words.ts';

/** So many cities of one name are offered. */
const OFFERED = 8;
const ELSEWHERE = 'elsewhere';

/** Asks where a place is: one of the cities of that name, or a country and a zone. Sends `place-chosen` and `dialog-done`. */
@customElement('place-dialog')
export class PlaceDialog extends LitElement {
  @property({ attribute: false }) line!: PlanLine;
  @property({ attribute: false }) countries: readonly string[] = [];
  @state() private chosen = '0';
  @state() private country = '';
  @state() private zone = '';
  @state() private errors: Partial<Record<'country' | 'zone', string>> = {};
  #offers: readonly Place[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    const { place, others, country, zone } = this.line.found;
    this.#offers = [...(place ? [place] : []), ...others].slice(0, OFFERED);
    this.chosen = this.#offers.length > 0 ? '0' : ELSEWHERE;
    this.country = country;
    this.zone = zone;
  }

  override render() {
    const { city, region, country } = this.line.read.written;
    const name = [city, region, country].filter(Boolean).join(', ');
    return html`<ui-dialog heading=${words.places_heading} open @ui-close=${this.#done}>
      <form class="stack" novalidate @submit=${this.#onSubmit}>
        <fieldset>
          <legend>${words.place_is(name)}</legend>
          <p class="hint">${words.places_text}</p>
          ${this.#offers.map((place, at) => this.#offer(String(at), placeLine(place)))}
          ${this.#offers.length > 0 ? this.#offer(ELSEWHERE, words.place_other) : nothing}
        </fieldset>
        ${this.chosen === ELSEWHERE ? this.#elsewhere() : nothing}
        <div class="row end">
          <button type="button" class="button" @click=${this.#done}>${words.cancel}</button>
          <button type="submit" class="button primary">${words.save_place}</button>
        </div>
      </form>
    </ui-dialog>`;
  }

  #offer(value: string, label: string) {
    return html`<label class="check">
      <input type="radio" name="place" .checked=${this.chosen === value} @change=${() => (this.chosen = value)} /><span
        >${label}</span
      >
    </label>`;
  }

  #elsewhere() {
    const names = new Intl.DisplayNames(undefined, { type: 'region' });
    const all = this.countries.map((code) => [code, names.of(code) ?? code] as const);
    const sorted = all.sort((a, b) => a[1].localeCompare(b[1]));
    return html`<div class="field">
        <label for="country">${words.country}</label>
        <select
          id="country"
          class="select"
          aria-invalid=${this.errors.country ? 'true' : 'false'}
          aria-describedby="country-note"
          @change=${(event: Event) => (this.country = (event.target as HTMLSelectElement).value)}
        >
          <option value=""></option>
          ${sorted.map(([code, name]) => html`<option value=${code} ?selected=${code === this.country}>${name}</option>`)}
        </select>
        ${fieldNote('country', this.errors.country, undefined)}
      </div>
      <div class="field">
        <label for="zone">${words.zone}</label>
        <input
          id="zone"
          class="input"
          list="zones"
          autocomplete="off"
          .value=${this.zone}
          aria-invalid=${this.errors.zone ? 'true' : 'false'}
          aria-describedby="zone-note"
          @input=${(event: Event) => (this.zone = (event.target as HTMLInputElement).value)}
        />
        <datalist id="zones">
          ${Intl.supportedValuesOf('timeZone').map((zone) => html`<option value=${zone}></option>`)}
        </datalist>
        ${fieldNote('zone', this.errors.zone, undefined)}
      </div>`;
  }

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const place = this.#offers[Number(this.chosen)];
    if (place) return this.#choose({ country: place.country, region: place.region, zone: place.zone });
    const zone = knownZone(this.zone);
    this.errors = {
      ...(!this.country && { country: words.country_missing }),
      ...(!zone && { zone: words.zone_missing }),
    };
    if (zone && this.country)
      return this.#choose({ country: this.country, region: this.line.read.written.region, zone });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };

  #choose(detail: PlaceChoice): void {
    this.dispatchEvent(new CustomEvent('place-chosen', { detail }));
  }

  #done = (): void => void this.dispatchEvent(new CustomEvent('dialog-done'));

  static override styles = [
    base,
    controls,
    css`
      fieldset {
        padding: 0;
        border: 0;
      }
    `,
  ];
}

const placeLine = ({ name, region_name, country, zone }: Place): string =>
  `${name}, ${region_name}, ${country} (${zone.replaceAll('_', ' ')})`;

/** The zone as browsers spell it, when there is one of that name. */
function knownZone(text: string): string | undefined {
  const wanted = text.trim().toLowerCase().replaceAll(' ', '_');
  return Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === wanted);
}

declare global {
  interface HTMLElementTagNameMap {
    'place-dialog': PlaceDialog;
  }
}
