import { expect, test } from 'vitest';
import { discardNotice, reissue } from './notices.ts';
import type { FileDraft } from './protocol.ts';
import type { Replica } from './replica.ts';
import { change, claim, intent, judge, outgoing, page, shown, take, testReplica } from './testing.ts';

async function withClaim(): Promise<Replica> {
  const replica = await testReplica();
  await take(replica, page([claim('a')]));
  return replica;
}

const notices = (replica: Replica) => replica.store.attention.toArray();

test('S14: a conflict returns the screen to the truth and keeps mine and theirs', async () => {
  const replica = await withClaim();
  await replica.write(intent(change('a', { title: 'mine' })));
  await judge(replica, { s: 'conflict', ops: [{ s: 'conflict', row: claim('a', { title: 'theirs' }), f: ['title'] }] });
  expect(await shown(replica, 'a')).toMatchObject({ title: 'fuel' });
  expect(await notices(replica)).toMatchObject([
    {
      kind: 'conflict',
      code: 'conflict',
      table: 'claims',
      row_id: 'a',
      fields: [{ field: 'title', mine: 'mine', theirs: 'theirs' }],
    },
  ]);
});

test('S14: after a merge only the lost fields leave the screen', async () => {
  const replica = await withClaim();
  await replica.write(intent(change('a', { title: 'mine', amount_minor: 7 })));
  await judge(replica, {
    s: 'merged',
    ops: [{ s: 'merged', row: claim('a', { title: 'mine', amount_minor: 9 }), f: ['amount_minor'] }],
  });
  expect(await shown(replica, 'a')).toMatchObject({ title: 'mine', amount_minor: 500 });
  expect((await notices(replica))[0]!.fields).toEqual([{ field: 'amount_minor', mine: 7, theirs: 9 }]);
});

test('S14: a stale approval tells what was seen and what is', async () => {
  const replica = await withClaim();
  const seen = { amount_minor: 500 };
  await replica.write(
    intent({ op: 'cmd', t: 'claims', id: 'a', cmd: 'claims.approve', args: {}, seen, expect: { status: 'approved' } }),
  );
  await judge(replica, {
    s: 'conflict',
    ops: [{ s: 'conflict', row: claim('a', { amount_minor: 900 }), f: ['amount_minor'] }],
  });
  expect((await notices(replica))[0]!.fields).toEqual([{ field: 'amount_minor', mine: 500, theirs: 900 }]);
});

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

const photo: FileDraft = {
  path: 'o1/p/f.jpg',
  bucket: 'receipts',
  data: new Uint8Array([7]).buffer,
  mime_type: 'image/jpeg',
};

async function refusedPhoto(): Promise<{ replica: Replica; id: string }> {
  const replica = await testReplica();
  await replica.write({ ...intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }), files: [photo] });
  return { replica, id: await judge(replica, { s: 'rejected', code: 'over_limit' }) };
}

test('S15: files of a refused intent are held with their bytes', async () => {
  const { replica } = await refusedPhoto();
  expect(await replica.store.files.get(photo.path)).toMatchObject({ state: 'held' });
  expect((await replica.store.bytes.get(photo.path))!.data.byteLength).toBe(1);
});

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
