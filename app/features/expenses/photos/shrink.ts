import { refusal } from '../../../kernel/failure.ts';
import { LARGEST_FILE } from '../rules.ts';
import { announcedSize, fitted, sniff, type Kind, type Size } from './sniff.ts';

/** A photo made ready to keep and send: an upright JPEG without metadata, its thumbnail, and its fingerprint. */
export interface ReadyPhoto {
  readonly data: ArrayBuffer;
  readonly thumbnail: ArrayBuffer;
  readonly width: number;
  readonly height: number;
  /** SHA-256 of `data`, in lower-case hex. */
  readonly sha256: string;
}

const LONGEST_SIDE = 2200;
const LONGEST_THUMBNAIL_SIDE = 320;
/** Enough to hold EXIF and colour profiles before the frame header of any camera we know. */
const HEAD_BYTES = 1024 * 1024;
/** Browsers hold at most 16,384 pixels square in memory; beyond that decoding ends the tab instead of failing. */
const MOST_PIXELS = 16_384 * 16_384;

/**
 * Turns any image the browser can open into a small JPEG and a thumbnail; works in a worker and in a page.
 * Throws a refusal: `photo_empty`, `photo_not_an_image`, `photo_is_pdf`, `photo_heic`, `photo_damaged`, `photo_too_large`.
 */
export async function shrink(file: Blob): Promise<ReadyPhoto> {
  const head = new Uint8Array(await readHead(file));
  const kind = accepted(head);
  const size = announcedSize(head);
  if (size && size.width * size.height > MOST_PIXELS) throw refusal('photo_too_large', 'more pixels than memory');
  const bitmap = await open(file, kind, size);
  try {
    const data = await smallEnough(bitmap);
    const thumbnail = await encode(bitmap, LONGEST_THUMBNAIL_SIDE, 0.7);
    return { data, thumbnail, ...fitted(bitmap, LONGEST_SIDE), sha256: await fingerprint(data) };
  } finally {
    bitmap.close();
  }
}

async function readHead(file: Blob): Promise<ArrayBuffer> {
  if (file.size === 0) throw refusal('photo_empty', 'the file has no bytes');
  return file
    .slice(0, HEAD_BYTES)
    .arrayBuffer()
    .catch(() => {
      throw refusal('photo_unreadable', 'the file is gone or locked');
    });
}

function accepted(head: Uint8Array): Kind {
  const kind = sniff(head);
  if (kind === null) throw refusal('photo_not_an_image', 'the bytes are no image');
  if (kind === 'application/pdf') throw refusal('photo_is_pdf', 'a PDF');
  return kind;
}

/** Decodes at the final size where the browser can, so that a 100-megapixel photo never stands in memory twice. */
async function open(file: Blob, kind: Kind, size: Size | null): Promise<ImageBitmap> {
  const aim = size && fitted(size, LONGEST_SIDE);
  const smaller = aim && aim.width < size.width ? { resizeWidth: aim.width, resizeQuality: 'high' as const } : {};
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image', ...smaller });
  } catch {
    if (kind === 'image/heic') throw refusal('photo_heic', 'this browser cannot open HEIC');
    throw refusal(file.size > 4 * LARGEST_FILE ? 'photo_too_large' : 'photo_damaged', 'the browser cannot decode it');
  }
}

async function smallEnough(bitmap: ImageBitmap): Promise<ArrayBuffer> {
  for (const quality of [0.8, 0.6, 0.4]) {
    const data = await encode(bitmap, LONGEST_SIDE, quality);
    if (data.byteLength <= LARGEST_FILE) return data;
  }
  throw refusal('photo_too_large', 'still too large after compression');
}

/** Draws on white, so that a transparent PNG does not turn black, and writes a JPEG without any metadata. */
async function encode(bitmap: ImageBitmap, longest: number, quality: number): Promise<ArrayBuffer> {
  const { width, height } = fitted(bitmap, longest);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw refusal('photo_too_large', 'no memory for a canvas');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return (await canvas.convertToBlob({ type: 'image/jpeg', quality })).arrayBuffer();
}

async function fingerprint(data: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
