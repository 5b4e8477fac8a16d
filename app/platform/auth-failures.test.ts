import { AuthApiError, AuthRetryableFetchError, AuthSessionMissingError } from '@supabase/supabase-js';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { answersByCode, authFailure, endsSession, rpcFailure } from './auth-failures.ts';

test('every error code the auth client documents has an answer', () => {
  const listed = readFileSync('node_modules/@supabase/auth-js/src/lib/error-codes.ts', 'utf8');
  const codes = [...listed.matchAll(/\| '([a-z_]+)'/g)].map((match) => match[1]!);
  expect(codes.length).toBeGreaterThan(70);
  expect(codes.filter((code) => !answersByCode[code])).toEqual([]);
});

test('no network and a broken server are weather', () => {
  expect(authFailure(new AuthRetryableFetchError('Failed to fetch', 0))).toMatchObject({
    kind: 'weather',
    code: 'offline',
  });
  expect(authFailure(new AuthRetryableFetchError('bad gateway', 502))).toMatchObject({
    kind: 'weather',
    code: 'server_busy',
  });
  expect(authFailure(new AuthApiError('x', 504, 'hook_timeout'))).toMatchObject({ kind: 'weather' });
});

test('a wrong password is a refusal', () => {
  const failure = authFailure(new AuthApiError('Invalid login credentials', 400, 'invalid_credentials'));
  expect(failure).toMatchObject({ kind: 'refusal', code: 'wrong_password', details: {} });
});

test('a guard of the database says how long to wait, whatever code it travels under', () => {
  const locked = authFailure(new AuthApiError('account_locked retry_after=1740', 400, 'invalid_credentials'));
  expect(locked).toMatchObject({ code: 'account_locked', details: { retry_after: 1740 } });
  const limited = authFailure(new AuthApiError('{"code":"too_many_attempts","retry_after":300}', 429, undefined));
  expect(limited).toMatchObject({ code: 'too_many_attempts', details: { retry_after: 300 } });
});

test('the wait before another mail is read from the answer', () => {
  const message = 'For security purposes, you can only request this after 42 seconds.';
  const failure = authFailure(new AuthApiError(message, 429, 'over_email_send_rate_limit'));
  expect(failure).toMatchObject({ code: 'too_many_mails', details: { retry_after: 42 } });
});

test('a missing session means signing in again', () => {
  expect(authFailure(new AuthSessionMissingError())).toMatchObject({ kind: 'refusal', code: 'signed_out' });
});

test('only explicit verdicts on the token end a session', () => {
  expect(endsSession('refresh_token_not_found')).toBe(true);
  expect(endsSession('session_expired')).toBe(true);
  expect(endsSession('over_request_rate_limit')).toBe(false);
  expect(endsSession('no_authorization')).toBe(false);
  expect(endsSession('')).toBe(false);
});

test('a database refusal keeps its stable word and a lost connection stays weather', () => {
  expect(rpcFailure({ code: 'BL422', message: 'invitation_expired' })).toMatchObject({ code: 'invitation_expired' });
  expect(rpcFailure({ code: 'BL403', message: 'No.' })).toMatchObject({ kind: 'refusal', code: 'not_permitted' });
  expect(rpcFailure({ code: '', message: 'TypeError: fetch failed' })).toMatchObject({
    kind: 'weather',
    code: 'offline',
  });
  expect(rpcFailure({ code: '40001', message: 'busy' })).toMatchObject({ kind: 'weather' });
});
