import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areaOf,
  aspectRatio,
  distance,
  flatSize,
  homographyBetween,
  inOrder,
  isPaperShaped,
  mapped,
  turned,
  wholeOf,
  type Point,
  type Quad,
} from './geometry.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const point = fc.record({ x: share, y: share });

/** One corner in each quarter of a picture of 1000 x 800, so that the four can be a paper. */
const paper = fc.tuple(point, point, point, point).map(([a, b, c, d]): Quad => [
  { x: a.x * 300, y: a.y * 250 },
  { x: 1000 - b.x * 300, y: b.y * 250 },
  { x: 1000 - c.x * 300, y: 800 - c.y * 250 },
  { x: d.x * 300, y: 800 - d.y * 250 },
]);

describe('a mapping between four corners', () => {
  it('takes every corner to its own, and every point there and back', () => {
    fc.assert(
      fc.property(paper, paper, point, (from, to, { x, y }) => {
        const there = homographyBetween(from, to)!;
        const back = homographyBetween(to, from)!;
        from.forEach((corner, at) => expect(distance(mapped(there, corner), to[at]!)).toBeLessThan(1e-6));
        const inside = { x: 300 + x * 400, y: 250 + y * 300 };
        expect(distance(mapped(back, mapped(there, inside)), inside)).toBeLessThan(1e-6);
      }),
    );
  });

  it('does not exist where three corners lie in one line', () => {
    const flat: Quad = [{ x: 0, y: 0 }, { x: 5, y: 5 }, { x: 10, y: 10 }, { x: 0, y: 10 }]; // prettier-ignore
    expect(homographyBetween(flat, wholeOf({ width: 10, height: 10 }))).toBeNull();
    const one: Point = { x: 3, y: 3 };
    expect(homographyBetween([one, one, one, one], wholeOf({ width: 10, height: 10 }))).toBeNull();
  });
});

describe('four corners', () => {
  it('come into reading order from any order', () => {
    fc.assert(
      fc.property(paper, fc.integer({ min: 0, max: 3 }), fc.boolean(), (quad, by, mirrored) => {
        const mixed = mirrored ? [...turned(quad, by)].reverse() : turned(quad, by);
        const ordered = inOrder(mixed);
        expect(areaOf(ordered)).toBeGreaterThan(0);
        expect(ordered[0].x + ordered[0].y).toBe(Math.min(...quad.map(({ x, y }) => x + y)));
        expect(new Set(ordered)).toEqual(new Set(quad));
      }),
    );
  });

  it('are refused when they cross, fold inward, or lie in one line', () => {
    const [a, b, c, d] = wholeOf({ width: 100, height: 100 });
    expect(isPaperShaped([a, b, c, d])).toBe(true);
    expect(isPaperShaped([a, c, b, d])).toBe(false);
    expect(isPaperShaped([d, c, b, a])).toBe(false);
    expect(isPaperShaped([a, b, { x: 30, y: 30 }, d])).toBe(false);
    expect(isPaperShaped([a, b, { x: 51, y: 51 }, d])).toBe(false);
    expect(isPaperShaped([a, b, { x: 100, y: 1 }, d])).toBe(false);
    expect(isPaperShaped([a, b, { x: Number.NaN, y: 1 }, d])).toBe(false);
  });
});

describe('the shape of a paper seen at a slant', () => {
  /** What a camera with the focal length `focal` sees of a paper that is tilted about both axes. */
  function seen(width: number, height: number, tilt: number, turn: number, focal: number): Quad {
    const corner = (x: number, y: number): Point => {
      const [sx, sz] = [x * Math.cos(turn), x * Math.sin(turn)];
      const [sy, depth] = [y * Math.cos(tilt) - sz * Math.sin(tilt), y * Math.sin(tilt) + sz * Math.cos(tilt)];
      return { x: 500 + (focal * sx) / (1000 + depth), y: 500 + (focal * sy) / (1000 + depth) };
    };
    const [w, h] = [width / 2, height / 2];
    return [corner(-w, -h), corner(w, -h), corner(w, h), corner(-w, h)];
  }

  it.each([
    [300, 600, 0.5, 0.4],
    [210, 297, 0.6, -0.3],
    [400, 300, 0.4, 0.5],
  ])('is told from the perspective: %i x %i', (width, height, tilt, turn) => {
    const ratio = aspectRatio(seen(width, height, tilt, turn, 900), { width: 1000, height: 1000 });
    expect(ratio).toBeCloseTo(width / height, 2);
  });

  it('is that of its edges where the view is straight', () => {
    expect(aspectRatio(wholeOf({ width: 300, height: 600 }), { width: 300, height: 600 })).toBeCloseTo(0.5, 6);
  });

  it('fits in the longest side and loses no detail below it', () => {
    const quad = wholeOf({ width: 1000, height: 3000 });
    expect(flatSize(quad, { width: 1000, height: 3000 }, 2200)).toEqual({ width: 733, height: 2200 });
    expect(flatSize(quad, { width: 1000, height: 3000 }, 9000)).toEqual({ width: 1000, height: 3000 });
  });
});
