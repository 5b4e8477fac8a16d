import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { getLocal, setLocal } from '../../data/db.ts';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController, who } from '../../data/who.ts';
import { formatDate, formatInstant } from '../../kernel/day.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-segmented.ts';
import '../../ui/ui-skeleton.ts';
import { showDayOf, type DayLine, type ShowDay } from './queries.ts';
import { clockText, endText, startText } from './when.ts';
import { certaintyWords, modeWords, words } from './words.ts';

/** Paper in the sizes that are used on the road. */
const papers = { a4: 'A4', letter: 'Letter', a6: 'A6' } as const;
type Paper = keyof typeof papers;

/** Margins and type by size; `@page` holds for the whole document, so it is a sheet of the document while this page is open. */
const pages: Readonly<Record<Paper, string>> = {
  a4: '@page { size: A4; margin: 14mm; }',
  letter: '@page { size: letter; margin: 0.55in; }',
  a6: '@page { size: A6; margin: 6mm; }',
};
const PAPER = 'schedule:paper';

/** A day on paper: black on white, without signal, in the size that is in the printer. */
@customElement('day-print-page')
export class DayPrintPage extends LitElement {
  @property({ attribute: false }) route!: RouteMatch;
  @state() private paper: Paper = 'a4';
  readonly #who = new WhoController(this);
  readonly #day = new LiveQuery(
    this,
    () => showDayOf(this.route.params['id']!, who().person.id),
    () => [this.route.params['id'], this.#who.value],
  );
  readonly #sheet = new CSSStyleSheet();

  override connectedCallback(): void {
    super.connectedCallback();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#sheet];
    void getLocal<Paper>(PAPER).then((paper) => (this.paper = paper ?? 'a4'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
  }

  override willUpdate(): void {
    this.#sheet.replaceSync(pages[this.paper]);
  }

  override render() {
    const back = `/shows/${this.route.params['id']}`;
    const day = this.#day.value;
    if (!day) return html`<ui-page heading=${words.print} back=${back}><ui-skeleton lines="8"></ui-skeleton></ui-page>`;
    return html`<ui-page class="chrome" heading=${words.print} back=${back}>
        <div slot="actions">
          <button class="button primary" @click=${() => print()}>${words.printNow}</button>
        </div>
        <ui-segmented
          label=${words.paper}
          .options=${Object.entries(papers).map(([value, label]) => ({ value, label }))}
          .value=${this.paper}
          @ui-change=${(event: CustomEvent<{ value: Paper }>) => this.#choose(event.detail.value)}
        ></ui-segmented>
      </ui-page>
      <div class="desk">
        <article class=${this.paper} aria-label=${words.sheetOf(day.show.title)}>${this.#page(day)}</article>
      </div>`;
  }

  #page({ show, venue, tour, lines, contacts, legs, hotels }: ShowDay) {
    const shown = lines.filter(({ item }) => item.certainty !== 'hidden' && !item.cancelled_at);
    return html`<header>
        <div>
          <h2>${venue?.city ?? show.title}</h2>
          <p>${[venue?.name, venue?.address].filter(Boolean).join(' · ')}</p>
        </div>
        <div class="day">
          <b>${formatDate(show.show_date)}</b>
          <p>${tour?.name}</p>
          <p>${show.time_zone.replaceAll('_', ' ')}</p>
        </div>
      </header>
      <table>
        <tbody>
          ${shown.map((line) => this.#line(line))}
        </tbody>
      </table>
      <div class="below">
        ${
          legs.length + hotels.length > 0
            ? html`<section>
                <h3>${words.travel}</h3>
                ${legs.map(
                  ({ leg }) =>
                    html`<p>
                      ${formatDate(leg.from_date)} ${leg.from_wall ? clockText(leg.from_wall) : certaintyWords.tbd}
                      ${modeWords[leg.mode]} ${leg.number} ${leg.from_place} –
                      ${leg.to_place}${leg.to_wall ? `, ${clockText(leg.to_wall)}` : ''}
                    </p>`,
                )}
                ${hotels.map(({ name, address, phone }) => html`<p>${[name, address, phone].filter(Boolean).join(' · ')}</p>`)}
              </section>`
            : nothing
        }
        ${
          contacts.length > 0
            ? html`<section>
                <h3>${words.contacts}</h3>
                ${contacts.map(({ name, role, phone }) => html`<p>${[name, role, phone].filter(Boolean).join(' · ')}</p>`)}
              </section>`
            : nothing
        }
      </div>
      ${show.notes ? html`<p class="notes">${show.notes}</p>` : nothing}
      <footer>${words.printed(formatInstant(new Date()))}</footer>`;
  }

  #line({ item, room, people }: DayLine) {
    const end = endText(item);
    const place = [room?.name, item.place].filter(Boolean).join(', ');
    return html`<tr>
      <td class="time">
        ${item.certainty === 'approx' ? '~' : ''}${startText(item)}${end ? html`<span>– ${end}</span>` : nothing}
      </td>
      <td>
        <b>${item.title}</b>${place ? ` · ${place}` : ''}
        ${people.length > 0 ? html`<br /><small>${people.map(({ display_name }) => display_name).join(', ')}</small>` : nothing}
        ${item.notes ? html`<br /><small>${item.notes}</small>` : nothing}
      </td>
    </tr>`;
  }

  #choose(paper: Paper): void {
    this.paper = paper;
    void setLocal(PAPER, paper);
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      .desk {
        padding: 0 var(--space-4) var(--space-6);
        overflow-x: auto;
      }
      article {
        width: 182mm;
        max-width: 100%;
        margin: 0 auto;
        padding: 8mm;
        border: 1px solid var(--line);
        background: #fff;
        color: #000;
        font-size: 11pt;
        line-height: 1.35;
      }
      article.a6 {
        width: 105mm;
        padding: 6mm;
        font-size: 8.5pt;
      }
      article header {
        display: flex;
        justify-content: space-between;
        gap: 6mm;
        padding-bottom: 3mm;
        border-bottom: 2px solid #000;
      }
      article h2 {
        font-size: 1.9em;
        line-height: 1.15;
      }
      article h3 {
        font-size: 1em;
      }
      .day {
        text-align: end;
      }
      .day b {
        font-size: 1.3em;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      tr {
        break-inside: avoid;
      }
      td {
        padding: 1.6mm 0;
        border-bottom: 1px solid #999;
        vertical-align: top;
      }
      .time {
        width: 8.5em;
        padding-inline-end: 3mm;
        font-variant-numeric: tabular-nums;
        font-weight: 700;
        white-space: nowrap;
      }
      .time span {
        margin-inline-start: 0.3em;
        font-weight: 400;
      }
      article small {
        font-size: 0.85em;
      }
      .below {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 5mm;
        margin-top: 4mm;
        font-size: 0.9em;
      }
      .a6 .below {
        grid-template-columns: 1fr;
        gap: 2mm;
      }
      .notes {
        margin-top: 3mm;
        white-space: pre-line;
      }
      footer {
        margin-top: 4mm;
        font-size: 0.8em;
      }
      @media print {
        .chrome {
          display: none;
        }
        .desk {
          padding: 0;
          overflow: visible;
        }
        article,
        article.a6 {
          width: auto;
          padding: 0;
          border: 0;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'day-print-page': DayPrintPage;
  }
}
