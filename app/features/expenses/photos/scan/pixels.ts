import type { Size } from './geometry.ts';

/** A picture in memory: four bytes for each pixel, red, green, blue and alpha, row by row. */
export interface Pixels extends Size {
  readonly data: Uint8ClampedArray;
}

/** One number for each pixel, row by row. */
export interface Plane extends Size {
  readonly data: Float32Array;
}

/** Brightness of each pixel from 0 to 255, by the weights of ITU-R BT.601. */
export function luma({ data, width, height }: Pixels): Plane {
  const out = new Float32Array(width * height);
  for (let at = 0, from = 0; at < out.length; at++, from += 4)
    out[at] = 0.299 * data[from]! + 0.587 * data[from + 1]! + 0.114 * data[from + 2]!;
  return { data: out, width, height };
}

/** One colour of a picture as a plane. */
export function channel({ data, width, height }: Pixels, which: 0 | 1 | 2): Plane {
  const out = new Float32Array(width * height);
  for (let at = 0, from = which; at < out.length; at++, from += 4) out[at] = data[from]!;
  return { data: out, width, height };
}

/** Smooths with the binomial kernel 1 4 6 4 1 both ways; edges repeat. */
export function smoothed({ data, width, height }: Plane): Plane {
  const across = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const l2 = row + Math.max(0, x - 2);
      const l1 = row + Math.max(0, x - 1);
      const r1 = row + Math.min(width - 1, x + 1);
      const r2 = row + Math.min(width - 1, x + 2);
      across[row + x] = (data[l2]! + data[r2]! + 4 * (data[l1]! + data[r1]!) + 6 * data[row + x]!) / 16;
    }
  }
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const u2 = Math.max(0, y - 2) * width;
    const u1 = Math.max(0, y - 1) * width;
    const d1 = Math.min(height - 1, y + 1) * width;
    const d2 = Math.min(height - 1, y + 2) * width;
    for (let x = 0; x < width; x++)
      out[y * width + x] =
        (across[u2 + x]! + across[d2 + x]! + 4 * (across[u1 + x]! + across[d1 + x]!) + 6 * across[y * width + x]!) / 16;
  }
  return { data: out, width, height };
}

/** The value below which a share of the values from 0 to 255 lies. */
export function quantile(values: ArrayLike<number>, share: number, step = 1): number {
  const bins = new Uint32Array(256);
  let all = 0;
  for (let at = 0; at < values.length; at += step, all++) bins[Math.max(0, Math.min(255, values[at]! | 0))]!++;
  let below = 0;
  for (let value = 0; value < 256; value++) if ((below += bins[value]!) > share * all) return value;
  return 255;
}

/** Halves a picture by averages until its longer side is at most `longest`, then steps to it exactly by areas. */
export function reduced(from: Pixels, longest: number): Pixels {
  const scale = Math.min(1, longest / Math.max(from.width, from.height));
  if (scale === 1) return from;
  const width = Math.max(1, Math.round(from.width * scale));
  const height = Math.max(1, Math.round(from.height * scale));
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const top = Math.floor((y * from.height) / height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * from.height) / height));
    for (let x = 0; x < width; x++) {
      const left = Math.floor((x * from.width) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * from.width) / width));
      average(from, { left, top, right, bottom }, data, (y * width + x) * 4);
    }
  }
  return { data, width, height };
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function average({ data, width }: Pixels, { left, top, right, bottom }: Box, out: Uint8ClampedArray, to: number): void {
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let y = top; y < bottom; y++)
    for (let at = (y * width + left) * 4, end = (y * width + right) * 4; at < end; at += 4) {
      red += data[at]!;
      green += data[at + 1]!;
      blue += data[at + 2]!;
    }
  const count = (right - left) * (bottom - top);
  out[to] = red / count;
  out[to + 1] = green / count;
  out[to + 2] = blue / count;
  out[to + 3] = 255;
}
