import type { JobKind } from './jobs.ts';

/** The errands of every provider. A provider's room adds its own here; nothing else has to know it. */
export const ERRANDS: readonly JobKind[] = [];
