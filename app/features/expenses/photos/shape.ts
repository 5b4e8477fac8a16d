import { isPaperShaped, scaled, wholeOf, type Quad, type Size } from './scan/geometry.ts';
import type { Mode } from './scan/enhance.ts';

/** How a receipt is cut out of its photo and made readable; kept with the original until nobody can correct it any more. */
export interface Shape {
  /** Corners as shares of the width and height of the upright photo. */
  readonly corners: Quad;
  /** Clockwise quarter turns after cutting out. */
  readonly turns: number;
  readonly mode: Mode;
}

/** The photo as it is. */
export const wholePhoto: Shape = { corners: wholeOf({ width: 1, height: 1 }), turns: 0, mode: 'original' };

/** A corner nearer to the edge of the photo than this share counts as being on it. */
const ON_EDGE = 0.002;

/** Whether a shape cuts nothing off. */
export const isWhole = ({ corners }: Shape): boolean =>
  corners.every(({ x, y }, at) => {
    const edge = wholePhoto.corners[at]!;
    return Math.abs(x - edge.x) < ON_EDGE && Math.abs(y - edge.y) < ON_EDGE;
  });

/** Corners of a picture in pixels as shares of it, kept within it. */
export const sharesOf = (corners: Quad, { width, height }: Size): Quad => {
  const within = (share: number) => Math.min(1, Math.max(0, share));
  return corners.map(({ x, y }) => ({ x: within(x / width), y: within(y / height) })) as unknown as Quad;
};

/** The corners of a shape in the pixels of a picture. */
export const cornersIn = ({ corners }: Shape, { width, height }: Size): Quad => scaled(corners, width, height);

/** A paper narrower than this share of the photo was certainly not meant. */
const SMALLEST_SHARE = 0.005;

/** Whether a receipt can be cut out along these corners. */
export const isCuttable = (corners: Quad, { width, height }: Size): boolean =>
  isPaperShaped(scaled(corners, width, height), SMALLEST_SHARE * width * height);
