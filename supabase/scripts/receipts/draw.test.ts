import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { drawReceipt } from './draw.ts';
import { blankPicture, encodePng, fill } from './png.ts';

const text = {
  merchant: 'Söder Kök',
  description: 'Dinner',
  date: '2026-10-01',
  amount_minor: 118000,
  currency: 'SEK',
  number: 7,
};

test('the same text draws the same bytes, another amount draws others', () => {
  const { png } = drawReceipt(text);
  expect(drawReceipt(text).png.equals(png)).toBe(true);
  expect(drawReceipt({ ...text, amount_minor: 118001 }).png.equals(png)).toBe(false);
  expect(png.length).toBeLessThan(20_000);
});

test('what is drawn can be read back from the PNG', () => {
  const picture = blankPicture(4, 2);
  fill(picture, 2, 0, 9, 1, 0);
  const png = encodePng(picture);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const at = png.indexOf('IDAT');
  const lines = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  expect([...lines]).toEqual([0, 255, 255, 0, 0, 0, 255, 255, 255, 255]);
});
