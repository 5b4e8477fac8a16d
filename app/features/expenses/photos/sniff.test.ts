import { describe, expect, it } from 'vitest';
import { announcedSize, fitted, sniff } from './sniff.ts';

const bytes = (...values: number[]) => new Uint8Array([...values, ...Array.from({ length: 16 }, () => 0)]);
const ascii = (text: string) => new TextEncoder().encode(text.padEnd(32, '\0'));

/** A JPEG head: start, optionally EXIF with an orientation, then a frame of 4000 x 3000. */
function jpeg(orientation?: number): Uint8Array {
  const exif =
    orientation === undefined
      ? []
      : [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0]
          .concat([0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0])
          .concat([0, 0, 0, 0]);
  const frame = [0xff, 0xc0, 0, 17, 8, 3000 >> 8, 3000 & 255, 4000 >> 8, 4000 & 255, 3];
  return bytes(0xff, 0xd8, ...exif, ...frame);
}

describe('what a file is', () => {
  it.each([
    ['a JPEG', jpeg(), 'image/jpeg'],
    ['a PNG', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'image/png'],
    ['a HEIC', ascii('\0\0\0\x18ftypheic'), 'image/heic'],
    ['a WebP', ascii('RIFF....WEBPVP8 '), 'image/webp'],
    ['a PDF', ascii('%PDF-1.7'), 'application/pdf'],
    ['a text that is called receipt.jpg', ascii('Dear accountant, here is my receipt'), null],
    ['an MP4', ascii('\0\0\0\x18ftypisom'), null],
    ['nothing', new Uint8Array(0), null],
  ])('%s', (_, head, kind) => {
    expect(sniff(head)).toBe(kind);
  });
});

describe('the announced size', () => {
  it('of a JPEG comes from its frame', () => {
    expect(announcedSize(jpeg())).toEqual({ width: 4000, height: 3000 });
    expect(announcedSize(jpeg(1))).toEqual({ width: 4000, height: 3000 });
  });

  it('of a photo taken upright is turned', () => {
    expect(announcedSize(jpeg(6))).toEqual({ width: 3000, height: 4000 });
  });

  it('of a cut off file is unknown', () => {
    for (let length = 0; length < 40; length++) expect(() => announcedSize(jpeg(6).subarray(0, length))).not.toThrow();
    expect(announcedSize(jpeg(6).subarray(0, 20))).toBe(null);
  });
});

it('a fitted size keeps the shape and never grows', () => {
  expect(fitted({ width: 4000, height: 3000 }, 2200)).toEqual({ width: 2200, height: 1650 });
  expect(fitted({ width: 300, height: 200 }, 2200)).toEqual({ width: 300, height: 200 });
  expect(fitted({ width: 10_000, height: 2 }, 320)).toEqual({ width: 320, height: 1 });
});
