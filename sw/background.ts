import { openSyncedDatabase } from '../app/data/synced-db.ts';
import { asFailure } from '../app/kernel/failure.ts';
import { authOptions, sharedVault } from '../app/platform/auth-options.ts';
import { readSession } from '../app/platform/auth-record.ts';
import { OUTBOX_TAG } from '../app/platform/background-sync.ts';
import { deviceConditions } from '../app/platform/conditions.ts';
import { readConfig } from '../app/platform/config.ts';
import { createBlobs } from '../app/platform/supabase-blobs.ts';
import { createClients } from '../app/platform/supabase-client.ts';
import { createRemote } from '../app/platform/supabase-remote.ts';
import { Exchange } from '../app/sync/exchange.ts';
import { leaderName } from '../app/sync/leader.ts';
import type { Conditions } from '../app/sync/protocol.ts';
import { sealedRemote } from '../app/sync/sealing.ts';
import { UploadLane } from '../app/sync/uploads.ts';

declare const self: ServiceWorkerGlobalScope;

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

/** How long an open page may keep the work to itself before it is taken for one that stays open. */
const PAGE_MS = 20_000;

/** Sends what waits when the browser says that there is a network, even with no page open (S35). */
export function sendInBackground(): void {
  self.addEventListener('sync', (event) => {
    const { tag } = event as SyncEvent;
    if (tag === OUTBOX_TAG) (event as SyncEvent).waitUntil(drain());
  });
}

/** What it throws makes the browser try again later. */
async function drain(): Promise<void> {
  const session = await readSession(sharedVault(), Date.now());
  if (!session || session.recovery) return;
  const name = leaderName(session.user_id);
  nudge(name);
  await alone(name, () => sendAll(session.user_id).catch(unlessLasting));
}

/** A page that is open has an engine: it should look now. */
function nudge(name: string): void {
  const channel = new BroadcastChannel(name);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin to name
  channel.postMessage('online');
  channel.close();
}

/** Never beside a page's engine (S21). One that closes meanwhile leaves the work to us, one that stays does it itself. */
async function alone(name: string, work: () => Promise<void>): Promise<void> {
  const signal = AbortSignal.timeout(PAGE_MS);
  let begun = false;
  const begin = () => ((begun = true), work());
  await navigator.locks.request(name, { signal }, begin).catch((thrown: unknown) => {
    if (begun) throw thrown;
  });
}

/** Rows, files, and what waited for files; pulling is left to the next page, which wants more than this one knows. */
async function sendAll(userId: string): Promise<void> {
  const { send } = createClients(await readConfig(), withoutTimer());
  const database = await openSyncedDatabase(userId);
  const { replica, seal } = database;
  try {
    const exchange = new Exchange(replica, sealedRemote(createRemote(send), seal, replica.tables));
    const failed = await exchange.pushAll().catch(asFailure); // a locked seal holds up rows, never photos
    await new UploadLane(replica, createBlobs(send), conditions()).run();
    if (failed) throw failed;
    await exchange.pushAll();
  } finally {
    database.close();
  }
}

/** A token is refreshed when it is asked for; a timer would only keep the worker awake. */
function withoutTimer(): ReturnType<typeof authOptions> {
  const options = authOptions();
  return { ...options, auth: { ...options.auth, autoRefreshToken: false } };
}

/** Nothing tells a service worker of the battery: who asked to spare it is spared. */
function conditions(): Conditions {
  const { metered } = deviceConditions();
  return { metered, low_battery: true, onChange: () => () => undefined };
}

/** Only weather is worth another try: a lost session or an app that is too old waits for its person. */
function unlessLasting(thrown: unknown): void {
  if (asFailure(thrown).kind === 'weather') throw thrown;
}
