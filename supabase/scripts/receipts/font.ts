import { fill, type Picture } from './png.ts';

/** Five columns of seven dots for each character, the lowest bit on top. */
const GLYPHS: Record<string, string> = {
  A: '7e1111117e',
  B: '7f49494936',
  C: '3e41414122',
  D: '7f4141221c',
  E: '7f49494941',
  F: '7f09090901',
  G: '3e4149497a',
  H: '7f0808087f',
  I: '00417f4100',
  J: '2040413f01',
  K: '7f08142241',
  L: '7f40404040',
  M: '7f020c027f',
  N: '7f0408107f',
  O: '3e4141413e',
  P: '7f09090906',
  Q: '3e4151215e',
  R: '7f09192946',
  S: '4649494931',
  T: '01017f0101',
  U: '3f4040403f',
  V: '1f2040201f',
  W: '3f4038403f',
  X: '6314081463',
  Y: '0708700807',
  Z: '6151494543',
  0: '3e5149453e',
  1: '00427f4000',
  2: '4261514946',
  3: '2141454b31',
  4: '1814127f10',
  5: '2745454539',
  6: '3c4a494930',
  7: '0171090503',
  8: '3649494936',
  9: '064949291e',
  '.': '0060600000',
  ',': '0050300000',
  '-': '0808080808',
  '/': '2010080402',
  ':': '0036360000',
  '&': '3649552250',
  '*': '14083e0814',
  '#': '147f147f14',
  "'": '0005030000',
  '(': '001c224100',
  ')': '0041221c00',
};

/** Width of a text in pixels at a scale (a character is 6 dots wide, with its gap). */
export const textWidth = (text: string, scale: number): number => text.length * 6 * scale;

/** Writes capitals, digits and a few signs; accents are dropped, what is unknown becomes a gap. */
export function write(picture: Picture, text: string, x: number, y: number, scale: number): void {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[–—·]/g, '-')
    .replace(/[’‘]/g, "'")
    .toUpperCase();
  for (const [at, letter] of [...plain].entries()) drawGlyph(picture, GLYPHS[letter], x + at * 6 * scale, y, scale);
}

function drawGlyph(picture: Picture, glyph: string | undefined, x: number, y: number, scale: number): void {
  if (!glyph) return;
  for (let column = 0; column < 5; column += 1) {
    const bits = Number.parseInt(glyph.slice(column * 2, column * 2 + 2), 16);
    for (let row = 0; row < 7; row += 1) {
      if ((bits >> row) & 1) fill(picture, x + column * scale, y + row * scale, scale, scale, 30);
    }
  }
}
