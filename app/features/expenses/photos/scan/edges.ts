import { channel, smoothed, type Pixels, type Plane } from './pixels.ts';
import type { Size } from './geometry.ts';

/** How strongly brightness or colour changes at each pixel, and which way it rises. */
export interface Edges extends Size {
  readonly strength: Float32Array;
  /** Cosine and sine of the direction in which it gets brighter. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Pixels that stand on the crest of an edge, strong enough to count. */
  readonly crests: Uint32Array;
}

/** Weaker changes than this are the grain of any photo. */
const GRAIN = 10;
/** At most this share of all pixels counts as edge: what is left out is texture. */
const MOST_CRESTS = 0.14;

/**
 * Finds edges by Sobel's gradient of the colour that changes most at each pixel, so that white paper on a pale table still
 * has an outline, thinned to their crests.
 */
export function findEdges(picture: Pixels): Edges {
  const { width, height } = picture;
  const strength = new Float32Array(width * height);
  const x = new Float32Array(width * height);
  const y = new Float32Array(width * height);
  for (const which of [0, 1, 2] as const) steepest(smoothed(channel(picture, which)), strength, x, y);
  const edges = { width, height, strength, x, y };
  return { ...edges, crests: crestsOf(edges) };
}

function steepest({ data, width, height }: Plane, strength: Float32Array, xs: Float32Array, ys: Float32Array): void {
  for (let row = 1; row < height - 1; row++)
    for (let at = row * width + 1, end = at + width - 2; at < end; at++) {
      const [up, down] = [at - width, at + width];
      const x = data[up + 1]! - data[up - 1]! + 2 * (data[at + 1]! - data[at - 1]!) + data[down + 1]! - data[down - 1]!;
      const y = data[down - 1]! - data[up - 1]! + 2 * (data[down]! - data[up]!) + data[down + 1]! - data[up + 1]!;
      const length = Math.sqrt(x * x + y * y);
      if (length <= strength[at]!) continue;
      strength[at] = length;
      xs[at] = x / length;
      ys[at] = y / length;
    }
}

function crestsOf({ width, height, strength, x, y }: Omit<Edges, 'crests'>): Uint32Array {
  const crests: number[] = [];
  for (let row = 2; row < height - 2; row++)
    for (let at = row * width + 2, end = at + width - 4; at < end; at++) {
      const here = strength[at]!;
      if (here < GRAIN) continue;
      const step = Math.round(y[at]!) * width + Math.round(x[at]!);
      if (here >= strength[at - step]! && here > strength[at + step]!) crests.push(at);
    }
  const most = Math.round(width * height * MOST_CRESTS);
  if (crests.length > most) crests.sort((a, b) => strength[b]! - strength[a]!).length = most;
  return Uint32Array.from(crests);
}
