import { beforeEach, describe, expect, it } from 'vitest';
import { rows, type LocalDatabase } from '../../data/db.ts';
import type { ExpenseRow } from '../../data/schema.gen.ts';
import type { ClaimFields } from './forms.ts';
import { orderCategories, saveClaim, submitClaim, type NewPhoto } from './mutations.ts';
import { approveExpense, rejectExpense } from './steps.ts';
import { accountant, artist, category_id, freshDatabase, organization_id, outbox, stored } from './testing.ts';

let db: LocalDatabase;
beforeEach(async () => {
  db = await freshDatabase();
});

const fields: ClaimFields = {
  amount_minor: 6420,
  currency: 'EUR',
  expense_date: '2026-11-14',
  merchant: 'Shell',
  category_id,
  show_id: null,
  description: 'Diesel',
  payment_method: 'cash',
  notes: null,
};
const photo: NewPhoto = {
  id: crypto.randomUUID(),
  name: 'IMG_1.jpg',
  width: 1650,
  height: 2200,
  sha256: 'a'.repeat(64),
  mime_type: 'image/jpeg',
  data: new ArrayBuffer(9),
  thumbnail: new ArrayBuffer(3),
};
const claim = (more: { before?: ExpenseRow; fields?: ClaimFields; photos?: NewPhoto[] } = {}) => ({
  id: more.before?.id ?? crypto.randomUUID(),
  organization_id,
  person_id: artist,
  fields: more.fields ?? fields,
  before: more.before,
  photos: more.photos ?? [],
  removed: [],
  position: 0,
  over_limit: false,
});
const steps = (ops: readonly object[]) =>
  (ops as { op: string; t: string; cmd?: string }[]).map(({ op, t, cmd }) => `${op} ${cmd ?? t}`);

describe('submitting a claim', () => {
  it('is one intent with its row, its photos and the step, and the files go beside it', async () => {
    const id = await submitClaim(claim({ photos: [photo] }));
    const [intent, ...more] = await outbox(db);
    expect(more).toEqual([]);
    expect(steps(intent!.ops)).toEqual(['ins expenses', 'ins expense_receipts', 'cmd expenses.submit']);
    expect(await rows('expenses').get(id)).toMatchObject({ status: 'submitted', amount_minor: 6420 });
    const files = await db.replica.store.files.toArray();
    expect(files.map(({ path, size, state }) => [path, size, state])).toEqual(
      expect.arrayContaining([
        [`${organization_id}/${artist}/${photo.id}.jpg`, 9, 'waiting'],
        [`${organization_id}/${artist}/${photo.id}.thumb.jpg`, 3, 'waiting'],
      ]),
    );
  });

  it('says with a photo what this device read on it', async () => {
    const total = { value: 4210, confidence: 0.93 };
    const reading = { at: '2026-05-03T12:00:00Z', reading: { currency: { value: 'EUR', confidence: 0.97 }, total } };
    await submitClaim(claim({ photos: [{ ...photo, reading }] }));
    const [intent] = await outbox(db);
    expect(intent!.ops[1]).toMatchObject({
      v: {
        extracted_amount_minor: 4210,
        extracted_currency: 'EUR',
        extracted_confidence: 0.93,
        processed_at: reading.at,
      },
    });
  });

  it('says that a photo has arrived only after the photo itself', async () => {
    await submitClaim(claim({ photos: [photo] }));
    const files = await db.replica.store.files.toArray();
    const followed = files.filter(({ then }) => then.length > 0);
    expect(followed.map(({ path }) => path)).toEqual([`${organization_id}/${artist}/${photo.id}.jpg`]);
    expect(steps(followed[0]!.then)).toEqual(['cmd expense_receipts.arrived']);
  });

  it('again after a rejection sends only what changed, and goes back to draft on the way', async () => {
    const before = await stored({ ...fields, status: 'rejected' });
    await submitClaim(claim({ before, fields: { ...fields, amount_minor: 6400 } }));
    const [intent] = await outbox(db);
    expect(steps(intent!.ops)).toEqual(['upd expenses', 'cmd expenses.reopen', 'cmd expenses.submit']);
    expect(intent!.ops[0]).toMatchObject({ v: { amount_minor: 6400 }, b: { amount_minor: 6420, currency: 'EUR' } });
  });

  it('without amount, category or purpose never leaves the form', async () => {
    for (const gap of [{ amount_minor: null }, { category_id: null }, { description: null }]) {
      await expect(submitClaim(claim({ fields: { ...fields, ...gap } }))).rejects.toMatchObject({ code: 'malformed' });
    }
    expect(await outbox(db)).toEqual([]);
  });
});

describe('a draft', () => {
  it('may have gaps', async () => {
    const id = await saveClaim(claim({ fields: { ...fields, amount_minor: null, description: null } }));
    expect(await rows('expenses').get(id)).toMatchObject({ status: 'draft', amount_minor: null });
  });

  it('that was not changed sends nothing', async () => {
    const before = await stored({ ...fields, status: 'draft' });
    await saveClaim(claim({ before }));
    expect(await outbox(db)).toEqual([]);
  });
});

describe('a decision', () => {
  it('carries the values it was made on', async () => {
    const row = await stored();
    await approveExpense({ row, by: accountant });
    const [intent] = await outbox(db);
    expect(intent!.ops[0]).toMatchObject({
      cmd: 'expenses.approve',
      seen: { status: 'submitted', amount_minor: 1250, currency: 'EUR', category_id, expense_date: '2026-11-14' },
    });
    expect(await rows('expenses').get(row.id)).toMatchObject({ status: 'approved', decided_by: accountant });
  });

  it('to reject needs a reason', async () => {
    const row = await stored();
    await expect(rejectExpense({ row, by: accountant, reason: '  ' })).rejects.toMatchObject({ code: 'malformed' });
    await rejectExpense({ row, by: accountant, reason: ' Not readable ' });
    expect(await rows('expenses').get(row.id)).toMatchObject({ status: 'rejected', rejection_reason: 'Not readable' });
  });
});

it('moving a category sends only the two that changed places', async () => {
  const row = (id: string, position: number) => ({ id, organization_id, position }) as never;
  await rows('expense_categories').bulkPut([row('a', 1), row('b', 2), row('c', 3)]);
  await orderCategories([row('b', 2), row('a', 1), row('c', 3)]);
  const [intent] = await outbox(db);
  expect(intent!.ops.map((op) => [op.id, (op as { v?: unknown }).v])).toEqual([
    ['b', { position: 1 }],
    ['a', { position: 2 }],
  ]);
});
