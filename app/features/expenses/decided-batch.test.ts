import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rows, type LocalDatabase } from '../../data/db.ts';
import { batchResults, closeBatch, keepBatch } from './decided-batch.ts';
import { nextLevel } from './decisions.ts';
import { heldApprovals, holdDecisions, sendHeldApprovals, undoApprovals } from './held-approvals.ts';
import { accountant, freshDatabase, outbox, stored } from './testing.ts';

let db: LocalDatabase;
beforeEach(async () => {
  db = await freshDatabase();
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(() => 0 as never);
});
afterEach(() => vi.restoreAllMocks());

const level = (n: number, status: 'waiting' | 'approved') => ({
  level: n,
  wanted: 'any',
  status,
  decided_by: null,
  for_person_id: null,
});

describe('decisions about many claims', () => {
  it('travel one by one, each with what was seen, and only once', async () => {
    const all = await Promise.all(Array.from({ length: 120 }, () => stored({ waits_for_level: 1 })));
    await holdDecisions(all.map((row) => ({ row, by: accountant })));
    await Promise.all([sendHeldApprovals(true), sendHeldApprovals(true)]);
    const sent = await outbox(db);
    expect(sent).toHaveLength(120);
    expect(new Set(sent.flatMap((intent) => intent.rows)).size).toBe(120);
    expect(sent[0]!.ops).toMatchObject([{ cmd: 'expenses.approve', seen: { waits_for_level: 1, amount_minor: 1250 } }]);
  });

  it('can be taken back for some of them', async () => {
    const [one, other] = [await stored(), await stored()];
    await holdDecisions([one, other].map((row) => ({ row, by: accountant })));
    expect(await undoApprovals([one.id])).toBe(1);
    expect(await heldApprovals()).toEqual(new Set([other.id]));
  });

  it('may be rejections, each with its reason', async () => {
    const [one, other] = [await stored(), await stored()];
    await holdDecisions([
      { row: one, by: accountant, reason: 'Blurred' },
      { row: other, by: accountant, reason: 'Private' },
    ]);
    await sendHeldApprovals(true);
    const sent = await outbox(db);
    expect(sent.map(({ ops }) => (ops[0] as { args?: { reason?: string } }).args?.reason)).toEqual([
      'Blurred',
      'Private',
    ]);
  });

  it('leave a claim submitted when another level follows', async () => {
    const row = await stored({ waits_for_level: 1 });
    await holdDecisions([{ row, by: accountant, next_level: 2 }]);
    await sendHeldApprovals(true);
    expect(await rows('expenses').get(row.id)).toMatchObject({
      status: 'submitted',
      waits_for_level: 2,
      decided_by: accountant,
    });
  });

  it('know the level that follows', () => {
    expect(nextLevel([level(1, 'approved'), level(2, 'waiting'), level(3, 'waiting')])).toBe(3);
    expect(nextLevel([level(1, 'approved'), level(2, 'waiting')])).toBeUndefined();
    expect(nextLevel([])).toBeUndefined();
  });
});

describe('the results of a batch', () => {
  it('tell of each claim what became of it', async () => {
    const claims = await Promise.all([
      stored({ status: 'approved' }),
      stored({ waits_for_level: 2 }),
      stored({ status: 'rejected' }),
      stored({ waits_for_level: 1 }),
      stored({ waits_for_level: 1 }),
    ]);
    const [, , , held, over] = claims;
    await holdDecisions([{ row: held!, by: accountant }]);
    await keepBatch(
      claims.map(({ id }) => ({
        id,
        title: 'Shell',
        level: 1,
        ...(id === over!.id ? { hindrance: 'insufficient_approval_limit' as const } : {}),
      })),
    );
    expect((await batchResults())!.map(({ outcome }) => outcome)).toEqual([
      'approved',
      'passed_on',
      'rejected',
      'held',
      'not_able',
    ]);
    await sendHeldApprovals(true);
    expect((await batchResults())![3]).toMatchObject({ outcome: 'waiting' });
    await closeBatch();
    expect(await batchResults()).toBeUndefined();
  });
});
