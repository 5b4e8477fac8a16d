import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A greyscale picture, one byte a pixel, 255 is white. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** A white picture of this size in pixels. */
export function blankPicture(width: number, height: number): Picture {
  return { width, height, pixels: new Uint8Array(width * height).fill(255) };
}

/** Fills a rectangle with a grey, 0 black to 255 white; what is outside the picture is left out. */
export function fill(picture: Picture, x: number, y: number, width: number, height: number, grey: number): void {
  for (let row = Math.max(0, y); row < Math.min(picture.height, y + height); row += 1) {
    const from = row * picture.width;
    picture.pixels.fill(grey, from + Math.max(0, x), from + Math.min(picture.width, x + width));
  }
}

/** Encodes a picture as PNG (RFC 2083: greyscale, 8 bits, no filter). */
export function encodePng({ width, height, pixels }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const lines = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row += 1)
    lines.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([SIGNATURE, ...parts]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
