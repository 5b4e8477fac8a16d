import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController, who } from '../../data/who.ts';
import { dateIn, deviceZone } from '../../kernel/day.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { fieldNote } from '../../ui/field-note.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-page.ts';
import { BANDSINTOWN_ROWS, filesOf, formats, isAnnouncement, isPublic, type Format } from './export.ts';
import { openTours, showsToWrite, type ShowToWrite } from './queries.ts';
import { saveFile } from '../../ui/save-file.ts';
import { formatWords, words } from './words.ts';

const COMING = 'coming';
const EVERY = 'every';

/** Writes shows into a file for a spreadsheet, a calendar, or the places that announce them. */
@customElement('export-page')
export class ExportPage extends LitElement {
  @property({ attribute: false }) route!: RouteMatch;
  @state() private which = COMING;
  @state() private format: Format = 'csv';
  @state() private performer = '';
  @state() private busy = false;
  readonly #who = new WhoController(this);
  readonly #tours = new LiveQuery(this, () => openTours(who().organization.id));
  readonly #shows = new LiveQuery(
    this,
    () => this.#chosen(),
    () => [this.which],
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.which = this.route.query.get('show') ?? this.route.query.get('tour') ?? COMING;
    if (this.route.query.has('show')) this.format = 'ics';
    this.performer = this.#who.value?.organization.name ?? '';
  }

  override render() {
    if (!this.#who.value) return nothing;
    return html`<ui-page heading=${words.export_heading} back="/shows" back-label=${words.back} width="narrow">
      <form class="stack loose" novalidate @submit=${this.#onSubmit}>
        <p class="quiet">${words.export_text}</p>
        ${this.#whichField()} ${this.#formatField()} ${isAnnouncement(this.format) ? this.#performerField() : nothing}
        ${this.#count()}
      </form>
    </ui-page>`;
  }

  #whichField() {
    const tours = this.#tours.value ?? [];
    const isShow = this.route.query.get('show') === this.which;
    const options = [
      ...(isShow ? [[this.which, this.#shows.value?.[0]?.show.title ?? ''] as const] : []),
      [COMING, words.export_all] as const,
      [EVERY, words.export_past] as const,
      ...tours.map(({ id, name }) => [id, name] as const),
    ];
    return html`<div class="field">
      <label for="which">${words.export_which}</label>
      <select
        id="which"
        class="select"
        @change=${(event: Event) => (this.which = (event.target as HTMLSelectElement).value)}
      >
        ${options.map(([value, label]) => html`<option value=${value} ?selected=${value === this.which}>${label}</option>`)}
      </select>
    </div>`;
  }

  #formatField() {
    return html`<fieldset class="field">
      <legend>${words.export_format}</legend>
      ${formats.map(
        (format) =>
          html`<label class="check">
            <input
              type="radio"
              name="format"
              .checked=${format === this.format}
              @change=${() => (this.format = format)}
            /><span>${formatWords[format][0]} <span class="quiet small">${formatWords[format][1]}</span></span>
          </label>`,
      )}
    </fieldset>`;
  }

  #performerField() {
    return html`<div class="field">
      <label for="performer">${words.export_performer}</label>
      <input
        id="performer"
        class="input"
        .value=${this.performer}
        aria-describedby="performer-note"
        @input=${(event: Event) => (this.performer = (event.target as HTMLInputElement).value)}
      />
      ${fieldNote('performer', undefined, words.export_performer_hint)}
    </div>`;
  }

  #count() {
    const shows = this.#going();
    if (!this.#shows.value) return nothing;
    if (shows.length === 0) return html`<p class="quiet" role="status">${words.export_none}</p>`;
    const files = this.format === 'bandsintown' ? Math.ceil(shows.length / BANDSINTOWN_ROWS) : 1;
    return html`<div class="row wrap">
      <p class="grow quiet" role="status">${words.export_count(shows.length, files)}</p>
      <button class="button primary" type="submit" ?disabled=${this.busy}>
        <ui-icon name="download"></ui-icon>${words.export_go}
      </button>
    </div>`;
  }

  /** What goes into the file: announcements are only for shows that may be announced. */
  #going(): ShowToWrite[] {
    const shows = this.#shows.value ?? [];
    if (!isAnnouncement(this.format)) return shows;
    const announced = shows.filter(isPublic);
    if (this.format === 'jsonld') return announced;
    return announced.filter(({ venue, show }) => venue && show.status !== 'cancelled');
  }

  async #chosen(): Promise<ShowToWrite[]> {
    const { id } = who().organization;
    if (this.which === EVERY) return showsToWrite(id);
    if (this.which === COMING) {
      const today = dateIn(deviceZone());
      return (await showsToWrite(id)).filter(({ show }) => show.show_date >= today);
    }
    return (await showsToWrite(id)).filter(({ show }) => show.tour_id === this.which || show.id === this.which);
  }

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    this.busy = true;
    const organization = who().organization.name;
    const name = this.#tours.value?.find(({ id }) => id === this.which)?.name ?? organization;
    const files = await filesOf(this.format, this.#going(), { name, performer: this.performer.trim(), organization });
    for (const file of files) saveFile(file);
    this.busy = false;
    toast(words.export_saved(files.map((file) => file.name).join(', ')), { tone: 'good' });
  };

  static override styles = [base, controls];
}

declare global {
  interface HTMLElementTagNameMap {
    'export-page': ExportPage;
  }
}
