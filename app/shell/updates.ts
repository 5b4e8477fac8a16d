import { ask } from '../ui/ask.ts';
import { toast } from '../ui/toast.ts';
import { forgetUnsaved, hasUnsaved } from '../ui/unsaved.ts';
import { words } from './words.ts';

const HOUR = 3_600_000;

/** Registers the service worker and offers a new version when one waits; only the person's click reloads. */
export function watchUpdates(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  navigator.serviceWorker
    .register('/sw.js', { updateViaCache: 'none' })
    .then(follow)
    .catch((thrown: unknown) => console.error(thrown)); // a private window may forbid it; the app works without
}

/** Looks for a new version now, because the server needs one. */
export async function lookForUpdate(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.update().catch(() => undefined); // no signal: next time
}

function follow(registration: ServiceWorkerRegistration): void {
  const { serviceWorker } = navigator;
  if (registration.waiting && serviceWorker.controller) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && serviceWorker.controller) offer(worker);
    });
  });
  const look = () => void registration.update().catch(() => undefined); // no signal: next time
  setInterval(look, HOUR);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') look();
  });
  let controlled = serviceWorker.controller !== null; // the very first worker takes over without replacing anything
  serviceWorker.addEventListener('controllerchange', () => {
    if (controlled) replaced();
    controlled = true;
  });
}

let accepted = false;

/** Another tab took the new version: this one keeps what is being typed in it until its person agrees. */
function replaced(): void {
  if (accepted) location.reload();
  else offerReload(() => location.reload());
}

const offer = (worker: ServiceWorker): void => offerReload(() => worker.postMessage({ type: 'SKIP_WAITING' }, []));

function offerReload(go: () => void): void {
  const run = () => void accept(go);
  toast(words.newVersion, {
    key: 'new-version',
    duration: Infinity,
    tone: 'accent',
    action: { label: words.reload, run },
  });
}

/** Reloads once the new worker has taken over, and never under a form without asking. */
async function accept(go: () => void): Promise<void> {
  if (hasUnsaved() && !(await mayReload())) return offerReload(go);
  forgetUnsaved();
  accepted = true;
  go();
}

const mayReload = (): Promise<boolean> =>
  ask({ heading: words.reloadAsk, text: words.leaveText, confirm: words.reload, danger: true });
