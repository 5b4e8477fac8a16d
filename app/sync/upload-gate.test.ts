import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { weather } from '../kernel/failure.ts';
import type { BlobRemote, Conditions, Passage } from './protocol.ts';
import type { SyncedReplica } from './synced-replica.ts';
import { claim, intent, testReplica } from './testing.ts';
import { changeWishes, readWishes, reasonToWait } from './upload-gate.ts';
import { readBatch } from './upload-progress.ts';
import { UploadLane } from './uploads.ts';

// without these Dexie believes it runs on a server and its live queries stay silent
Object.assign(Dexie.dependencies, { indexedDB: new IDBFactory(), IDBKeyRange });

/** A line and a battery that a test changes. */
class Weathercock implements Conditions {
  metered: boolean | undefined;
  low_battery: boolean | undefined;
  readonly #listeners = new Set<() => void>();

  onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  turn(facts: Partial<Pick<Conditions, 'metered' | 'low_battery'>>): void {
    Object.assign(this, facts);
    for (const listener of this.#listeners) listener();
  }
}

async function photograph(replica: SyncedReplica, id: string, path = `o1/p/${id}.jpg`): Promise<void> {
  const file = { path, bucket: 'receipts', mime_type: 'image/jpeg', data: new ArrayBuffer(100) };
  await replica.write({ ...intent({ op: 'ins', t: 'claims', id, v: claim(id) }), files: [file] });
}

const store = (upload: BlobRemote['upload']): BlobRemote => ({ upload, download: async () => undefined });

/** Sends until it is cut. */
const endless = (passage: Passage | undefined): Promise<void> =>
  new Promise((_, reject) =>
    passage!.signal.addEventListener('abort', () => reject(weather('offline', 'cut')), { once: true }),
  );

test.each([
  [{}, { metered: true, low_battery: true }, null],
  [{ wifi_only: true }, { metered: true }, 'metered'],
  [{ wifi_only: true }, { metered: undefined }, null],
  [{ spare_battery: true }, { low_battery: true }, 'low_battery'],
  [{ spare_battery: true }, { low_battery: false }, null],
  [{ wifi_only: true, spare_battery: true, anyway: true }, { metered: true, low_battery: true }, null],
  [{ paused: true, anyway: true }, {}, 'paused'],
] as const)('S33: wishing %j under %j files wait for: %s', (wishes, conditions, reason) => {
  expect(reasonToWait(wishes, conditions)).toBe(reason);
});

test('S33: on a metered line files wait, the lane says why, and rows go', async () => {
  const [replica, device] = [await testReplica(), new Weathercock()];
  await changeWishes(replica, { wifi_only: true });
  device.metered = true;
  await photograph(replica, 'n');
  let sent = 0;
  const lane = new UploadLane(
    replica,
    store(async () => void (sent += 1)),
    device,
  );
  expect(await lane.run()).toBe(false);
  expect(await replica.activity()).toMatchObject({ files_wait: 'metered' });
  expect(await replica.nextBatch(10)).not.toBeNull();
  device.metered = false;
  await lane.run();
  expect(sent).toBe(1);
  expect(await replica.activity()).toMatchObject({ files_wait: null });
});

test('S33: leaving Wi-Fi cuts what is on its way, without a failure, and returning sends it', async () => {
  const [replica, device] = [await testReplica(), new Weathercock()];
  await changeWishes(replica, { wifi_only: true });
  await photograph(replica, 'n');
  let attempts = 0;
  const lane = new UploadLane(
    replica,
    store(async (_bucket, _path, _data, _type, passage) => {
      attempts += 1;
      if (attempts === 1) await endless(passage);
    }),
    device,
  );
  let free = 0;
  const stop = lane.watch(() => (free += 1));
  await vi.waitFor(() => expect(free).toBe(1));
  const first = lane.run();
  await vi.waitFor(() => expect(attempts).toBe(1));
  device.turn({ metered: true });
  await first;
  expect(await replica.store.files.get('o1/p/n.jpg')).toMatchObject({ state: 'waiting' });
  device.turn({ metered: false });
  expect(free).toBe(3);
  await lane.run();
  expect(await replica.store.files.get('o1/p/n.jpg')).toMatchObject({ state: 'here' });
  stop();
});

test('S33: "send anyway" holds until nothing waits, then the wish counts again', async () => {
  const [replica, device] = [await testReplica(), new Weathercock()];
  device.metered = true;
  await changeWishes(replica, { wifi_only: true, anyway: true });
  await photograph(replica, 'n');
  const lane = new UploadLane(
    replica,
    store(async () => {}),
    device,
  );
  await lane.run();
  expect(await readWishes(replica)).toMatchObject({ wifi_only: true, anyway: false });
  await photograph(replica, 'm');
  expect(await lane.run()).toBe(false);
});

test('S33: another tab pauses, and what is on its way stops', async () => {
  const replica = await testReplica();
  await photograph(replica, 'n');
  const lane = new UploadLane(
    replica,
    store((_bucket, _path, _data, _type, passage) => endless(passage)),
  );
  const stop = lane.watch(() => {});
  const sending = lane.run();
  await changeWishes(replica, { paused: true });
  await sending;
  expect(await lane.run()).toBe(false);
  expect(await replica.activity()).toMatchObject({ files_wait: 'paused', uploading: 0 });
  stop();
});

test('S33: an engine that stops cuts what is on its way, and one that begins again sends it', async () => {
  const replica = await testReplica();
  await photograph(replica, 'n');
  let attempts = 0;
  const lane = new UploadLane(
    replica,
    store((_bucket, _path, _data, _type, passage) => (++attempts === 1 ? endless(passage) : Promise.resolve())),
  );
  const stop = lane.watch(() => {});
  const sending = lane.run();
  await vi.waitFor(() => expect(attempts).toBe(1));
  stop();
  expect(await sending).toBe(false);
  let free = 0;
  lane.watch(() => (free += 1));
  await vi.waitFor(() => expect(free).toBe(1));
  expect(await lane.run()).toBe(true);
});

test('S32: how far a file is stands in the database, written a few times a second at most', async () => {
  const replica = await testReplica();
  await photograph(replica, 'n');
  let writes = 0;
  const began = performance.now();
  replica.store.files.hook('updating', () => void (writes += 1));
  const crawling = store(async (_bucket, _path, _data, _type, passage) => {
    for (let byte = 1; byte <= 100; byte++) {
      passage!.sent(byte);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw weather('offline', 'cut');
  });
  await expect(new UploadLane(replica, crawling).run()).rejects.toMatchObject({ code: 'offline' });
  expect(await replica.store.files.get('o1/p/n.jpg')).toMatchObject({ sent: 100, state: 'waiting' });
  expect(writes).toBeLessThanOrEqual((performance.now() - began) / 250 + 1);
});

test('S32: what has arrived is counted, thumbnails with their photos, until nothing waits', async () => {
  const replica = await testReplica();
  for (const id of ['a', 'b']) await photograph(replica, id);
  await photograph(replica, 'c', 'o1/p/c.thumb.jpg');
  let through = '';
  const lane = new UploadLane(
    replica,
    store(async (_bucket, path) => {
      if (path !== through) throw weather('offline', 'cut');
    }),
  );
  const batches: unknown[] = [];
  for (through of ['o1/p/b.jpg', 'o1/p/c.thumb.jpg', 'o1/p/a.jpg']) {
    await lane.run().catch(() => undefined);
    batches.push(await readBatch(replica));
  }
  expect(batches).toEqual([
    { files: 1, bytes: 100 },
    { files: 1, bytes: 200 },
    { files: 0, bytes: 0 },
  ]);
});
