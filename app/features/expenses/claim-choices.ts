import type { ExpenseCategoryRow, ExpenseRow } from '../../data/schema.gen.ts';
import type { Who } from '../../data/who.ts';
import { categories, latestOwnClaims, showsById, toursOf, type ShowLabel } from './queries.ts';

/** What the form needs to know beside the claim: what can be chosen, and what was claimed before. */
export interface Choices {
  readonly categories: readonly ExpenseCategoryRow[];
  readonly shows: ReadonlyMap<string, ShowLabel>;
  readonly mine: ReadonlySet<string>;
  readonly earlier: readonly ExpenseRow[];
}

/** Before anything is read. */
export const noChoices: Choices = { categories: [], shows: new Map(), mine: new Set(), earlier: [] };

/** Reads what can be chosen in a claim of this person. */
export async function readChoices(me: Who): Promise<Choices> {
  const [all, shows, mine, earlier] = await Promise.all([
    categories(me.organization.id),
    showsById(me.organization.id),
    toursOf(me.person.id),
    latestOwnClaims(me),
  ]);
  return { categories: all, shows, mine, earlier };
}
