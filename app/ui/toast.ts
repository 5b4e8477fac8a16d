import type { Tone } from './ui-badge.ts';

/** A short message about work done in the background, with at most one thing to do about it. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: Tone;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Milliseconds on screen; Infinity stays until it is dismissed. */
  readonly duration: number;
}

type ToastOptions = Partial<Pick<Toast, 'tone' | 'action' | 'duration'>> & { key?: string };

const listeners = new Set<(toasts: readonly Toast[]) => void>();
const keys = new Map<string, number>();
let toasts: readonly Toast[] = [];
let lastId = 0;

function show(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener(toasts);
}

/** Removes a message before its time. */
export const dismissToast = (id: number): void => show(toasts.filter((toast) => toast.id !== id));

/**
 * Shows a message for a few seconds (longer when it offers an action) and returns its id.
 * A second message with the same `key` takes the place of the first.
 */
export function toast(text: string, options: ToastOptions = {}): number {
  const id = (lastId += 1);
  const { key, tone = 'neutral', duration = options.action ? 10_000 : 5_000, action } = options;
  const before = key === undefined ? undefined : keys.get(key);
  if (key !== undefined) keys.set(key, id);
  const next: Toast = { id, text, tone, duration, ...(action && { action }) };
  show([...toasts.filter((each) => each.id !== before), next].slice(-3));
  if (Number.isFinite(duration)) setTimeout(() => dismissToast(id), duration);
  return id;
}

/** Hears every change of what is on screen, beginning with now; returns how to stop. */
export function watchToasts(listener: (toasts: readonly Toast[]) => void): () => void {
  listeners.add(listener);
  listener(toasts);
  return () => listeners.delete(listener);
}
