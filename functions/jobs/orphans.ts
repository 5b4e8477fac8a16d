import type { JobKind } from '../_shared/jobs.ts';

/** A file in Storage. */
export interface StoredName {
  readonly bucket_id: string;
  readonly name: string;
}

/** What tidying up needs from the outside. */
export interface Attic {
  /** Some of the files that no row names and nobody has touched for a week. */
  orphans(): Promise<readonly StoredName[]>;
  /** Removes files with their bytes; answers how many went. */
  remove(bucket: string, names: string[]): Promise<number>;
}

/** One night removes this many portions at most, so that a mistake upstream cannot empty a bucket before somebody looks. */
const PORTIONS = 10;

/** Removes files that no row names. Safe to run twice at once: what is gone is gone. */
export async function removeOrphans(attic: Attic): Promise<{ removed: number }> {
  let removed = 0;
  for (let portion = 0; portion < PORTIONS; portion++) {
    const gone = await removePortion(attic);
    if (gone === 0) break;
    removed += gone;
  }
  return { removed };
}

async function removePortion(attic: Attic): Promise<number> {
  const namesByBucket = new Map<string, string[]>();
  for (const { bucket_id, name } of await attic.orphans())
    namesByBucket.set(bucket_id, [...(namesByBucket.get(bucket_id) ?? []), name]);
  let gone = 0;
  for (const [bucket, names] of namesByBucket) gone += await attic.remove(bucket, names);
  return gone;
}

/** The nightly errand: files that no row names, and errands that nobody will ask about any more. */
export const orphansErrand = (attic: Attic, tidy: () => Promise<number>): JobKind => ({
  kind: 'storage.orphans',
  run: async () => ({ ...(await removeOrphans(attic)), forgotten: await tidy() }),
});
