import { openLocalDatabase, useLocalDatabase, type LocalDatabase } from '../data/db.ts';
import { useBlobRemote } from '../data/files.ts';
import { whoReady } from '../data/who.ts';
import { createConnectivity } from '../platform/connectivity.ts';
import { keepStorage } from '../platform/device-storage.ts';
import { createBlobs } from '../platform/supabase-blobs.ts';
import type { Clients } from '../platform/supabase-client.ts';
import { createPoke } from '../platform/supabase-poke.ts';
import { createRemote } from '../platform/supabase-remote.ts';
import { webLock } from '../platform/web-lock.ts';
import { createEngine, type Engine } from '../sync/engine.ts';
import type { ReportFailure } from '../sync/protocol.ts';

/** Everything that runs while one person is signed in. */
export interface Work {
  readonly user_id: string;
  readonly database: LocalDatabase;
  readonly engine: Engine;
  /** Stops the engine and closes the database; what is stored stays. */
  end(): Promise<void>;
}

/** Opens a person's data, with or without signal, and starts to keep it in step with the server. */
export async function beginWork(
  clients: Clients,
  { user_id, email }: { user_id: string; email: string },
  report: ReportFailure,
): Promise<Work> {
  const database = await openLocalDatabase(user_id, { email });
  const blobs = createBlobs(clients.send);
  const engine = createEngine({
    db: database,
    remote: createRemote(clients.send),
    blobs,
    poke: createPoke(clients.realtime),
    connectivity: createConnectivity(),
    lock: webLock,
    report,
  });
  useBlobRemote(blobs);
  useLocalDatabase(database);
  await whoReady();
  engine.start();
  void keepStorage();
  return { user_id, database, engine, end: () => endWork(database, engine) };
}

async function endWork(database: LocalDatabase, engine: Engine): Promise<void> {
  useLocalDatabase(null);
  useBlobRemote(undefined);
  await engine.stop();
  database.close();
}

let current: Work | undefined;

/** The work in progress, for the frame's "try now"; undefined when nobody is signed in. */
export const currentWork = (): Work | undefined => current;

/** Makes work the one in progress. */
export function useWork(work: Work | undefined): void {
  current = work;
}
