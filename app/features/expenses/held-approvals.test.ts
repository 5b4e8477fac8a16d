import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rows, type LocalDatabase } from '../../data/db.ts';
import { GRACE_MS, heldApprovals, holdDecisions, sendHeldApprovals, undoApprovals } from './held-approvals.ts';
import { accountant, freshDatabase, outbox, stored } from './testing.ts';

let db: LocalDatabase;
let now = 0;
beforeEach(async () => {
  db = await freshDatabase();
  now = Date.parse('2026-11-14T10:00:00Z');
  vi.spyOn(Date, 'now').mockImplementation(() => now);
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(() => 0 as never);
});
afterEach(() => vi.restoreAllMocks());

describe('an approval', () => {
  it('can be undone as long as it has not been sent, and then leaves no trace', async () => {
    const row = await stored();
    await holdDecisions([{ row, by: accountant }]);
    await sendHeldApprovals();
    expect(await heldApprovals()).toEqual(new Set([row.id]));
    expect(await undoApprovals([row.id])).toBe(1);
    now += GRACE_MS + 1;
    await sendHeldApprovals();
    expect(await outbox(db)).toEqual([]);
    expect(await rows('expenses').get(row.id)).toMatchObject({ status: 'submitted' });
  });

  it('is sent after its moment, once, and cannot be undone then', async () => {
    const row = await stored();
    await holdDecisions([{ row, by: accountant }]);
    now += GRACE_MS + 1;
    await Promise.all([sendHeldApprovals(), sendHeldApprovals()]);
    await sendHeldApprovals();
    expect((await outbox(db)).map(({ name }) => name)).toEqual(['expenses.approve']);
    expect(await undoApprovals([row.id])).toBe(0);
  });

  it('is sent at once when the page goes away', async () => {
    await holdDecisions([
      { row: await stored(), by: accountant },
      { row: await stored(), by: accountant },
    ]);
    await sendHeldApprovals(true);
    expect(await outbox(db)).toHaveLength(2);
    expect(await heldApprovals()).toEqual(new Set());
  });

  it('of a claim that was decided otherwise meanwhile is sent, so that the refusal is heard', async () => {
    const row = await stored();
    await holdDecisions([{ row, by: accountant }]);
    await rows('expenses').put({ ...row, status: 'rejected' });
    await sendHeldApprovals(true);
    expect(await outbox(db)).toHaveLength(1);
  });

  it('of a claim that somebody else approved too is dropped', async () => {
    const row = await stored();
    await holdDecisions([{ row, by: accountant }]);
    await rows('expenses').put({ ...row, status: 'approved' });
    await sendHeldApprovals(true);
    expect(await outbox(db)).toEqual([]);
  });
});
