import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { syncStatus } from '../../data/sync-status.ts';
import { asFailure } from '../../kernel/failure.ts';
import { ask } from '../../ui/ask.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { navigate } from '../../ui/navigate.ts';
import { toast } from '../../ui/toast.ts';
import { holdUnsaved } from '../../ui/unsaved.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-skeleton.ts';
import '../../ui/ui-empty.ts';
import './category-picker.ts';
import './claim-extras.ts';
import './money-field.ts';
import './receipt-tray.ts';
import './reading/read-mark.ts';
import './reading/reading-place.ts';
import './reading/reading-status.ts';
import type { ReceiptTray } from './receipt-tray.ts';
import { ClaimSession } from './claim-session.ts';
import { editorStyles } from './expense-editor.styles.ts';
import type { Offer, ReadField } from './reading/offers.ts';
import { LONGEST_DESCRIPTION, MOST_RECEIPTS, type Field, type Problem, type TypedClaim } from './rules.ts';
import { merchantsLike } from './smart-defaults.ts';
import { problemSentence, warningSentence } from './sentences.ts';
import { refusalSentence, words } from './words.ts';

/** The form of one claim: everything typed is kept on this device at once; submitting says under each field what is missing. */
@customElement('expense-editor')
export class ExpenseEditor extends LitElement {
  /** The claim's id; a new one has an id from the start. */
  @property({ attribute: 'claim-id' }) claimId = '';
  /** Opens the camera as soon as the form is there. */
  @property({ type: Boolean }) photo = false;
  @state() private asked: 'draft' | 'submit' | undefined;
  @state() private sending = false;
  /** What is shown on the photo where it stands. */
  @state() private seen: Offer | undefined;
  @query('.summary') private summary!: HTMLElement | null;
  @query('receipt-tray') private tray!: ReceiptTray | null;
  readonly #session = new ClaimSession(this, () => this.claimId);
  #captured = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    holdUnsaved(this, false);
  }

  override updated(): void {
    holdUnsaved(this, this.#session.isUnsafe);
    if (!this.photo || this.#captured || !this.tray) return;
    this.#captured = true;
    // The camera opens in answer to a touch: after a reload the big button waits instead.
    if (navigator.userActivation?.isActive) void this.tray.updateComplete.then(() => this.tray?.capture());
  }

  override render() {
    const { state } = this.#session;
    if (state === 'opening') return html`<ui-skeleton lines="6" row-height="72"></ui-skeleton>`;
    if (state === 'gone') return html`<ui-empty icon="lock" heading=${words.claimGone}>${words.cannotEdit}</ui-empty>`;
    const problems = this.asked ? this.#session.problems(this.asked) : [];
    return html`<form novalidate @submit=${this.#onSubmit}>
      ${problems.length > 0 ? this.#summaryOf(problems) : nothing}
      <div class="photos">${this.#photos(problems)}</div>
      <div class="fields">
        ${this.#amount(problems)} ${this.#dateAndMerchant(problems)} ${this.#category(problems)}
        ${this.#description(problems)} ${this.#extras()}
      </div>
      ${this.#bar()}
    </form>`;
  }

  #summaryOf(problems: readonly Problem[]) {
    return html`<div class="summary stack tight" tabindex="-1" role="alert">
      <h2>${words.errorSummary(problems.length)}</h2>
      <ul>
        ${problems.map(
          (problem) =>
            html`<li>
              <button type="button" @click=${() => this.#focusField(problem.field)}>${problemSentence(problem)}</button>
            </li>`,
        )}
      </ul>
    </div>`;
  }

  #photos(problems: readonly Problem[]) {
    return html`<receipt-tray
        id="receipts"
        .tray=${this.#session.photos}
        .stored=${this.#session.receipts}
        .room=${MOST_RECEIPTS - this.#session.receiptCount}
        @receipt-removed=${this.#onReceiptRemoved}
        @keep-again=${() => void this.#session.keepAgain()}
      ></receipt-tray>
      <reading-status .reader=${this.#session.reader} state=${this.#session.reader.state}></reading-status>
      <reading-place .offer=${this.seen} @place-closed=${() => (this.seen = undefined)}></reading-place>
      ${this.#errorOf(problems, 'receipts')}`;
  }

  #amount(problems: readonly Problem[]) {
    const { typed, choices, warnings } = this.#session;
    return html`<div>
      <money-field
        id="amount"
        amount=${typed.amount}
        currency=${typed.currency}
        .recent=${choices.earlier.slice(0, 40).map((claim) => claim.currency)}
        .problem=${problems.find(({ field }) => field === 'amount')}
        .warnings=${warnings.filter(({ field }) => field === 'amount')}
        @field-typed=${this.#onField}
      ></money-field>
      ${this.#mark('amount')}
    </div>`;
  }

  /** What the photos say of a field. */
  #mark(field: ReadField) {
    const { reader } = this.#session;
    return html`<read-mark
      .offer=${reader.offer(field)}
      .sum=${field === 'amount' ? reader.sum : undefined}
      @read-use=${this.#onUse}
      @read-see=${this.#onSee}
    ></read-mark>`;
  }

  #onUse = (event: CustomEvent<Offer['values']>): void => this.#session.use(event.detail);

  #onSee = (event: CustomEvent<Offer>): void => void (this.seen = event.detail);

  #dateAndMerchant(problems: readonly Problem[]) {
    const { typed, choices, warnings } = this.#session;
    const late = warnings.find((warning) => warning.field === 'expense_date');
    return html`<div class="pair">
        <div class="field">
          <label for="merchant">${words.merchant}</label>
          <input
            id="merchant"
            class="input"
            autocomplete="off"
            autocapitalize="words"
            enterkeyhint="next"
            list="merchants"
            placeholder=${words.merchantHint}
            aria-invalid=${this.#isInvalid(problems, 'merchant')}
            .value=${typed.merchant}
            @input=${this.#onText}
          />
          <datalist id="merchants">
            ${merchantsLike(typed.merchant, choices.earlier).map((name) => html`<option .value=${name}></option>`)}
          </datalist>
          ${this.#mark('merchant')} ${this.#errorOf(problems, 'merchant')}
        </div>
        <div class="field">
          <label for="expense_date">${words.date}</label>
          <input
            id="expense_date"
            class="input"
            type="date"
            min="2000-01-01"
            aria-invalid=${this.#isInvalid(problems, 'expense_date')}
            .value=${typed.expense_date}
            @input=${this.#onText}
          />
          ${this.#mark('expense_date')} ${this.#errorOf(problems, 'expense_date')}
        </div>
      </div>
      ${late ? html`<p class="note"><ui-icon name="triangle-alert"></ui-icon>${warningSentence(late)}</p>` : nothing}`;
  }

  #category(problems: readonly Problem[]) {
    const { typed, choices, guessed } = this.#session;
    return html`<div class="field">
      <category-picker
        id="category_id"
        .categories=${choices.categories}
        .value=${typed.category_id}
        ?invalid=${this.#isInvalid(problems, 'category_id') === 'true'}
        @ui-change=${this.#onCategory}
      ></category-picker>
      ${
        guessed.category && typed.category_id
          ? html`<p class="hint" aria-live="polite">${words.guessedCategory(typed.merchant)}</p>`
          : nothing
      }
      ${this.#errorOf(problems, 'category_id')}
    </div>`;
  }

  #description(problems: readonly Problem[]) {
    const { description } = this.#session.typed;
    const left = LONGEST_DESCRIPTION - description.length;
    return html`<div class="field">
      <div class="label-row">
        <label class="label" for="description">${words.description}</label>
        ${
          left < 80
            ? html`<span class="hint number">
                ${left < 0 ? words.charactersOver(-left) : words.charactersLeft(left)}
              </span>`
            : nothing
        }
      </div>
      <textarea
        id="description"
        class="textarea"
        rows="2"
        placeholder=${words.descriptionHint}
        aria-invalid=${this.#isInvalid(problems, 'description')}
        .value=${description}
        @input=${this.#onText}
      ></textarea>
      ${this.#errorOf(problems, 'description')}
    </div>`;
  }

  #extras() {
    const { typed, choices, guessed } = this.#session;
    return html`<claim-extras
      .typed=${typed}
      .shows=${choices.shows}
      ?guessed=${guessed.show === true}
      @field-typed=${this.#onField}
    ></claim-extras>`;
  }

  #bar() {
    const { before, photos, isKept } = this.#session;
    const busy = this.sending || photos.isPreparing;
    return html`<div class="bar">
      ${this.#keptLine()}
      ${
        isKept && !before
          ? html`<button type="button" class="button quiet danger" @click=${this.#onDiscard}>${words.discard}</button>`
          : nothing
      }
      ${
        before?.status === 'rejected'
          ? nothing
          : html`<button type="button" class="button" ?disabled=${busy} @click=${this.#onSaveDraft}>
              ${words.saveDraft}
            </button>`
      }
      <button class="button primary" aria-busy=${busy} ?disabled=${busy}>
        ${before?.status === 'rejected' ? words.submitAgain : words.submit}
      </button>
    </div>`;
  }

  #keptLine() {
    const { keeping, photos } = this.#session;
    if (photos.isPreparing) return html`<span class="kept" role="status">${words.preparing}…</span>`;
    if (keeping === 'nothing') return nothing;
    if (typeof keeping === 'object')
      return html`<span class="kept bad" role="alert">
        <ui-icon name="circle-alert"></ui-icon>
        <span class="grow">${keeping.code === 'device_full' ? words.notKept : refusalSentence(keeping.code)}</span>
        <button type="button" class="button" @click=${() => void this.#session.keepAgain()}>${words.tryAgain}</button>
      </span>`;
    return html`<span class="kept" role="status"><ui-icon name="check"></ui-icon>${words.keptHere}</span>`;
  }

  #errorOf(problems: readonly Problem[], field: Field) {
    const own = problems.filter((problem) => problem.field === field);
    return own.map(
      (problem) =>
        html`<p class="error" id="${field}-error">
          <ui-icon name="circle-alert"></ui-icon><span>${problemSentence(problem)}</span>
        </p>`,
    );
  }

  #isInvalid(problems: readonly Problem[], field: Field): 'true' | 'false' {
    return problems.some((problem) => problem.field === field) ? 'true' : 'false';
  }

  #focusField(field: Field): void {
    this.renderRoot.querySelector<HTMLElement>(`#${field}`)?.focus();
  }

  #onText = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.#session.set(input.id as keyof TypedClaim, input.value);
  };

  #onField = (event: CustomEvent<{ field: keyof TypedClaim; value: string }>): void => {
    this.#session.set(event.detail.field, event.detail.value);
  };

  #onCategory = (event: CustomEvent<{ value: string }>): void => {
    this.#session.set('category_id', event.detail.value);
  };

  #onReceiptRemoved = (event: CustomEvent<{ id: string; quietly?: boolean }>): void => {
    const { id, quietly } = event.detail;
    this.#session.removeReceipt(id);
    if (quietly) return;
    toast(words.photoRemoved, { action: { label: words.undo, run: () => this.#session.restoreReceipt(id) } });
  };

  #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#leave('submit');
  };

  #onSaveDraft = (): void => void this.#leave('draft');

  /** Saves or submits when nothing is in the way; otherwise the summary takes the focus. */
  async #leave(purpose: 'draft' | 'submit'): Promise<void> {
    if (this.sending || this.#session.photos.isPreparing) return;
    this.asked = purpose;
    if (this.#session.problems(purpose).length > 0) {
      await this.updateComplete;
      return this.summary?.focus();
    }
    this.sending = true;
    try {
      await (purpose === 'submit' ? this.#session.submit() : this.#session.save());
      const { online } = await syncStatus();
      const sent = online ? words.submitted : words.submittedLater;
      toast(purpose === 'submit' ? sent : words.draftSaved, { tone: 'good' });
      navigate(purpose === 'submit' ? `/expenses/${this.claimId}` : '/expenses', { replace: true });
    } catch (thrown) {
      toast(refusalSentence(asFailure(thrown).code), { tone: 'bad', duration: 15_000 });
    } finally {
      this.sending = false;
    }
  }

  #onDiscard = async (): Promise<void> => {
    const question = { heading: words.discardAsk, text: words.discardAskText, confirm: words.discard, danger: true };
    if (!(await ask(question))) return;
    await this.#session.discard();
    navigate('/expenses', { replace: true });
  };

  static override styles = [base, controls, editorStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'expense-editor': ExpenseEditor;
  }
}
