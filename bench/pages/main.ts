import type { Make, Peer, Setup } from './peer.ts';

/** How the page's own thread fared: the longest wait of a 4 ms heartbeat, and all time in long tasks. */
export interface Heart {
  longest_ms: number;
  blocked_ms: number;
}

const makers: Readonly<Record<string, () => Promise<{ make: Make }>>> = {
  ours: () => import('./ours.ts'),
  rxdb: () => import('./rxdb.ts'),
  limit: () => import('./limit.ts'),
};

let heart: Heart = { longest_ms: 0, blocked_ms: 0 };
let peer: Peer | undefined;
let beating = true;

const bench = {
  /** Loads a peer and opens its database. */
  async open(name: string, setup: Setup): Promise<void> {
    const { make } = await makers[name]!();
    peer = make(setup);
    await peer.open();
  },
  /** Runs one of the peer's measures. */
  async run(method: keyof Peer, argument?: number): Promise<unknown> {
    return (peer![method] as (argument?: number) => Promise<unknown>)(argument);
  },
  /** The same, and how long it took. */
  async time(method: keyof Peer): Promise<number> {
    const started = performance.now();
    await bench.run(method);
    return performance.now() - started;
  },
  /** On a page just opened: from its peer's code to the rows of its list. */
  async cold(name: string, setup: Setup): Promise<number> {
    const started = performance.now();
    await bench.open(name, setup);
    await peer!.list50();
    return performance.now() - started;
  },
  /** Stops the heartbeat, which is work too. */
  rest(): void {
    beating = false;
  },
  /** How the thread fared since the last question. */
  heart(): Heart {
    const before = heart;
    heart = { longest_ms: 0, blocked_ms: 0 };
    last = performance.now();
    return before;
  },
};

let last = performance.now();
setTimeout(function beat() {
  const now = performance.now();
  heart.longest_ms = Math.max(heart.longest_ms, now - last - 4);
  last = now;
  if (beating) setTimeout(beat, 4);
}, 4);
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) heart.blocked_ms += duration;
}).observe({ type: 'longtask' });

declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
