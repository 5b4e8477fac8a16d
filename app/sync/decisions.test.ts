import { expect, test } from 'vitest';
import { discardNotice, reissue, restore, setAside, settled, wishes } from './decisions.ts';
import type { FileDraft, Notice, Settled } from './protocol.ts';
import type { SyncedReplica } from './synced-replica.ts';
import { change, claim, intent, judge, outgoing, page, shown, take, testReplica, testTables } from './testing.ts';

async function withClaim(): Promise<SyncedReplica> {
  const replica = await testReplica();
  await take(replica, page([claim('a')]));
  return replica;
}

const notices = (replica: SyncedReplica) => replica.store.attention.toArray();

/** A change that came too late for what somebody else made of the claim. */
async function lost(
  replica: SyncedReplica,
  mine: Record<string, unknown>,
  theirs: Record<string, unknown>,
): Promise<string> {
  await replica.write(intent(change('a', mine)));
  const f = Object.keys(mine).filter((field) => field in theirs);
  const id = await judge(replica, { s: 'conflict', ops: [{ t: 'claims', f, row: claim('a', theirs) }] });
  await take(replica, page([claim('a', theirs)]));
  return id;
}

test('S14: keeping mine issues the intent again over what is true now', async () => {
  const replica = await withClaim();
  await replica.write(intent(change('a', { title: 'mine' })));
  const id = await judge(replica, { s: 'conflict', ops: [{ f: ['title'], row: claim('a', { title: 'theirs' }) }] });
  await take(replica, page([claim('a', { title: 'theirs' })]));
  await reissue(replica, id);
  const [again] = await outgoing(replica);
  expect(again!.id).not.toBe(id);
  expect(again!.ops[0]).toMatchObject({ v: { title: 'mine' }, b: { title: 'theirs' } });
  expect(await notices(replica)).toEqual([]);
  expect(await shown(replica, 'a')).toMatchObject({ title: 'mine' });
});

test('S14: keeping mine after a merge wants only what was lost', async () => {
  const replica = await withClaim();
  await replica.write(intent(change('a', { title: 'mine', amount_minor: 7 })));
  const id = await judge(replica, {
    s: 'merged',
    ops: [{ row: claim('a', { amount_minor: 9 }), f: ['amount_minor'] }],
  });
  await take(replica, page([claim('a', { title: 'mine', amount_minor: 9 })]));
  await reissue(replica, id);
  expect((await outgoing(replica))[0]!.ops[0]).toMatchObject({ v: { amount_minor: 7 }, b: { amount_minor: 9 } });
});

test('S14: keeping mine asks a command with what the person sees now', async () => {
  const replica = await withClaim();
  const seen = { amount_minor: 500 };
  await replica.write(intent({ op: 'cmd', t: 'claims', id: 'a', cmd: 'claims.approve', args: {}, seen, expect: {} }));
  const id = await judge(replica, {
    s: 'conflict',
    ops: [{ f: ['amount_minor'], row: claim('a', { amount_minor: 900 }) }],
  });
  await take(replica, page([claim('a', { amount_minor: 900 })]));
  await reissue(replica, id);
  expect((await outgoing(replica))[0]!.ops[0]).toMatchObject({ seen: { amount_minor: 900 } });
});

test('S14: a refused new row leaves the screen, and keeping mine brings it back under its id', async () => {
  const replica = await testReplica();
  await replica.write(intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n', { title: 'typed' }) }));
  const id = await judge(replica, { s: 'rejected', code: 'over_limit' });
  expect(await shown(replica, 'n')).toBeUndefined();
  await reissue(replica, id);
  expect(await shown(replica, 'n')).toMatchObject({ title: 'typed' });
});

test('S14: what concerns a row that left cannot be kept, and the notice stays', async () => {
  const replica = await withClaim();
  await replica.write(intent(change('a', { title: 'mine' })));
  const id = await judge(replica, { s: 'rejected', code: 'gone' });
  await take(replica, page([], { g: { claims: ['a'] } }));
  await expect(reissue(replica, id)).rejects.toMatchObject({ kind: 'refusal', code: 'gone' });
  expect(await notices(replica)).toHaveLength(1);
});

test("S14: each field goes by the person's choice: mine, theirs, or something else", async () => {
  const replica = await withClaim();
  const theirs = { title: 'theirs', status: 'paid', amount_minor: 9 };
  const id = await lost(replica, { title: 'mine', status: 'mine', amount_minor: 7 }, theirs);
  await reissue(replica, id, { 'claims:a': { leave: ['status'], values: { amount_minor: 8, currency: 'EUR' } } });
  const [again] = await outgoing(replica);
  expect(again!.ops).toMatchObject([
    { v: { title: 'mine', amount_minor: 8, currency: 'EUR' }, b: { title: 'theirs', amount_minor: 9 } },
  ]);
  expect(again!.ops[0]!['v']).not.toHaveProperty('status');
});

test('S10: what is sent goes by what was on the screen, so that a later change is a conflict again', async () => {
  const replica = await withClaim();
  const id = await lost(replica, { title: 'mine' }, { title: 'theirs' });
  await take(replica, page([claim('a', { title: 'newer still' })]));
  await reissue(replica, id, { 'claims:a': { seen: { title: 'theirs' } } });
  expect((await outgoing(replica))[0]!.ops).toMatchObject([{ v: { title: 'mine' }, b: { title: 'theirs' } }]);
});

test('S11: an amount that is kept brings the currency it was meant in', async () => {
  const replica = await withClaim();
  const id = await lost(replica, { amount_minor: 700 }, { amount_minor: 500, currency: 'JPY' });
  await reissue(replica, id);
  expect((await outgoing(replica))[0]!.ops).toMatchObject([
    { v: { amount_minor: 700, currency: 'EUR' }, b: { amount_minor: 500, currency: 'JPY' } },
  ]);
});

test('S14: of an intent of several operations nothing is forgotten, also what nobody contests', async () => {
  const replica = await withClaim();
  const submit = { op: 'cmd', t: 'claims', id: 'a', cmd: 'claims.submit', args: {}, seen: {}, expect: {} } as const;
  await replica.write(intent(change('a', { title: 'mine', status: 'also mine' }), submit));
  const row = claim('a', { title: 'theirs' });
  const id = await judge(replica, { s: 'conflict', ops: [{ t: 'claims', row, f: ['title'] }] });
  await take(replica, page([row]));
  await reissue(replica, id);
  expect((await outgoing(replica))[0]!.ops).toMatchObject([
    { op: 'upd', v: { title: 'mine', status: 'also mine' } },
    { op: 'cmd', cmd: 'claims.submit' },
  ]);
});

test('S14: two notices about one row leave as one intent, the latest wish for each field', async () => {
  const replica = await withClaim();
  const first = await lost(replica, { title: 'first', status: 'first' }, { title: 'theirs', status: 'theirs' });
  const second = await lost(replica, { title: 'second' }, { title: 'newer', status: 'theirs' });
  await reissue(replica, [second, first]);
  const sent = await outgoing(replica);
  expect(sent).toHaveLength(1);
  expect(sent[0]!.ops).toMatchObject([
    { v: { title: 'second', status: 'first' }, b: { title: 'newer', status: 'theirs' } },
  ]);
  expect(await notices(replica)).toEqual([]);
});

test('S14: of two decisions about one row the latest is asked again', async () => {
  const replica = await withClaim();
  const step = (cmd: string) =>
    ({ op: 'cmd', t: 'claims', id: 'a', cmd, args: {}, seen: { status: 'draft' }, expect: {} }) as const;
  const ids: string[] = [];
  for (const cmd of ['claims.approve', 'claims.reject']) {
    await replica.write(intent(step(cmd)));
    ids.push(await judge(replica, { s: 'conflict', ops: [{ t: 'claims', row: claim('a'), f: ['status'] }] }));
  }
  await reissue(replica, ids);
  expect((await outgoing(replica))[0]!.ops).toMatchObject([{ cmd: 'claims.reject' }]);
});

test('S10: a decision that is taken again goes by what was on the screen, not by what came in since', async () => {
  const replica = await withClaim();
  const seen = { amount_minor: 500 };
  await replica.write(intent({ op: 'cmd', t: 'claims', id: 'a', cmd: 'claims.approve', args: {}, seen, expect: {} }));
  const id = await judge(replica, {
    s: 'conflict',
    ops: [{ f: ['amount_minor'], row: claim('a', { amount_minor: 900 }) }],
  });
  await take(replica, page([claim('a', { amount_minor: 901 })]));
  await reissue(replica, id, { 'claims:a': { seen: { amount_minor: 900 } } });
  expect((await outgoing(replica))[0]!.ops).toMatchObject([{ seen: { amount_minor: 900 } }]);
});

test('S14: a refused new row that was to be submitted at once can be tried again whole', async () => {
  const replica = await testReplica();
  const submit = { op: 'cmd', t: 'claims', id: 'n', cmd: 'claims.submit', args: {}, seen: {}, expect: {} } as const;
  await replica.write(intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }, submit));
  const id = await judge(replica, { s: 'rejected', code: 'missing_receipts' });
  await reissue(replica, id);
  expect((await outgoing(replica))[0]!.ops).toMatchObject([{ op: 'ins' }, { op: 'cmd' }]);
});

test('a wish made by an earlier version of the app, without rows and versions, is still a wish', () => {
  const op = { ...change('a', { amount_minor: 7, title: 'x' }), b: { amount_minor: 5, currency: 'EUR', title: 'y' } };
  const old: Notice = {
    id: '1',
    name: 'n',
    organization_id: 'o1',
    kind: 'conflict',
    code: 'conflict',
    table: 'claims',
    row_id: 'a',
    fields: [{ field: 'amount_minor', mine: 7, theirs: 9 }],
    ops: [op],
    at: '2026-06-01T12:00:00Z',
  };
  expect(wishes(testTables, [old]).get('claims:a')).toEqual({
    own: { amount_minor: 7 },
    kin: { currency: 'EUR' },
    base: { amount_minor: 5, currency: 'EUR' },
  });
});

test('what was settled against the own wish can be restored, complete', async () => {
  const replica = await withClaim();
  const id = await lost(replica, { title: 'mine' }, { title: 'theirs' });
  const before = await notices(replica);
  await setAside(replica, [id], 'theirs');
  expect(await notices(replica)).toEqual([]);
  const [[key, kept]] = (await settled(replica)) as unknown as [[string, Settled]];
  expect(kept).toMatchObject({ how: 'theirs' });
  expect(await restore(replica, key)).toBe(true);
  expect(await notices(replica)).toEqual(before);
  expect(await settled(replica)).toEqual([]);
  expect(await restore(replica, key)).toBe(false);
});

test('a choice that gives up something typed is kept too; keeping all of mine is not', async () => {
  const replica = await withClaim();
  await reissue(replica, await lost(replica, { title: 'mine' }, { title: 'theirs' }));
  expect(await settled(replica)).toEqual([]);
  const id = await lost(replica, { title: 'more', status: 'mine' }, { title: 'other', status: 'theirs' });
  await reissue(replica, id, { 'claims:a': { leave: ['title'] } });
  expect(await settled(replica)).toMatchObject([[expect.any(String), { how: 'mixed' }]]);
});

test('at most fifty settled notices are kept, and none longer than thirty days', async () => {
  let now = Date.parse('2026-06-01T12:00:00Z');
  const replica = await withClaim();
  Object.assign(replica, { now: () => (now += 1000) });
  for (let times = 0; times < 52; times += 1) {
    const id = await lost(replica, { title: `mine ${times}` }, { title: `theirs ${times}` });
    await setAside(replica, [id], 'theirs');
  }
  expect(await settled(replica)).toHaveLength(50);
  expect(await replica.store.deviceValues.where('key').startsWith('settled:').count()).toBe(50);
  now += 31 * 86_400_000;
  expect(await settled(replica)).toEqual([]);
});

const PHOTO = 'o1/p/f.jpg';
const photo: FileDraft = {
  path: PHOTO,
  bucket: 'receipts',
  data: new Uint8Array([7]).buffer,
  mime_type: 'image/jpeg',
};

async function refusedPhoto(): Promise<{ replica: SyncedReplica; id: string }> {
  const replica = await testReplica();
  await replica.write({ ...intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }), files: [photo] });
  return { replica, id: await judge(replica, { s: 'rejected', code: 'over_limit' }) };
}

test('S15: issuing the intent again sends its files again', async () => {
  const { replica, id } = await refusedPhoto();
  await reissue(replica, id);
  expect(await replica.store.files.get(photo.path)).toMatchObject({ state: 'waiting' });
});

test('S15: discarding deletes the held files', async () => {
  const { replica, id } = await refusedPhoto();
  await discardNotice(replica, id);
  expect([await replica.store.files.count(), await replica.store.bytes.count()]).toEqual([0, 0]);
});

test('S15: photos of what was set aside stay for as long as it can be restored', async () => {
  const { replica, id } = await refusedPhoto();
  await setAside(replica, [id], 'discarded');
  expect([await replica.store.files.count(), await replica.store.bytes.count()]).toEqual([1, 1]);
  await restore(replica, (await settled(replica))[0]![0]);
  await reissue(replica, id);
  expect(await replica.store.files.get(PHOTO)).toMatchObject({ state: 'waiting' });
});

test('S15: photos of what was set aside too long ago are let go with the next decision', async () => {
  const { replica, id } = await refusedPhoto();
  await setAside(replica, [id], 'discarded');
  Object.assign(replica, { now: () => Date.parse('2026-08-01T12:00:00Z') });
  await take(replica, page([claim('a')]));
  await setAside(replica, [await lost(replica, { title: 'mine' }, { title: 'theirs' })], 'theirs');
  expect([await replica.store.files.count(), await replica.store.bytes.count()]).toEqual([0, 0]);
});
