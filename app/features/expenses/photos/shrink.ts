import { sha256 as digest } from '../../../kernel/digest.ts';
import { refusal } from '../../../kernel/failure.ts';
import { LARGEST_FILE } from '../rules.ts';
import { enhance } from './scan/enhance.ts';
import { flatSize, type Size } from './scan/geometry.ts';
import { doubtsOf, impressionOf, isBlack, type Doubt } from './scan/judge.ts';
import { findPaper, SURE } from './scan/paper.ts';
import { reduced, type Pixels } from './scan/pixels.ts';
import { flattened, quarterTurned } from './scan/warp.ts';
import { cornersIn, isWhole, sharesOf, wholePhoto, type Shape } from './shape.ts';
import { announcedSize, fitted, sniff, type Kind } from './sniff.ts';
import { drawnOn, jpeg, pixelsOf, shown, type Surface } from './surface.ts';

/** A photo or document made ready to keep and send, its thumbnail, and its fingerprint. */
export interface ReadyPhoto {
  /** An upright JPEG without metadata, or the PDF as it came. */
  readonly data: ArrayBuffer;
  readonly thumbnail: ArrayBuffer;
  readonly mime_type: 'image/jpeg' | 'application/pdf';
  readonly width: number;
  readonly height: number;
  /** SHA-256 of `data`, in lower-case hex. */
  readonly sha256: string;
  /** What may make it hard to read; the person decides. */
  readonly doubts: readonly Doubt[];
  /** How it was cut out of its photo; a PDF has none. */
  readonly shape?: Shape;
  /** How many pages a PDF has. */
  readonly pages?: number;
}

const LONGEST_SIDE = 2200;
/** The longer side at which a photo is worked on: what a cut takes away leaves enough for the longest side. */
const LONGEST_WORKED = 3200;
const LONGEST_THUMBNAIL_SIDE = 320;
/** A thumbnail holds no more detail than this, so that names and card numbers cannot be read from it. */
const LONGEST_THUMBNAIL_DETAIL = 96;
/** The longer side at which light and focus are judged. */
const LONGEST_JUDGED = 1000;
/** Enough to hold EXIF and colour profiles before the frame header of any camera we know. */
const HEAD_BYTES = 1024 * 1024;
/** Browsers hold at most 16,384 pixels square in memory; beyond that decoding ends the tab instead of failing. */
const MOST_PIXELS = 16_384 * 16_384;

/**
 * Turns any image the browser can open into a small JPEG and a thumbnail: cut out along `shape`, or along the paper that is
 * found, else whole. Works in a worker and in a page. Throws a refusal: `photo_empty`, `photo_not_an_image`, `photo_is_pdf`,
 * `photo_heic`, `photo_damaged`, `photo_black`, `photo_too_large`.
 */
export async function shrink(file: Blob, shape?: Shape): Promise<ReadyPhoto> {
  const bitmap = await openedImage(file, LONGEST_WORKED);
  try {
    const photo = pixelsOf(bitmap, bitmap);
    const impression = impressionOf(reduced(photo, LONGEST_JUDGED));
    if (isBlack(impression)) throw refusal('photo_black', 'nothing but darkness');
    const cut = shape ?? shapeOf(photo);
    const picture = isWhole(cut) ? pixelsOf(bitmap, fitted(bitmap, LONGEST_SIDE)) : cutOut(photo, cut, LONGEST_SIDE);
    return { ...(await readyFrom(finished(picture, cut))), doubts: doubtsOf(impression), shape: cut };
  } finally {
    bitmap.close();
  }
}

/** The shape that nobody had to choose: along the paper where it was found for sure, else the photo as it is. */
export function shapeOf(photo: Pixels): Shape {
  const found = findPaper(photo);
  if (!found || found.confidence < SURE) return wholePhoto;
  return { corners: sharesOf(found.corners, photo), turns: 0, mode: 'colour' };
}

/** The paper laid flat. */
const cutOut = (photo: Pixels, shape: Shape, longest: number): Pixels => {
  const corners = cornersIn(shape, photo);
  return flattened(photo, corners, flatSize(corners, photo, longest));
};

const finished = (picture: Pixels, { turns, mode }: Shape): Pixels => enhance(quarterTurned(picture, turns), mode);

/** How a shape would look, small. */
export function previewOf(photo: Pixels, shape: Shape, longest: number): Pixels {
  const picture = isWhole(shape) ? reduced(photo, longest) : cutOut(photo, shape, longest);
  const isPhotoItself = picture === photo; // which enhancing would change
  return finished(isPhotoItself ? { ...photo, data: photo.data.slice() } : picture, shape);
}

async function readyFrom(picture: Pixels): Promise<Omit<ReadyPhoto, 'doubts' | 'shape'>> {
  const canvas = shown(picture);
  const data = await smallEnough(canvas);
  const { width, height } = picture;
  const thumbnail = await thumbnailOf(canvas, picture);
  return { data, thumbnail, mime_type: 'image/jpeg', width, height, sha256: await digest(data) };
}

/** The thumbnail of a picture. */
export async function thumbnailOf(picture: CanvasImageSource, size: Size): Promise<ArrayBuffer> {
  const coarse = drawnOn(picture, fitted(size, LONGEST_THUMBNAIL_DETAIL));
  return jpeg(drawnOn(coarse.canvas, fitted(size, LONGEST_THUMBNAIL_SIDE)).canvas, 0.7);
}

/** Opens an image upright with its longer side at most `longest`. Throws the refusals of `shrink`. */
export async function openedImage(file: Blob, longest: number): Promise<ImageBitmap> {
  const head = new Uint8Array(await readHead(file));
  const kind = accepted(head);
  const size = announcedSize(head);
  if (size && size.width * size.height > MOST_PIXELS) throw refusal('photo_too_large', 'more pixels than memory');
  return open(file, kind, size, longest);
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
async function open(file: Blob, kind: Kind, size: Size | null, longest: number): Promise<ImageBitmap> {
  const aim = size && fitted(size, longest);
  const smaller = aim && aim.width < size.width ? { resizeWidth: aim.width, resizeQuality: 'high' as const } : {};
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image', ...smaller });
    return Math.max(bitmap.width, bitmap.height) > longest ? await smallerOf(bitmap, longest) : bitmap;
  } catch {
    if (kind === 'image/heic') throw refusal('photo_heic', 'this browser cannot open HEIC');
    throw refusal(file.size > 4 * LARGEST_FILE ? 'photo_too_large' : 'photo_damaged', 'the browser cannot decode it');
  }
}

/** For kinds that do not announce their size. */
async function smallerOf(bitmap: ImageBitmap, longest: number): Promise<ImageBitmap> {
  const { width } = fitted(bitmap, longest);
  const smaller = await createImageBitmap(bitmap, { resizeWidth: width, resizeQuality: 'high' });
  bitmap.close();
  return smaller;
}

async function smallEnough(canvas: Surface): Promise<ArrayBuffer> {
  for (const quality of [0.8, 0.6, 0.4]) {
    const data = await jpeg(canvas, quality);
    if (data.byteLength <= LARGEST_FILE) return data;
  }
  throw refusal('photo_too_large', 'still too large after compression');
}
