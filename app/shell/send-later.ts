import type { LocalDatabase } from '../data/db.ts';
import { askForBackgroundSync } from '../platform/background-sync.ts';

/**
 * What is written without a network, or is still here when the page goes out of sight, may leave with no page open (S45).
 * Returns how to stop asking for it.
 */
export function sendLater({ replica }: LocalDatabase): () => void {
  const offline = async () => !navigator.onLine || !(await replica.activity()).online;
  const hidden = async () => document.visibilityState === 'hidden' && (await replica.unsent()) > 0;
  const when = (reason: () => Promise<boolean>) => () =>
    void reason()
      .then((given) => (given ? askForBackgroundSync() : undefined))
      .catch(() => undefined); // the database may be closing, the browser may not like it: opening the app sends as well
  const unwatch = replica.onWrite(when(offline));
  const onHide = when(hidden);
  document.addEventListener('visibilitychange', onHide);
  return () => {
    unwatch();
    document.removeEventListener('visibilitychange', onHide);
  };
}
