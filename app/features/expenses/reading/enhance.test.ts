import { describe, expect, it } from 'vitest';
import { enhance, flatten, leanOf, turnBack, type Grey } from './enhance.ts';
import { onPhoto } from './photo-text.ts';

/** Paper with lines of dashes for text, brighter at the left than at the right. */
function paper(width = 600, height = 800): Grey {
  const data = new Uint8ClampedArray(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isInk = y % 40 < 12 && x % 14 < 8 && x > 60 && x < width - 60 && y > 40 && y < height - 60;
      data[y * width + x] = (isInk ? 70 : 230) * (1 - (0.5 * x) / width);
    }
  return { width, height, data };
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

describe('a photo made ready to be read', () => {
  it('has white paper and dark ink in the shadow too', () => {
    const { width, data } = flatten(paper());
    const [lit, shaded] = [150, 450];
    expect(data[30 * width + lit]).toBeGreaterThan(200);
    expect(data[30 * width + shaded]).toBeGreaterThan(200);
    const darkest = (from: number) => Math.min(...data.subarray(82 * width + from, 82 * width + from + 28));
    expect(darkest(lit)).toBeLessThan(110);
    expect(darkest(shaded)).toBeLessThan(110);
  });

  it.each([-6, -2.5, 0, 1.5, 5])('is level again when it leaned by %d degrees', (degrees) => {
    const leaning = turnBack(flatten(paper()), radians(-degrees));
    expect(leanOf(leaning)).toBeCloseTo(radians(degrees), 2);
    const { picture, angle } = enhance(leaning);
    expect(angle).toBeCloseTo(radians(degrees), 2);
    expect(leanOf(picture)).toBeCloseTo(0, 2);
  });

  it('of blank paper is left as it is', () => {
    const blank = { width: 50, height: 50, data: new Uint8ClampedArray(2500).fill(240) };
    expect(leanOf(blank)).toBe(0);
  });
});

it('a place that was read on the levelled picture is found again on the photo', () => {
  const size = { width: 1000, height: 2000 };
  expect(onPhoto({ x0: 100, y0: 200, x1: 300, y1: 240 }, size, 0)).toEqual({ x0: 0.1, y0: 0.1, x1: 0.3, y1: 0.12 });
  const turned = onPhoto({ x0: 490, y0: 0, x1: 510, y1: 20 }, size, radians(5));
  expect((turned.x0 + turned.x1) / 2).toBeCloseTo(0.5 + Math.sin(radians(5)) * 0.99, 2);
});
