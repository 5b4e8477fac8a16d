import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { WhoController } from '../../data/who.ts';
import type { RouteMatch } from '../../kernel/feature.ts';
import { newId } from '../../kernel/id.ts';
import { base } from '../../ui/base.styles.ts';
import { navigate } from '../../ui/navigate.ts';
import '../../ui/ui-page.ts';
import './draft-banner.ts';
import './expense-editor.ts';
import { words } from './words.ts';

/** A new claim, or an existing one to edit. The address carries the draft's id, so that a reload finds what was typed. */
@customElement('expense-new-page')
export class ExpenseNewPage extends LitElement {
  @property({ attribute: false }) route!: RouteMatch;
  readonly #who = new WhoController(this);

  override willUpdate(): void {
    if (this.#id) return;
    const photo = this.route.query.has('photo') ? '&photo' : '';
    navigate(`/expenses/new?draft=${newId()}${photo}`, { replace: true });
  }

  override render() {
    if (!this.#who.value || !this.#id) return nothing;
    const editing = this.route.params['id'] !== undefined;
    return html`<ui-page
      heading=${editing ? words.editClaim : words.newClaim}
      back=${editing ? `/expenses/${this.#id}` : '/expenses'}
      back-label=${words.backToClaims}
    >
      ${editing ? nothing : html`<draft-banner except=${this.#id}></draft-banner>`}
      <expense-editor claim-id=${this.#id} ?photo=${this.route.query.has('photo')}></expense-editor>
    </ui-page>`;
  }

  get #id(): string {
    return this.route.params['id'] ?? this.route.query.get('draft') ?? '';
  }

  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'expense-new-page': ExpenseNewPage;
  }
}
