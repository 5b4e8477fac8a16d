import { describe, expect, test } from 'vitest';
import { sign, TokenError, verify } from '../keys.ts';

const SECRET = 'a secret of a test';
const now = () => Math.floor(Date.now() / 1000);

function reason(token: string, secret = SECRET): string {
  try {
    verify(token, secret);
    return 'passed';
  } catch (error) {
    return error instanceof TokenError ? error.reason : String(error);
  }
}

test('a token of an API role passes with its claims', () => {
  const token = sign({ role: 'authenticated', sub: 'ada', exp: now() + 60 }, SECRET);
  expect(verify(token, SECRET)).toMatchObject({ role: 'authenticated', sub: 'ada' });
});

describe('a token does not pass', () => {
  test.each(['postgres', 'supabase_admin', 'authenticator', ''])('for the role "%s", however well signed', (role) => {
    expect(reason(sign({ role }, SECRET))).toBe('role');
  });

  test('when it is expired or not yet valid, beyond the skew of clocks', () => {
    expect(reason(sign({ role: 'anon', exp: now() - 60 }, SECRET))).toBe('expired');
    expect(reason(sign({ role: 'anon', exp: now() - 5 }, SECRET))).toBe('passed');
    expect(reason(sign({ role: 'anon', nbf: now() + 60 }, SECRET))).toBe('early');
  });

  test('when another secret signed it', () => {
    expect(reason(sign({ role: 'service_role' }, 'another'))).toBe('signature');
  });

  test('when it claims to need no signature', () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    expect(reason(`${part({ alg: 'none' })}.${part({ role: 'service_role' })}.x`)).toBe('signature');
  });

  test.each(['', 'a.b', 'a.b.c', 'a.b.c.d', '!!!.???.###'])('when it is %j', (text) => {
    expect(reason(text)).toBe('malformed');
  });
});
