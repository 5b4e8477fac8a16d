import type { ShowStatus } from '../../data/schema.gen.ts';
import { count, defineWords } from '../../kernel/words.ts';

/** The sentences of the shows screen. */
export const words = defineWords('tours', {
  shows: 'Shows',
  oneOffs: 'One-off shows',
  coming: 'Coming',
  past: 'Past',
  which: 'Which shows',
  showCount: (n: number) => count(n, 'show', 'shows'),
  noneComing: 'No show ahead',
  nonePast: 'No show behind you',
  noneText: 'Shows of the tours you are on appear here as soon as they are entered.',
  endOfList: 'End of list',
  today: 'Today',
  import: 'Import',
  importShows: 'Import shows',
  export: 'Export',
  exportShows: 'Export shows',
});

/** A state of a show in a word. */
export const statusWords: Readonly<Record<ShowStatus, string>> = defineWords('tours.status', {
  hold: 'Hold',
  option: 'Option',
  confirmed: 'Confirmed',
  advanced: 'Advanced',
  played: 'Played',
  settled: 'Settled',
  cancelled: 'Cancelled',
  postponed: 'Postponed',
});
