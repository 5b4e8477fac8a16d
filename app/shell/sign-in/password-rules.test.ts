import { describe, expect, test } from 'vitest';
import { isBreached, isUsual, meetsRules, passwordRules, strengthOf } from './password-rules.ts';

const open = (password: string) =>
  passwordRules(password)
    .filter((rule) => !rule.met)
    .map((rule) => rule.name);

test('a password needs 12 characters, upper, lower and a digit', () => {
  expect(open('')).toEqual(['length', 'upper', 'lower', 'digit']);
  expect(open('Short1')).toEqual(['length']);
  expect(open('nouppercase12')).toEqual(['upper']);
  expect(open('NOLOWERCASE12')).toEqual(['lower']);
  expect(open('NoDigitsInHere')).toEqual(['digit']);
  expect(meetsRules('Correct horse 7 battery')).toBe(true);
});

test('letters of every alphabet count, and an emoji is one character', () => {
  expect(meetsRules('Żółta łódź 12')).toBe(true);
  expect(open('Aa1😀😀😀😀😀')).toEqual(['length']);
});

describe('usual passwords in disguise', () => {
  test.each([
    'Password1234',
    'P@ssw0rd2026!',
    'Welcome12345',
    'Qwertyuiop12',
    'Abcdefghij12',
    'Sommer202620',
    'Aaaaaaaaaaa1',
    'PasswordPassword1',
    'Abc1Abc1Abc1',
    'BigLivePortal1',
  ])('%s is refused', (password) => expect(isUsual(password)).toBe(true));
  test.each(['Correct horse 7 battery', 'Vier Bananen am Zug 9', 'tK4mPz9wQr2vLx', 'Zebra-kettle-41-moss'])(
    '%s is fine',
    (password) => expect(isUsual(password)).toBe(false),
  );
});

test('a password made of the own name or address is refused', () => {
  expect(isUsual('Mara.Lindqvist9', ['mara@lindqvist.example', 'Mara', 'Lindqvist'])).toBe(true);
  expect(isUsual('Mara rides 7 llamas', ['mara@lindqvist.example'])).toBe(false);
});

test('the meter rises with length and variety', () => {
  expect(strengthOf('')).toBe(0);
  expect(strengthOf('Password1234')).toBe(1);
  expect(strengthOf('Kettle4moss7')).toBeGreaterThanOrEqual(2);
  expect(strengthOf('Correct horse 7 battery staple')).toBe(4);
});

test('only five characters of the hash leave the device', async () => {
  const asked: string[] = [];
  const endings = async (prefix: string) => {
    asked.push(prefix);
    return ['0018A45C4D1DEF81644B54AB7F969B88D65'];
  };
  // SHA-1 of "password" is 5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8.
  expect(await isBreached('password', endings)).toBe(false);
  expect(await isBreached('password', async () => ['1E4C9B93F3F0682250B6CF8331B7EE68FD8'])).toBe(true);
  expect(asked).toEqual(['5BAA6']);
});

test('without signal the register is simply not asked', async () => {
  expect(await isBreached('password', () => Promise.reject(new TypeError('offline')))).toBe(false);
});
