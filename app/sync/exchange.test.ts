import { IDBFactory } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { bug, refusal, weather } from '../kernel/failure.ts';
import { Exchange } from './exchange.ts';
import type { PullReply, PushResult, SyncRemote, WireMutation } from './protocol.ts';
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

/** A server that applies everything, answers pulls as told, and notes how many intents waited at each request. */
function watched(replica: SyncedReplica, pull: () => Promise<PullReply>) {
  const waiting: string[] = [];
  const note = async (what: string) =>
    waiting.push(`${what} ${await replica.store.outbox.where('state').equals('queued').count()}`);
  const remote: SyncRemote = {
    pull: async () => {
      await note('pull');
      return pull();
    },
    push: async (_, mutations) => {
      await note(`push ${mutations.length}`);
      return applied(mutations);
    },
  };
  return { remote, waiting };
}

test('S36: verdicts on many batches are noted with the rows they bring home, in one step', async () => {
  const replica = await testReplica();
  for (let at = 0; at < 450; at++) await add(replica, `n${at}`);
  const rows = Array.from({ length: 450 }, (_, at) => claim(`n${at}`, { title: 'as stored' }));
  const { remote, waiting } = watched(replica, async () => page(rows));
  await new Exchange(replica, remote).cycle();
  expect(waiting).toEqual(['push 200 450', 'push 200 450', 'push 50 450', 'pull 450']);
  expect(await replica.store.outbox.count()).toBe(0);
  expect(
    await replica
      .table('claims')
      .filter(({ title }) => title === 'as stored')
      .count(),
  ).toBe(450);
  expect(await replica.store.shadow.count()).toBe(0);
});

test('S36: one batch is noted at its verdict', async () => {
  const replica = await testReplica();
  await add(replica, 'x');
  const { remote, waiting } = watched(replica, async () => page([claim('x')]));
  await new Exchange(replica, remote).cycle();
  expect(waiting).toEqual(['push 1 1', 'pull 0']);
});

test('S36: no more than 1,000 wait for their rows', async () => {
  const replica = await testReplica();
  for (let at = 0; at < 1_250; at++) await add(replica, `n${at}`);
  const { remote, waiting } = watched(replica, async () => page([]));
  await new Exchange(replica, remote).cycle();
  expect(waiting.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => 'push 200 1250'));
  expect(waiting.at(-1)).toBe('pull 50');
  expect(await replica.store.outbox.count()).toBe(0);
});

test('S36: a pull that fails leaves what was applied noted, painted and not to be sent again', async () => {
  const replica = await testReplica();
  for (let at = 0; at < 220; at++) await add(replica, `n${at}`);
  const { remote, waiting } = watched(replica, async () => {
    throw weather('offline', 'no signal');
  });
  const exchange = new Exchange(replica, remote);
  await expect(exchange.cycle()).rejects.toMatchObject({ code: 'offline' });
  expect(await replica.hasQueued()).toBe(false);
  expect(await replica.table('claims').count()).toBe(220);
  await expect(exchange.cycle()).rejects.toMatchObject({ code: 'offline' });
  expect(waiting).toEqual(['push 200 220', 'push 20 220', 'pull 220', 'pull 0']);
});

test('S36: who sends and does not pull, as the service worker, leaves no verdict unnoted', async () => {
  const replica = await testReplica();
  for (let at = 0; at < 450; at++) await add(replica, `n${at}`);
  const { remote } = watched(replica, async () => page([]));
  await new Exchange(replica, remote).pushAll();
  expect(await replica.store.outbox.where('state').equals('queued').count()).toBe(0);
  expect(await replica.store.outbox.where('state').equals('acked').count()).toBe(450);
});

test('S36: a push that fails leaves what went before noted, and sends only the rest again', async () => {
  const replica = await testReplica();
  for (let at = 0; at < 450; at++) await add(replica, `n${at}`);
  const { remote, waiting } = watched(replica, async () => page([]));
  const push: SyncRemote['push'] = async (client, mutations) => {
    if (waiting.length === 2) throw weather('offline', 'no signal');
    return remote.push(client, mutations);
  };
  await expect(new Exchange(replica, { ...remote, push }).cycle()).rejects.toMatchObject({ code: 'offline' });
  expect(await replica.store.outbox.where('state').equals('acked').count()).toBe(400);
  waiting.length = 0;
  await new Exchange(replica, remote).cycle();
  expect(waiting).toEqual(['push 50 50', 'pull 0']);
  expect(await replica.store.outbox.count()).toBe(0);
});

test('S36: a crash before the pull sends what was held once more', async () => {
  const disk = new IDBFactory();
  const before = await testReplica(disk);
  for (let at = 0; at < 220; at++) await add(before, `n${at}`);
  const never = new Promise<PullReply>(() => undefined);
  const { remote, waiting } = watched(before, () => never);
  void new Exchange(before, remote).cycle();
  await vi.waitFor(() => expect(waiting.at(-1)).toBe('pull 220'));
  before.close();
  const after = await testReplica(disk);
  const again = watched(after, async () => page([]));
  await new Exchange(after, again.remote).cycle();
  expect(again.waiting[0]).toBe('push 200 220');
  expect(await after.store.outbox.count()).toBe(0);
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
