import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController } from '../../data/who.ts';
import { formatDate } from '../../kernel/day.ts';
import { ask } from '../../ui/ask.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-avatar.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-icon.ts';
import './invite-dialog.ts';
import { revokeInvitation, setStanding } from './mutations.ts';
import './person-dialog.ts';
import { detailsOf } from './queries.ts';
import './roles-dialog.ts';
import { obstacle, type Entry } from './rules.ts';
import { roleName, standings, words } from './words.ts';

type Open = 'edit' | 'roles' | 'invite' | undefined;

/** One person: who they are, what they may do, how to reach them, and what can be changed. */
@customElement('person-detail')
export class PersonDetail extends LitElement {
  @property({ attribute: false }) entry!: Entry;
  @property({ attribute: false }) all: readonly Entry[] = [];
  /** Whether a change of this entry has not left the device yet. */
  @property({ type: Boolean }) waiting = false;
  @state() private open: Open;
  readonly #who = new WhoController(this);
  readonly #details = new LiveQuery(
    this,
    () => (this.entry.person ? detailsOf(this.entry.person.id) : undefined),
    () => [this.entry.id],
  );

  override render() {
    const me = this.#who.value;
    if (!me) return nothing;
    const writes = me.can('people:write');
    return html`
      ${this.#head()} ${writes ? this.#actions() : nothing}
      <dl>
        ${this.#line(words.roles, this.entry.roles.map(roleName).join(', '))} ${this.#membership()} ${this.#contact()}
      </dl>
      ${this.#dialog()}
    `;
  }

  #head() {
    const { name, person, standing } = this.entry;
    const { word, tone, icon } = standings[standing];
    const mine = person?.id === this.#who.value?.person.id;
    return html`<header>
      <ui-avatar size="large" name=${name}></ui-avatar>
      <div class="grow">
        <h2>${name}${mine ? html` <span class="quiet">(${words.you})</span>` : nothing}</h2>
        ${person?.title ? html`<p class="quiet">${person.title}</p>` : nothing}
        <p class="badges">
          <ui-badge tone=${tone} icon=${icon}>${word}</ui-badge>
          ${this.waiting && standing !== 'sending' ? html`<ui-badge tone="waiting" icon="cloud-off">${words.waits_for_signal}</ui-badge>` : nothing}
        </p>
      </div>
    </header>`;
  }

  #actions() {
    const { person, membership, invitation, standing } = this.entry;
    const button = (label: string, icon: string, run: () => unknown, danger = false) =>
      html`<button class="button ${danger ? 'danger' : ''}" @click=${run}>
        <ui-icon name=${icon}></ui-icon>${label}
      </button>`;
    return html`<div class="actions">
      ${person ? button(words.edit, 'pencil', () => (this.open = 'edit')) : nothing}
      ${standing === 'active' ? button(words.edit_roles, 'key-round', () => (this.open = 'roles')) : nothing}
      ${standing === 'active' ? button(words.suspend, 'lock', this.#onSuspend, true) : nothing}
      ${standing === 'suspended' ? button(words.resume, 'undo-2', this.#onResume) : nothing}
      ${!membership && !invitation ? button(words.invite, 'send', () => (this.open = 'invite')) : nothing}
      ${standing === 'expired' ? button(words.invite_again, 'send', () => (this.open = 'invite')) : nothing}
      ${!membership && invitation ? button(words.revoke, 'x', this.#onRevoke, true) : nothing}
    </div>`;
  }

  #membership() {
    const { membership, invitation } = this.entry;
    if (membership) return this.#line(words.membership, words.joined(formatDate(membership.joined_at.slice(0, 10))));
    if (!invitation) return nothing;
    const until = words.invitation_until(formatDate(invitation.expires_at.slice(0, 10)));
    return html`${this.#line(words.invitation, `${words.invitation_to(invitation.email)}, ${until}`)}
    ${invitation.message ? this.#line(words.message, invitation.message) : nothing}`;
  }

  #contact() {
    if (!this.entry.person) return nothing;
    const may = this.#who.value?.can('people:read_details') || this.entry.person.id === this.#who.value?.person.id;
    if (!may) return this.#line(words.contact, words.contact_hidden);
    const { email, phone } = this.#details.value ?? {};
    const links = html`${email ? html`<a href="mailto:${email}">${email}</a>` : nothing}
    ${phone ? html`<a href="tel:${phone.replace(/[^+0-9]/g, '')}">${phone}</a>` : nothing}`;
    return html`<div>
      <dt>${words.contact}</dt>
      <dd class="links">${email || phone ? links : words.contact_none}</dd>
    </div>`;
  }

  #line(term: string, text: string) {
    return text
      ? html`<div>
          <dt>${term}</dt>
          <dd>${text}</dd>
        </div>`
      : nothing;
  }

  #dialog() {
    const done = () => (this.open = undefined);
    const details = this.#details.value;
    if (this.open === 'edit')
      return html`<person-dialog
        .person=${this.entry.person}
        .details=${details}
        @dialog-done=${done}
      ></person-dialog>`;
    if (this.open === 'roles')
      return html`<roles-dialog .entry=${this.entry} .all=${this.all} @dialog-done=${done}></roles-dialog>`;
    if (this.open === 'invite')
      return html`<invite-dialog
        .entry=${this.entry}
        email=${details?.email ?? ''}
        @dialog-done=${done}
      ></invite-dialog>`;
    return nothing;
  }

  #onSuspend = async (): Promise<void> => {
    const { entry, all } = this;
    const found = obstacle(entry, { roles: entry.roles, active: false }, all, this.#who.value?.roles ?? []);
    if (found) return void toast(words[found], { tone: 'bad' });
    const question = {
      heading: words.suspend_heading(entry.name),
      text: words.suspend_text,
      confirm: words.suspend,
      danger: true,
    };
    if (!(await ask(question))) return;
    await setStanding({ entry, status: 'suspended' });
    toast(words.suspended_toast(entry.name));
  };

  #onResume = async (): Promise<void> => {
    await setStanding({ entry: this.entry, status: 'active' });
    toast(words.resumed_toast(this.entry.name), { tone: 'good' });
  };

  #onRevoke = async (): Promise<void> => {
    const { id, organization_id, email } = this.entry.invitation!;
    const question = {
      heading: words.revoke_heading,
      text: words.revoke_text(email),
      confirm: words.revoke,
      danger: true,
    };
    if (!(await ask(question))) return;
    await revokeInvitation({ organization_id, id });
    toast(words.revoked_toast);
  };

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      header {
        display: flex;
        gap: var(--space-4);
        align-items: center;
        padding-inline-end: var(--space-7);
      }
      h2 {
        font-size: var(--text-20);
        line-height: 1.3;
        overflow-wrap: anywhere;
      }
      .badges,
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .badges {
        margin-top: var(--space-2);
      }
      .actions {
        margin-top: var(--space-4);
      }
      dl {
        margin-top: var(--space-5);
        border-top: 1px solid var(--line);
      }
      dl > div {
        padding: var(--space-3) 0;
        border-bottom: 1px solid var(--line);
      }
      dt {
        font-size: var(--text-12);
        color: var(--text-quiet);
      }
      dd {
        overflow-wrap: anywhere;
      }
      .links {
        display: flex;
        flex-direction: column;
      }
      .links a {
        display: inline-flex;
        align-items: center;
        min-height: var(--control);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'person-detail': PersonDetail;
  }
}
