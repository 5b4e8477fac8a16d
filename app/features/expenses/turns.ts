const last = new Map<string, Promise<unknown>>();

/** Runs work on one record after all earlier work on it: of every tab where the browser has locks, else of this one. */
export function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (locks) return locks.request(key, work) as Promise<T>;
  const turn = (last.get(key) ?? Promise.resolve()).then(work, work);
  last.set(key, turn);
  return turn;
}
