import { rows } from '../../data/db.ts';
import type { ActivityRow, ExpenseRow } from '../../data/schema.gen.ts';
import type { Who } from '../../data/who.ts';
import { claimTotals, localDrafts, ownSummary, titleOf, waitingClaims, type ClaimSummary } from '../expenses/index.ts';
import type { Money } from '../../kernel/money.ts';

/** What the first screen says about money. */
export interface MoneyToday {
  readonly own: Awaited<ReturnType<typeof ownSummary>>;
  /** Whether this person has never made a claim here. */
  readonly isNew: boolean;
  /** Claims typed on this device and never saved. */
  readonly unfinished: number;
  /** Claims that wait for my decision, `undefined` for those who decide nothing. */
  readonly waiting: ClaimSummary | undefined;
}

/** My claims and my decisions, as they stand. */
export async function moneyToday(me: Who): Promise<MoneyToday> {
  const [own, count, drafts, waiting] = await Promise.all([
    ownSummary(me),
    rows('expenses').where('person_id').equals(me.person.id).count(),
    localDrafts(me.organization.id),
    me.can('expenses:approve') ? decisions(me) : undefined,
  ]);
  return { own, isNew: count === 0 && drafts.length === 0, unfinished: drafts.length, waiting };
}

async function decisions(me: Who): Promise<{ count: number; sums: Money[] }> {
  const able = (await waitingClaims(me)).filter((claim) => claim.hindrance === null).map(({ row }) => row);
  return { count: able.length, sums: claimTotals(able) };
}

/** One line of what happened lately. */
export interface News {
  readonly activity: ActivityRow;
  readonly title: string;
}

/** What happened to claims in this organisation lately, newest first. */
export async function lately(organization_id: string, most = 8): Promise<News[]> {
  const found = await rows('activity')
    .orderBy('at')
    .reverse()
    .filter((one) => one.organization_id === organization_id && one.entity_type === 'expenses')
    .limit(most)
    .toArray();
  const claims = await rows('expenses').bulkGet(found.map((one) => one.entity_id));
  return found.map((activity, at) => ({ activity, title: nameOf(claims[at]) }));
}

const nameOf = (row: ExpenseRow | undefined): string => (row ? titleOf(row) : '');
