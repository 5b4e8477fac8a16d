import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Role } from '../../data/schema.gen.ts';
import { who } from '../../data/who.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-dialog.ts';
import { changeRoles } from './mutations.ts';
import { dialogStyles, rolePicker } from './role-picker.ts';
import { grantable, obstacle, type Entry } from './rules.ts';
import { words } from './words.ts';

/** Changes the roles of a member. Sends `dialog-done`. */
@customElement('roles-dialog')
export class RolesDialog extends LitElement {
  @property({ attribute: false }) entry!: Entry;
  @property({ attribute: false }) all: readonly Entry[] = [];
  @state() private roles: readonly Role[] = [];
  @state() private error: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.roles = this.entry.roles;
  }

  override render() {
    return html`<ui-dialog heading=${words.edit_roles_heading(this.entry.name)} open @ui-close=${this.#done}>
      <form @submit=${this.#onSubmit}>
        <p class="quiet">${words.roles_hint}</p>
        ${rolePicker(this.roles, grantable(who().roles), this.#onRoles)}
        ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
        <div class="buttons">
          <button type="button" class="button" @click=${this.#done}>${words.cancel}</button>
          <button type="submit" class="button primary">${words.save}</button>
        </div>
      </form>
    </ui-dialog>`;
  }

  #onRoles = (roles: readonly Role[]): void => {
    this.roles = roles;
    this.error = undefined;
  };

  #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { entry, roles } = this;
    const found = obstacle(entry, { roles, active: entry.standing === 'active' }, this.all, who().roles);
    this.error = found && words[found];
    if (found) return;
    if (roles.join() !== entry.roles.join()) {
      await changeRoles({ entry, roles });
      toast(words.saved_toast, { tone: 'good' });
    }
    this.#done();
  };

  #done = (): void => void this.dispatchEvent(new CustomEvent('dialog-done'));

  static override styles = [base, controls, dialogStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'roles-dialog': RolesDialog;
  }
}
