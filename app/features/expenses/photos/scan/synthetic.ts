import { homographyBetween, mapped, wholeOf, type Point, type Quad } from './geometry.ts';
import type { Pixels } from './pixels.ts';

/** What a drawn scene looks like; every number is a brightness from 0 to 255 unless it says otherwise. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly corners: Quad;
  readonly paper?: number;
  readonly table?: number;
  readonly ink?: number;
  /** Standard deviation of the grain. */
  readonly noise?: number;
  /** How much darker the far side of the scene is, as a share. */
  readonly shade?: number;
  /** Dark stripes across the table, as a share of its brightness. */
  readonly stripes?: number;
  readonly seed?: number;
}

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Draws a printed paper on a table as a camera sees it, with light that falls off, and grain. */
export function drawn(scene: Scene): Pixels {
  const { width, height, corners, noise = 4, seed = 1 } = scene;
  const next = random(seed);
  const flat = homographyBetween(corners, wholeOf({ width: 1, height: 1 }))!;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const light = 1 - (scene.shade ?? 0.2) * ((x + y) / (width + height));
      const grain = noise * (next() + next() + next() - 1.5) * 2;
      const value = brightness(scene, { x, y }, mapped(flat, { x: x + 0.5, y: y + 0.5 })) * light + grain;
      data.set([value * 1.02, value, value * 0.94, 255], (y * width + x) * 4);
    }
  return { data, width, height };
}

function brightness({ paper = 235, table = 90, ink = 60, stripes = 0 }: Scene, { x, y }: Point, on: Point): number {
  if (on.x < 0 || on.y < 0 || on.x > 1 || on.y > 1)
    return table * (1 - (stripes && Math.floor((x + y * 0.3) / 23) % 2 ? stripes : 0));
  const isPrint = on.x > 0.1 && on.x < 0.9 && on.y > 0.05 && on.y < 0.95;
  const line = Math.floor(on.y * 40);
  const letter = Math.floor(on.x * 60);
  return isPrint && line % 2 === 0 && (letter * 7 + line * 13) % 5 < 3 ? ink : paper;
}
