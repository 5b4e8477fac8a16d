import { permissionsByRole, type Permission, type Role } from '../../data/schema.gen.ts';
import type { Limit, Loan, Measure, Member, Rule, Scene, Waiting } from './rules.ts';

/** Numbers that are always the same for the same seed (mulberry32). */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

type Dice = ReturnType<typeof dice>;

/** An id from a letter and a number. */
export const idOf = (letter: string, n: number): string =>
  `${letter}0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const can = (roles: readonly Role[], permission: Permission): boolean =>
  roles.some((role) => permissionsByRole[role].includes(permission));

const pick = <T>(roll: Dice, from: readonly T[]): T => from[roll(from.length)]!;
const some = <T>(roll: Dice, from: readonly T[], most: number): T[] =>
  Array.from({ length: roll(most + 1) }, () => pick(roll, from)).filter((each, at, all) => all.indexOf(each) === at);

const memberRoles: readonly Role[] = ['owner', 'admin', 'manager', 'finance_director', 'accountant', 'booking', 'crew'];
const limited = ['manager', 'finance_director', 'accountant', 'booking'] as const;
const amounts = [0, 1, 100, 10_000, 50_000, 50_001, 1_000_000];
const categories = [null, idOf('c', 1), idOf('c', 2)];
/** How many people play in a scene. */
export const PEOPLE = 6;
const people = Array.from({ length: PEOPLE }, (_, n) => idOf('a', n));

const someLevel = (roll: Dice): string =>
  roll(3) === 0
    ? pick(roll, ['any', 'high'])
    : roll(4) === 0
      ? `person:${pick(roll, people)}`
      : `role:${pick(roll, memberRoles.slice(0, 6))}`;

/** Rules as an organisation may have them: one for each amount of a category. */
export function someRules(roll: Dice): Rule[] {
  const rules = Array.from({ length: roll(6) }, () => ({
    category_id: pick(roll, categories),
    over_minor: pick(roll, amounts),
    levels: Array.from({ length: 1 + roll(3) }, () => someLevel(roll)),
  }));
  const key = ({ category_id, over_minor }: Rule) => `${category_id} ${over_minor}`;
  const twice = ({ levels }: Rule) =>
    levels.some((each, at) => each.startsWith('person:') && levels.indexOf(each) !== at);
  return rules.filter((rule, at) => !twice(rule) && rules.findIndex((each) => key(each) === key(rule)) === at);
}

/** A claim as rules see it. */
export const someMeasure = (roll: Dice): Measure => ({
  category_id: pick(roll, categories),
  worth: roll(5) === 0 ? null : pick(roll, amounts) + roll(3) + 1,
  over_limit: roll(3) === 0,
});

/** An organisation with people, limits and loans. */
export function someScene(roll: Dice): Scene & { readonly loans: readonly Loan[]; readonly limits: readonly Limit[] } {
  const members: Member[] = people.map((person_id) => ({ person_id, roles: some(roll, memberRoles, 2) }));
  const limits: Limit[] = [
    ...some(roll, limited, 2).map((role) => ({ role, person_id: null, max_minor: pick(roll, amounts) })),
    ...some(roll, people, 1).map((person_id) => ({ role: null, person_id, max_minor: pick(roll, amounts) })),
  ];
  const loans: Loan[] = some(roll, people, 3)
    .map((lender_id) => ({ lender_id, borrower_id: pick(roll, people) }))
    .filter(({ lender_id, borrower_id }) => lender_id !== borrower_id)
    .map((loan) => ({ ...loan, starts_on: '2000-01-01', ends_on: '2000-12-31', ended_at: null }));
  return { members, limits, loans, can };
}

/** A claim that waits at a level, perhaps after another one was decided. */
export function someWaiting(roll: Dice): Waiting {
  const { worth, over_limit } = someMeasure(roll);
  const claimant_id = pick(roll, people);
  const decided = roll(2) === 0 ? [] : [pick(roll, people), pick(roll, people)];
  return { claimant_id, wanted: someLevel(roll), worth, over_limit, decided: decided.slice(0, 1 + roll(2)) };
}
