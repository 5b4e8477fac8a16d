import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { rows } from '../../data/db.ts';
import { LiveQuery } from '../../data/live-query.ts';
import { WhoController } from '../../data/who.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-icon.ts';
import { localDrafts, type LocalDraft } from './drafts.ts';
import { words } from './words.ts';

interface Unfinished {
  readonly draft: LocalDraft;
  /** Whether the claim exists beyond this device, so that it opens in its own editor. */
  readonly stored: boolean;
}

async function unfinished(organization_id: string | undefined): Promise<Unfinished[]> {
  if (!organization_id) return [];
  const drafts = await localDrafts(organization_id);
  const stored = await rows('expenses').bulkGet(drafts.map((draft) => draft.id));
  return drafts.map((draft, at) => ({ draft, stored: stored[at] !== undefined }));
}

/** Offers to continue claims that were typed on this device and never saved. */
@customElement('draft-banner')
export class DraftBanner extends LitElement {
  /** The draft that is open already. */
  @property() except = '';
  readonly #who = new WhoController(this);
  readonly #drafts = new LiveQuery(
    this,
    () => unfinished(this.#who.value?.organization.id),
    () => [this.#who.value?.organization.id],
  );

  override render() {
    const others = this.#drafts.value?.filter(({ draft }) => draft.id !== this.except) ?? [];
    if (others.length === 0) return nothing;
    return html`<section aria-label=${words.resume(others.length)}>
      <p class="small"><b>${words.resume(others.length)}</b> <span class="quiet">${words.resumeText}</span></p>
      <ul>
        ${others.slice(0, 5).map((one) => this.#line(one))}
      </ul>
    </section>`;
  }

  #line({ draft, stored }: Unfinished) {
    const { typed, photos } = draft;
    const about = [
      typed.merchant || typed.description || words.noMerchant,
      typed.amount && `${typed.currency} ${typed.amount}`,
      photos.length > 0 && words.receiptCount(photos.length),
    ];
    return html`<li>
      <a href=${stored ? `/expenses/${draft.id}/edit` : `/expenses/new?draft=${draft.id}`}>
        <ui-icon name="pencil"></ui-icon>
        <span class="grow ellipsis">${about.filter(Boolean).join(' · ')}</span>
        <span class="go">${words.resumeOpen}</span>
      </a>
    </li>`;
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      section {
        margin-bottom: var(--space-4);
        padding: var(--space-3) var(--space-4) var(--space-1);
        border-radius: var(--radius-card);
        background: var(--accent-soft);
        --icon-size: 16px;
      }
      a {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-height: var(--target);
        color: var(--text);
      }
      a ui-icon {
        color: var(--accent-ink);
      }
      .go {
        color: var(--accent-ink);
        font-weight: 550;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'draft-banner': DraftBanner;
  }
}
