import { describe, expect, it } from 'vitest';
import { enhance } from './enhance.ts';
import { flatSize, scaled, wholeOf, type Quad } from './geometry.ts';
import { doubtsOf, impressionOf, isBlack } from './judge.ts';
import { luma, reduced, smoothed, type Pixels } from './pixels.ts';
import { drawn } from './synthetic.ts';
import { flattened, quarterTurned } from './warp.ts';

const size = { width: 300, height: 400 };
const page = (more: object = {}) => drawn({ ...size, corners: scaled(wholeOf(size), 1), ...more });

/** Mean brightness of the paper's own margin at two corners. */
const margins = (picture: Pixels): [number, number] => {
  const { data, width, height } = luma(picture);
  const mean = (x: number, y: number) => {
    let sum = 0;
    for (let row = 0; row < 12; row++) for (let at = 0; at < 12; at++) sum += data[(y + row) * width + x + at]!;
    return sum / 144;
  };
  return [mean(4, 4), mean(width - 20, height - 18)];
};

describe('enhancing', () => {
  it.each(['colour', 'grey', 'ink'] as const)('%s makes paper white in light and in shade alike', (mode) => {
    const [light, shade] = margins(page({ shade: 0.5 }));
    expect(light - shade).toBeGreaterThan(80);
    const [one, other] = margins(enhance(page({ shade: 0.5 }), mode));
    expect(Math.min(one, other)).toBeGreaterThan(235);
  });

  it('black and white is nothing but ink and paper', () => {
    const { data } = luma(enhance(page({ shade: 0.4 }), 'ink'));
    const between = data.filter((value) => value > 40 && value < 215).length / data.length;
    const ink = data.filter((value) => value <= 40).length / data.length;
    expect(between).toBeLessThan(0.06);
    expect(ink).toBeGreaterThan(0.1);
  });

  it('grey has no colour, colour keeps a red stamp red, original changes nothing', () => {
    const stamped = page();
    for (let at = 0; at < 40; at++)
      for (let row = 0; row < 14; row++) stamped.data.set([190, 40, 40], ((200 + row) * size.width + 120 + at) * 4);
    const middle = (207 * size.width + 140) * 4;
    const before = stamped.data.slice();
    expect(Buffer.from(enhance(stamped, 'original').data.buffer).equals(Buffer.from(before.buffer))).toBe(true);
    const [red, green] = enhance({ ...size, data: before.slice() }, 'colour').data.subarray(middle, middle + 2);
    expect(red! - green!).toBeGreaterThan(80);
    const grey = enhance({ ...size, data: before.slice() }, 'grey').data.subarray(middle, middle + 3);
    expect(new Set(grey).size).toBe(1);
  });
});

describe('laying flat', () => {
  it('gives the print back as it would be scanned', () => {
    const corners: Quad = [{ x: 60, y: 50 }, { x: 250, y: 30 }, { x: 270, y: 370 }, { x: 40, y: 350 }]; // prettier-ignore
    const photo = drawn({ ...size, corners, noise: 0, shade: 0 });
    const flat = flattened(photo, corners, { width: 200, height: 300 });
    const scan = drawn({ width: 200, height: 300, corners: wholeOf({ width: 200, height: 300 }), noise: 0, shade: 0 });
    const [a, b] = [smoothed(luma(flat)).data, smoothed(luma(scan)).data];
    const off = a.reduce((sum, value, at) => sum + Math.abs(value - b[at]!), 0) / a.length;
    expect(off).toBeLessThan(14);
  });

  it('refuses corners in one line, in words', () => {
    const line: Quad = [{ x: 0, y: 0 }, { x: 10, y: 10 }, { x: 20, y: 20 }, { x: 0, y: 30 }]; // prettier-ignore
    expect(() => flattened(page(), line, { width: 10, height: 10 })).toThrow('three corners');
  });

  it('keeps its size within what was asked', () => {
    expect(flatSize(wholeOf(size), size, 200)).toEqual({ width: 150, height: 200 });
  });

  it('turns by quarters, four of which change nothing', () => {
    const picture = reduced(page(), 40);
    const once = quarterTurned(picture, 1);
    expect([once.width, once.height]).toEqual([picture.height, picture.width]);
    expect(once.data.slice((once.width - 1) * 4, once.width * 4)).toEqual(picture.data.slice(0, 4));
    expect(quarterTurned(quarterTurned(picture, 3), 1).data).toEqual(picture.data);
  });
});

describe('the first impression', () => {
  it('tells a black, a dark, a blurred and a good photo apart', () => {
    expect(isBlack(impressionOf(page({ paper: 12, ink: 3, table: 8, noise: 3 })))).toBe(true);
    const dark = impressionOf(page({ paper: 60, ink: 15, table: 30 }));
    expect([isBlack(dark), doubtsOf(dark)]).toEqual([false, ['photo_dark']]);
    expect(doubtsOf(impressionOf(page()))).toEqual([]);
    let soft = luma(page());
    for (let pass = 0; pass < 10; pass++) soft = smoothed(soft);
    const data = new Uint8ClampedArray(soft.data.length * 4).map((_, at) => soft.data[at >> 2]!);
    expect(doubtsOf(impressionOf({ ...size, data }))).toEqual(['photo_blurred']);
  });
});
