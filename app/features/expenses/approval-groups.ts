import type { PersonRow } from '../../data/schema.gen.ts';
import { formatMoney } from '../../kernel/money.ts';
import { titleOf } from './parts.ts';
import type { WaitingClaim } from './queries.ts';
import { words } from './words.ts';

/** Claims of the queue that belong together. */
export interface QueueGroup {
  readonly heading: string;
  readonly hint: string;
  readonly items: readonly WaitingClaim[];
}

/** Which part of the queue is shown. */
export type QueueView = 'all' | 'ready' | 'flagged';

type Place = 'ready' | 'flagged' | 'elsewhere';

/** By exception: what nothing speaks against stands on top, then what deserves a look, then what others decide. */
function placeOf({ hindrance, flags }: WaitingClaim): Place {
  if (hindrance !== null && hindrance !== 'receipts_not_arrived') return 'elsewhere';
  return hindrance === null && flags.length === 0 ? 'ready' : 'flagged';
}

const looks: Readonly<Record<Place, { heading: (n: number) => string; hint: string }>> = {
  ready: { heading: words.ready, hint: words.readyHint },
  flagged: { heading: words.flagged, hint: words.flaggedHint },
  elsewhere: { heading: words.elsewhere, hint: words.elsewhereHint },
};

/** The queue in groups, narrowed to a part of it and to what was searched for. */
export function groupsOf(
  items: readonly WaitingClaim[],
  view: QueueView,
  text: string,
  people: ReadonlyMap<string, PersonRow>,
): QueueGroup[] {
  const wanted = text.trim().toLocaleLowerCase();
  const found = wanted ? items.filter((item) => searched(item, people).includes(wanted)) : items;
  return (Object.keys(looks) as Place[])
    .filter((place) => view === 'all' || view === place)
    .map((place) => ({ place, some: found.filter((item) => placeOf(item) === place) }))
    .filter(({ some }) => some.length > 0)
    .map(({ place, some }) => ({ heading: looks[place].heading(some.length), hint: looks[place].hint, items: some }));
}

function searched({ row }: WaitingClaim, people: ReadonlyMap<string, PersonRow>): string {
  const { amount_minor, currency, description, person_id } = row;
  const money = amount_minor === null ? '' : formatMoney({ amount_minor, currency });
  return [titleOf(row), description, money, people.get(person_id)?.display_name].join(' ').toLocaleLowerCase();
}

/** Whether a claim can be selected: it can be approved or sent back. */
export const isSelectable = ({ hindrance, rejection }: WaitingClaim): boolean =>
  hindrance === null || rejection === null;

/** The claims from one to another, in the order of the list. */
export function between(items: readonly WaitingClaim[], from: string, to: string): WaitingClaim[] {
  const ends = [from, to].map((id) => items.findIndex(({ row }) => row.id === id));
  if (ends.includes(-1)) return items.filter(({ row }) => row.id === to);
  return items.slice(Math.min(...ends), Math.max(...ends) + 1);
}
