import type { Connectivity } from '../sync/protocol.ts';

/** What a device says of its network. */
export interface NetworkSignal {
  readonly online: boolean;
  onChange(listener: () => void): void;
}

/** What the browser says in this page or worker. */
const ownSignal: NetworkSignal = {
  get online() {
    return navigator.onLine;
  },
  onChange(listener) {
    addEventListener('online', listener);
    addEventListener('offline', listener);
  },
};

/** What a page says to its worker: not every browser tells workers when the network goes. */
export class ToldSignal implements NetworkSignal {
  online = navigator.onLine;
  #listener: () => void = () => {};

  tell(online: boolean): void {
    this.online = online;
    this.#listener();
  }

  onChange(listener: () => void): void {
    this.#listener = listener;
  }
}

/** Whether there is a network: the device's own word, corrected by what became of real requests. */
export function createConnectivity(signal: NetworkSignal = ownSignal): Connectivity {
  const listeners = new Set<() => void>();
  let reached = true;
  let known = signal.online;
  const settle = () => {
    const now = signal.online && reached;
    if (now === known) return;
    known = now;
    for (const listener of listeners) listener();
  };
  signal.onChange(() => {
    // the device knows when a network comes, not whether it leads anywhere: hope until a request fails
    reached ||= signal.online;
    settle();
  });
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
