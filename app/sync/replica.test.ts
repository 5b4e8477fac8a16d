import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { weather } from '../kernel/failure.ts';
import { Exchange } from './exchange.ts';
import type { OperationDraft, PullReply, SyncRemote } from './protocol.ts';
import type { SyncedReplica } from './synced-replica.ts';
import { change, claim, intent, judge, outgoing, page, shown, take, testReplica, testTables } from './testing.ts';

const noSignal = async (): Promise<never> => {
  throw weather('offline', 'no signal');
};

const ask: OperationDraft = {
  op: 'cmd',
  t: 'claims',
  id: 'a',
  cmd: 'claims.submit',
  args: {},
  seen: { amount_minor: 500 },
  expect: { status: 'submitted' },
};

test('S9: a write is on screen at once and waits in the outbox', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a')]));
  await replica.write(intent(change('a', { title: 'taxi' })));
  expect(await shown(replica, 'a')).toMatchObject({ title: 'taxi', amount_minor: 500 });
  expect([...(await replica.waitingIds('claims'))]).toEqual(['a']);
});

test('S9: a new row shows what the server will fill in, and does not send it', async () => {
  const replica = await testReplica();
  const v = { organization_id: 'o1', title: 'taxi', status: 'draft' };
  await replica.write(intent({ op: 'ins', t: 'claims', id: 'n', v, expect: { currency: 'EUR' } }));
  expect(await shown(replica, 'n')).toEqual(claim('n', { title: 'taxi', amount_minor: null }));
  expect((await outgoing(replica))[0]!.ops).toEqual([
    { op: 'ins', t: 'claims', id: 'n', v: { organization_id: 'o1', title: 'taxi' } },
  ]);
});

test('S9: a page moves what is under unsent changes, not the changes', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a')]));
  await replica.write(intent(change('a', { title: 'taxi' })));
  await take(replica, page([claim('a', { title: 'theirs', amount_minor: 900 })]));
  expect(await shown(replica, 'a')).toMatchObject({ title: 'taxi', amount_minor: 900 });
});

test('S9: once the server has my new row, its version is under my later changes', async () => {
  const replica = await testReplica();
  await replica.write(intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }));
  await replica.write(intent(change('n', { title: 'later' })));
  await take(replica, page([claim('n', { title: 'stored', status: 'stamped' })]));
  expect(await shown(replica, 'n')).toMatchObject({ title: 'later', status: 'stamped' });
});

test('S10: an update carries what was on screen; a second one counts on the first', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a')]));
  await replica.write(intent(change('a', { title: 'taxi' })));
  await replica.write(intent(change('a', { title: 'bus' })));
  const bases = (await outgoing(replica)).map(({ ops }) => ops[0]!['b']);
  expect(bases).toEqual([{ title: 'fuel' }, { title: 'taxi' }]);
});

test('S10: a base does not move when the row does', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a')]));
  await replica.write(intent(change('a', { title: 'taxi' })));
  await take(replica, page([claim('a', { title: 'theirs' })]));
  expect((await outgoing(replica))[0]!.ops[0]).toMatchObject({ v: { title: 'taxi' }, b: { title: 'fuel' } });
});

test('S10: a deletion carries the writable fields, and none for a row the server has not confirmed', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a')]));
  await replica.write(intent({ op: 'del', t: 'claims', id: 'a' }));
  await replica.write(intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }));
  await replica.write(intent({ op: 'del', t: 'claims', id: 'n' }));
  const [known, , unknown] = await outgoing(replica);
  expect(known!.ops[0]!['b']).toEqual({ title: 'fuel', amount_minor: 500, currency: 'EUR' });
  expect(unknown!.ops[0]!['b']).toEqual({});
});

test('S11: an amount travels with the currency it was seen beside', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a')]));
  await replica.write(intent(change('a', { amount_minor: 7 })));
  expect((await outgoing(replica))[0]!.ops[0]).toMatchObject({ b: { amount_minor: 500, currency: 'EUR' } });
});

test('S2: a write that fails half-way leaves nothing', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a')]));
  const half = replica.write(intent(change('a', { title: 'taxi' }), change('missing', { title: 'x' })));
  await expect(half).rejects.toMatchObject({ kind: 'refusal', code: 'gone' });
  expect(await shown(replica, 'a')).toMatchObject({ title: 'fuel' });
  expect(await outgoing(replica)).toEqual([]);
  expect(await replica.store.shadow.count()).toBe(0);
});

test('S3: a reply to an older cursor is dropped', async () => {
  const replica = await testReplica();
  const request = await replica.pullRequest();
  await take(replica, page([claim('a', { title: 'new' })]));
  expect(await replica.applyPull(request, page([claim('a', { title: 'old' })]))).toBe('stale');
  expect(await shown(replica, 'a')).toMatchObject({ title: 'new' });
});

test('S5: a row that is gone leaves, and my change of it too', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a'), claim('b')]));
  await replica.write(intent(change('b', { title: 'taxi' })));
  await take(replica, page([], { g: { claims: ['a', 'b'] } }));
  expect(await replica.table('claims').count()).toBe(0);
  expect(await outgoing(replica)).toHaveLength(1);
});

test('S6: a sweep forgets what was not listed again, after the last page only', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a'), claim('b'), claim('x', { organization_id: 'o2' })]));
  await take(replica, page([claim('a')], { w: ['o1'], m: true }));
  expect(await replica.table('claims').count()).toBe(3);
  await take(replica, page([]));
  expect(await replica.table('claims').toCollection().primaryKeys()).toEqual(['a', 'x']);
});

test('S6: a sweep survives a crash between its pages', async () => {
  const disk = new IDBFactory();
  const before = await testReplica(disk);
  await take(before, page([claim('a'), claim('b')]));
  await take(before, page([claim('a')], { w: ['o1'], m: true }));
  before.close();
  const after = await testReplica(disk);
  await take(after, page([]));
  expect(await after.table('claims').toCollection().primaryKeys()).toEqual(['a']);
});

test('S6: a sweep also forgets the base hidden under my own deletion, and spares my unsent rows', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a')]));
  await replica.write(intent({ op: 'del', t: 'claims', id: 'a' }));
  await replica.write(intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }));
  await take(replica, page([], { w: ['o1'] }));
  await judge(replica, { s: 'rejected', code: 'gone' });
  expect(await replica.table('claims').toCollection().primaryKeys()).toEqual(['n']);
});

test('S7: after a restore everything that is not listed again leaves', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a'), claim('x', { organization_id: 'o2' })]));
  await take(replica, page([claim('a')], { c: { e: 'restored', s: {} } }));
  expect(await replica.table('claims').toCollection().primaryKeys()).toEqual(['a']);
});

test('S8: a new shape of the tables lists everything again and keeps the outbox', async () => {
  const disk = new IDBFactory();
  const old = await testReplica(disk);
  await take(old, page([claim('a'), claim('b')]));
  await old.write(intent(change('a', { title: 'taxi' })));
  old.close();
  const claims = { ...testTables['claims']!, indexes: ['status', 'title'] };
  const grown = await testReplica(disk, { ...testTables, claims, tours: testTables['photos']! });
  expect((await grown.pullRequest()).cursor).toEqual({});
  await take(grown, page([claim('a')]));
  expect(await grown.table('claims').where('title').equals('taxi').count()).toBe(1);
  expect(await grown.table('claims').count()).toBe(1);
  expect(await outgoing(grown)).toHaveLength(1);
});

test('S25: an older app opens the database of a newer one', async () => {
  const disk = new IDBFactory();
  const newer = await testReplica(disk, { ...testTables, tours: testTables['photos']! });
  await newer.write(intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }));
  newer.close();
  expect(await outgoing(await testReplica(disk))).toHaveLength(1);
});

test('S12: a verdict that comes twice counts once', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a')]));
  await replica.write(intent(change('a', { title: 'taxi' })));
  const id = await judge(replica, { s: 'applied' });
  await replica.applyPush([{ id, s: 'rejected', code: 'gone' }]);
  expect(await replica.store.attention.count()).toBe(0);
  expect(await shown(replica, 'a')).toMatchObject({ title: 'taxi' });
});

test('S13: an applied change stays painted until a pull asked after the verdict is complete', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a')]));
  await replica.write(intent(change('a', { title: 'taxi' })));
  const early = await replica.pullRequest();
  await judge(replica, { s: 'applied' });
  expect(await replica.waitingIds('claims')).toEqual(new Set());
  await replica.applyPull(early, page([], { c: { e: 'epoch', s: { s1: { o: 'o1', b: 'later' } } } }));
  expect(await shown(replica, 'a')).toMatchObject({ title: 'taxi' });
  await take(replica, page([claim('a', { title: 'taxi', status: 'stamped' })]));
  expect(await shown(replica, 'a')).toMatchObject({ title: 'taxi', status: 'stamped' });
  expect(await replica.store.shadow.count()).toBe(0);
});

test('S13: an applied insert of a row I may not see leaves with the next complete pull', async () => {
  const replica = await testReplica();
  await replica.write(intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }));
  await judge(replica, { s: 'applied' });
  await take(replica, page([]));
  expect(await shown(replica, 'n')).toBeUndefined();
});

test('S14: a command shows what it expects and returns to the truth when it is refused', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a')]));
  await replica.write(intent(ask));
  expect(await shown(replica, 'a')).toMatchObject({ status: 'submitted' });
  await judge(replica, { s: 'rejected', code: 'missing_receipts' });
  expect(await shown(replica, 'a')).toMatchObject({ status: 'draft' });
});

test('S16: intents travel in the order they were made, as many as asked for', async () => {
  const replica = await testReplica();
  for (const id of ['x', 'y', 'z']) await replica.write(intent({ op: 'ins', t: 'claims', id, v: claim(id) }));
  const batch = await replica.nextBatch(2);
  expect(batch!.mutations.map(({ ops }) => ops[0]!['id'])).toEqual(['x', 'y']);
});

test('S12: the outbox survives a crash', async () => {
  const disk = new IDBFactory();
  const before = await testReplica(disk);
  const id = await before.write(intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }));
  const { client } = (await before.nextBatch(1))!;
  before.close();
  const after = (await (await testReplica(disk)).nextBatch(1))!;
  expect([after.client, after.mutations[0]!.id]).toEqual([client, id]);
});

test('S23: a full disk refuses the write and changes nothing', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a')]));
  const { outbox } = replica.store;
  outbox.hook('creating', () => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  const full = replica.write(intent(change('a', { title: 'taxi' })));
  await expect(full).rejects.toMatchObject({ kind: 'refusal', code: 'device_full' });
  expect(await shown(replica, 'a')).toMatchObject({ title: 'fuel' });
});

test('S24: what is unsent is counted, files included', async () => {
  const replica = await testReplica();
  const file = { path: 'o1/p/f.jpg', bucket: 'receipts', data: new ArrayBuffer(3), mime_type: 'image/jpeg' };
  await replica.write({ ...intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }), files: [file] });
  expect(await replica.unsent()).toBe(2);
});

/** Two pages of one listing, of which the second is kept. */
async function takeListing(replica: SyncedReplica, second: Partial<PullReply> = {}): Promise<void> {
  await take(replica, page([claim('a')], { m: true }));
  const cursor = { e: 'epoch', s: { s1: { o: 'o1', n: 'next' } } };
  const rows = Array.from({ length: 5 }, (_, at) => claim(`k${at}`));
  await replica.applyPull(await replica.pullRequest(), page(rows, { c: cursor, ...second }), true);
}

const ids = async (replica: SyncedReplica) => (await replica.table('claims').toCollection().primaryKeys()).map(String);

test('S26: pages that follow the first are kept, and unpacked a slice at a time', async () => {
  const replica = await testReplica();
  await takeListing(replica);
  expect(await ids(replica)).toEqual(['a']);
  await replica.unpack(2);
  expect(await ids(replica)).toEqual(['a', 'k0', 'k1']);
  while (await replica.unpack(2));
  expect(await ids(replica)).toEqual(['a', 'k0', 'k1', 'k2', 'k3', 'k4']);
  expect(await replica.store.pages.count()).toBe(0);
});

test('S26: a device that closes in the middle goes on where it was, with no network', async () => {
  const disk = new IDBFactory();
  const before = await testReplica(disk);
  await takeListing(before);
  await before.unpack(2);
  before.close();
  const replica = await testReplica(disk);
  const unreachable: SyncRemote = { pull: noSignal, push: noSignal };
  await expect(new Exchange(replica, unreachable).cycle()).rejects.toMatchObject({ code: 'offline' });
  expect(await ids(replica)).toHaveLength(6);
  expect((await replica.pullRequest()).cursor.s).toEqual({ s1: { o: 'o1', n: 'next' } });
});

test('S26: two tabs that unpack the same page unpack it once', async () => {
  const disk = new IDBFactory();
  const [one, other] = [await testReplica(disk), await testReplica(disk)];
  await takeListing(one, { m: true });
  await Promise.all([one.unpack(2), other.unpack(2), one.unpack(2), other.unpack(2)]);
  expect((await ids(one)).length).toBeLessThan(6);
  while ((await one.unpack(2)) && (await other.unpack(2)));
  expect(await ids(other)).toHaveLength(6);
});

test('S26: what comes while pages are kept waits behind them, so that nothing older follows it', async () => {
  const replica = await testReplica();
  await takeListing(replica);
  await take(replica, page([claim('k1', { title: 'newer' })]));
  expect(await replica.store.pages.count()).toBe(2);
  while (await replica.unpack());
  expect(await shown(replica, 'k1')).toMatchObject({ title: 'newer' });
});

test('S26: a sweep happens when its listing is unpacked, not before', async () => {
  const replica = await testReplica();
  await take(replica, page([claim('a'), claim('old')]));
  await take(replica, page([claim('a')], { w: ['o1'], m: true }));
  await replica.applyPull(await replica.pullRequest(), page([claim('b')]), true);
  expect(await ids(replica)).toContain('old');
  while (await replica.unpack());
  expect(await ids(replica)).toEqual(['a', 'b']);
});

test('S13, S26: an applied intent stays painted until the kept page that brings its row is unpacked', async () => {
  const replica = await testReplica();
  await takeListing(replica, { m: true });
  await replica.write(intent(change('a', { title: 'mine' })));
  await judge(replica, { s: 'applied' });
  await replica.applyPull(await replica.pullRequest(), page([claim('a', { title: 'mine', status: 'seen' })]), true);
  expect(await replica.store.outbox.count()).toBe(1);
  while (await replica.unpack());
  expect(await shown(replica, 'a')).toMatchObject({ title: 'mine', status: 'seen' });
  expect([await replica.store.outbox.count(), await replica.store.shadow.count()]).toEqual([0, 0]);
});
