import { expect, test } from 'vitest';
import { refusal } from '../kernel/failure.ts';
import { UploadLane } from '../sync/uploads.ts';
import { arrive, testDatabase } from './testing.ts';
import { sendFileAgain, uploadWishes, waitingFiles, wishUploads } from './uploads.ts';

const file = { bucket: 'receipts', mime_type: 'image/jpeg', data: new ArrayBuffer(1_000) };
const arrived = { op: 'cmd', t: 'expense_receipts', id: 'r1', cmd: 'x', args: {}, seen: {}, expect: {} } as const;

test('files that wait are told by the names they had, without their thumbnails', async () => {
  const db = await testDatabase();
  await arrive(db, { expense_receipts: [{ id: 'r1', organization_id: 'o1', original_name: 'IMG_1.jpg' }] });
  const files = [
    // oxlint-disable-next-line unicorn/no-thenable -- what is sent after the file, not a promise
    { ...file, path: 'o1/p/r1.jpg', then: [arrived] },
    { ...file, path: 'o1/p/r1.thumb.jpg' },
    { ...file, path: 'o1/p/r2.jpg' },
  ];
  await db.replica.write({ name: 'x.add', organization_id: 'o1', operations: [], files });
  await db.replica.store.files.update('o1/p/r2.jpg', { sent: 400 });
  expect(await waitingFiles()).toMatchObject([
    { name: 'IMG_1.jpg', sent: 0, refused: false },
    { name: undefined, sent: 400, refused: false },
  ]);
});

test('a file that the server refused is shown, and sent again when asked', async () => {
  const { replica } = await testDatabase();
  const files = [{ ...file, path: 'o1/p/r1.jpg' }];
  await replica.write({ name: 'x.add', organization_id: 'o1', operations: [], files });
  const picky = async () => {
    throw refusal('file_too_large', 'no');
  };
  await new UploadLane(replica, { upload: picky, download: async () => undefined }).run();
  expect(await waitingFiles()).toMatchObject([{ refused: true }]);
  await sendFileAgain('o1/p/r1.jpg');
  expect(await waitingFiles()).toMatchObject([{ refused: false }]);
  expect(await replica.store.attention.count()).toBe(0);
});

test('one wish changes and the other stays', async () => {
  await testDatabase();
  await wishUploads({ wifi_only: true });
  await wishUploads({ spare_battery: true });
  expect(await uploadWishes()).toEqual({ wifi_only: true, spare_battery: true });
});
