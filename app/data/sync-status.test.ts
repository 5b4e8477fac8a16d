import { expect, test } from 'vitest';

import { defineMutation, insert } from './define-mutation.ts';
import { stateOf, syncStatus, waitingIds } from './sync-status.ts';
import { arrive, testDatabase } from './testing.ts';

const facts = { waiting: 0, sending: 0, files_waiting: 0, uploading: undefined, needs_you: 0, problem: null };

test.each([
  ['saved', {}],
  ['saved_here', { waiting: 2 }],
  ['saved_here', { files_waiting: 1 }],
  ['sending', { waiting: 2, sending: 2 }],
  ['sending', { files_waiting: 1, uploading: { at: 1, of: 1, percent: 0 } }],
  ['needs_you', { waiting: 2, sending: 2, needs_you: 1 }],
  ['needs_you', { problem: 'signed_out' }],
] as const)('the badge says %s when %o', (state, more) => {
  expect(stateOf({ ...facts, ...more })).toBe(state);
});

test('the status tells the truth from before the first sync until everything is saved', async () => {
  const db = await testDatabase();
  expect(await syncStatus()).toMatchObject({ state: 'saved', first_sync_done: false, last_synced_at: null });
  await arrive(db, {});
  expect(await syncStatus()).toMatchObject({ first_sync_done: true });
  const add = defineMutation('venues.add', () => ({
    organization_id: 'o1',
    operations: [insert('venues', { id: 'v1', organization_id: 'o1', name: 'Hall' })],
  }));
  await add();
  expect(await syncStatus()).toMatchObject({ state: 'saved_here', waiting: 1 });
  expect(await waitingIds('venues')).toEqual(new Set(['v1']));
  const { id } = (await db.replica.nextBatch(1))!.mutations[0]!;
  await db.replica.applyPush([{ id, s: 'applied' }]);
  expect(await syncStatus()).toMatchObject({ state: 'saved', waiting: 0 });
});

test('S32: files on their way are counted as a person counts photos, and measured in bytes', async () => {
  const { replica } = await testDatabase();
  const file = { bucket: 'receipts', mime_type: 'image/jpeg', data: new ArrayBuffer(1_000) };
  const paths = ['a.jpg', 'b.jpg', 'c.jpg', 'a.thumb.jpg'];
  const files = paths.map((path) => ({ ...file, path: `o1/p/${path}` }));
  await replica.write({ name: 'venues.add', organization_id: 'o1', operations: [], files });
  await replica.store.files.update('o1/p/b.jpg', { sent: 720 });
  await replica.store.meta.put({ key: 'upload_batch', value: { files: 2, bytes: 2_000 } });
  expect(await syncStatus()).toMatchObject({ state: 'saved_here', files_waiting: 3, uploading: undefined });
  await replica.setActivity({ online: true, uploading: 4 });
  expect(await syncStatus()).toMatchObject({ state: 'sending', uploading: { at: 3, of: 5, percent: 45 } });
});
