import { tools } from './tools.ts';

interface Metered {
  readonly connection?: { readonly saveData?: boolean };
}

/** Brings the tools onto this device while there is signal, so that they are there when there is none. The service worker keeps them. */
export async function equip(): Promise<void> {
  if ((navigator as Metered).connection?.saveData || !navigator.serviceWorker?.controller) return;
  for (const tool of tools) {
    if (await caches.match(tool)) continue;
    const fetched = await fetch(tool, { priority: 'low' }).catch(() => undefined);
    if (!fetched?.ok) return;
    await fetched.arrayBuffer(); // one after the other, and nothing half
  }
}
