import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, inOrder, scaled, turned, wholeOf, type Point, type Quad } from './geometry.ts';
import { findPaper, lookForPaper, SURE, LOOKED_AT } from './paper.ts';
import { reduced } from './pixels.ts';
import { drawn, random, type Scene } from './synthetic.ts';

/** A paper somewhere in the picture, turned and tilted, with its edges well inside. */
function corners(seed: number, width: number, height: number): Quad {
  const next = random(seed);
  const between = (from: number, to: number) => from + (to - from) * next();
  const [half, tall] = [between(0.2, 0.36), between(0.28, 0.4)];
  const angle = between(-0.35, 0.35);
  const middle = { x: between(0.46, 0.54), y: between(0.47, 0.53) };
  const place = (x: number, y: number): Point => {
    const [dx, dy] = [x * half * width * between(0.88, 1), y * tall * height * between(0.88, 1)];
    return {
      x: middle.x * width + (dx * Math.cos(angle) - dy * Math.sin(angle)) * 0.85,
      y: middle.y * height + (dx * Math.sin(angle) + dy * Math.cos(angle)) * 0.85,
    };
  };
  return inOrder([place(-1, -1), place(1, -1), place(1, 1), place(-1, 1)]);
}

const worst = (found: Quad, true_: Quad): number =>
  Math.max(...found.map((corner, at) => distance(corner, true_[at]!)));

describe('a paper in a photo', { timeout: 30_000 }, () => {
  it.each<[string, number, Partial<Scene>]>([
    ['on a dark table', 3, {}],
    ['on a pale table', 3, { table: 190, paper: 240 }],
    ['in grainy light', 3, { noise: 14 }],
    ['in light that falls off', 3, { shade: 0.55 }],
    ['on a striped cloth', 12, { stripes: 0.25 }],
  ])('%s is found within %i pixels of 800, and surely', (_, most, look) => {
    const misses: string[] = [];
    for (let seed = 1; seed <= 8; seed++) {
      const at = corners(seed, 600, 800);
      const found = findPaper(drawn({ width: 600, height: 800, corners: at, seed, ...look }));
      const off = found ? worst(found.corners, at) : Infinity;
      if (!found || found.confidence < SURE || off > most)
        misses.push(`seed ${seed}: ${off.toFixed(1)} px off, confidence ${found?.confidence.toFixed(2)}`);
    }
    expect(misses).toEqual([]);
  });

  it('that is turned by any angle is found', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.6, max: 0.6, noNaN: true }), fc.integer({ min: 1, max: 1e6 }), (angle, seed) => {
        const at = corners(seed, 320, 320).map(({ x, y }) => ({
          x: 160 + ((x - 160) * Math.cos(angle) - (y - 160) * Math.sin(angle)) * 0.9,
          y: 160 + ((x - 160) * Math.sin(angle) + (y - 160) * Math.cos(angle)) * 0.9,
        })) as unknown as Quad;
        const found = lookForPaper(drawn({ width: 320, height: 320, corners: at, seed }));
        const off = [0, 1, 2, 3].map((by) => (found ? worst(turned(found.corners, by), inOrder(at)) : Infinity));
        expect(Math.min(...off)).toBeLessThan(8); // half way round, either corner may be called the first
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  it('is not seen where there is none: on an empty table, in noise, on a page that fills the picture', () => {
    const away = scaled(corners(1, 320, 320), 0.001);
    for (const seed of [1, 2, 3, 4]) {
      const table = lookForPaper(drawn({ width: 320, height: 240, corners: away, seed, stripes: 0.2 }));
      const noise = lookForPaper(drawn({ width: 320, height: 240, corners: away, seed, noise: 60 }));
      expect(table?.confidence ?? 0).toBeLessThan(SURE);
      expect(noise?.confidence ?? 0).toBeLessThan(SURE);
    }
    const page = drawn({ width: 240, height: 320, corners: scaled(wholeOf({ width: 240, height: 320 }), 1.02) });
    expect(lookForPaper(page)?.confidence ?? 0).toBeLessThan(SURE);
  });

  it('is not cut at a line that is printed across a scan', () => {
    const page = drawn({
      width: 240,
      height: 320,
      corners: scaled(wholeOf({ width: 240, height: 320 }), 0.985),
      noise: 1,
    });
    for (let x = 0; x < 240; x++) page.data.fill(20, (120 * 240 + x) * 4, (122 * 240 + x) * 4 + 3);
    expect(lookForPaper(page)?.confidence ?? 0).toBeLessThan(SURE);
  });

  it('is looked for on a small copy that keeps the shape of the photo', () => {
    const photo = drawn({ width: 640, height: 480, corners: corners(3, 640, 480) });
    expect(reduced(photo, LOOKED_AT)).toMatchObject({ width: 320, height: 240 });
  });
});
