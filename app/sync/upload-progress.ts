import type { Replica } from './replica.ts';

/** At most four times a second, all files together: every writing is a transaction (S32). */
const PAUSE_MS = 250;

/** What has arrived since files last began to wait, so that "2 of 5" and a percentage can be told. */
export interface Batch {
  readonly files: number;
  readonly bytes: number;
}

const BATCH = 'upload_batch';
const NONE: Batch = { files: 0, bytes: 0 };

/** A thumbnail travels with its photo and is not counted as another. */
export const isThumbnail = (path: string): boolean => /\.thumb\.\w+$/.test(path);

/** Tells every tab how far files are, through the database. */
export class Progress {
  readonly #replica: Replica;
  readonly #sent = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(replica: Replica) {
    this.#replica = replica;
  }

  note(path: string, bytes: number): void {
    this.#sent.set(path, bytes);
    this.#timer ??= setTimeout(() => void this.flush(), PAUSE_MS);
  }

  /** Writes what was noted; a full disk may lose it, because it is only for display. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const sent = new Map(this.#sent);
    this.#sent.clear();
    if (!sent.size) return;
    const { files } = this.#replica.store;
    const waiting = files
      .where('path')
      .anyOf([...sent.keys()])
      .and(({ state }) => state === 'waiting');
    await waiting.modify((file) => void (file.sent = sent.get(file.path))).catch(() => undefined);
  }
}

/** What has arrived since files last began to wait. */
export const readBatch = async ({ store }: Replica): Promise<Batch> => (await store.read<Batch>(BATCH)) ?? NONE;

/** Counts a file that arrived; a batch ends when nothing waits any more. Runs inside a step. */
export async function countArrival(replica: Replica, path: string, size: number): Promise<void> {
  const { meta, files } = replica.store;
  if ((await files.where('state').equals('waiting').count()) === 0) return meta.delete(BATCH);
  const { files: so_far, bytes } = await readBatch(replica);
  const value: Batch = { files: so_far + (isThumbnail(path) ? 0 : 1), bytes: bytes + size };
  await meta.put({ key: BATCH, value });
}
