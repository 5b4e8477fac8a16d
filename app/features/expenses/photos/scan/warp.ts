import { homographyBetween, isPaperShaped, wholeOf, type Quad, type Size } from './geometry.ts';
import type { Pixels } from './pixels.ts';
import { refusal } from '../../../../kernel/failure.ts';

/** Lays the paper between four corners out flat: every pixel is looked up in the photo, between its four nearest ones. */
export function flattened(photo: Pixels, corners: Quad, size: Size): Pixels {
  const back = homographyBetween(wholeOf(size), corners);
  if (!back || !isPaperShaped(corners)) throw refusal('photo_bad_corners', 'three corners in one line');
  const [a, b, c, d, e, f, g, h] = back as [number, number, number, number, number, number, number, number];
  const { width, height } = size;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++, to += 4) {
      const [px, py] = [x + 0.5, y + 0.5];
      const w = g * px + h * py + 1;
      between(photo, (a * px + b * py + c) / w - 0.5, (d * px + e * py + f) / w - 0.5, data, to);
    }
  return { data, width, height };
}

/** Bilinear sampling; outside, the nearest pixel of the edge goes on. */
function between({ data, width, height }: Pixels, x: number, y: number, out: Uint8ClampedArray, to: number): void {
  const cx = x < 0 ? 0 : x > width - 1 ? width - 1 : x;
  const cy = y < 0 ? 0 : y > height - 1 ? height - 1 : y;
  const [left, top] = [cx | 0, cy | 0];
  const [fx, fy] = [cx - left, cy - top];
  const right = left < width - 1 ? 4 : 0;
  const down = top < height - 1 ? width * 4 : 0;
  const at = (top * width + left) * 4;
  const [w00, w10, w01, w11] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
  for (let colour = 0; colour < 3; colour++) {
    const from = at + colour;
    out[to + colour] =
      data[from]! * w00 + data[from + right]! * w10 + data[from + down]! * w01 + data[from + down + right]! * w11 + 0.5;
  }
  out[to + 3] = 255;
}

/** The picture turned clockwise by quarter turns. */
export function quarterTurned(picture: Pixels, turns: number): Pixels {
  const quarters = ((turns % 4) + 4) % 4;
  return quarters === 0 ? picture : quarterTurned(turnedOnce(picture), quarters - 1);
}

function turnedOnce({ data, width, height }: Pixels): Pixels {
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const out = new Uint32Array(width * height);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) out[x * height + (height - 1 - y)] = from[at]!;
  return { data: new Uint8ClampedArray(out.buffer), width: height, height: width };
}
