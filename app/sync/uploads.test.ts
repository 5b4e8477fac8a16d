import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { refusal, weather } from '../kernel/failure.ts';
import type { BlobRemote, FileDraft, OperationDraft } from './protocol.ts';
import type { SyncedReplica } from './synced-replica.ts';
import { claim, intent, judge, outgoing, settled, testReplica } from './testing.ts';
import { fetchFile, UploadLane } from './uploads.ts';

const arrived = (id: string): OperationDraft => ({
  op: 'cmd',
  t: 'claims',
  id,
  cmd: 'claims.arrived',
  args: {},
  seen: {},
  expect: {},
});

const file = (id: string): FileDraft => ({
  path: `o1/p/${id}.jpg`,
  bucket: 'receipts',
  mime_type: 'image/jpeg',
  data: new Uint8Array([1, 2, 3]).buffer,
  then: [arrived(id)],
});

const photograph = (replica: SyncedReplica, id: string) =>
  replica.write({ ...intent({ op: 'ins', t: 'claims', id, v: claim(id) }), files: [file(id)] });

function store(upload: BlobRemote['upload']): BlobRemote {
  return { upload, download: async () => undefined };
}

const commands = async (replica: SyncedReplica) =>
  (await outgoing(replica)).flatMap(({ ops }) => ops.filter(({ op }) => op === 'cmd').map(({ id }) => id));

test('S18: a file is sent with its bytes, and what waited for it follows', async () => {
  const replica = await testReplica();
  await photograph(replica, 'n');
  const sent: unknown[] = [];
  await new UploadLane(
    replica,
    store(async (bucket, path, data, type) => void sent.push([bucket, path, data.byteLength, type])),
  ).run();
  expect(sent).toEqual([['receipts', 'o1/p/n.jpg', 3, 'image/jpeg']]);
  expect(await commands(replica)).toEqual(['n']);
  expect(await replica.unsent()).toBe(2);
});

test('S18: at most four files travel at once', async () => {
  const replica = await testReplica();
  for (let at = 0; at < 9; at++) await photograph(replica, `n${at}`);
  let [now, most] = [0, 0];
  const slow = store(async () => {
    most = Math.max(most, (now += 1));
    await settled();
    now -= 1;
  });
  await new UploadLane(replica, slow).run();
  expect(most).toBe(4);
  expect(await commands(replica)).toHaveLength(9);
});

test('S18: weather leaves a file waiting, across a crash, with its bytes', async () => {
  const disk = new IDBFactory();
  const before = await testReplica(disk);
  await photograph(before, 'n');
  const cutOff = store(async () => {
    throw weather('offline', 'no signal');
  });
  await expect(new UploadLane(before, cutOff).run()).rejects.toMatchObject({ kind: 'weather' });
  before.close();
  const after = await testReplica(disk);
  let bytes = 0;
  await new UploadLane(
    after,
    store(async (_, __, data) => void (bytes = data.byteLength)),
  ).run();
  expect(bytes).toBe(3);
});

test('S18: an arrival that is noticed twice is told once', async () => {
  const replica = await testReplica();
  await photograph(replica, 'n');
  const lanes = [1, 2].map(() => new UploadLane(replica, store(settled)));
  await Promise.all(lanes.map((lane) => lane.run()));
  expect(await commands(replica)).toEqual(['n']);
});

test('S18: a file refused for good becomes a notice, keeps its bytes, and the others go on', async () => {
  const replica = await testReplica();
  for (const id of ['bad', 'good']) await photograph(replica, id);
  const picky = store(async (_, path) => {
    if (path.includes('bad')) throw refusal('file_too_large', 'no');
  });
  await new UploadLane(replica, picky).run();
  expect(await replica.store.attention.toArray()).toMatchObject([
    { code: 'file_too_large', row_id: 'bad', name: 'files.upload' },
  ]);
  expect(await replica.store.files.get('o1/p/bad.jpg')).toMatchObject({ state: 'refused' });
  expect((await replica.store.bytes.get('o1/p/bad.jpg'))!.data.byteLength).toBe(3);
  expect(await commands(replica)).toEqual(['good']);
});

test('S18: a row deleted while its file travelled waits for nothing', async () => {
  const replica = await testReplica();
  await photograph(replica, 'n');
  await replica.write(intent({ op: 'del', t: 'claims', id: 'n' }));
  await new UploadLane(
    replica,
    store(async () => {}),
  ).run();
  expect(await commands(replica)).toEqual([]);
});

test('S15: when the intent of an arrived file is refused, what waited for the file is withdrawn', async () => {
  const replica = await testReplica();
  await photograph(replica, 'n');
  await new UploadLane(
    replica,
    store(async () => {}),
  ).run();
  await judge(replica, { s: 'rejected', code: 'over_limit' });
  expect(await outgoing(replica)).toEqual([]);
  expect(await replica.store.files.get('o1/p/n.jpg')).toMatchObject({ state: 'held' });
});

test('S23: a file comes from this device, else from the store, and is kept', async () => {
  const replica = await testReplica();
  let asked = 0;
  const blobs: BlobRemote = {
    upload: async () => {},
    download: async () => ((asked += 1), new Uint8Array([9, 9]).buffer),
  };
  for (let time = 0; time < 2; time++)
    expect(await fetchFile(replica, blobs, 'receipts', 'o1/p/far.png')).toMatchObject({ mime_type: 'image/png' });
  expect(asked).toBe(1);
  await photograph(replica, 'n');
  expect((await fetchFile(replica, undefined, 'receipts', 'o1/p/n.jpg'))!.data.byteLength).toBe(3);
});

test('a file that is nowhere yet is undefined', async () => {
  const replica = await testReplica();
  expect(
    await fetchFile(
      replica,
      store(async () => {}),
      'receipts',
      'o1/p/far.jpg',
    ),
  ).toBeUndefined();
  expect(await fetchFile(replica, undefined, 'receipts', 'o1/p/far.jpg')).toBeUndefined();
});
