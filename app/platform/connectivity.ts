import type { Connectivity } from '../sync/protocol.ts';

/** Whether there is a network: the device's own word, corrected by what became of real requests. */
export function createConnectivity(): Connectivity {
  const listeners = new Set<() => void>();
  let reached = true;
  let known = navigator.onLine;
  const settle = () => {
    const now = navigator.onLine && reached;
    if (now === known) return;
    known = now;
    for (const listener of listeners) listener();
  };
  // the device knows when a network comes, not whether it leads anywhere: hope until a request fails
  addEventListener('online', () => {
    reached = true;
    settle();
  });
  addEventListener('offline', settle);
  return {
    get online() {
      return known;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    report(outcome) {
      reached = outcome;
      settle();
    },
  };
}
