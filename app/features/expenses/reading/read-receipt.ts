import { receiptOf, type Hints, type Reading } from './receipt-of.ts';
import { textOfPhoto } from './text-of-photo.ts';

/** Reads a photo of a receipt on this device. Throws weather `reading_unavailable`. */
export const readReceipt = async (photo: ArrayBuffer, hints: Hints): Promise<Reading> =>
  receiptOf(await textOfPhoto(photo), hints);
