import type { Feature } from '../kernel/feature.ts';

let known: readonly Feature[] = [];

/** Makes the features known to pages of the frame; main.ts calls it once. */
export function useFeatures(features: readonly Feature[]): void {
  known = features;
}

/** Every feature of this app. */
export const allFeatures = (): readonly Feature[] => known;
