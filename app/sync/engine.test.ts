import { IDBFactory } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { refusal, weather } from '../kernel/failure.ts';
import { createEngine, type EngineParts } from './engine.ts';
import type { Channel } from './leader.ts';
import type { Connectivity, LeaderLock, PokeSource, SyncRemote } from './protocol.ts';
import { claim, intent, page, TestClock, testReplica } from './testing.ts';

/** A lock all tabs of a test share. */
function sharedLock(): LeaderLock {
  let last: Promise<void> = Promise.resolve();
  return {
    lead: (_, signal, work) => (last = last.then(() => (signal.aborted ? undefined : work()))),
  };
}

/** Channels that hear each other, as tabs do. */
function channels() {
  const all: Channel[] = [];
  return (): Channel => {
    const own: Channel = {
      onmessage: null,
      postMessage: (data) => {
        for (const other of all) if (other !== own) other.onmessage?.({ data } as MessageEvent);
      },
      close: () => {},
    };
    all.push(own);
    return own;
  };
}

function network(): Connectivity {
  let online = true;
  const listeners = new Set<() => void>();
  return {
    get online() {
      return online;
    },
    onChange: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    report(reached) {
      if (online === reached) return;
      online = reached;
      for (const listener of listeners) listener();
    },
  };
}

class Pokes implements PokeSource {
  scopes: readonly string[] = [];
  poke: () => void = () => {};
  watch(scopes: readonly string[], onPoke: () => void): void {
    this.scopes = scopes;
    this.poke = onPoke;
  }
  stop(): void {
    this.scopes = [];
  }
}

const quiet: SyncRemote = {
  pull: async () => page([]),
  push: async (_, mutations) => mutations.map(({ id }) => ({ id, s: 'applied' })),
};

async function tab(more: Partial<EngineParts> = {}, disk = new IDBFactory()) {
  const replica = await testReplica(disk);
  const poke = new Pokes();
  const connectivity = network();
  const base = {
    db: { user_id: 'u1', replica },
    remote: quiet,
    blobs: { upload: async () => {}, download: async () => undefined },
  };
  const ports = { poke, connectivity, lock: sharedLock(), clock: new TestClock(), channel: channels()() };
  return { replica, poke, connectivity, engine: createEngine({ ...base, ...ports, ...more }) };
}

test('S19: a write leaves by itself, and the badge falls back to saved', async () => {
  const { replica, engine } = await tab();
  engine.start();
  await replica.write(intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }));
  await vi.waitFor(async () => expect(await replica.store.outbox.count()).toBe(0));
  expect(await replica.activity()).toEqual({ online: true, sending: 0, problem: null });
  await engine.stop();
});

test('S19: it listens to its scopes and to its person, and a poke pulls', async () => {
  const pull = vi.fn(quiet.pull);
  const { engine, poke } = await tab({ remote: { ...quiet, pull } });
  engine.start();
  await vi.waitFor(() => expect(poke.scopes).toEqual(['u1', 's1']));
  const before = pull.mock.calls.length;
  poke.poke();
  await vi.waitFor(() => expect(pull.mock.calls.length).toBeGreaterThan(before));
  await engine.stop();
  expect(poke.scopes).toEqual([]);
});

test('S20: a network error shows as offline, never as signed out', async () => {
  const down = async (): Promise<never> => {
    throw weather('offline', 'no signal');
  };
  const { replica, engine } = await tab({ remote: { pull: down, push: down } });
  await replica.setActivity({ online: true });
  engine.start();
  await vi.waitFor(async () => expect(await replica.activity()).toEqual({ online: false, sending: 0, problem: null }));
  await engine.stop();
});

test('S20: a lost session is a problem with a name until somebody signs in', async () => {
  let signedIn = false;
  const pull: SyncRemote['pull'] = async () => {
    if (!signedIn) throw refusal('signed_out', 'no session');
    return page([]);
  };
  const { replica, engine } = await tab({ remote: { ...quiet, pull } });
  engine.start();
  await vi.waitFor(async () => expect(await replica.activity()).toMatchObject({ problem: 'signed_out' }));
  signedIn = true;
  engine.beat('signed_in');
  await vi.waitFor(async () => expect(await replica.activity()).toMatchObject({ problem: null }));
  await engine.stop();
});

test('S21: one tab leads, the other nudges it, and takes over when it closes', async () => {
  const disk = new IDBFactory();
  const [lock, open] = [sharedLock(), channels()];
  const first = await tab({ lock, channel: open() }, disk);
  const second = await tab({ lock, channel: open() }, disk);
  first.engine.start();
  second.engine.start();
  await vi.waitFor(() => expect([first.engine.leading, second.engine.leading]).toEqual([true, false]));
  await second.replica.write(intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }));
  await vi.waitFor(async () => expect(await second.replica.store.outbox.count()).toBe(0));
  await first.engine.stop();
  await vi.waitFor(() => expect(second.engine.leading).toBe(true));
  await second.engine.stop();
});

test('S18: what waited for a file leaves as soon as the file has arrived', async () => {
  const { replica, engine } = await tab();
  const then = [{ op: 'cmd', t: 'claims', id: 'n', cmd: 'claims.arrived', args: {}, seen: {}, expect: {} }] as const;
  const file = { path: 'o1/p/n.jpg', bucket: 'receipts', data: new ArrayBuffer(2), mime_type: 'image/jpeg', then };
  engine.start();
  await replica.write({ ...intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }), files: [file] });
  await vi.waitFor(async () => expect(await replica.store.files.get(file.path)).toMatchObject({ state: 'here' }));
  await vi.waitFor(async () => expect(await replica.unsent()).toBe(0));
  await engine.stop();
});

test('a stopped engine leaves nothing in flight', async () => {
  const { replica, engine } = await tab();
  engine.start();
  await engine.stop();
  await replica.write(intent({ op: 'ins', t: 'claims', id: 'n', v: claim('n') }));
  expect(await replica.unsent()).toBe(1);
});
