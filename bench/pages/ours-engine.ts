import { tables } from '../../app/data/schema.gen.ts';
import { createRemote } from '../../app/platform/supabase-remote.ts';
import { createEngine, type Engine } from '../../app/sync/engine.ts';
import { Exchange } from '../../app/sync/exchange.ts';
import { webLock } from '../../app/platform/web-lock.ts';
import type { SyncRemote } from '../../app/sync/protocol.ts';
import { openReplica, type Replica } from '../../app/sync/replica.ts';
import type { Setup } from './peer.ts';

/** Opens this person's replica, on the page or in the worker. */
export const openOurs = () => openReplica('portal-bench', tables);

/** The shipped conversation with the server. */
export const createExchange = async (setup: Setup): Promise<Exchange> =>
  new Exchange(await openOurs(), remoteOf(setup));

/** The shipped engine with its timers; hints and files have nothing to say. */
export function createIdleEngine(setup: Setup, replica: Replica): Engine {
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
