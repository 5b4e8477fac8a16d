import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { WhoController, who } from '../../data/who.ts';
import { dateIn, deviceZone } from '../../kernel/day.ts';
import { asFailure, type Failure } from '../../kernel/failure.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { newId } from '../../kernel/id.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-file-button.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-page.ts';
import { openPlaces } from '../places/index.ts';
import './import-check.ts';
import './import-columns.ts';
import './import-list.ts';
import { importStyles } from './import-page.styles.ts';
import { dropSession, keepChoices, keptSession, openFile, type ImportSession } from './import-session.ts';
import { groupsOf, importGroup } from './mutations.ts';
import { planImport, type Choices, type Plan } from './plan.ts';
import { knownOf } from './queries.ts';
import { fileWords, words } from './words.ts';

type Step = 'file' | 'columns' | 'check' | 'done';
const steps: readonly (readonly [Step, string])[] = [
  ['file', words.step_file],
  ['columns', words.step_columns],
  ['check', words.step_check],
  ['done', words.step_done],
];

interface Result {
  readonly import_id: string;
  readonly added: number;
  readonly changed: number;
}

/** Lets the screen draw before work goes on. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Imports a routing in four steps: the file, its columns, a look at every row, done. Nothing is saved before the last. */
@customElement('import-page')
export class ImportPage extends LitElement {
  @property({ attribute: false }) route!: RouteMatch;
  @state() private step: Step = 'file';
  @state() private session: ImportSession | undefined;
  @state() private plan: Plan | undefined;
  @state() private result: Result | undefined;
  @state() private busy = '';
  @state() private failure: Failure | undefined;
  @state() private over = false;
  readonly #who = new WhoController(this);
  #countries: readonly string[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#who.value) void this.#attempt(words.reading, () => this.#resume());
  }

  override render() {
    const me = this.#who.value;
    if (!me) return nothing;
    if (!me.can('schedule:write'))
      return html`<ui-page heading=${words.heading} back="/shows" back-label=${words.back} width="narrow">
        <p class="quiet">${words.not_permitted}</p>
      </ui-page>`;
    const width = this.step === 'check' ? 'normal' : 'narrow';
    return html`<ui-page heading=${words.heading} back="/shows" back-label=${words.back} width=${width}>
      ${this.#steps()} ${this.#problem()}
      <div aria-live="polite">${this.busy ? html`<p class="busy">${this.busy}</p>` : nothing}</div>
      <div ?hidden=${this.busy !== ''}>${this.#content()}</div>
    </ui-page>`;
  }

  #steps() {
    const now = steps.findIndex(([step]) => step === this.step);
    return html`<ol class="steps" aria-label=${words.steps}>
      ${steps.map(
        ([, word], at) =>
          html`<li class=${at < now ? 'past' : ''} aria-current=${at === now ? 'step' : 'false'}>
            <span class="number">${at < now ? html`<ui-icon name="check"></ui-icon>` : at + 1}</span>${word}
          </li>`,
      )}
    </ol>`;
  }

  #problem() {
    if (!this.failure) return nothing;
    const text = fileWords[this.failure.code] ?? fileWords['file_unreadable'];
    return html`<p class="error problem" role="alert"><ui-icon name="circle-alert"></ui-icon>${text}</p>`;
  }

  #content() {
    const { session, plan, result } = this;
    if (this.step === 'done' && result) return this.#done(result);
    if (this.step === 'check' && session && plan)
      return html`<import-check
        .plan=${plan}
        .session=${session}
        .countries=${this.#countries}
        @places-chosen=${this.#onPlaces}
        @check-back=${() => this.#go('columns')}
        @check-done=${this.#onImport}
      ></import-check>`;
    if (this.step === 'columns' && session)
      return html`<import-columns
        .session=${session}
        @columns-changed=${this.#onChoices}
        @columns-done=${() => void this.#attempt(words.preparing, () => this.#check())}
        @columns-discard=${this.#onDiscard}
      ></import-columns>`;
    return this.#file();
  }

  #file() {
    return html`<section
        class="drop ${this.over ? 'over' : ''}"
        @dragover=${this.#onOver}
        @dragleave=${() => (this.over = false)}
        @drop=${this.#onDrop}
      >
        <ui-icon name="upload"></ui-icon>
        <h2>${words.choose_heading}</h2>
        <p class="quiet">${words.choose_text}</p>
        <ui-file-button
          icon="upload"
          look="primary"
          accept=".csv,.tsv,.txt,.xlsx,.ics,text/csv,text/calendar,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          @ui-files=${(event: CustomEvent<{ files: File[] }>) => this.#onFile(event.detail.files[0])}
          >${words.choose}</ui-file-button
        >
        <p class="quiet small wide-only">${words.drop}</p>
      </section>
      <import-list></import-list>
      <p class="tiny quiet">${words.attribution}</p>`;
  }

  #done({ added, changed }: Result) {
    return html`<section class="card stack done">
        <div class="row">
          <ui-icon name="circle-check"></ui-icon>
          <h2 tabindex="-1">${words.done_heading(added + changed)}</h2>
        </div>
        <p class="quiet">${words.done_parts(added, changed)}. ${words.done_text}</p>
        <div class="row wrap">
          <a class="button primary" href="/shows"><ui-icon name="calendar"></ui-icon>${words.see_shows}</a>
          <button class="button" @click=${this.#onAnother}>${words.another}</button>
        </div>
      </section>
      <import-list></import-list>`;
  }

  /** Does one piece of work with a word about it on the screen; what goes wrong is said, and nothing is lost. */
  async #attempt(word: string, work: () => Promise<void>): Promise<void> {
    this.busy = word;
    this.failure = undefined;
    await breathe();
    await work().catch((thrown: unknown) => (this.failure = asFailure(thrown)));
    this.busy = '';
  }

  async #resume(): Promise<void> {
    this.session = await keptSession(who().organization.id);
    if (this.session) this.step = 'columns';
  }

  #onFile(file: File | undefined): void {
    if (!file) return;
    void this.#attempt(words.reading, async () => {
      this.session = await openFile(who().organization.id, file);
      this.#go('columns');
    });
  }

  #onOver = (event: DragEvent): void => {
    event.preventDefault();
    this.over = true;
  };

  #onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    this.#onFile(event.dataTransfer?.files[0]);
  };

  #onChoices = (event: CustomEvent<{ session: ImportSession }>): void => {
    this.session = event.detail.session;
    void keepChoices(who().organization.id, this.session);
  };

  #onPlaces = (event: CustomEvent<Choices['places']>): void => {
    const session = this.session!;
    const choices = { ...session.choices, places: { ...session.choices.places, ...event.detail } };
    this.#onChoices(new CustomEvent('columns-changed', { detail: { session: { ...session, choices } } }));
    void this.#attempt(words.preparing, () => this.#check());
  };

  async #check(): Promise<void> {
    const { table, choices } = this.session!;
    const places = await openPlaces();
    this.#countries = places.countries;
    const known = await knownOf(who().organization.id);
    this.plan = await planImport(table, choices, { places, known, today: dateIn(deviceZone()) }, breathe);
    this.#go('check');
  }

  #onImport = (): void => {
    const { lines } = this.plan!;
    void this.#attempt('', async () => {
      const { id: organization_id, currency } = who().organization;
      const import_id = newId();
      const groups = groupsOf(lines, {
        organization_id,
        import_id,
        file_name: this.session!.name.slice(0, 255),
        currency,
      });
      for (const [at, group] of groups.entries()) {
        this.busy = words.saving(at + 1, groups.length);
        await importGroup(group);
      }
      const count = (action: string) => lines.filter((line) => line.action === action).length;
      this.result = { import_id, added: count('add'), changed: count('change') };
      await dropSession(organization_id);
      this.#go('done');
    });
  };

  #onDiscard = (): void => {
    void dropSession(who().organization.id);
    this.#onAnother();
  };

  #onAnother = (): void => {
    this.session = undefined;
    this.plan = undefined;
    this.result = undefined;
    this.#go('file');
  };

  #go(step: Step): void {
    this.step = step;
    void this.updateComplete.then(() => this.renderRoot.querySelector('ui-page')?.focusHeading());
  }

  static override styles = [base, controls, importStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'import-page': ImportPage;
  }
}
