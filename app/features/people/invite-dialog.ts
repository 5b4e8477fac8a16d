import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Role } from '../../data/schema.gen.ts';
import { who } from '../../data/who.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-dialog.ts';
import { complaints, invitationForm } from './forms.ts';
import { invite } from './mutations.ts';
import { dialogStyles, rolePicker } from './role-picker.ts';
import { grantable, type Entry } from './rules.ts';
import { words } from './words.ts';

/** Invites an address, or a person on the books (`entry`). Works offline: the mail leaves later. Sends `dialog-done`. */
@customElement('invite-dialog')
export class InviteDialog extends LitElement {
  /** The person to invite, or whose invitation ran out; none for somebody new. */
  @property({ attribute: false }) entry: Entry | undefined;
  /** Addresses with an open invitation already. */
  @property({ attribute: false }) taken: readonly string[] = [];
  @property() email = '';
  @state() private roles: readonly Role[] = ['artist'];
  @state() private message = '';
  @state() private errors: Partial<Record<string, string>> = {};

  override connectedCallback(): void {
    super.connectedCallback();
    const invitation = this.entry?.invitation;
    if (this.entry?.roles.length) this.roles = this.entry.roles;
    this.email ||= invitation?.email ?? '';
    this.message = invitation?.message ?? '';
  }

  override render() {
    const heading = this.entry?.person ? words.invite_person(this.entry.name) : words.invite_heading;
    return html`<ui-dialog heading=${heading} open @ui-close=${this.#done}>
      <form novalidate @submit=${this.#onSubmit}>
        <p class="quiet">${words.invite_lead}</p>
        <div class="field">
          <label for="email">${words.email}</label>
          <input
            id="email"
            class="input"
            type="email"
            inputmode="email"
            autocomplete="off"
            autocapitalize="none"
            .value=${this.email}
            aria-invalid=${this.errors['email'] ? 'true' : 'false'}
            aria-describedby="email-error"
            @input=${(event: Event) => (this.email = (event.target as HTMLInputElement).value)}
          />
          ${this.#error('email')}
        </div>
        <fieldset class="field">
          <legend>${words.roles}</legend>
          <p class="hint">${words.roles_hint}</p>
          ${rolePicker(this.roles, grantable(who().roles), (roles) => (this.roles = roles))} ${this.#error('roles')}
        </fieldset>
        <div class="field">
          <label for="message">${words.message}</label>
          <textarea
            id="message"
            class="textarea"
            rows="3"
            maxlength="1000"
            aria-describedby="message-hint"
            .value=${this.message}
            @input=${(event: Event) => (this.message = (event.target as HTMLTextAreaElement).value)}
          ></textarea>
          <p class="hint" id="message-hint">${words.message_hint}</p>
        </div>
        <div class="buttons">
          <button type="button" class="button" @click=${this.#done}>${words.cancel}</button>
          <button type="submit" class="button primary"><ui-icon name="send"></ui-icon>${words.send}</button>
        </div>
      </form>
    </ui-dialog>`;
  }

  #error(name: string) {
    const error = this.errors[name];
    return error ? html`<p class="error" id="${name}-error" role="alert">${error}</p>` : nothing;
  }

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const typed = { email: this.email, roles: this.roles, message: this.message };
    this.errors = complaints(invitationForm, typed);
    const result = invitationForm.safeParse(typed);
    if (!result.success) return this.#showError();
    const replaces = this.entry?.invitation?.id;
    if (!replaces && this.taken.includes(result.data.email)) {
      this.errors = { email: words.email_member };
      return;
    }
    const person_id = this.entry?.person?.id ?? null;
    await invite({ organization_id: who().organization.id, person_id, replaces, ...result.data });
    toast(words.invited_toast(result.data.email), { tone: 'good' });
    this.#done();
  };

  #done = (): void => void this.dispatchEvent(new CustomEvent('dialog-done'));

  async #showError(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  static override styles = [base, controls, dialogStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'invite-dialog': InviteDialog;
  }
}
