import { expect, test } from 'vitest';
import type { FileDraft } from './protocol.ts';
import type { SyncedReplica } from './synced-replica.ts';
import { change, claim, intent, judge, page, shown, take, testReplica } from './testing.ts';

async function withClaim(): Promise<SyncedReplica> {
  const replica = await testReplica();
  await take(replica, page([claim('a')]));
  return replica;
}

const notices = (replica: SyncedReplica) => replica.store.attention.toArray();

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
  expect((await notices(replica))[0]!.fields).toMatchObject([{ field: 'amount_minor', mine: 7, theirs: 9 }]);
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
  expect((await notices(replica))[0]!.fields).toMatchObject([{ field: 'amount_minor', mine: 500, theirs: 900 }]);
});

const stamps = { updated_by: 'ada', updated_at: '2026-06-01T11:58:00Z', row_version: 4 };

test('S14: a contested field tells its row, who changed it, when, and to which version', async () => {
  const replica = await withClaim();
  await replica.write(intent(change('a', { title: 'mine' })));
  const row = claim('a', { title: 'theirs', ...stamps });
  await judge(replica, { s: 'conflict', ops: [{ s: 'conflict', t: 'claims', row, f: ['title'] }] });
  const about = { table: 'claims', row_id: 'a', by: 'ada', changed_at: stamps.updated_at, version: 4 };
  expect((await notices(replica))[0]!.fields).toEqual([{ field: 'title', mine: 'mine', theirs: 'theirs', ...about }]);
});

test('S14: after a merge the row names its merger, and the field the one who came before', async () => {
  const replica = await withClaim();
  await replica.write(intent(change('a', { title: 'mine', status: 'x' })));
  const row = claim('a', { title: 'theirs', ...stamps, updated_by: 'me', row_version: 5 });
  const before = { by: 'ada', at: '2026-06-01T11:57:00Z' };
  await judge(replica, { s: 'merged', ops: [{ s: 'merged', t: 'claims', row, f: ['title'], ...before }] });
  expect((await notices(replica))[0]!.fields).toMatchObject([{ by: 'ada', changed_at: before.at, version: 5 }]);
});

test('S14: of two rows with one id the contested one is named', async () => {
  const replica = await withClaim();
  await take(replica, page([{ id: 'a', organization_id: 'o1' }], { table: 'photos' }));
  await replica.write(intent({ op: 'upd', t: 'photos', id: 'a', v: { note: 'n' } }, change('a', { title: 'mine' })));
  const row = claim('a', { title: 'theirs' });
  await judge(replica, { s: 'conflict', ops: [{ s: 'conflict', t: 'claims', row, f: ['title'] }] });
  expect((await notices(replica))[0]!.fields).toMatchObject([{ table: 'claims', mine: 'mine', theirs: 'theirs' }]);
});

test('S14: a decision says what was seen, not what it was to become', async () => {
  const replica = await withClaim();
  const seen = { status: 'draft', amount_minor: 500 };
  const expected = { status: 'approved' };
  await replica.write(
    intent({ op: 'cmd', t: 'claims', id: 'a', cmd: 'claims.approve', args: {}, seen, expect: expected }),
  );
  await judge(replica, {
    s: 'conflict',
    ops: [{ t: 'claims', row: claim('a', { status: 'rejected' }), f: ['status'] }],
  });
  expect((await notices(replica))[0]!.fields).toMatchObject([{ mine: 'draft', theirs: 'rejected' }]);
});

const photo: FileDraft = {
  path: 'o1/p/f.jpg',
  bucket: 'receipts',
  data: new Uint8Array([7]).buffer,
  mime_type: 'image/jpeg',
};

async function refusedPhoto(): Promise<{ replica: SyncedReplica; id: string }> {
  const replica = await testReplica();
  await replica.write({ ...intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }), files: [photo] });
  return { replica, id: await judge(replica, { s: 'rejected', code: 'over_limit' }) };
}

test('S15: files of a refused intent are held with their bytes', async () => {
  const { replica } = await refusedPhoto();
  expect(await replica.store.files.get(photo.path)).toMatchObject({ state: 'held' });
  expect((await replica.store.bytes.get(photo.path))!.data.byteLength).toBe(1);
});
