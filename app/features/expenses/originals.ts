import { deleteLocal, getLocal, localKeys, rows, setLocal } from '../../data/db.ts';
import { localDraft } from './drafts.ts';
import type { Shape } from './photos/shape.ts';

/** A photo as it was taken, and how the receipt was cut out of it. */
export interface Original {
  readonly data: ArrayBuffer;
  readonly shape: Shape;
  /** The claim it belongs to. */
  readonly claim: string;
  /** ISO 8601 instant of this device. */
  readonly kept_at: string;
}

const PREFIX = 'original-photo:';
const keyOf = (id: string): string => PREFIX + id;
/** A larger file is not worth its room: its crop can still be narrowed in the prepared photo. */
const LARGEST_KEPT = 25 * 1024 * 1024;
/** A photo that came within this time may not be in its draft yet. */
const SETTLING_MS = 10 * 60_000;

/** Keeps the photo behind a receipt, if there is room: the receipt itself is kept already. */
export async function keepOriginal(id: string, claim: string, file: Blob, shape: Shape): Promise<void> {
  if (file.size > LARGEST_KEPT) return;
  const data = await file.arrayBuffer();
  const original: Original = { data, shape, claim, kept_at: new Date().toISOString() };
  await setLocal(keyOf(id), original).catch(() => undefined);
}

/** The photo behind a receipt, if this device still has it. */
export const originalOf = (id: string): Promise<Original | undefined> => getLocal<Original>(keyOf(id));

/** Lets the photo behind a receipt go. */
export const dropOriginal = (id: string): Promise<void> => deleteLocal(keyOf(id));

/** Lets go of photos whose receipts can no longer be corrected: the server has them and their claim left its owner, or neither exists. */
export async function sweepOriginals(): Promise<void> {
  for (const key of await localKeys(PREFIX)) {
    const id = key.slice(PREFIX.length);
    const original = await originalOf(id);
    if (original && !(await isStillOfUse(id, original))) await dropOriginal(id);
  }
}

async function isStillOfUse(id: string, { claim, kept_at }: Original): Promise<boolean> {
  if (Date.now() - Date.parse(kept_at) < SETTLING_MS) return true;
  if ((await localDraft(claim))?.photos.some((photo) => photo.id === id)) return true;
  const receipt = await rows('expense_receipts').get(id);
  if (!receipt) return false;
  const status = (await rows('expenses').get(claim))?.status;
  return receipt.uploaded_at === null || status === 'draft' || status === 'rejected';
}
