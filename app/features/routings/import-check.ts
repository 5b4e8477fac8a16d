import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatDate } from '../../kernel/day.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-badge.ts';
import type { Tone } from '../../ui/ui-badge.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-segmented.ts';
import { statusWords } from '../tours/index.ts';
import type { ShowStatus } from '../../data/schema.gen.ts';
import { checkStyles } from './import-check.styles.ts';
import type { ImportSession } from './import-session.ts';
import './place-dialog.ts';
import type { Change, Plan, PlanLine } from './plan.ts';
import { saveFile } from '../../ui/save-file.ts';
import { leftOut } from './csv-files.ts';
import { changeWords, problemWords, words } from './words.ts';

type Filter = 'all' | 'look' | 'change' | 'wrong';
const inFilter: Readonly<Record<Filter, (line: PlanLine) => boolean>> = {
  all: () => true,
  look: ({ problems, action }) => problems.length > 0 && action !== 'wrong',
  change: ({ action }) => action === 'change',
  wrong: ({ action }) => action === 'wrong',
};
const looks: Readonly<Record<PlanLine['action'], readonly [Tone, string, string]>> = {
  add: ['good', 'plus', words.action_add],
  change: ['accent', 'pencil', words.action_change],
  same: ['neutral', 'check', words.action_same],
  wrong: ['bad', 'x', words.action_wrong],
};
/** So many rows are drawn at a time. */
const PAGE = 100;

/** Every row of a file with what would become of it. Sends `places-chosen`, `check-back` and `check-done`. */
@customElement('import-check')
export class ImportCheck extends LitElement {
  @property({ attribute: false }) plan!: Plan;
  @property({ attribute: false }) session!: ImportSession;
  @property({ attribute: false }) countries: readonly string[] = [];
  @state() private filter: Filter | undefined;
  @state() private shown = PAGE;
  @state() private correcting: PlanLine | undefined;

  override render() {
    const { lines } = this.plan;
    const count = (filter: Filter): number => lines.filter(inFilter[filter]).length;
    const filter = this.filter ?? (count('wrong') > 0 ? 'wrong' : count('look') > 0 ? 'look' : 'all');
    const found = lines.filter(inFilter[filter]);
    return html`<div class="stack">
        <h2>${words.check_heading}</h2>
        ${this.#summary()} ${this.#filters(filter, count)}
        ${found.length === 0 ? html`<p class="quiet none">${words.none_in_filter}</p>` : this.#list(found)}
        ${
          found.length > this.shown
            ? html`<button class="button" @click=${() => (this.shown += PAGE)}>
                ${words.more(Math.min(PAGE, found.length - this.shown))}
              </button>`
            : nothing
        }
      </div>
      ${this.#buttons()}
      ${
        this.correcting
          ? html`<place-dialog
              .line=${this.correcting}
              .countries=${this.countries}
              @dialog-done=${() => (this.correcting = undefined)}
              @place-chosen=${this.#onPlace}
            ></place-dialog>`
          : nothing
      }`;
  }

  #summary() {
    const count = (action: PlanLine['action']): number =>
      this.plan.lines.filter((line) => line.action === action).length;
    const parts: readonly [number, string][] = [
      [count('add'), words.summary_add(count('add'))],
      [count('change'), words.summary_change(count('change'))],
      [count('same'), words.summary_same(count('same'))],
      [count('wrong'), words.summary_wrong(count('wrong'))],
    ];
    return html`<p role="status">
      ${parts
        .filter(([n]) => n > 0)
        .map(([, text]) => text)
        .join(' · ')}
    </p>`;
  }

  #filters(filter: Filter, count: (filter: Filter) => number) {
    const options = (
      [
        ['all', words.filter_all],
        ['look', words.filter_look],
        ['change', words.filter_change],
        ['wrong', words.filter_wrong],
      ] as const
    ).map(([value, label]) => ({ value, label, count: count(value) }));
    return html`<ui-segmented
      label=${words.filter}
      .options=${options}
      .value=${filter}
      @ui-change=${this.#onFilter}
    ></ui-segmented>`;
  }

  #list(found: readonly PlanLine[]) {
    return html`<ul class="list">
      ${found.slice(0, this.shown).map((line) => this.#line(line))}
    </ul>`;
  }

  #line(line: PlanLine) {
    const [tone, icon, word] = looks[line.action];
    const { draft, read } = line;
    const date = draft?.show_date ?? read.date;
    return html`<li class="line">
      <div class="facts">
        <p class="what">
          <span class="tiny quiet number">${words.line_of(line.line)}</span>
          <b class="number">${date ? formatDate(date) : '—'}</b>
          <span class="ellipsis"
            >${[read.written.venue, read.city].filter(Boolean).join(', ') || read.title || '—'}</span
          >
        </p>
        ${this.#about(line)} ${line.changes.map((change) => this.#change(change))}
        ${line.problems.map(
          ({ code, grave, facts }) =>
            html`<p class="small ${grave ? 'grave' : 'mild'}">
              <ui-icon name=${grave ? 'circle-alert' : 'triangle-alert'}></ui-icon>${problemWords[code](...facts)}
            </p>`,
        )}
      </div>
      <div class="side">
        <ui-badge tone=${tone} icon=${icon}>${word}</ui-badge>
        ${
          line.problems.some(({ code }) => code === 'place_unknown' || code === 'place_unsure') ||
          line.found.certainty === 'likely'
            ? this.#correct(line)
            : nothing
        }
      </div>
    </li>`;
  }

  #about({ draft, found }: PlanLine) {
    if (!draft) return nothing;
    const parts = [draft.time_zone.replaceAll('_', ' '), found.country, statusWords[draft.status], draft.tour?.name];
    return html`<p class="small quiet ellipsis">${parts.filter(Boolean).join(' · ')}</p>`;
  }

  #change({ field, before, after }: Change): TemplateResult {
    const word = (value: string): string =>
      field === 'status' ? statusWords[value as ShowStatus] : field === 'show_date' ? formatDate(value) : value || '—';
    return html`<p class="small change">
      <span class="quiet">${changeWords[field]}</span> <b>${word(after)}</b>
      <span class="quiet">${words.was} ${word(before)}</span>
    </p>`;
  }

  #correct(line: PlanLine) {
    return html`<button
      class="button quiet"
      aria-label="${words.correct_place}, ${words.line_of(line.line)}"
      @click=${() => (this.correcting = line)}
    >
      <ui-icon name="map-pin"></ui-icon>${words.correct_place}
    </button>`;
  }

  #buttons() {
    const { lines } = this.plan;
    const wrong = lines.filter(inFilter.wrong).length;
    const going = lines.filter(({ action, unlinked }) => action === 'add' || action === 'change' || unlinked).length;
    return html`<div class="bar">
      <button class="button" @click=${() => this.dispatchEvent(new CustomEvent('check-back'))}>
        ${words.back_columns}
      </button>
      ${wrong > 0 ? html`<button class="button quiet" @click=${this.#onReport}>${words.report}</button>` : nothing}
      ${
        going === 0
          ? html`<p class="quiet grow">${wrong < lines.length ? words.nothing_to_do : nothing}</p>`
          : html`<button class="button primary" @click=${() => this.dispatchEvent(new CustomEvent('check-done'))}>
              ${wrong > 0 ? words.import_rest(going, wrong) : words.import_n(going)}
            </button>`
      }
    </div>`;
  }

  #onFilter = (event: CustomEvent<{ value: Filter }>): void => {
    this.filter = event.detail.value;
    this.shown = PAGE;
  };

  #onPlace = (event: CustomEvent<unknown>): void => {
    const key = this.correcting!.place;
    this.correcting = undefined;
    this.dispatchEvent(new CustomEvent('places-chosen', { detail: { [key]: event.detail } }));
  };

  #onReport = (): void => {
    const { name, table } = this.session;
    saveFile(leftOut(name, table, this.plan.lines));
  };

  static override styles = [base, controls, checkStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'import-check': ImportCheck;
  }
}
