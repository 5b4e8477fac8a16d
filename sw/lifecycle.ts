import { clientsClaim } from 'workbox-core';

declare const self: ServiceWorkerGlobalScope;

/** What a page may say to the worker: the person agreed to the new version. */
export interface SkipWaiting {
  readonly type: 'SKIP_WAITING';
}

/** A new worker waits until the person agrees; the very first one serves the page that brought it. */
export function lifecycle(): void {
  clientsClaim();
  self.addEventListener('message', (event) => {
    if ((event.data as Partial<SkipWaiting> | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
  });
}
