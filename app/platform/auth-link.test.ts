import { expect, test } from 'vitest';
import { readMailLink } from './auth-link.ts';
import { deviceName } from './auth-record.ts';

const read = (tail: string) => readMailLink(new URL(`https://portal.test/auth/callback${tail}`));

test('a link with a one-time hash is read from the query', () => {
  expect(read('?token_hash=abc&type=recovery')).toEqual({ kind: 'hash', token_hash: 'abc', purpose: 'recovery' });
});

test('a link with ready tokens is read from behind the #', () => {
  const link = read('#access_token=a&refresh_token=r&expires_in=900&type=invite');
  expect(link).toEqual({ kind: 'tokens', access_token: 'a', refresh_token: 'r', purpose: 'invite' });
});

test('a spent link carries the refusal', () => {
  const link = read('#error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid');
  expect(link).toEqual({ kind: 'refused', code: 'otp_expired', message: 'Email link is invalid' });
});

test('an address without anything is no link', () => {
  expect(read('')).toEqual({ kind: 'none' });
  expect(read('#access_token=a')).toEqual({ kind: 'none' });
});

test('a device is named by browser and system', () => {
  expect(deviceName('Mozilla/5.0 (Linux; Android 14) AppleWebKit/537 Chrome/126.0 Mobile Safari/537')).toBe(
    'Chrome on Android',
  );
  expect(deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604')).toBe(
    'Safari on iPhone',
  );
  expect(deviceName('curl/8')).toBe('Browser');
});
