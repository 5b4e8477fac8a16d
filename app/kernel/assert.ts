import { bug } from './failure.ts';

/** States what must be true here; throws a bug failure that names the broken promise. */
export function assert(condition: unknown, promise: string): asserts condition {
  if (!condition) throw bug('assertion', promise);
}

/** Marks a branch that the types already rule out. */
export function unreachable(value: never): never {
  throw bug('unreachable', `unexpected ${JSON.stringify(value)}`);
}
