import { expect, test } from 'vitest';
import { bug, refusal, weather } from '../kernel/failure.ts';
import { Exchange } from './exchange.ts';
import type { PushResult, SyncRemote, WireMutation } from './protocol.ts';
import type { SyncedReplica } from './synced-replica.ts';
import { claim, intent, page, testReplica } from './testing.ts';

const add = (replica: SyncedReplica, id: string) => replica.write(intent({ op: 'ins', t: 'claims', id, v: claim(id) }));

/** A server that answers pushes as told and has nothing to give. */
function server(answer: (mutations: WireMutation[]) => PushResult[]): SyncRemote & { batches: number[] } {
  const batches: number[] = [];
  return {
    batches,
    pull: async () => page([]),
    push: async (_, mutations) => {
      batches.push(mutations.length);
      return answer(mutations);
    },
  };
}

const applied = (mutations: WireMutation[]): PushResult[] => mutations.map(({ id }) => ({ id, s: 'applied' }));

test('S16: a cycle sends what is unsent and ends when everything is known', async () => {
  const replica = await testReplica();
  for (let at = 0; at < 220; at++) await add(replica, `n${at}`);
  const remote = server(applied);
  await new Exchange(replica, remote).cycle();
  expect(remote.batches).toEqual([200, 20]);
  expect(await replica.store.outbox.count()).toBe(0);
});

test('S16: intents the reply leaves out are sent again', async () => {
  const replica = await testReplica();
  for (const id of ['x', 'y', 'z']) await add(replica, id);
  const remote = server((mutations) => applied(mutations.slice(0, 2)));
  await new Exchange(replica, remote).cycle();
  expect(remote.batches).toEqual([3, 1]);
});

test('S16: a reply that settles nothing is weather, not an endless loop', async () => {
  const replica = await testReplica();
  await add(replica, 'x');
  const cycle = new Exchange(
    replica,
    server(() => []),
  ).cycle();
  await expect(cycle).rejects.toMatchObject({ kind: 'weather', code: 'short_reply' });
});

test('S17: poison at 70 of 120 is set aside and the other 119 arrive', async () => {
  const replica = await testReplica();
  for (let at = 0; at < 120; at++) await add(replica, `n${at}`);
  const remote = server((mutations) => {
    if (mutations.some(({ ops }) => ops[0]!['id'] === 'n70')) throw refusal('malformed', 'the server chokes');
    return applied(mutations);
  });
  await new Exchange(replica, remote).cycle();
  expect(await replica.store.outbox.count()).toBe(0);
  expect(await replica.store.attention.toArray()).toMatchObject([{ code: 'malformed', row_id: 'n70' }]);
});

test('S16: no more operations leave together than the server takes', async () => {
  const replica = await testReplica();
  const many = (n: number) =>
    Array.from(
      { length: 30 },
      (_, at) => ({ op: 'ins', t: 'claims', id: `${n}-${at}`, v: claim(`${n}-${at}`) }) as const,
    );
  for (let n = 0; n < 40; n++) await replica.write(intent(...many(n)));
  const remote = server(applied);
  await new Exchange(replica, remote).cycle();
  expect(remote.batches).toEqual([33, 7]);
});

test('S16: the next batch is on its way before the verdicts on this one are stored, but not behind a refusal', async () => {
  const replica = await testReplica();
  for (let at = 0; at < 450; at++) await add(replica, `n${at}`);
  const queuedWhenSent: number[] = [];
  const remote: SyncRemote = {
    pull: async () => page([]),
    push: async (_, mutations) => {
      queuedWhenSent.push(await replica.store.outbox.where('state').equals('queued').count());
      const refuses = mutations.some(({ ops }) => ops[0]!['id'] === 'n0');
      return mutations.map(({ id }, at) => ({ id, s: refuses && at === 0 ? 'rejected' : 'applied' }));
    },
  };
  await new Exchange(replica, remote).cycle();
  expect(queuedWhenSent[1]).toBe(250);
  expect(queuedWhenSent).toHaveLength(3);
  expect(await replica.store.outbox.count()).toBe(0);
});

test('S17: a poisoned batch costs one request for each of its intents, and the next batch is whole again', async () => {
  const replica = await testReplica();
  for (let at = 0; at < 250; at++) await add(replica, `n${at}`);
  const remote = server((mutations) => {
    if (mutations.some(({ ops }) => ops[0]!['id'] === 'n99')) throw refusal('malformed', 'the server chokes');
    return applied(mutations);
  });
  await new Exchange(replica, remote).cycle();
  expect(remote.batches).toEqual([200, ...Array.from({ length: 200 }, () => 1), 50]);
});

test('S3: a cursor the server cannot read is dropped, everything is listed again, and nothing unsent is lost', async () => {
  const replica = await testReplica();
  await new Exchange(replica, { ...server(applied), pull: async () => page([claim('a'), claim('old')]) }).cycle();
  await add(replica, 'mine');
  const cursors: unknown[] = [];
  const pull: SyncRemote['pull'] = async (cursor) => {
    cursors.push(cursor);
    if (cursor.e) throw refusal('malformed_cursor', 'nobody wrote this');
    return page([claim('a')]);
  };
  await new Exchange(replica, { ...server(applied), pull }).cycle();
  expect(cursors.at(-1)).toEqual({});
  expect(await replica.table('claims').toCollection().primaryKeys()).toEqual(['a']);
});

test.each([
  ['weather', weather('offline', 'no signal')],
  ['a lost session', refusal('signed_out', 'no session')],
  ['a bug', bug('unexpected', 'ours')],
  ['an old app', refusal('update_needed', 'too old')],
])('S17: %s sets nothing aside', async (_, failure) => {
  const replica = await testReplica();
  await add(replica, 'x');
  const remote = server(() => {
    throw failure;
  });
  await expect(new Exchange(replica, remote).cycle()).rejects.toBe(failure);
  expect([await replica.store.outbox.count(), await replica.store.attention.count()]).toEqual([1, 0]);
});

test('the other tabs hear how many intents are on their way, and that none is any more', async () => {
  const replica = await testReplica();
  await add(replica, 'x');
  let during = 0;
  const remote = server(applied);
  const push: SyncRemote['push'] = async (client, mutations) => {
    during = (await replica.activity()).sending;
    return remote.push(client, mutations);
  };
  await new Exchange(replica, { ...remote, push }).cycle();
  expect([during, (await replica.activity()).sending]).toEqual([1, 0]);
});

test('S26: an intent made while pages are unpacked leaves before the rest of them', async () => {
  const replica = await testReplica();
  const rows = Array.from({ length: 2_400 }, (_, at) => claim(`k${at}`));
  const pages = [page([], { m: true }), page(rows)];
  let unpackedAtPush = -1;
  const remote: SyncRemote = {
    pull: async () => pages.shift() ?? page([]),
    push: async (_, mutations) => {
      unpackedAtPush = await replica.table('claims').count();
      return applied(mutations);
    },
  };
  let written = false;
  const breathe = async () => {
    if (written || (await replica.table('claims').count()) < 1_000) return;
    written = true;
    await add(replica, 'mine');
  };
  await new Exchange(replica, remote).cycle(breathe);
  expect(unpackedAtPush).toBe(1_001);
  expect(await replica.table('claims').count()).toBe(2_400);
});
