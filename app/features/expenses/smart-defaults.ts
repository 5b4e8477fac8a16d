import type { ExpenseStatus } from '../../data/schema.gen.ts';
import type { LocalDate } from '../../kernel/day.ts';
import { merchantKey } from './rules.ts';

/** The facts of a show that help to guess which one a purchase belongs to. */
export interface ShowFacts {
  readonly id: string;
  readonly show_date: LocalDate;
  readonly status: string;
}

/** The show a purchase on a date most likely belongs to: the surest one on that very date, none when there is none. */
export function showOn(date: LocalDate, shows: readonly ShowFacts[]): string | null {
  const today = shows.filter((show) => show.show_date === date && show.status in certainty);
  today.sort((a, b) => certainty[b.status]! - certainty[a.status]!);
  return today[0]?.id ?? null;
}

const certainty: Readonly<Record<string, number>> = {
  hold: 1,
  option: 2,
  confirmed: 3,
  advanced: 4,
  played: 5,
  settled: 6,
};

/** The currency a new claim starts with: the last one used, else the tour's, else the organisation's. */
export const firstCurrency = (
  lastUsed: string | null | undefined,
  tour: string | null | undefined,
  organization: string,
): string => lastUsed ?? tour ?? organization;

/** What an earlier claim says about its merchant. */
export interface EarlierClaim {
  readonly merchant: string | null;
  readonly category_id: string | null;
  readonly status: ExpenseStatus;
}

/** The category used last at a merchant; `earlier` is newest first. */
export function categoryAt(merchant: string, earlier: readonly EarlierClaim[]): string | null {
  const key = merchantKey(merchant);
  if (key === '') return null;
  const match = (claim: EarlierClaim) =>
    claim.category_id !== null && claim.status !== 'cancelled' && merchantKey(claim.merchant) === key;
  return earlier.find(match)?.category_id ?? null;
}

/** Merchant names to offer while typing: the ones used most recently, each once, that contain what is typed. */
export function merchantsLike(typed: string, earlier: readonly EarlierClaim[], most = 6): string[] {
  const key = merchantKey(typed);
  const names = new Map<string, string>();
  for (const { merchant } of earlier) {
    const own = merchantKey(merchant);
    if (own !== '' && own !== key && own.includes(key) && !names.has(own)) names.set(own, merchant!.trim());
    if (names.size === most) break;
  }
  return [...names.values()];
}
