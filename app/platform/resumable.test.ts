import { randomBytes } from 'node:crypto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { claim, intent, outgoing, testReplica } from '../sync/testing.ts';
import type { SyncedReplica } from '../sync/synced-replica.ts';
import { UploadLane } from '../sync/uploads.ts';
import { PieceStore } from './pieces-testing.ts';
import { createBlobs } from './supabase-blobs.ts';

const MB = 1024 * 1024;
const PATH = 'o1/p/n.jpg';
const OBJECT = `receipts/${PATH}`;
const photo = new Uint8Array(randomBytes(13 * MB));
const same = (bytes: Uint8Array | undefined): boolean => Buffer.compare(bytes ?? new Uint8Array(), photo) === 0;

async function photograph(replica: SyncedReplica, data = photo): Promise<void> {
  const arrived = { op: 'cmd', t: 'claims', id: 'n', cmd: 'claims.arrived', args: {}, seen: {}, expect: {} } as const;
  const file = { path: PATH, bucket: 'receipts', mime_type: 'image/jpeg', data: data.slice().buffer, then: [arrived] };
  await replica.write({ ...intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }), files: [file] });
}

const commands = async (replica: SyncedReplica) =>
  (await outgoing(replica)).flatMap(({ ops }) => ops.filter(({ op }) => op === 'cmd')).length;

const laneTo = (replica: SyncedReplica, store: PieceStore) => new UploadLane(replica, createBlobs(store.send));

test('S30: a file cut at any place, its device restarted each time, arrives whole and no byte travels twice', async () => {
  const [disk, store] = [new IDBFactory(), new PieceStore()];
  await photograph(await testReplica(disk));
  const cuts = [1, 3 * MB, 3 * MB - 1, 1, 5 * MB, 7, Infinity];
  for (const [at, bytes] of cuts.entries()) {
    const replica = await testReplica(disk);
    store.line = bytes;
    const sending = laneTo(replica, store).run();
    await (at < cuts.length - 1 ? expect(sending).rejects.toMatchObject({ kind: 'weather' }) : sending);
    if (at === cuts.length - 1) expect(await commands(replica)).toBe(1);
    replica.close();
  }
  expect(same(store.objects.get(OBJECT))).toBe(true);
  expect(store.uploads.size).toBe(1);
  expect(store.received).toBe(photo.length);
});

test('S30: a small file goes in one request', async () => {
  const [replica, store] = [await testReplica(), new PieceStore()];
  await photograph(replica, photo.subarray(0, MB));
  await laneTo(replica, store).run();
  expect(store.requests).toEqual(['POST']);
  expect(store.objects.get(OBJECT)).toHaveLength(MB);
});

test('S30: where the server takes no pieces the file goes whole', async () => {
  const [replica, store] = [await testReplica(), new PieceStore()];
  store.offersPieces = false;
  await photograph(replica);
  await laneTo(replica, store).run();
  expect(same(store.objects.get(OBJECT))).toBe(true);
  expect(await commands(replica)).toBe(1);
});

test('S30: an upload that ran out starts over', async () => {
  const [replica, store] = [await testReplica(), new PieceStore()];
  await photograph(replica);
  store.line = 2 * MB;
  await expect(laneTo(replica, store).run()).rejects.toMatchObject({ kind: 'weather' });
  store.uploads.clear();
  store.line = Infinity;
  await laneTo(replica, store).run();
  expect(same(store.objects.get(OBJECT))).toBe(true);
  expect(await replica.store.files.get(PATH)).not.toHaveProperty('upload_url');
});

test('S30: an upload that is forgotten in the middle is weather, and the next attempt starts over', async () => {
  const [replica, store] = [await testReplica(), new PieceStore()];
  await photograph(replica);
  const send: PieceStore['send'] = async (path, init) => {
    if (init?.method === 'PATCH' && store.received > 0 && store.uploads.size === 1) store.uploads.delete('u1');
    return store.send(path, init);
  };
  const lane = new UploadLane(replica, createBlobs(send));
  await expect(lane.run()).rejects.toMatchObject({ code: 'upload_lost', kind: 'weather' });
  await laneTo(replica, store).run();
  expect(same(store.objects.get(OBJECT))).toBe(true);
});

test.each(['locked', 'takenOver'] as const)(
  'S30: an upload that another sender has (%s) is weather, not a notice',
  async (by) => {
    const [replica, store] = [await testReplica(), new PieceStore()];
    await photograph(replica);
    store[by] = true;
    await expect(laneTo(replica, store).run()).rejects.toMatchObject({ kind: 'weather' });
    expect(await replica.store.attention.count()).toBe(0);
    store[by] = false;
    await laneTo(replica, store).run();
    expect(same(store.objects.get(OBJECT))).toBe(true);
  },
);

test('S31: when the last answer is lost, the server is asked, nothing is sent again and the arrival is told once', async () => {
  const [replica, store] = [await testReplica(), new PieceStore()];
  await photograph(replica);
  store.losesLastAnswer = true;
  await expect(laneTo(replica, store).run()).rejects.toMatchObject({ kind: 'weather' });
  await laneTo(replica, store).run();
  expect(store.received).toBe(photo.length);
  expect(await commands(replica)).toBe(1);
});

test('S31: two engines at once end in one object and one arrival', async () => {
  const [replica, store] = [await testReplica(), new PieceStore()];
  await photograph(replica);
  for (let attempt = 0; attempt < 3; attempt++)
    await Promise.allSettled([laneTo(replica, store).run(), laneTo(replica, store).run()]);
  expect(same(store.objects.get(OBJECT))).toBe(true);
  expect(store.objects.size).toBe(1);
  expect(await commands(replica)).toBe(1);
});

test('S30: what the store refuses for good becomes a notice', async () => {
  const replica = await testReplica();
  await photograph(replica);
  await new UploadLane(
    replica,
    createBlobs(async () => new Response('Maximum size exceeded', { status: 413 })),
  ).run();
  expect(await replica.store.attention.toArray()).toMatchObject([{ code: 'file_too_large', row_id: 'n' }]);
});
