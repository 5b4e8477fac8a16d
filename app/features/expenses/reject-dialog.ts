import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-dialog.ts';
import '../../ui/ui-segmented.ts';
import { rejectionPresets, words } from './words.ts';

/** A claim to be rejected: its id, and what it is called in the dialog. */
export interface ToReject {
  readonly id: string;
  readonly title: string;
}

/** The reason for each claim, by its id. */
export interface ReasonGivenDetail {
  readonly reasons: ReadonlyMap<string, string>;
}

/** With more claims than this there is one reason for all: nobody writes a hundred. */
const MOST_OWN_REASONS = 30;

/** Asks for the reason of a rejection, one for all claims or one for each; sends `reason-given` with `ReasonGivenDetail`. */
@customElement('reject-dialog')
export class RejectDialog extends LitElement {
  @state() private open = false;
  @state() private claims: readonly ToReject[] = [];
  @state() private each = false;
  @state() private reasons: ReadonlyMap<string, string> = new Map();
  @state() private missing = false;

  /** Opens with empty reasons. */
  show(claims: readonly ToReject[]): void {
    this.claims = claims;
    this.reasons = new Map();
    this.each = false;
    this.missing = false;
    this.open = true;
    void this.updateComplete.then(() => this.#area?.focus());
  }

  override render() {
    const many = this.claims.length > 1;
    return html`<ui-dialog
      heading=${many ? words.rejectAskMany(this.claims.length) : words.rejectAsk}
      ?open=${this.open}
      @ui-close=${() => (this.open = false)}
    >
      <div class="stack">
        ${
          many && this.claims.length <= MOST_OWN_REASONS
            ? html`<ui-segmented
                label=${words.rejectReason}
                .options=${[
                  { value: 'one', label: words.oneReason },
                  { value: 'each', label: words.ownReasons },
                ]}
                value=${this.each ? 'each' : 'one'}
                @ui-change=${(event: CustomEvent<{ value: string }>) => (this.each = event.detail.value === 'each')}
              ></ui-segmented>`
            : nothing
        }
        <div class="presets">${rejectionPresets.map((preset) => this.#chip(preset))}</div>
        ${this.#fields.map(({ id, title }) => this.#field(id, title, many))}
        ${this.missing ? html`<p class="error" role="alert">${words.rejectReasonMissing}</p>` : nothing}
      </div>
      <div slot="footer">
        <button class="button" @click=${() => (this.open = false)}>${words.keepWaiting}</button>
        <button class="button primary danger" @click=${this.#send}>
          ${many ? words.rejectSelected(this.claims.length) : words.reject}
        </button>
      </div>
    </ui-dialog>`;
  }

  #chip(preset: string) {
    return html`<button
      type="button"
      class="chip"
      aria-pressed=${this.#fields.every(({ id }) => this.reasons.get(id) === preset) ? 'true' : 'false'}
      @click=${() => this.#preset(preset)}
    >
      ${preset}
    </button>`;
  }

  #field(id: string, title: string, many: boolean) {
    const reason = this.reasons.get(id) ?? '';
    return html`<div class="field">
      <label for="reason-${id}">${title ? words.reasonFor(title) : words.rejectReason}</label>
      <textarea
        id="reason-${id}"
        data-claim=${id}
        class="textarea"
        rows=${this.each ? 2 : 3}
        maxlength="500"
        aria-describedby=${this.each ? nothing : 'hint'}
        aria-invalid=${this.missing && reason.trim() === '' ? 'true' : 'false'}
        .value=${reason}
        @input=${this.#onInput}
        @keydown=${this.#onKey}
      ></textarea>
      ${this.each ? nothing : html`<p id="hint" class="hint">${many ? words.rejectHintMany : words.rejectReasonHint}</p>`}
    </div>`;
  }

  /** One field for all, or one for each claim. */
  get #fields(): readonly ToReject[] {
    return this.each ? this.claims : [{ id: ALL, title: '' }];
  }

  get #area(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea[aria-invalid="true"]') ?? this.renderRoot.querySelector('textarea');
  }

  /** A common reason fills what is empty, or where nothing is, everything. */
  #preset(preset: string): void {
    const empty = this.#fields.filter(({ id }) => !this.reasons.get(id)?.trim());
    const filled = empty.length > 0 ? empty : this.#fields;
    this.reasons = new Map([...this.reasons, ...filled.map(({ id }) => [id, preset] as const)]);
    this.missing = false;
    this.#area?.focus();
  }

  #onInput = (event: Event): void => {
    const area = event.target as HTMLTextAreaElement;
    this.reasons = new Map(this.reasons).set(area.dataset['claim']!, area.value);
    this.missing = false;
  };

  #onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) this.#send();
  };

  #send = (): void => {
    const given = (id: string) => (this.reasons.get(this.each ? id : ALL) ?? '').trim();
    this.missing = this.claims.some(({ id }) => given(id) === '');
    if (this.missing) return void this.updateComplete.then(() => this.#area?.focus());
    this.open = false;
    const reasons = new Map(this.claims.map(({ id }) => [id, given(id)]));
    this.dispatchEvent(new CustomEvent<ReasonGivenDetail>('reason-given', { detail: { reasons } }));
  };

  static override styles = [
    base,
    controls,
    css`
      @media (max-width: 767px) {
        [slot='footer'] .button {
          flex: 1;
        }
      }
      .presets {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .chip {
        padding-block: 6px;
        white-space: normal;
        text-align: start;
        border-radius: 18px;
        line-height: 1.3;
      }
    `,
  ];
}

/** The key of the reason that is for all. */
const ALL = 'all';

declare global {
  interface HTMLElementTagNameMap {
    'reject-dialog': RejectDialog;
  }
}
