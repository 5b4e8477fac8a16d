import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Values } from '../../data/decisions.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import { inputFor } from './columns.ts';
import { fieldChoiceStyles } from './field-choice.styles.ts';
import type { LineView } from './item-view.ts';
import './value-editor.ts';
import { words } from './words.ts';

/** Which way a person goes with one line. */
export type Take = 'mine' | 'theirs' | 'edit';

/** A person's choice for one line; values typed are undefined while they cannot be read. */
export interface Taken {
  readonly take: Take;
  readonly values: Values | undefined;
}

/**
 * One line of a comparison: mine, theirs with who and when, or something else. Radio buttons underneath, so arrow keys
 * work; M, T and E choose too. Sends `line-taken` with `detail` of type `Taken`.
 */
@customElement('field-choice')
export class FieldChoice extends LitElement {
  @property({ attribute: false }) line!: LineView;
  @property() take: Take | '' = '';
  @property({ attribute: 'organization-id' }) organizationId = '';

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('take') || changed.get('take') === undefined) return;
    if (this.take === 'edit') void this.#focusEditor();
    else if (this.matches(':focus-within')) this.focus();
  }

  override render() {
    const { line } = this;
    const theirs = line.when ? html`${line.who}, <span class="when">${line.when}</span>` : line.who;
    return html`<fieldset @keydown=${this.#onKey}>
      <legend>${line.name}</legend>
      ${
        line.newer
          ? html`<p class="newer"><ui-icon name="triangle-alert"></ui-icon><span>${words.newer(line.who)}</span></p>`
          : nothing
      }
      <div class="sides">
        ${this.#side('mine', words.sideMine, line.mineWords)} ${this.#side('theirs', theirs, line.theirsWords)}
        ${this.#editable ? this.#other() : nothing}
      </div>
      ${this.take === 'edit' ? this.#editor() : nothing}
    </fieldset>`;
  }

  /** Moves the focus to this line's choice. */
  override focus(): void {
    const checked = this.renderRoot.querySelector<HTMLElement>('input:checked');
    (checked ?? this.renderRoot.querySelector<HTMLElement>('input'))?.focus();
  }

  /** Goes one way, as if it had been clicked. */
  choose(take: Take): void {
    if (take === 'edit' && !this.#editable) return;
    const { mine } = this.line;
    this.#send({ take, values: take === 'edit' ? mine : undefined });
  }

  get #editable(): boolean {
    const { fields, mine, theirs } = this.line;
    return inputFor(fields, { ...theirs, ...mine }) !== 'none';
  }

  #side(take: Take, whose: string | TemplateResult, value: string) {
    return html`<label class="side">
      <input type="radio" name="take" .checked=${this.take === take} @change=${() => this.choose(take)} />
      <span class="whose">${whose}</span>
      <span class="value ${value === words.nothing ? 'none' : ''}">${value}</span>
    </label>`;
  }

  #other() {
    return html`<label class="side other">
      <input type="radio" name="take" .checked=${this.take === 'edit'} @change=${() => this.choose('edit')} />
      <span class="whose">${words.other}</span>
    </label>`;
  }

  #editor() {
    const { line } = this;
    return html`<value-editor
      .table=${line.table}
      .fields=${line.fields}
      .start=${line.mine}
      label=${line.name}
      organization-id=${this.organizationId}
      @value-typed=${(event: CustomEvent<{ values: Values | undefined }>) =>
        this.#send({ take: 'edit', values: event.detail.values })}
    ></value-editor>`;
  }

  async #focusEditor(): Promise<void> {
    const editor = this.renderRoot.querySelector('value-editor');
    await editor?.updateComplete;
    editor?.focus();
  }

  #onKey = (event: KeyboardEvent): void => {
    const onRadio = event.target instanceof HTMLInputElement && event.target.type === 'radio';
    const take = ({ m: 'mine', t: 'theirs', e: 'edit' } as const)[event.key];
    if (!onRadio || !take || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.choose(take);
  };

  #send(detail: Taken): void {
    this.dispatchEvent(new CustomEvent('line-taken', { detail }));
  }

  static override styles = [base, controls, fieldChoiceStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'field-choice': FieldChoice;
  }
}
