import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { switchOrganization, WhoController, type Who } from '../../data/who.ts';
import { loadAddresses } from '../../features/calendars/index.ts';
import { roleName } from '../../features/people/index.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { authPort } from '../../platform/auth-port.ts';
import { readConfig } from '../../platform/config.ts';
import { ask } from '../../ui/ask.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-avatar.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-segmented.ts';
import { LockEvent } from '../lock/lock-event.ts';
import '../lock/pin-sheet.ts';
import { hasPin } from '../lock/pin-shelf.ts';
import { theme, useTheme, type Theme } from '../theme.ts';
import { accountStyles } from './account-page.styles.ts';
import './device-list.ts';
import './name-form.ts';
import './password-dialog.ts';
import './photo-wishes.ts';
import { words as photoWords } from './photo-words.ts';
import { myOrganizations } from './queries.ts';
import { leaveEverywhere, signOutHere } from './sign-out.ts';
import { sentenceFor, words } from './words.ts';

/** Everything about the person's own account on this device. */
@customElement('account-page')
export class AccountPage extends LitElement {
  @property({ attribute: false }) route!: RouteMatch;
  @state() private invitations = 0;
  @state() private open: 'pin' | 'password' | undefined;
  @state() private look = theme();
  @state() private server = '';
  readonly #who = new WhoController(this);
  readonly #organizations = new LiveQuery(this, myOrganizations);
  readonly #pin = new LiveQuery(this, hasPin);

  override connectedCallback(): void {
    super.connectedCallback();
    authPort()
      .invitations()
      .then((found) => (this.invitations = found.length))
      .catch(() => undefined); // without signal the card simply is not there
    void loadAddresses();
    readConfig()
      .then(({ supabase_url }) => (this.server = supabase_url))
      .catch(() => undefined); // a device that runs has read them before
  }

  override render() {
    const me = this.#who.value;
    if (!me) return nothing;
    return html`<ui-page heading=${words.heading} width="narrow">
      <div class="sections">
        ${this.invitations > 0 ? this.#invited() : nothing} ${this.#you(me)} ${this.#mine(me)} ${this.#safety()}
        <section class="card">
          <h2>${words.devices}</h2>
          <device-list></device-list>
        </section>
        <section class="card">
          <h2>${photoWords.photos}</h2>
          <photo-wishes></photo-wishes>
        </section>
        <section class="card">
          <h2>${words.calendars}</h2>
          ${this.server ? html`<calendar-addresses server=${this.server}></calendar-addresses>` : nothing}
        </section>
        ${this.#appearance()} ${this.#leave()}
      </div>
      <pin-sheet
        ?open=${this.open === 'pin'}
        ?changing=${this.#pin.value === true}
        @pin-done=${this.#onDone}
      ></pin-sheet>
      ${
        this.open === 'password'
          ? html`<password-dialog email=${me.email} @dialog-done=${this.#onDone}></password-dialog>`
          : nothing
      }
    </ui-page>`;
  }

  #invited() {
    return html`<a class="card invited" href="/start">
      <ui-icon name="mail"></ui-icon><b class="grow">${words.invitations(this.invitations)}</b>${words.see_invitations}
      <ui-icon name="chevron-right"></ui-icon>
    </a>`;
  }

  #you(me: Who) {
    return html`<section class="card">
      <div class="me">
        <ui-avatar size="large" name=${me.person.display_name}></ui-avatar>
        <div class="grow">
          <h2>${me.person.display_name}</h2>
          <p class="quiet ellipsis">${me.email}</p>
        </div>
      </div>
      <name-form .who=${me}></name-form>
    </section>`;
  }

  #mine(me: Who) {
    return html`<section class="card">
      <h2>${words.organizations}</h2>
      <ul>
        ${this.#organizations.value?.map(({ organization, roles }) => {
          const current = organization.id === me.organization.id;
          return html`<li>
            <ui-avatar shape="square" name=${organization.name}></ui-avatar>
            <div class="grow">
              <p class="name">${organization.name}</p>
              <p class="hint">${roles.map(roleName).join(', ') || words.roles_none}</p>
            </div>
            ${
              current
                ? html`<ui-badge tone="accent" icon="check">${words.current}</ui-badge>`
                : html`<button class="button" @click=${() => void switchOrganization(organization.id)}>
                    ${words.switch_to}
                  </button>`
            }
          </li>`;
        })}
      </ul>
      <a class="button quiet add" href="/start"><ui-icon name="plus"></ui-icon>${words.add_organization}</a>
    </section>`;
  }

  #safety() {
    const pin = this.#pin.value === true;
    return html`<section class="card">
      <h2>${words.security}</h2>
      <ul>
        <li>
          <ui-icon name="lock"></ui-icon>
          <div class="grow">
            <p class="name">${words.pin}</p>
            <p class="hint">${pin ? words.pin_on : words.pin_off}</p>
          </div>
          <button class="button" @click=${() => (this.open = 'pin')}>${pin ? words.pin_change : words.pin_set}</button>
        </li>
        <li>
          <ui-icon name="key-round"></ui-icon>
          <div class="grow">
            <p class="name">${words.password}</p>
            <p class="hint">${words.password_lead}</p>
          </div>
          <button class="button" aria-label=${words.password_heading} @click=${() => (this.open = 'password')}>
            ${words.password_change}
          </button>
        </li>
      </ul>
      <button class="button quiet add" @click=${() => this.dispatchEvent(new LockEvent())}>
        <ui-icon name="lock"></ui-icon>${words.lock_now}
      </button>
    </section>`;
  }

  #appearance() {
    const options = [
      { value: 'system', label: words.theme_system },
      { value: 'light', label: words.theme_light, icon: 'sun' },
      { value: 'dark', label: words.theme_dark, icon: 'moon' },
    ];
    return html`<section class="card">
      <h2>${words.theme}</h2>
      <ui-segmented
        label=${words.theme}
        .options=${options}
        .value=${this.look}
        @ui-change=${this.#onTheme}
      ></ui-segmented>
    </section>`;
  }

  #leave() {
    return html`<section class="leave">
      <button class="button" @click=${() => void signOutHere()}>
        <ui-icon name="log-out"></ui-icon>${words.leave_here}
      </button>
      <button class="button quiet danger" @click=${this.#onLeaveEverywhere}>${words.leave_everywhere}</button>
    </section>`;
  }

  #onTheme = (event: CustomEvent<{ value: Theme }>): void => {
    this.look = event.detail.value;
    useTheme(this.look);
  };

  #onDone = (): void => void (this.open = undefined);

  #onLeaveEverywhere = async (): Promise<void> => {
    const question = {
      heading: words.leave_everywhere_heading,
      text: words.leave_everywhere_text,
      confirm: words.leave_everywhere,
      danger: true,
    };
    if (!(await ask(question))) return;
    const failure = await leaveEverywhere();
    if (failure) toast(sentenceFor(failure), { tone: 'bad' });
  };

  static override styles = [base, controls, accountStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'account-page': AccountPage;
  }
}
