import { syncStatus } from '../../../data/sync-status.ts';
import { READING_LETTERS, READING_WORKER } from './engine-files.ts';
import { corePathHere } from './engine.ts';

interface Line {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

/** Why a device that has no engine does not fetch it now; `null` when it is here or may be fetched. */
export async function hindranceToRead(): Promise<'metered' | 'offline' | null> {
  if (await isEngineHere()) return null;
  const { online, files_wait } = await syncStatus();
  if (!online || !navigator.onLine) return 'offline';
  return files_wait === 'metered' ? 'metered' : null;
}

/** Whether everything that reading needs is kept on this device. */
export async function isEngineHere(): Promise<boolean> {
  if (!('caches' in globalThis)) return false;
  const found = await Promise.all((await files()).map((file) => caches.match(file)));
  return found.every((response) => response !== undefined);
}

/** Fetches the engine ahead of the first receipt on a good line, so that it is there on a plane. */
export async function keepEngine(): Promise<void> {
  const { connection } = navigator as { connection?: Line };
  const slow = connection?.saveData === true || /2g|3g/.test(connection?.effectiveType ?? '');
  if (slow || !navigator.serviceWorker?.controller) return; // without its worker nothing would be kept
  if ((await isEngineHere()) || (await hindranceToRead()) !== null) return;
  for (const file of await files()) await (await fetch(file)).arrayBuffer();
}

const files = async (): Promise<string[]> => [READING_WORKER, await corePathHere(), READING_LETTERS];
