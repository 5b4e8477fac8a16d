import type { LocalDatabase } from '../data/db.ts';
import { askForBackgroundSync } from '../platform/background-sync.ts';

/**
 * What is written without a network, or is still here when the page goes out of sight, may leave with no page open (S35).
 * Returns how to stop asking for it.
 */
export function sendLater({ replica }: LocalDatabase): () => void {
  const look = async () => {
    const unseen = document.hidden || !navigator.onLine || !(await replica.activity()).online;
    if (unseen && (await replica.unsent()) > 0) await askForBackgroundSync();
  };
  // The database may be closing, the browser may not like it: opening the app sends as well.
  const onChange = () => void look().catch(() => undefined);
  const unwatch = replica.onWrite(onChange);
  document.addEventListener('visibilitychange', onChange);
  return () => {
    unwatch();
    document.removeEventListener('visibilitychange', onChange);
  };
}
