import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { LiveQuery } from '../../data/live-query.ts';
import { who } from '../../data/who.ts';
import { formatInstant } from '../../kernel/day.ts';
import { ask } from '../../ui/ask.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import { toast } from '../../ui/toast.ts';
import '../../ui/ui-icon.ts';
import { undoGroup, undoGroups } from './mutations.ts';
import { importedRows, pastImports, type PastImport } from './queries.ts';
import { words } from './words.ts';

/** The imports that can still be taken back, each as a whole. */
@customElement('import-list')
export class ImportList extends LitElement {
  readonly #imports = new LiveQuery(this, () => pastImports(who().organization.id));

  override render() {
    const imports = this.#imports.value ?? [];
    if (imports.length === 0) return nothing;
    return html`<h2>${words.past}</h2>
      <ul class="list">
        ${imports.map((one) => this.#import(one))}
      </ul>`;
  }

  #import(one: PastImport) {
    const about = [words.past_line(one.made + one.changed), one.at && formatInstant(one.at)];
    return html`<li class="list-row">
      <div class="grow">
        <p class="ellipsis"><b>${one.file_name}</b></p>
        <p class="small quiet">${about.filter(Boolean).join(' · ')}</p>
      </div>
      <button class="button" aria-label="${words.undo}: ${one.file_name}" @click=${() => void this.#undo(one)}>
        <ui-icon name="undo-2"></ui-icon>${words.undo_short}
      </button>
    </li>`;
  }

  async #undo({ import_id, file_name, made, changed }: PastImport): Promise<void> {
    const question = {
      heading: words.undo_heading(file_name),
      text: words.undo_text(made, changed),
      confirm: words.undo,
      danger: true,
    };
    if (!(await ask(question))) return;
    const { id } = who().organization;
    const found = await importedRows(id, import_id);
    for (const group of undoGroups(id, found)) await undoGroup(group);
    const kept = found.needed.size;
    const sentence = words.undone(made + changed - kept);
    toast(kept > 0 ? `${sentence} ${words.undone_kept(kept)}` : sentence, { tone: 'good' });
  }

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      h2 {
        margin-bottom: var(--space-2);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'import-list': ImportList;
  }
}
