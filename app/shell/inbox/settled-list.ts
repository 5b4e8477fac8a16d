import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { settledLately, type SettledItem } from '../../data/decisions.ts';
import { LiveQuery } from '../../data/live-query.ts';
import { formatInstant } from '../../kernel/day.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import { takeBack } from './settling.ts';
import { titleOf } from './value-words.ts';
import { words } from './words.ts';

interface Line extends SettledItem {
  readonly title: string;
}

const hows: Readonly<Record<SettledItem['how'], string>> = {
  theirs: words.settledTheirs,
  discarded: words.settledDiscarded,
  mixed: words.settledMixed,
};

/** What was given up lately, each with the way to take it up again; nothing when there is none. */
@customElement('settled-list')
export class SettledList extends LitElement {
  readonly #lines = new LiveQuery(this, lines);

  override render() {
    const all = this.#lines.value ?? [];
    if (all.length === 0) return nothing;
    return html`<section aria-labelledby="heading">
      <h2 id="heading">${words.settledHeading}</h2>
      <p class="small quiet">${words.settledText}</p>
      <ul class="list">
        ${repeat(
          all,
          ({ key }) => key,
          (line) => this.#line(line),
        )}
      </ul>
    </section>`;
  }

  #line({ key, title, how, at }: Line) {
    return html`<li class="list-row">
      <span class="grow">
        <span class="title ellipsis">${title}</span>
        <span class="quiet small">${hows[how]}, <time datetime=${at}>${formatInstant(at)}</time></span>
      </span>
      <button class="button" aria-label=${words.restoreThis(title)} @click=${() => void takeBack(key)}>
        <ui-icon name="undo-2"></ui-icon>${words.restore}
      </button>
    </li>`;
  }

  static override styles = [
    base,
    controls,
    css`
      section {
        margin-top: var(--space-6);
      }
      .list {
        margin-top: var(--space-3);
      }
      .grow > span {
        display: block;
      }
      .title {
        font-weight: 550;
      }
    `,
  ];
}

const lines = async (): Promise<Line[]> =>
  Promise.all(
    (await settledLately()).map(async (each) => ({ ...each, title: await titleOf(each.item, each.operations) })),
  );

declare global {
  interface HTMLElementTagNameMap {
    'settled-list': SettledList;
  }
}
