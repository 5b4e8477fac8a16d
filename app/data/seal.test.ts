import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { openLocalDatabase } from './db.ts';
import type { Seal } from './seal.ts';

const SECRET = 'ab'.repeat(32);
const ROUNDS = 1_000;

const open = async (indexedDB = new IDBFactory()) => openLocalDatabase('u1', { indexedDB, IDBKeyRange });
const recordOf = async ({ replica }: Awaited<ReturnType<typeof open>>) =>
  (await replica.store.deviceValues.get('seal'))!.value as Record<string, unknown>;

/** A new context over the same disk, as a reload makes one. */
async function reloaded(disk: IDBFactory): Promise<Seal> {
  return (await open(disk)).seal;
}

test('R253: a value comes back as it was, and its token says nothing of it', async () => {
  const { seal } = await open();
  for (const value of ['+49 30 1234', '', 'Zoë 🎻', 7, { nested: [true, null] }]) {
    const token = await seal.seal(value);
    expect(await seal.open(token)).toEqual(value);
    expect(token).toMatch(/^sealed:1:[A-Za-z0-9+/=]+$/);
  }
  expect(await seal.seal('same')).not.toBe(await seal.seal('same'));
});

test('two contexts that open a new database at once end with the same key', async () => {
  const disk = new IDBFactory();
  const [one, other] = await Promise.all([open(disk), open(disk)]);
  expect(await other.seal.open(await one.seal.seal('x'))).toBe('x');
});

test('R253: behind the lock no key is on the disk, and neither sealing nor opening works', async () => {
  const disk = new IDBFactory();
  const db = await open(disk);
  const token = await db.seal.seal('secret');
  await db.seal.escrow(SECRET);
  await db.seal.addPin('480915', ROUNDS);
  await db.seal.close();
  expect(Object.keys(await recordOf(db)).sort()).toEqual(['by_pin', 'by_server']);
  const seal = await reloaded(disk);
  expect(await seal.isOpen()).toBe(false);
  await expect(seal.open(token)).rejects.toMatchObject({ kind: 'weather', code: 'locked' });
  await expect(seal.seal('x')).rejects.toMatchObject({ code: 'locked' });
});

test('R253: the right PIN gives the key back with no network, a wrong one does not', async () => {
  const disk = new IDBFactory();
  const { seal: before } = await open(disk);
  const token = await before.seal('secret');
  await before.addPin('480915', ROUNDS);
  await before.close();
  const seal = await reloaded(disk);
  expect(await seal.openByPin('480916')).toBe(false);
  expect(await seal.isOpen()).toBe(false);
  expect(await seal.openByPin('480915')).toBe(true);
  expect(await seal.open(token)).toBe('secret');
});

test('R253: the secret of the server gives the key back without a PIN', async () => {
  const disk = new IDBFactory();
  const { seal: before } = await open(disk);
  const token = await before.seal('secret');
  await before.escrow(SECRET);
  await before.close();
  const seal = await reloaded(disk);
  expect(await seal.openByServer(SECRET)).toBe(true);
  expect(await seal.open(token)).toBe('secret');
});

test('another secret of the server begins anew: old tokens are sealed away, new ones work', async () => {
  const { seal } = await open();
  const token = await seal.seal('secret');
  await seal.escrow(SECRET);
  await seal.close();
  expect(await seal.openByServer('cd'.repeat(32))).toBe(false);
  await expect(seal.open(token)).rejects.toMatchObject({ kind: 'refusal', code: 'sealed_away' });
  expect(await seal.open(await seal.seal('new'))).toBe('new');
  expect([await seal.isEscrowed(), await seal.hasPin()]).toEqual([true, false]);
});
