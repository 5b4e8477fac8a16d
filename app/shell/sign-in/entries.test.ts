import { expect, test } from 'vitest';
import { digitsOf, emailProblem } from './entries.ts';
import { words } from './words.ts';

test('an address as people write it is fine, spaces around it too', () => {
  for (const email of ['mara@northlight.example', " o'brien+tour@mail.example.co.uk ", 'x@y.zz'])
    expect(emailProblem(email)).toBeUndefined();
});

test('a missing and a mistyped address have sentences of their own', () => {
  expect(emailProblem('  ')).toBe(words.email_missing);
  for (const email of [
    'mara',
    'mara@',
    '@x.de',
    'mara@northlight',
    'ma ra@x.de',
    'mara@x..de',
    `${'a'.repeat(250)}@x.de`,
  ])
    expect(emailProblem(email)).toBe(words.email_bad);
});

test('a code is its digits, however it was pasted', () => {
  expect(digitsOf('Your code: 123 456.')).toBe('123456');
});
