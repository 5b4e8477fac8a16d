import { toast } from '../ui/toast.ts';
import { words } from './words.ts';

const HOUR = 3_600_000;

/** Registers the service worker and offers a new version when one waits; only the person's click reloads. */
export function watchUpdates(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  navigator.serviceWorker
    .register(scriptUrl('/sw.js') as string, { updateViaCache: 'none' })
    .then(follow)
    .catch((thrown: unknown) => console.error(thrown)); // a private window may forbid it; the app works without
}

/** Under Trusted Types a worker's address has to come from a policy, or it silently never registers. */
function scriptUrl(path: string): unknown {
  const types = (globalThis as { trustedTypes?: TrustedTypePolicies }).trustedTypes;
  if (!types) return path;
  return types.createPolicy('default', { createScriptURL: (url) => (url === path ? url : null) }).createScriptURL(path);
}

interface TrustedTypePolicies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string | null },
  ): { createScriptURL(url: string): unknown };
}

function follow(registration: ServiceWorkerRegistration): void {
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) offer(worker);
    });
  });
  setInterval(() => void registration.update().catch(() => undefined), HOUR);
}

function offer(worker: ServiceWorker): void {
  const action = { label: words.reload, run: () => accept(worker) };
  toast(words.newVersion, { key: 'new-version', duration: Infinity, action });
}

/** Reloads once the new worker has taken over, and only this tab: others keep what is being typed in them. */
function accept(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  worker.postMessage({ type: 'SKIP_WAITING' });
}
