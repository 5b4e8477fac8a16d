import { html, nothing, type TemplateResult } from 'lit';

/** The line under a field: what is wrong with it, else its hint. The field names it in `aria-describedby` as `<name>-note`. */
export const fieldNote = (name: string, error: string | undefined, hint: string | undefined): TemplateResult =>
  html`<div id="${name}-note">
    ${error ? html`<p class="error" role="alert">${error}</p>` : hint ? html`<p class="hint">${hint}</p>` : nothing}
  </div>`;
