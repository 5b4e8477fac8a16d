import { html, type TemplateResult } from 'lit';
import type { ShowStatus } from '../../data/schema.gen.ts';
import type { Tone } from '../../ui/ui-badge.ts';
import '../../ui/ui-badge.ts';
import { statusWords } from './words.ts';

const looks: Readonly<Record<ShowStatus, readonly [Tone, string]>> = {
  hold: ['neutral', 'clock'],
  option: ['neutral', 'clock'],
  confirmed: ['good', 'check'],
  advanced: ['good', 'circle-check'],
  played: ['neutral', 'music'],
  settled: ['neutral', 'banknote'],
  cancelled: ['bad', 'x'],
  postponed: ['warn', 'calendar'],
};

/** A show's state as icon and word. */
export function showBadge(status: ShowStatus): TemplateResult {
  const [tone, icon] = looks[status];
  return html`<ui-badge tone=${tone} icon=${icon}>${statusWords[status]}</ui-badge>`;
}
