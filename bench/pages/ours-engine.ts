import { openSyncedDatabase } from '../../app/data/synced-db.ts';
import { tables } from '../../app/data/schema.gen.ts';
import { createRemote } from '../../app/platform/supabase-remote.ts';
import { createEngine, type Engine } from '../../app/sync/engine.ts';
import { Exchange } from '../../app/sync/exchange.ts';
import { webLock } from '../../app/platform/web-lock.ts';
import type { SyncRemote } from '../../app/sync/protocol.ts';
import type { SyncedReplica } from '../../app/sync/synced-replica.ts';
import { sealedRemote } from '../../app/sync/sealing.ts';
import type { Setup } from './peer.ts';

/** Opens this person's replica, on the page or in the worker. */
export const openOurs = async (): Promise<SyncedReplica> => (await openSyncedDatabase('bench')).replica;

/** The shipped conversation with the server, and whether the last page has come. */
export async function createExchange(setup: Setup): Promise<{ exchange: Exchange; isComplete: () => boolean }> {
  const { replica, seal } = await openSyncedDatabase('bench');
  const remote = sealedRemote(remoteOf(setup), seal, tables);
  let complete = false;
  const pull: SyncRemote['pull'] = async (cursor, rows) => {
    const reply = await remote.pull(cursor, rows);
    complete = !reply.m;
    return reply;
  };
  return { exchange: new Exchange(replica, { ...remote, pull }), isComplete: () => complete };
}

/** The shipped engine with its timers; hints and files have nothing to say. */
export function createIdleEngine(setup: Setup, replica: SyncedReplica): Engine {
  return createEngine({
    db: { user_id: setup.person_id, replica },
    remote: remoteOf(setup),
    blobs: { upload: async () => {}, download: async () => undefined },
    poke: { watch() {}, stop() {} },
    connectivity: { online: true, onChange: () => () => {}, report() {} },
    lock: webLock,
  });
}

/** The shipped remote, with a token that is simply at hand. */
function remoteOf({ url, key, token }: Setup): SyncRemote {
  const identity = { apikey: key, authorization: `Bearer ${token}` };
  return createRemote((path, init) =>
    fetch(url + path, { ...init, headers: { ...(init?.headers as Record<string, string>), ...identity } }),
  );
}
