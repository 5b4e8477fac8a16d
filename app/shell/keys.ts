import type { NavEntry } from '../kernel/feature.ts';

/** How long after G the letter of a place may follow, in milliseconds. */
const PATIENCE_MS = 1200;

/** The letter of each place: the first of its label that no earlier place has. */
export function placeKeys(entries: readonly Pick<NavEntry, 'path' | 'label'>[]): Map<string, string> {
  const taken = new Map<string, string>();
  for (const { path, label } of entries) {
    const letter = [...label.toLowerCase()].find((char) => /[a-z]/.test(char) && !taken.has(char));
    if (letter) taken.set(letter, path);
  }
  return taken;
}

/** Hears "G, then a letter"; says where to go, and `waiting` while the letter is still to come. */
export class Chord {
  #since = -Infinity;

  hear(key: string, at: number, places: ReadonlyMap<string, string>): string | undefined {
    const waiting = this.isWaiting(at);
    this.#since = !waiting && key === 'g' ? at : -Infinity;
    return waiting ? places.get(key) : undefined;
  }

  isWaiting(at: number): boolean {
    return at - this.#since < PATIENCE_MS;
  }
}

/** Whether a key belongs to what somebody types, or to a dialog that is open, and not to the frame. */
export function isTaken(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  const typing = target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
  return typing || event.ctrlKey || event.metaKey || event.altKey || isCovered();
}

/** What Ctrl is called on this device's keyboard. */
export const modifierKey = (): string => (/Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '') ? '⌘' : 'Ctrl');

const isCovered = (): boolean => document.documentElement.classList.contains('behind-dialog');
