import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { switchOrganization, WhoController } from '../../data/who.ts';
import { roleName } from '../../features/people/index.ts';
import { formatDate } from '../../kernel/day.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { authPort, type InvitationInfo } from '../../platform/auth-port.ts';
import { ask } from '../../ui/ask.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { navigate } from '../../ui/navigate.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-avatar.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-skeleton.ts';
import { signOutHere } from '../account/sign-out.ts';
import { sentenceFor, words } from '../account/words.ts';
import { currentWork } from '../work.ts';
import { Attempt } from './attempt.ts';
import './new-organization-form.ts';
import { brandMark } from './stage-light.ts';
import { startStyles } from './start-page.styles.ts';

/**
 * For somebody signed in without a membership, and later for new invitations: accept, decline, or start an organisation.
 * Fills the window when nobody is known yet, and is an ordinary page inside the frame afterwards.
 */
@customElement('start-page')
export class StartPage extends LitElement {
  @property({ attribute: false }) route: RouteMatch | undefined;
  @state() private invitations: readonly InvitationInfo[] | undefined;
  @state() private email = '';
  @state() private name = '';
  @state() private starting = false;
  @state() private preparing = '';
  readonly #loading = new Attempt(this);
  readonly #answering = new Attempt(this);
  readonly #who = new WhoController(this);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('online', this.#onReturn);
    window.addEventListener('focus', this.#onReturn);
    void authPort()
      .session()
      .then((session) => {
        this.email = session?.email ?? '';
        this.name = session?.name ?? '';
      });
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('online', this.#onReturn);
    window.removeEventListener('focus', this.#onReturn);
  }

  override render() {
    if (this.route) return html`<div class="page">${this.#content()}</div>`;
    return html`<main class="page alone">
      <div class="brand">
        ${brandMark()}<span class="grow">BIG Live Portal</span>
        <button class="button quiet" @click=${() => void signOutHere()}>${words.sign_out}</button>
      </div>
      ${this.#content()}
    </main>`;
  }

  #content() {
    if (this.preparing)
      return html`<div role="status"><h1>${words.preparing(this.preparing)}</h1></div>
        <ui-skeleton lines="3"></ui-skeleton>`;
    const invited = (this.invitations?.length ?? 0) > 0;
    const member = this.#who.value !== undefined;
    return html`
      <header>
        <h1 tabindex="-1">${words.start_heading(this.#who.value?.person.display_name ?? this.name)}</h1>
        ${this.#lead(invited, member)}
      </header>
      ${this.#invitations()} ${this.#own(invited)}
    `;
  }

  #lead(invited: boolean, member: boolean) {
    if (invited) return html`<p class="quiet">${words.start_lead_invited}</p>`;
    if (member) return html`<p class="quiet">${words.start_lead_member}</p>`;
    return html`<p class="quiet">${words.start_lead_alone} <b>${this.email}</b></p>`;
  }

  #invitations() {
    const failure = this.#answering.failure ?? (this.invitations ? undefined : this.#loading.failure);
    return html`
      ${
        failure
          ? html`<p class="error" role="alert"><ui-icon name="circle-alert"></ui-icon>${sentenceFor(failure)}</p>`
          : nothing
      }
      ${!this.invitations && !failure ? html`<ui-skeleton lines="1" row-height="120"></ui-skeleton>` : nothing}
      ${this.invitations?.map((invitation) => this.#invitation(invitation))}
    `;
  }

  #invitation(invitation: InvitationInfo) {
    const { organization_name, roles, message, invited_by_name, expires_at } = invitation;
    const { busy } = this.#answering;
    return html`<section class="card" aria-label=${organization_name}>
      <div class="who">
        <ui-avatar shape="square" size="large" name=${organization_name}></ui-avatar>
        <div class="grow">
          <h2>${organization_name}</h2>
          <p class="quiet small">
            ${words.start_as(roles.map(roleName).join(', '))} ·
            ${words.start_until(formatDate(expires_at.slice(0, 10)))}
          </p>
        </div>
      </div>
      ${message ? html`<blockquote>${message}</blockquote>` : nothing}
      ${invited_by_name ? html`<p class="quiet small">${words.start_invited_by(invited_by_name)}</p>` : nothing}
      <div class="answers">
        <button class="button" aria-disabled=${busy} @click=${() => void this.#decline(invitation)}>
          ${words.decline}
        </button>
        <button class="button primary" aria-disabled=${busy} @click=${() => void this.#join(invitation)}>
          ${words.join}
        </button>
      </div>
    </section>`;
  }

  #own(invited: boolean) {
    if (this.starting || (!invited && this.invitations))
      return html`<new-organization-form
        .displayName=${this.#who.value?.person.display_name ?? this.name}
        @organization-created=${this.#onCreated}
      ></new-organization-form>`;
    return html`<div class="others">
      <button class="button quiet" @click=${() => (this.starting = true)}>
        ${invited ? words.start_other : words.start_own}
      </button>
      ${this.invitations ? nothing : html`<button class="button quiet" @click=${this.#load}>${words.check_again}</button>`}
    </div>`;
  }

  #onReturn = (): void => void this.#load();

  #load = async (): Promise<void> => {
    await this.#loading.run(async () => {
      this.invitations = await authPort().invitations();
    });
  };

  async #join({ id, organization_id, organization_name }: InvitationInfo): Promise<void> {
    if (!(await this.#answering.run(() => authPort().answerInvitation(id, true)))) return;
    await this.#arrive(organization_id, organization_name);
  }

  async #decline({ id, organization_name }: InvitationInfo): Promise<void> {
    const question = {
      heading: words.decline_heading(organization_name),
      text: words.decline_text,
      confirm: words.decline,
    };
    if (!(await ask(question))) return;
    if (!(await this.#answering.run(() => authPort().answerInvitation(id, false)))) return;
    toast(words.declined);
    await this.#load();
  }

  #onCreated = (event: CustomEvent<{ id: string; name: string }>): void =>
    void this.#arrive(event.detail.id, event.detail.name);

  /** The rows of the organisation come by sync; when they are here the gate or the frame shows them. */
  async #arrive(id: string, name: string): Promise<void> {
    await switchOrganization(id);
    this.preparing = this.#who.value ? '' : name;
    currentWork()?.engine.beat('signed_in');
    toast(words.joined(name), { tone: 'good' });
    if (this.#who.value) navigate('/');
    else history.replaceState(null, '', '/'); // the frame's router reads the address when it comes
  }

  static override styles = [base, controls, startStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'start-page': StartPage;
  }
}
