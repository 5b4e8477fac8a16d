/** Chromium's offer to install, kept until the person asks for it. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

let kept: InstallPrompt | undefined;
const listeners = new Set<() => void>();

addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  kept = event as InstallPrompt;
  for (const listener of listeners) listener();
});

addEventListener('appinstalled', () => {
  kept = undefined;
  for (const listener of listeners) listener();
});

/** How this device can install the app: by a button, by hand on iOS, or not at all (or it is installed). */
export function installable(): 'button' | 'by_hand' | 'no' {
  if (matchMedia('(display-mode: standalone)').matches) return 'no';
  if (kept) return 'button';
  return /iPhone|iPad/.test(navigator.userAgent) ? 'by_hand' : 'no';
}

/** Shows the browser's own question. */
export async function install(): Promise<void> {
  await kept?.prompt();
}

/** Calls back when `installable` may have changed; returns how to stop. */
export function onInstallable(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
