import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  MOST_LEVELS,
  administers,
  chainOf,
  claimValue,
  decidersOf,
  runsOn,
  turnOf,
  type Decider,
  type Measure,
  type Rule,
  type Scene,
  type Waiting,
} from './rules.ts';
import { can, dice, idOf, someMeasure, someRules, someScene, someWaiting } from './scenes.ts';

const vectors = JSON.parse(readFileSync(new URL('chains.vectors.json', import.meta.url), 'utf8')) as (Measure & {
  name: string;
  rules: Rule[];
  chain: string[];
})[];
const seeds = Array.from({ length: 500 }, (_, seed) => seed);

describe('the chain of a claim', () => {
  test.each(vectors)('$name', ({ rules, chain, ...measure }) => {
    expect(chainOf(rules, measure)).toEqual(chain);
    expect(chainOf([...rules].reverse(), measure)).toEqual(chain);
  });

  test('exists for every claim under every set of rules, whatever their order', () => {
    for (const seed of seeds) {
      const roll = dice(seed);
      const rules = someRules(roll);
      const measure = someMeasure(roll);
      const chain = chainOf(rules, measure);
      expect(chain.length).toBeGreaterThanOrEqual(1);
      expect(chain.length).toBeLessThanOrEqual(MOST_LEVELS);
      const shuffled = rules.map((rule) => ({ rule, at: roll(1000) })).sort((a, b) => a.at - b.at);
      expect(
        chainOf(
          shuffled.map(({ rule }) => rule),
          measure,
        ),
      ).toEqual(chain);
    }
  });

  test('of a claim over a limit ends high, and is never shorter for it', () => {
    for (const seed of seeds) {
      const roll = dice(seed);
      const rules = someRules(roll);
      const measure = someMeasure(roll);
      const high = chainOf(rules, { ...measure, over_limit: true });
      expect(high.at(-1)).toMatch(/^(high|role:(finance_director|admin|owner))$/);
      expect(high.length).toBeGreaterThanOrEqual(chainOf(rules, { ...measure, over_limit: false }).length);
    }
  });
});

test('a claim in another currency is not compared', () => {
  expect(claimValue({ amount_minor: 500, currency: 'EUR' }, { currency: 'EUR' })).toBe(500);
  expect(claimValue({ amount_minor: 500, currency: 'JPY' }, { currency: 'EUR' })).toBeNull();
});

describe('who may decide', () => {
  test('whoever a level names and lets decide an amount may decide every lower one', () => {
    let asked = 0;
    for (const seed of seeds) {
      const roll = dice(seed);
      const scene = someScene(roll);
      const waiting = { ...someWaiting(roll), worth: 50_001 };
      // Administrators step in only where nobody else can, so more money may bring them in.
      const stepIn = new Set(scene.members.filter(({ roles }) => administers(roles)).map(({ person_id }) => person_id));
      const named = ({ person_id, lender_id }: Decider) => !stepIn.has(lender_id ?? person_id);
      for (const { person_id } of decidersOf(waiting, scene).filter(named))
        for (const worth of [50_000, 101, 1, 0]) {
          asked++;
          const lower = decidersOf({ ...waiting, worth }, scene).map((decider) => decider.person_id);
          expect(lower, `seed ${seed}, ${worth}`).toContain(person_id);
        }
    }
    expect(asked).toBeGreaterThan(100);
  });

  test('is never the claimant, who decided before, or who holds the approvals of either', () => {
    for (const seed of seeds) {
      const roll = dice(seed);
      const scene = someScene(roll);
      const waiting = someWaiting(roll);
      for (const { person_id, lender_id } of decidersOf(waiting, scene)) {
        for (const id of [person_id, lender_id]) {
          expect(id).not.toBe(waiting.claimant_id);
          expect(waiting.decided).not.toContain(id);
        }
        expect(
          scene.loans.some((loan) => loan.borrower_id === person_id && loan.lender_id === waiting.claimant_id),
        ).toBe(false);
      }
    }
  });

  test('is somebody as long as an administrator without a part in it is there', () => {
    for (const seed of seeds) {
      const roll = dice(seed);
      const scene = someScene(roll);
      const waiting = someWaiting(roll);
      const free = scene.members.some(
        ({ person_id, roles }) =>
          can(roles, 'settings:write') &&
          person_id !== waiting.claimant_id &&
          !waiting.decided.includes(person_id) &&
          !scene.loans.some((loan) => loan.borrower_id === person_id && loan.lender_id === waiting.claimant_id),
      );
      if (free) expect(decidersOf(waiting, scene)).not.toEqual([]);
    }
  });

  test('it is the turn of exactly those who may decide', () => {
    for (const seed of seeds) {
      const roll = dice(seed);
      const scene = someScene(roll);
      const waiting = someWaiting(roll);
      const may = decidersOf(waiting, scene).map(({ person_id }) => person_id);
      const turns = scene.members.filter((member) => turnOf(waiting, member, scene).hindrance === null);
      expect(turns.map(({ person_id }) => person_id).sort()).toEqual(may.sort());
    }
  });
});

describe('the way to say no', () => {
  const [ann, ben, cem, dora] = [idOf('a', 1), idOf('a', 2), idOf('a', 3), idOf('a', 4)] as const;
  const loan = { starts_on: '2026-01-01', ends_on: '2026-01-02', ended_at: null };
  const scene: Scene = {
    members: [
      { person_id: ann, roles: ['accountant'] },
      { person_id: ben, roles: ['accountant'] },
      { person_id: cem, roles: ['manager'] },
      { person_id: dora, roles: ['finance_director'] },
    ],
    limits: [{ role: null, person_id: ann, max_minor: 100 }],
    loans: [{ lender_id: dora, borrower_id: ben, ...loan }],
    can,
  };
  const claim: Waiting = { claimant_id: 'x', wanted: 'any', worth: 101, over_limit: false, decided: [] };
  const no = (patch: Partial<Waiting>, at: number) =>
    turnOf({ ...claim, ...patch }, scene.members[at]!, scene).hindrance;

  test.each([
    ['beyond one’s limit', {}, 0, 'insufficient_approval_limit'],
    ['at a high level', { wanted: 'high' }, 0, 'insufficient_approval_limit'],
    ['at somebody else’s level', { wanted: 'role:manager' }, 0, 'not_your_level'],
    ['without a part in approvals', {}, 2, 'not_permitted'],
    ['of one’s own claim', { claimant_id: ann }, 0, 'own_claim'],
    ['of a claim of who lends', { claimant_id: dora }, 1, 'lenders_claim'],
    ['of a claim one approved before', { decided: [cem], wanted: 'role:manager' }, 2, 'approved_before'],
    ['not at all, by somebody who stands in', { wanted: 'high' }, 1, null],
  ] as const)('%s', (_, patch, at, code) => expect(no(patch, at)).toBe(code));
});

test('a loan runs from its first to its last day, until it is ended', () => {
  const loan = { lender_id: 'a', borrower_id: 'b', starts_on: '2026-03-01', ends_on: '2026-03-03', ended_at: null };
  expect(['2026-02-28', '2026-03-01', '2026-03-03', '2026-03-04'].map((day) => runsOn(loan, day))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(runsOn({ ...loan, ended_at: '2026-03-01T10:00:00Z' }, '2026-03-02')).toBe(false);
});
