import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController } from '../../data/who.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { navigate } from '../../ui/navigate.ts';
import '../../ui/ui-avatar.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-empty.ts';
import '../../ui/ui-failure.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-segmented.ts';
import '../../ui/ui-skeleton.ts';
import './invite-dialog.ts';
import { pageStyles } from './people-page.styles.ts';
import './person-detail.ts';
import './person-dialog.ts';
import { peopleOf, unsentPeople } from './queries.ts';
import { matches, type Entry } from './rules.ts';
import { roleName, standings, words } from './words.ts';

type Filter = 'all' | 'members' | 'invited' | 'no_login';

const inFilter: Record<Filter, (entry: Entry) => boolean> = {
  all: () => true,
  members: ({ membership }) => membership !== undefined,
  invited: ({ standing }) => ['invited', 'sending', 'expired'].includes(standing),
  no_login: ({ standing }) => standing === 'no_login',
};

const wide = matchMedia('(min-width: 1024px)');

/** Who works here: a searchable list; one person beside it at a desk, alone on a phone. */
@customElement('people-page')
export class PeoplePage extends LitElement {
  @property({ attribute: false }) route!: RouteMatch;
  @state() private typed = '';
  @state() private filter: Filter = 'all';
  @state() private adding = false;
  readonly #who = new WhoController(this);
  readonly #people = new LiveQuery(
    this,
    () => (this.#who.value ? peopleOf(this.#who.value.organization.id) : []),
    () => [this.#who.value?.organization.id],
  );
  readonly #unsent = new LiveQuery(this, unsentPeople);

  override connectedCallback(): void {
    super.connectedCallback();
    wide.addEventListener('change', this.#onWidth);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    wide.removeEventListener('change', this.#onWidth);
  }

  override render() {
    const chosen = this.route.params['id'];
    if (chosen && !wide.matches)
      return html`<ui-page heading=${words.person} back="/people" back-label=${words.back} width="narrow"
        >${this.#one(chosen)}</ui-page
      >`;
    return html`<ui-page heading=${words.heading} width="wide">
      ${this.#can() ? this.#buttons() : nothing} ${this.#tools()}
      <div class=${chosen ? 'split' : ''}>
        <div>${this.#list(chosen)}</div>
        ${chosen ? this.#beside(chosen) : nothing}
      </div>
      ${this.#dialogs()}
    </ui-page>`;
  }

  #can = (): boolean => this.#who.value?.can('people:write') === true;

  #buttons() {
    return html`<div slot="actions">
      <button class="button second" aria-label=${words.add} @click=${() => (this.adding = true)}>
        <ui-icon name="user-plus"></ui-icon><span>${words.add}</span>
      </button>
      <a class="button primary" href="/people?invite"><ui-icon name="send"></ui-icon>${words.invite}</a>
    </div>`;
  }

  #tools() {
    const filters: readonly [Filter, string][] = [
      ['all', words.filter_all],
      ['members', words.filter_members],
      ['invited', words.filter_invited],
      ['no_login', words.filter_no_login],
    ];
    const options = filters.map(([value, label]) => ({ value, label }));
    return html`<div class="tools">
      <label class="search">
        <span class="visually-hidden">${words.search}</span><ui-icon name="search"></ui-icon>
        <input
          class="input"
          type="search"
          placeholder=${words.search_placeholder}
          .value=${this.typed}
          @input=${(event: Event) => (this.typed = (event.target as HTMLInputElement).value)}
        />
      </label>
      <ui-segmented
        label=${words.filter}
        .options=${options}
        .value=${this.filter}
        @ui-change=${this.#onFilter}
      ></ui-segmented>
    </div>`;
  }

  #list(chosen: string | undefined) {
    if (this.#people.failure) return html`<ui-failure .failure=${this.#people.failure}></ui-failure>`;
    if (!this.#people.value) return html`<ui-skeleton lines="6" row-height="64"></ui-skeleton>`;
    const shown = this.#people.value.filter(
      (each) => inFilter[this.filter](each) && matches(each, this.typed, roleName),
    );
    if (this.#people.value.length === 0)
      return html`<ui-empty icon="users" heading=${words.empty_heading}>${words.empty_text}</ui-empty>`;
    if (shown.length === 0) return this.#nobody();
    return html`<p class="quiet small count" role="status">${words.count(shown.length)}</p>
      <ul class="list">
        ${shown.map((each) => this.#row(each, chosen))}
      </ul>`;
  }

  #nobody() {
    return html`<ui-empty icon="search" heading=${words.none_found}>
      ${words.none_found_text}
      <button slot="action" class="button" @click=${this.#onClear}>${words.clear}</button>
    </ui-empty>`;
  }

  #row(entry: Entry, chosen: string | undefined) {
    const { word, tone, icon } = standings[entry.standing];
    const about = aboutOf(entry);
    return html`<li>
      <a class="list-row" href="/people/${entry.id}" aria-current=${entry.id === chosen ? 'true' : nothing}>
        <ui-avatar name=${entry.name}></ui-avatar>
        <span class="grow">
          <span class="name ellipsis">${entry.name}</span>
          <span class="quiet small ellipsis">${about || word}</span>
        </span>
        ${this.#waits(entry) && entry.standing !== 'sending' ? html`<ui-icon name="clock" label=${words.waits_for_signal}></ui-icon>` : nothing}
        ${entry.standing === 'active' ? nothing : html`<ui-badge tone=${tone} icon=${icon}>${word}</ui-badge>`}
      </a>
    </li>`;
  }

  #waits({ id, membership, invitation }: Entry): boolean {
    const unsent = this.#unsent.value;
    return [id, membership?.id, invitation?.id].some((each) => each !== undefined && unsent?.has(each) === true);
  }

  #beside(id: string) {
    return html`<aside aria-label=${words.person}>
      <a class="button quiet icon-only close" href="/people" aria-label=${words.close}><ui-icon name="x"></ui-icon></a>
      ${this.#one(id)}
    </aside>`;
  }

  #one(id: string) {
    const all = this.#people.value;
    if (!all) return html`<ui-skeleton lines="4"></ui-skeleton>`;
    const entry = all.find((each) => each.id === id);
    if (entry) return html`<person-detail .entry=${entry} .all=${all} ?waiting=${this.#waits(entry)}></person-detail>`;
    return html`<ui-empty icon="user" heading=${words.gone_heading}>
      ${words.gone_text}<a slot="action" class="button" href="/people">${words.to_list}</a>
    </ui-empty>`;
  }

  #dialogs() {
    if (!this.#can()) return nothing;
    const taken = (this.#people.value ?? []).flatMap(({ invitation }) => (invitation ? [invitation.email] : []));
    const back = () => navigate('/people', { replace: true });
    if (this.route.query.has('invite'))
      return html`<invite-dialog .taken=${taken} @dialog-done=${back}></invite-dialog>`;
    return this.adding ? html`<person-dialog @dialog-done=${this.#onAdded}></person-dialog>` : nothing;
  }

  #onWidth = (): void => this.requestUpdate();

  #onFilter = (event: CustomEvent<{ value: Filter }>): void => void (this.filter = event.detail.value);

  #onClear = (): void => {
    this.typed = '';
    this.filter = 'all';
  };

  #onAdded = (event: CustomEvent<{ id: string | undefined }>): void => {
    this.adding = false;
    if (event.detail.id) navigate(`/people/${event.detail.id}`);
  };

  static override styles = [base, controls, pageStyles];
}

/** "Drums · Artist"; a title that only repeats the role is not said twice. */
function aboutOf({ person, roles }: Entry): string {
  const names = roles.map(roleName).join(', ');
  const repeats = person?.title?.toLowerCase() === names.toLowerCase();
  return [repeats ? '' : person?.title, names].filter(Boolean).join(' · ');
}

declare global {
  interface HTMLElementTagNameMap {
    'people-page': PeoplePage;
  }
}
