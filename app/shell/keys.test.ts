import { describe, expect, test } from 'vitest';
import { Chord, placeKeys } from './keys.ts';

const entries = [
  { path: '/', label: 'Today' },
  { path: '/tours', label: 'Tours' },
  { path: '/shows', label: 'Shows' },
];

describe('G, then a letter', () => {
  const places = placeKeys(entries);

  test('every place has a letter of its own, the earlier entry first', () => {
    expect([...places]).toEqual([
      ['t', '/'],
      ['o', '/tours'],
      ['s', '/shows'],
    ]);
  });

  test('leads to the place when the letter follows in time', () => {
    const chord = new Chord();
    expect(chord.hear('g', 0, places)).toBeUndefined();
    expect(chord.isWaiting(500)).toBe(true);
    expect(chord.hear('s', 500, places)).toBe('/shows');
    expect(chord.isWaiting(600)).toBe(false);
  });

  test('is forgotten after a while, and by a letter without a place', () => {
    const chord = new Chord();
    chord.hear('g', 0, places);
    expect(chord.hear('s', 5000, places)).toBeUndefined();
    chord.hear('g', 6000, places);
    expect(chord.hear('z', 6100, places)).toBeUndefined();
    expect(chord.hear('s', 6200, places)).toBeUndefined();
  });

  test('a letter alone leads nowhere', () => {
    expect(new Chord().hear('s', 0, places)).toBeUndefined();
  });
});
