import { attentionCount } from '../data/needs-attention.ts';
import type { Feature, NavEntry } from '../kernel/feature.ts';
import { words } from './words.ts';

/** Places of the pocket's bottom bar beside the round button. */
const POCKET_PLACES = 4;

/** All entries in their order. */
export const entriesOf = (features: readonly Feature[]): NavEntry[] =>
  features.flatMap(({ nav }) => [...nav]).sort((a, b) => a.order - b.order);

/** Its number is that of what needs the person, because the inbox is behind it. */
const more: NavEntry = {
  path: '/more',
  label: words.more,
  icon: 'menu',
  order: 1000,
  pocket: true,
  count: attentionCount,
};

/** What a thumb reaches: the first pocket entries, and More for all the rest. */
export function pocketEntries(entries: readonly NavEntry[]): NavEntry[] {
  return [...entries.filter(({ pocket }) => pocket).slice(0, POCKET_PLACES - 1), more];
}

/** The entries that a phone finds under More. */
export function otherEntries(entries: readonly NavEntry[]): NavEntry[] {
  const near = new Set(pocketEntries(entries).map(({ path }) => path));
  return entries.filter(({ path }) => !near.has(path));
}
