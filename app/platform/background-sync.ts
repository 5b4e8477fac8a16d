/** The name under which the browser wakes the service worker once there is a network. */
export const OUTBOX_TAG = 'portal-outbox';

interface SyncRegistration extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}

/** Asks the browser to send what waits even when no page is open (S35). Where it cannot, the next opening sends. */
export async function askForBackgroundSync(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as SyncRegistration | undefined;
  await registration?.sync?.register(OUTBOX_TAG).catch(() => undefined); // the person may have forbidden it
}
