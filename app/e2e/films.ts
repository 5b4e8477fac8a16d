import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Quad } from '../features/expenses/photos/scan/geometry.ts';
import { drawn } from '../features/expenses/photos/scan/synthetic.ts';

const WIDTH = 1280;
const HEIGHT = 720;

/** Where the receipt lies in the film, in pixels of 1280 x 720. */
export const lying: Quad = [
  { x: 480, y: 60 },
  { x: 830, y: 80 },
  { x: 850, y: 660 },
  { x: 460, y: 640 },
];

/** A film of a receipt that lies on a table, for the camera of a device; answers its path. */
export function filmOfReceipt(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'film-')), 'receipt.y4m');
  const frames = [1, 2, 3].flatMap((seed) => [Buffer.from('FRAME\n'), frame(seed)]);
  writeFileSync(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip C420jpeg\n`), ...frames]));
  return path;
}

/** Brightness, then both colours at half the size (ITU-R BT.601). */
function frame(seed: number): Buffer {
  const { data } = drawn({ width: WIDTH, height: HEIGHT, corners: lying, noise: 2, seed });
  const luma = Buffer.alloc(WIDTH * HEIGHT);
  const blue = Buffer.alloc((WIDTH * HEIGHT) / 4);
  const red = Buffer.alloc((WIDTH * HEIGHT) / 4);
  for (let y = 0, at = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++, at++) {
      const [r, g, b] = data.subarray(at * 4, at * 4 + 3) as unknown as [number, number, number];
      luma[at] = 0.299 * r + 0.587 * g + 0.114 * b;
      if (y % 2 || x % 2) continue;
      const half = (y / 2) * (WIDTH / 2) + x / 2;
      blue[half] = 128 - 0.169 * r - 0.331 * g + 0.5 * b;
      red[half] = 128 + 0.5 * r - 0.419 * g - 0.081 * b;
    }
  return Buffer.concat([luma, blue, red]);
}
