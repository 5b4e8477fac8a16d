import { openLocalDatabase, useLocalDatabase, type LocalDatabase } from '../data/db.ts';
import { useBlobRemote } from '../data/files.ts';
import { whoReady } from '../data/who.ts';
import { deviceConditions } from '../platform/conditions.ts';
import { keepStorage } from '../platform/device-storage.ts';
import type { Clients } from '../platform/supabase-client.ts';
import { createWorkerEngine } from '../platform/worker-engine.ts';
import { releaseSeal } from './lock/seal-lock.ts';
import { sendLater } from './send-later.ts';
import type { Engine } from '../sync/engine.ts';
import type { BlobRemote, ReportFailure } from '../sync/protocol.ts';

/** A network that answers nobody must not keep the lock screen from its person. */
const SEAL_PATIENCE_MS = 3_000;

/** Everything that runs while one person is signed in. */
export interface Work {
  readonly user_id: string;
  readonly database: LocalDatabase;
  readonly engine: Pick<Engine, 'beat'>;
  /** Stops the engine and closes the database; what is stored stays. */
  end(): Promise<void>;
}

/** Opens a person's data, with or without signal, and starts to keep it in step with the server. */
export async function beginWork(
  clients: Clients,
  { user_id, email }: { user_id: string; email: string },
  report: ReportFailure,
): Promise<Work> {
  const database = await openLocalDatabase(user_id, { email }); // first: the worker finds the stores as this app needs them
  await openSeal(database);
  const { replica } = database;
  const engine = createWorkerEngine({
    order: { user_id, url: clients.url, key: clients.key },
    worker: () => new Worker(new URL('../engine-worker.ts', import.meta.url), { type: 'module' }),
    tokens: clients.tokens,
    conditions: deviceConditions(),
    report,
    onWrite: (listener) => replica.onWrite(listener),
  });
  useBlobRemote({ download: async (...which) => (await filesOf(clients)).download(...which) });
  useLocalDatabase(database);
  await whoReady();
  engine.start();
  void keepStorage();
  const withdraw = sendLater(database);
  const end = () => {
    withdraw();
    return endWork(database, engine);
  };
  return { user_id, database, engine, end };
}

/** Comes with the first file that is not on this device; the engine's worker has its own. */
const filesOf = async ({ send }: Clients): Promise<BlobRemote> =>
  (await import('../platform/supabase-blobs.ts')).createBlobs(send);

/** Somebody who has just signed in has the key back before anything needs it; for everybody else it is there, or behind the lock. */
async function openSeal(database: LocalDatabase): Promise<void> {
  const released = releaseSeal(database).catch(() => undefined);
  if (await database.seal.isOpen()) return;
  await Promise.race([released, new Promise((resolve) => setTimeout(resolve, SEAL_PATIENCE_MS))]);
}

async function endWork(database: LocalDatabase, engine: Pick<Engine, 'stop'>): Promise<void> {
  useLocalDatabase(null);
  useBlobRemote(undefined);
  await engine.stop();
  if (await database.seal.isEscrowed()) await database.seal.close();
  database.close();
}

let current: Work | undefined;

/** The work in progress, for the frame's "try now"; undefined when nobody is signed in. */
export const currentWork = (): Work | undefined => current;

/** Makes work the one in progress. */
export function useWork(work: Work | undefined): void {
  current = work;
}
