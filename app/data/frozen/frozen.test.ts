import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openSyncedDatabase } from '../synced-db.ts';
import { tables } from '../schema.gen.ts';
import { readFrozen, thaw } from './thaw.ts';

const versions = readdirSync(fileURLToPath(new URL('.', import.meta.url)))
  .filter((name) => /^v\d+\.json$/.test(name))
  .map((name) => name.replace('.json', ''));

async function reopened(version: string, disk = new IDBFactory()) {
  const frozen = readFrozen(version);
  await thaw(frozen, disk);
  const db = await openSyncedDatabase(frozen.user_id, { indexedDB: disk, IDBKeyRange });
  return { frozen, db, replica: db.replica };
}

const recordsIn = ({ stores }: ReturnType<typeof readFrozen>, name: string) =>
  stores.find((store) => store.name === name)!.records.map(({ value }) => value);

test.each(versions)(
  'S8, S25: the device %s opens with every store this app needs, and nothing it kept is gone',
  async (version) => {
    const { frozen, replica } = await reopened(version);
    const installed = new Set(replica.store.tables.map(({ name }) => name));
    for (const table of Object.keys(tables)) expect(installed).toContain(table);
    for (const { name } of frozen.stores.filter((store) => store.name !== 'meta' && store.name !== 'deviceValues'))
      expect(await replica.store.table(name).toArray(), name).toEqual(recordsIn(frozen, name));
  },
);

test.each(versions)(
  'S8: the device %s lists everything again, and its outbox leaves as it was, in its order',
  async (version) => {
    const { frozen, replica } = await reopened(version);
    expect((await replica.pullRequest()).cursor).toEqual({});
    const waiting = recordsIn(frozen, 'outbox') as { id: string; state: string }[];
    const sent = (await replica.nextBatch(1_000))!.mutations.map(({ id }) => id);
    expect(sent).toEqual(waiting.filter(({ state }) => state === 'queued').map(({ id }) => id));
    expect(sent.length).toBeGreaterThan(60);
  },
);

test.each(versions)('S23: the photos, notices and drafts of the device %s are still there', async (version) => {
  const { replica } = await reopened(version);
  const files = await replica.store.files.toArray();
  expect(files.map(({ state }) => state).sort()).toEqual(['held', 'waiting']);
  for (const { path } of files) expect((await replica.store.bytes.get(path))!.data.byteLength).toBe(3);
  expect(await replica.store.attention.toArray()).toMatchObject([{ kind: 'refused', code: 'malformed' }]);
  expect((await replica.store.deviceValues.get('draft:expense:new'))?.value).toMatchObject({ merchant: 'Half typed' });
});
