import { describe, expect, it } from 'vitest';
import { Guide, type Guidance } from './guidance.ts';
import type { Quad } from './scan/geometry.ts';
import type { Look } from './tasks.ts';

const frame = { width: 320, height: 240 };
const quad = (left: number, top: number, right: number, bottom: number, narrow = 0): Quad => [
  { x: left + narrow, y: top },
  { x: right - narrow, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
];
const good: Look = { corners: quad(0.3, 0.1, 0.7, 0.9), confidence: 0.9, brightness: 200, sharpness: 60 };

/** What is said after looks of this kind, ten a second. */
function after(guide: Guide, looks: number, look: (at: number) => Look, from = 0): Guidance {
  let said!: Guidance;
  for (let at = 0; at < looks; at++) said = guide.take(look(at), frame, from + at * 100);
  return said;
}

describe('the camera says', () => {
  it.each<[string, Look]>([
    ['find', { ...good, corners: null, confidence: 0 }],
    ['find', { ...good, confidence: 0.3 }],
    ['dark', { ...good, brightness: 40 }],
    ['closer', { ...good, corners: quad(0.45, 0.4, 0.6, 0.7) }],
    ['tilt', { ...good, corners: quad(0.2, 0.1, 0.8, 0.9, 0.12) }],
    ['still', { ...good, sharpness: 4 }],
    ['ready', good],
  ])('%s', (hint, look) => {
    expect(after(new Guide(), 30, () => look).hint).toBe(hint);
  });

  it('still while the receipt moves', () => {
    const swaying = (at: number) => ({ ...good, corners: quad(0.3 + (at % 2) * 0.06, 0.1, 0.7, 0.9) });
    expect(after(new Guide(), 30, swaying)).toMatchObject({ hint: 'still', isSteady: false });
  });

  it('the same words through a single bad look, and never new ones twice in a second', () => {
    const guide = new Guide();
    after(guide, 30, () => good);
    expect(guide.take({ ...good, brightness: 10 }, frame, 3_100).hint).toBe('ready');
    let changes = 0;
    let last = 'ready';
    for (let at = 0; at < 100; at++) {
      const { hint } = guide.take(at % 12 < 6 ? good : { ...good, brightness: 10 }, frame, 3_200 + at * 100);
      if (hint !== last) changes++;
      last = hint;
    }
    expect(changes).toBeLessThanOrEqual(7);
  });
});

describe('the shutter', () => {
  it('goes by itself once a receipt has lain still and sharp, and only once for each', () => {
    const guide = new Guide();
    expect(after(guide, 5, () => good).isSteady).toBe(false);
    expect(after(guide, 10, () => good, 500).isSteady).toBe(true);
    guide.taken();
    expect(after(guide, 40, () => good, 2_000).isSteady).toBe(false);
    after(guide, 3, () => ({ ...good, corners: null }), 7_000);
    expect(after(guide, 12, () => good, 8_000).isSteady).toBe(true);
  });

  it('never goes in the dark, out of focus or without a paper', () => {
    for (const look of [
      { ...good, brightness: 30 },
      { ...good, sharpness: 3 },
      { ...good, corners: null },
    ])
      expect(after(new Guide(), 60, () => look).isSteady).toBe(false);
  });
});
