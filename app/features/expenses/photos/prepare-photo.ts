import { asFailure } from '../../../kernel/failure.ts';
import { PhotoHelper } from './photo-helper.ts';
import type { Shape } from './shape.ts';
import type { ReadyPhoto } from './shrink.ts';
import { sniff } from './sniff.ts';
import type { OpenedPhoto } from './tasks.ts';

const helper = new PhotoHelper();
const SNIFFED_BYTES = 16;

/**
 * Makes a photo or a PDF ready to keep: told by its content, decoded, cut out along `shape` or along the paper that is found,
 * made readable, small and free of metadata. Throws a refusal whose `photo_…` or `pdf_…` code has a sentence in words.ts.
 */
export async function preparePhoto(file: Blob, shape?: Shape): Promise<ReadyPhoto> {
  if (await isPdf(file)) return (await import('./pdf-file.ts')).preparePdf(file);
  return decodable(file, (image) => helper.ask({ does: 'prepare', file: image, shape }));
}

/** Opens a photo for correcting its corners. Throws as `preparePhoto` does. */
export const openPhoto = (file: Blob): Promise<OpenedPhoto> =>
  decodable(file, (image) => helper.ask({ does: 'open', file: image }));

/** How the photo opened last would look with a shape. */
export const previewPhoto = (shape: Shape): Promise<ImageBitmap> => helper.ask({ does: 'preview', shape });

/** Most browsers cannot open HEIC: the first that a person adds brings a decoder along. */
async function decodable<T>(file: Blob, use: (image: Blob) => Promise<T>): Promise<T> {
  try {
    return await use(file);
  } catch (thrown) {
    if (asFailure(thrown).code !== 'photo_heic') throw thrown;
    return use(await (await import('./heic.ts')).decodedHeic(file));
  }
}

/** A file that cannot be read is no PDF; what is wrong with it is said by whoever opens it. */
async function isPdf(file: Blob): Promise<boolean> {
  const head = await file
    .slice(0, SNIFFED_BYTES)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  return sniff(new Uint8Array(head)) === 'application/pdf';
}
