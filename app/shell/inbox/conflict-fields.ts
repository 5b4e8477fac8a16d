import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Resolutions, Values } from '../../data/decisions.ts';
import { LiveQuery } from '../../data/live-query.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-icon.ts';
import { resolutionsOf, resultOf, sends, stays, type Choice } from './choices.ts';
import { conflictFieldsStyles } from './conflict-fields.styles.ts';
import './field-choice.ts';
import type { FieldChoice, Take, Taken } from './field-choice.ts';
import type { Entry, ItemView, LineView } from './item-view.ts';
import { valueWords } from './value-words.ts';
import { words } from './words.ts';

/** What a choice was made over: when theirs changes again, it is no choice any more. */
interface Decided extends Taken {
  readonly over: string;
}

/** Mine beside theirs, line by line, with the result as it will be sent. Sends `item-decided`: `detail.resolutions`, none when all stays. */
@customElement('conflict-fields')
export class ConflictFields extends LitElement {
  @property({ attribute: false }) view!: ItemView;
  @state() private taken: ReadonlyMap<string, Decided> = new Map();
  readonly #results = new LiveQuery(
    this,
    () => resultsOf(this.view.lines, this.#choices),
    () => [this.view, this.taken],
  );

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('view')) this.#dropOutdated();
  }

  override render() {
    const { lines } = this.view;
    return html`
      <div class="shortcuts">
        <button class="button" aria-keyshortcuts="m" @click=${() => this.keepAll('mine')}>
          ${words.keepMine} <kbd aria-hidden="true">m</kbd>
        </button>
        <button class="button" aria-keyshortcuts="t" @click=${() => this.keepAll('theirs')}>
          ${words.keepTheirs} <kbd aria-hidden="true">t</kbd>
        </button>
        <slot></slot>
      </div>
      <div class="lines">
        ${repeat(
          lines,
          ({ key }) => key,
          (line) => this.#line(line),
        )}
      </div>
      ${this.#result()} ${this.#send()}
    `;
  }

  /** Settles every line one way at once. */
  keepAll(take: 'mine' | 'theirs'): void {
    const { lines } = this.view;
    const all = new Map<string, Choice>(lines.map(({ key }) => [key, take]));
    this.#decide(take === 'mine' ? resolutionsOf(lines, all) : undefined);
  }

  /** Opens the first line that is not decided for typing. */
  edit(): void {
    const all = [...this.renderRoot.querySelectorAll<FieldChoice>('field-choice')];
    (all.find(({ take }) => take === '') ?? all[0])?.choose('edit');
  }

  /** Moves the focus to the first line. */
  override focus(): void {
    this.renderRoot.querySelector('field-choice')?.focus();
  }

  get #choices(): ReadonlyMap<string, Choice> {
    const found = new Map<string, Choice>();
    for (const [key, { take, values }] of this.taken) {
      if (take !== 'edit') found.set(key, take);
      else if (values) found.set(key, values);
    }
    return found;
  }

  #line(line: LineView) {
    const take: Take | '' = this.taken.get(line.key)?.take ?? '';
    return html`<field-choice
      .line=${line}
      .take=${take}
      organization-id=${this.view.organization_id}
      @line-taken=${(event: CustomEvent<Taken>) => this.#take(line, event.detail)}
    ></field-choice>`;
  }

  #take(line: LineView, taken: Taken): void {
    this.taken = new Map(this.taken).set(line.key, { ...taken, over: JSON.stringify(line.theirs) });
  }

  /** A choice was made beside what theirs was then. */
  #dropOutdated(): void {
    const { lines } = this.view;
    const fits = ([key, { over }]: [string, Decided]) =>
      lines.some((line) => line.key === key && JSON.stringify(line.theirs) === over);
    const kept = [...this.taken].filter(fits);
    const changed = lines.some(({ key }) => this.taken.has(key) && !kept.some(([other]) => other === key));
    if (kept.length < this.taken.size) this.taken = new Map(kept);
    if (changed) toast(words.changedAgain, { tone: 'warn' });
  }

  #result() {
    const all = this.#results.value ?? [];
    const { along, found, again } = this.view;
    const sent = [...all.filter((each) => !each.stays), ...along];
    const left = all.filter((each) => each.stays);
    const steps = found.operations.some(({ op }) => op === 'cmd') && again.label;
    const nothingLeaves = this.#open.length === 0 && !sends(found, this.view.lines, this.#choices);
    return html`<section class="result" aria-label=${words.result}>
      <h3>${words.result}</h3>
      ${nothingLeaves ? html`<p class="small quiet">${words.resultNothing}</p>` : entries(sent, 'sent')}
      ${found.files > 0 ? html`<p class="small quiet">${words.photos(found.files)}</p>` : nothing}
      ${steps ? html`<p class="small quiet">${words.andStep}: ${again.label}</p>` : nothing}
      ${
        left.length > 0 && !nothingLeaves
          ? html`<h3>${words.staysHeading}</h3>
              ${entries(left, 'left')}`
          : nothing
      }
    </section>`;
  }

  #send() {
    const { lines, found } = this.view;
    const open = this.#open.length;
    const label = open > 0 || sends(found, lines, this.#choices) ? words.send : words.sendNothing;
    return html`<div class="send">
      <span class="small quiet" role="status">${words.decided(lines.length - open, lines.length)}</span>
      <button class="button primary" @click=${this.#onSend}>
        <ui-icon name=${label === words.send ? 'send' : 'check'}></ui-icon>${label}
      </button>
    </div>`;
  }

  get #open(): readonly LineView[] {
    const choices = this.#choices;
    return this.view.lines.filter(({ key }) => !choices.has(key));
  }

  #onSend = (): void => {
    const [first] = this.#open;
    const { lines, found } = this.view;
    const choices = this.#choices;
    if (!first) return this.#decide(sends(found, lines, choices) ? resolutionsOf(lines, choices) : undefined);
    toast(words.decideFirst(this.#open.length), { tone: 'warn', key: 'decide-first' });
    const all = [...this.renderRoot.querySelectorAll<FieldChoice>('field-choice')];
    all.find(({ line }) => line.key === first.key)?.focus();
  };

  #decide(resolutions: Resolutions | undefined): void {
    this.dispatchEvent(new CustomEvent('item-decided', { detail: { resolutions } }));
  }

  static override styles = [base, controls, conflictFieldsStyles];
}

interface Result extends Entry {
  readonly stays: boolean;
  readonly open: boolean;
}

async function resultsOf(lines: readonly LineView[], choices: ReadonlyMap<string, Choice>): Promise<Result[]> {
  return Promise.all(
    lines.map(async (line) => {
      const choice = choices.get(line.key);
      const values: Values = choice === undefined ? {} : resultOf(line, choice);
      const value = choice === undefined ? words.undecided : await valueWords(line.table, line.fields, values);
      return { name: line.name, value, stays: stays(line, choice), open: choice === undefined };
    }),
  );
}

const entries = (all: readonly (Entry & { open?: boolean })[], look: string) =>
  html`<dl class=${look}>
    ${all.map(
      ({ name, value, open }) =>
        html`<div>
          <dt>${name}</dt>
          <dd class=${open ? 'open' : ''}>${value}</dd>
        </div>`,
    )}
  </dl>`;

declare global {
  interface HTMLElementTagNameMap {
    'conflict-fields': ConflictFields;
  }
}
