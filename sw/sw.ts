import { ExpirationPlugin } from 'workbox-expiration';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import type { PrecacheEntry } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkFirst, NetworkOnly } from 'workbox-strategies';
import { sendInBackground } from './background.ts';
import { lifecycle } from './lifecycle.ts';
import { cacheRules, ruleFor, type CacheRule } from './routes.ts';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] };

lifecycle();
sendInBackground();
precacheAndRoute(self.__WB_MANIFEST, { cleanURLs: false });
cleanupOutdatedCaches();

function handlerOf({ name, strategy, timeout, max_entries }: CacheRule) {
  const plugins = max_entries === undefined ? [] : [new ExpirationPlugin({ maxEntries: max_entries })];
  const kept = { cacheName: `portal-${name}`, plugins };
  if (strategy === 'shell') return createHandlerBoundToURL('/index.html');
  if (strategy === 'cache-first') return new CacheFirst(kept);
  if (strategy === 'network-only') return new NetworkOnly();
  return new NetworkFirst(timeout === undefined ? kept : { ...kept, networkTimeoutSeconds: timeout });
}

for (const rule of cacheRules)
  registerRoute(({ url, request, sameOrigin }) => sameOrigin && ruleFor(url, request) === rule, handlerOf(rule));
