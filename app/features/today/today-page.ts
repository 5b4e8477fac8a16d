import { LitElement, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController, who, type Who } from '../../data/who.ts';
import { dateIn, deviceZone, formatInstant } from '../../kernel/day.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-page.ts';
import '../../ui/ui-skeleton.ts';
import { historyLine, sumsText, type ClaimSummary } from '../expenses/index.ts';
import { lately, moneyToday, type News } from './queries.ts';
import { todayPageStyles } from './today-page.styles.ts';
import './next-show.ts';
import { greeting, words } from './words.ts';

const states = [
  { status: 'rejected', icon: 'circle-alert' },
  { status: 'draft', icon: 'pencil' },
  { status: 'submitted', icon: 'send' },
  { status: 'approved', icon: 'circle-check' },
] as const;

/** Where a person is in their day: the next show, their money, and what waits for them. */
@customElement('today-page')
export class TodayPage extends LitElement {
  @property({ attribute: false }) route: RouteMatch | undefined;
  readonly #who = new WhoController(this);
  readonly #money = new LiveQuery(
    this,
    () => moneyToday(who()),
    () => [this.#who.value],
  );
  readonly #news = new LiveQuery(
    this,
    () => (who().can('expenses:read') ? lately(who().organization.id) : []),
    () => [this.#who.value],
  );

  override render() {
    const me = this.#who.value;
    if (!me) return nothing;
    const name = me.person.first_name ?? me.person.display_name;
    return html`<ui-page heading=${greeting(new Date().getHours(), name)}>
      <p slot="lead">${dateLine()}</p>
      <div class="grid">
        <my-day class="wide"></my-day>
        <next-show></next-show>
        ${this.#approvals(me)} ${this.#claims(me)} ${this.#lately()}
      </div>
    </ui-page>`;
  }

  #approvals(me: Who) {
    const waiting = this.#money.value?.waiting;
    if (!me.can('expenses:approve')) return nothing;
    return html`<section class="card stack tight">
      <h2>${words.approvals}</h2>
      ${
        waiting
          ? html`<p class="big number">${waiting.count}</p>
              <p class="quiet">
                ${waiting.count === 0 ? words.noneWaiting : words.waiting(waiting.count)}
                ${
                  waiting.count > 0
                    ? html`<br /><span class="number">${sumsText(waiting.sums, me.organization.currency)}</span>`
                    : nothing
                }
              </p>`
          : html`<ui-skeleton lines="2"></ui-skeleton>`
      }
      <p class="foot">
        <a class="button ${waiting?.count ? 'primary' : ''}" href="/approvals">${words.open}</a>
      </p>
    </section>`;
  }

  #claims(me: Who) {
    const money = this.#money.value;
    if (!money) return html`<section class="card"><ui-skeleton lines="4"></ui-skeleton></section>`;
    if (money.isNew) return this.#firstSteps();
    const open = states.filter(({ status }) => money.own[status].count > 0);
    const quiet = open.length === 0 && money.unfinished === 0;
    return html`<section class="card stack tight">
      <div class="row">
        <h2 class="grow">${words.yourClaims}</h2>
        <a class="small" href="/expenses">${words.seeAll}</a>
      </div>
      ${
        quiet
          ? html`<p class="quiet">${words.nothingOpenText}</p>`
          : html`<ul>
              ${money.unfinished > 0 ? this.#unfinished(money.unfinished) : nothing}
              ${open.map(({ status, icon }) => this.#line(status, icon, money.own[status], me))}
            </ul>`
      }
      <p class="foot">
        <a class="button ${quiet ? 'primary' : ''}" href="/expenses/new?photo">
          <ui-icon name="camera"></ui-icon>${words.photograph}
        </a>
      </p>
    </section>`;
  }

  #firstSteps() {
    return html`<section class="card stack tight">
      <h2>${words.firstSteps}</h2>
      <ul>
        ${this.#stepTo('/expenses/new?photo', 'camera', words.firstClaim, words.firstClaimText)}
        ${this.#stepTo('/shows', 'calendar', words.lookShows, words.lookShowsText)}
      </ul>
    </section>`;
  }

  #stepTo(path: string, icon: string, title: string, text: string) {
    return html`<li>
      <a class="line" href=${path}>
        <ui-icon name=${icon}></ui-icon>
        <span class="grow"><b>${title}</b><br /><span class="small quiet">${text}</span></span>
        <ui-icon name="chevron-right"></ui-icon>
      </a>
    </li>`;
  }

  #unfinished(n: number) {
    return html`<li>
      <a class="line" href="/expenses/new">
        <ui-icon name="pencil"></ui-icon><span class="grow">${words.onThisDevice(n)}</span>
        <ui-icon name="chevron-right"></ui-icon>
      </a>
    </li>`;
  }

  #line(status: (typeof states)[number]['status'], icon: string, { count, sums }: ClaimSummary, me: Who) {
    return html`<li>
      <a class="line ${status}" href="/expenses?state=${status}">
        <ui-icon name=${icon}></ui-icon>
        <span class="grow what">
          <span><b class="number">${count}</b> ${words[status]}</span>
          <span class="number quiet small">${sumsText(sums, me.organization.currency)}</span>
        </span>
        <ui-icon name="chevron-right"></ui-icon>
      </a>
    </li>`;
  }

  #lately() {
    const news = this.#news.value ?? [];
    if (news.length === 0) return nothing;
    return html`<section class="card stack tight wide">
      <h2>${words.lately}</h2>
      <ul>
        ${news.map((one) => this.#newsLine(one))}
      </ul>
    </section>`;
  }

  #newsLine({ activity, title }: News) {
    return html`<li>
      <a class="line" href="/expenses/${activity.entity_id}">
        <span class="grow ellipsis">
          <b>${title}</b> <span class="quiet">${historyLine(activity.action, activity.actor_name)}</span>
        </span>
        <time class="quiet small number" datetime=${activity.at}>${formatInstant(activity.at)}</time>
      </a>
    </li>`;
  }

  static override styles = [base, controls, todayPageStyles];
}

function dateLine(): string {
  const today = new Date(`${dateIn(deviceZone())}T00:00:00Z`);
  return new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    today,
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'today-page': TodayPage;
  }
}
