import { expect, test } from 'vitest';
import { refusal, weather } from '../kernel/failure.ts';
import type { PullReply, PushResult, SyncRemote, WireMutation } from './protocol.ts';
import { isSealed, openSealed, SEAL_MARK, sealedRemote, sealValues, type Sealer } from './sealing.ts';
import { claim, intent, page, testReplica, testTables } from './testing.ts';

const tables = { ...testTables, claims: { ...testTables['claims']!, sealed: ['title'] } };

/** Tokens anybody could read, so that a test can. */
const plainSealer: Sealer = {
  ready: async () => {},
  seal: async (value) => SEAL_MARK + JSON.stringify(value),
  open: async (token) => JSON.parse(token.slice(SEAL_MARK.length)) as unknown,
};

const locked: Sealer = {
  ready: () => Promise.reject(weather('locked', 'no key')),
  seal: () => Promise.reject(weather('locked', 'no key')),
  open: () => Promise.reject(weather('locked', 'no key')),
};

function server(
  reply: PullReply = page([]),
  verdict: (mutation: WireMutation) => Omit<PushResult, 'id'> = () => ({ s: 'applied' }),
) {
  const heard: WireMutation[] = [];
  let pulls = 0;
  const remote: SyncRemote = {
    pull: async () => (pulls++, reply),
    push: async (_, mutations) => {
      heard.push(...mutations);
      return mutations.map((mutation) => ({ id: mutation.id, ...verdict(mutation) }));
    },
  };
  return { heard, pulls: () => pulls, remote };
}

test('S29: what comes home is sealed in its columns and nowhere else', async () => {
  const { remote } = server(page([claim('a'), claim('b', { title: null })]));
  const reply = await sealedRemote(remote, plainSealer, tables).pull({}, 10);
  const [a, b] = reply.r['claims']!;
  expect(a).toEqual(['a', 'o1', `${SEAL_MARK}"fuel"`, 500, 'EUR', 'draft']);
  expect(b![2]).toBeNull();
});

test('S29: what leaves is opened on its way, base values too, and stays sealed in the outbox', async () => {
  const replica = await testReplica();
  const v = await sealValues(plainSealer, tables, 'claims', claim('n', { title: 'secret' }));
  await replica.write(intent({ op: 'ins', t: 'claims', id: 'n', v }));
  const batch = (await replica.nextBatch(10))!;
  expect(JSON.stringify(await replica.store.outbox.toArray())).not.toContain('"secret"');
  const { heard, remote } = server();
  await sealedRemote(remote, plainSealer, tables).push(batch.client, batch.mutations);
  expect(heard[0]!.ops[0]!['v']).toMatchObject({ title: 'secret', amount_minor: 500 });
});

test('S29: the row of a verdict is sealed before a notice can keep it', async () => {
  const ops = [{ s: 'conflict', t: 'claims', row: claim('a', { title: 'theirs' }), f: ['title'] }];
  const { remote } = server(page([]), () => ({ s: 'conflict', ops }));
  const [result] = await sealedRemote(remote, plainSealer, tables).push('c', [
    { id: 'm', org: 'o1', name: 'x', ops: [] },
  ]);
  expect(result!.ops![0]!.row).toMatchObject({ title: `${SEAL_MARK}"theirs"`, amount_minor: 500 });
});

test('S29: without the key nothing is pulled, and an intent without secrets still leaves', async () => {
  const { heard, pulls, remote } = server();
  const sealed = sealedRemote(remote, locked, tables);
  await expect(sealed.pull({}, 10)).rejects.toMatchObject({ kind: 'weather', code: 'locked' });
  expect(pulls()).toBe(0);
  const plain = { id: 'm', org: 'o1', name: 'x', ops: [{ op: 'upd', v: { amount_minor: 7 } }] };
  expect(await sealed.push('c', [plain])).toEqual([{ id: 'm', s: 'applied' }]);
  const secret = { ...plain, id: 'n', ops: [{ op: 'upd', v: { title: `${SEAL_MARK}x` } }] };
  await expect(sealed.push('c', [secret])).rejects.toMatchObject({ code: 'locked' });
  expect(heard).toHaveLength(1);
});

test('S29: an intent sealed with a key that is gone becomes a refusal, and the others leave', async () => {
  const open: Sealer['open'] = () => Promise.reject(refusal('sealed_away', 'gone'));
  const { heard, remote } = server();
  const results = await sealedRemote(remote, { ...plainSealer, open }, tables).push('c', [
    { id: 'lost', org: 'o1', name: 'x', ops: [{ v: { title: `${SEAL_MARK}x` } }] },
    { id: 'fit', org: 'o1', name: 'x', ops: [{ v: { title: 'open' } }] },
  ]);
  expect(results).toEqual([
    { id: 'lost', s: 'rejected', code: 'sealed_away' },
    { id: 'fit', s: 'applied' },
  ]);
  expect(heard.map(({ id }) => id)).toEqual(['fit']);
});

test('a token is opened however deep it lies, and the rest is handed back as it was', async () => {
  const nothing = { a: [1, { b: null }] };
  expect(await openSealed(plainSealer, nothing)).toEqual(nothing);
  const deep = { rows: [{ title: await plainSealer.seal('x') }], at: 1 };
  expect(await openSealed(plainSealer, deep)).toEqual({ rows: [{ title: 'x' }], at: 1 });
  expect([isSealed('sealed:1:abc'), isSealed('sealed'), isSealed(7)]).toEqual([true, false, false]);
});
