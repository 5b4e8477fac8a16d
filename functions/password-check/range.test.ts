import { expect, test } from 'vitest';
import { endingsOf, isPrefix } from './range.ts';

const ending = (digit: string) => digit.repeat(35);

test('padding is left out and both kinds of line ends are read', () => {
  const answer = `${ending('A')}:3\r\n${ending('B')}:0\n${ending('C')}:12\n`;
  expect(endingsOf(answer)).toEqual([ending('A'), ending('C')]);
});

test('an answer that is something else holds no endings', () => {
  expect(endingsOf('<html>busy</html>')).toEqual([]);
  expect(endingsOf('')).toEqual([]);
});

test.each(['5BAA6', 'FFFFF', '00000'])('%s is a prefix', (value) => expect(isPrefix(value)).toBe(true));
test.each(['5baa6', '5BAA', '5BAA61', '../..', 5, null, undefined])('%j is none', (value) =>
  expect(isPrefix(value)).toBe(false),
);
