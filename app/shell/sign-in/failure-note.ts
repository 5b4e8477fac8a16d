import { html, nothing, type TemplateResult } from 'lit';
import type { Failure } from '../../kernel/failure.ts';
import '../../ui/ui-icon.ts';
import { sentenceFor } from './words.ts';

/** The note under a form that failed; read out at once, with the next step as a button where there is one. */
export function failureNote(
  failure: Failure | undefined,
  next?: { readonly label: string; readonly run: () => void },
): TemplateResult | typeof nothing {
  if (!failure) return nothing;
  const weather = failure.kind === 'weather';
  return html`<div class="alert ${weather ? 'weather' : ''}" role="alert">
    <ui-icon name=${weather ? 'wifi-off' : 'circle-alert'}></ui-icon>
    <div>
      ${sentenceFor(failure)}
      ${next ? html`<br /><button type="button" class="button" @click=${next.run}>${next.label}</button>` : nothing}
    </div>
  </div>`;
}
