import type { LeaderLock } from '../sync/protocol.ts';

/** Leadership by the Web Locks of the browser. Without them every tab leads, which is wasteful but safe (S21). */
export const webLock: LeaderLock = {
  async lead(name, signal, work) {
    if (!globalThis.navigator?.locks) return work();
    try {
      await navigator.locks.request(name, { signal }, work);
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    }
  },
};
