import { expect, test } from 'vitest';
import { refusal, weather } from '../../kernel/failure.ts';
import { answersByCode } from '../../platform/auth-failures.ts';
import { saidCodes, sentenceFor } from './words.ts';

test('every answer of the sign-in server that a person can meet has its own sentence', () => {
  const needed = Object.values(answersByCode)
    .filter(([kind]) => kind !== 'bug')
    .map(([, code]) => code);
  expect(needed.filter((code) => !saidCodes.includes(code))).toEqual([]);
});

test('a locked account says for how many minutes', () => {
  expect(sentenceFor(refusal('account_locked', 'x', { retry_after: 1741 }))).toContain('30 minutes');
  expect(sentenceFor(refusal('account_locked', 'x', { retry_after: 20 }))).toContain('1 minute,');
});

test('too many attempts says until when', () => {
  expect(sentenceFor(refusal('too_many_attempts', 'x', { retry_after: 300 }))).toMatch(/at \d{1,2}[:.]\d{2}/);
});

test('an unknown failure still says what to do', () => {
  expect(sentenceFor(weather('teapot', 'x'))).toContain('Try again');
  expect(sentenceFor(refusal('teapot', 'x'))).toContain('Try again');
});
