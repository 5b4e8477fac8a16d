import { luma, quantile, type Pixels } from './pixels.ts';

/** What can be said of a picture as such. */
export interface Impression {
  /** The brightness that nine tenths of the picture stay below, from 0 to 255. */
  readonly brightness: number;
  /** How crisp its sharpest places are: about 4 for a blurred photo, 40 and more for print in focus. */
  readonly sharpness: number;
}

/** Below this, nothing was photographed but the inside of a pocket. */
const BLACK = 22;
/** Below this, print is lost in the noise of the sensor. */
export const DARK = 70;
/** Below this, small print can no longer be told apart. */
export const BLURRED = 9;
/** A picture without any edge is no receipt but tells nothing of focus either. */
const BLANK = 1.2;

/** Looks at a picture at the size that it is given in; photos are compared at about 1000 pixels, frames at 320. */
export function impressionOf(picture: Pixels): Impression {
  const grey = luma(picture);
  return { brightness: quantile(grey.data, 0.9, 3), sharpness: sharpnessOf(grey.data, grey.width, grey.height) };
}

/** The strongest of a hundred second derivatives (Laplacian): blur takes the high frequencies away, grain is everywhere. */
function sharpnessOf(grey: Float32Array, width: number, height: number): number {
  const found = new Uint8ClampedArray((width - 2) * (height - 2));
  let to = 0;
  for (let y = 1; y < height - 1; y++)
    for (let x = 1, at = y * width + 1; x < width - 1; x++, at++)
      found[to++] = Math.abs(grey[at - 1]! + grey[at + 1]! + grey[at - width]! + grey[at + width]! - 4 * grey[at]!);
  return Math.max(0, quantile(found, 0.985) - quantile(found, 0.5));
}

/** A reason to look twice at a photo that could still be used. */
export type Doubt = 'photo_dark' | 'photo_blurred' | 'pdf_long';

/** Whether a photo shows nothing at all. */
export const isBlack = ({ brightness }: Impression): boolean => brightness < BLACK;

/** What may make a photo hard to read. */
export function doubtsOf({ brightness, sharpness }: Impression): Doubt[] {
  if (brightness < DARK) return ['photo_dark'];
  return sharpness > BLANK && sharpness < BLURRED ? ['photo_blurred'] : [];
}
