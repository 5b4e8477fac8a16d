import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { canGiveUp, canRetry, standingOf, type Standing } from './rules.ts';
import { errorSentence, healthSentence, moment, standingSentence } from './words.ts';

const NOW = new Date('2026-11-25T12:00:00');
const AT = new Date('2026-11-25T14:20:00').toISOString();
const connected = { status: 'connected', next_try_at: null } as const;
const told = (standing: Standing, error_code: string | null = null) =>
  standingSentence(standing, { provider: 'xero', error_code }, NOW);

test('what waits in front of a shut door waits for the door', () => {
  const retrying = { state: 'retrying', next_try_at: AT } as const;
  expect(standingOf(retrying, connected)).toEqual({ kind: 'retrying', at: AT });
  expect(standingOf(retrying, undefined)).toEqual({ kind: 'retrying', at: AT });
  for (const by of ['paused', 'disconnected', 'needs_attention'] as const)
    expect(standingOf(retrying, { status: by, next_try_at: null })).toEqual({ kind: 'held', by });
  const shut = { status: 'paused', next_try_at: null } as const;
  expect(standingOf({ state: 'queued', next_try_at: null }, shut)).toMatchObject({ kind: 'held' });
  expect(standingOf({ state: 'sending', next_try_at: null }, shut)).toEqual({ kind: 'sending' });
  expect(standingOf({ state: 'sent', next_try_at: null }, shut)).toEqual({ kind: 'sent' });
});

test('what waits at a busy door goes out when the door opens, or later by its own clock', () => {
  const busy = { status: 'connected', next_try_at: AT } as const;
  expect(standingOf({ state: 'queued', next_try_at: null }, busy)).toEqual({ kind: 'queued', at: AT });
  const own = new Date('2026-11-25T15:00:00').toISOString();
  expect(standingOf({ state: 'retrying', next_try_at: own }, busy)).toEqual({ kind: 'retrying', at: own });
});

test('trying again and giving up are offered where they can do something', () => {
  const states = ['queued', 'sending', 'retrying', 'sent', 'failed'] as const;
  expect(states.filter((state) => canRetry({ state, error_code: 'timed_out' }))).toEqual(['retrying', 'failed']);
  expect(states.filter((state) => canGiveUp({ state, error_code: null }))).toEqual(['queued', 'retrying', 'failed']);
  expect(canGiveUp({ state: 'failed', error_code: 'given_up' })).toBe(false);
  expect(canRetry({ state: 'retrying', error_code: 'too_many_requests' })).toBe(false);
});

test('a person reads who does not answer, and when it goes on', () => {
  expect(told({ kind: 'retrying', at: AT }, 'timed_out')).toBe(
    `Xero is not answering. We try again at ${moment(AT, NOW)}.`,
  );
  expect(told({ kind: 'retrying', at: '2026-11-25T11:00:00' }, 'timed_out')).toBe(
    'Xero is not answering. We try again in a moment.',
  );
  expect(told({ kind: 'queued', at: AT })).toBe(`It goes to Xero at ${moment(AT, NOW)}.`);
  expect(told({ kind: 'queued', at: null })).toBe('It goes to Xero in a moment.');
  expect(told({ kind: 'failed' }, 'given_up')).toContain('by hand');
  expect(told({ kind: 'held', by: 'paused' })).toBe('It waits: Xero is paused.');
  expect(moment('2026-11-27T09:00:00', NOW)).toContain('27');
});

test('a provider is well, troubled, paused or shut, in words', () => {
  const row = { provider: 'xero', status: 'connected', error_code: null, next_try_at: null, succeeded_at: null };
  expect(healthSentence(row, NOW)).toBe('Working. Nothing has been sent yet.');
  expect(healthSentence({ ...row, succeeded_at: AT }, NOW)).toContain('Last sent something');
  expect(healthSentence({ ...row, error_code: 'unreachable', next_try_at: AT }, NOW)).toContain('We try again at');
  expect(healthSentence({ ...row, status: 'needs_attention' }, NOW)).toContain('sign in again');
});

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(({ name }) => name.endsWith('.ts') && !name.includes('.test.') && name !== 'testing.ts')
    .map(({ parentPath, name }) => readFileSync(`${parentPath}/${name}`, 'utf8'));
const codes = [
  ...sources('functions/_shared').flatMap((text) => [
    ...text.matchAll(/(?<![.\w])(?:retry|throttle|unknown|fatal)\)?\(\s*'([a-z_]+)'/g),
    ...text.matchAll(/^ {2}\d{3}: '([a-z_]+)',$/gm),
  ]),
  ...sources('functions/jobs').flatMap((text) => [...text.matchAll(/(?:retry|throttle|unknown|fatal)\('([a-z_]+)'/g)]),
].map(([, code]) => code!);

test.each([...new Set([...codes, 'timed_out', 'unreachable', 'sign_in_again', 'lease_expired', 'given_up'])])(
  'the trouble %s has a sentence of its own',
  (code) => {
    const plain = errorSentence('never_heard_of', 'xero');
    expect(errorSentence(code, 'xero')).toMatch(/\.$/);
    expect(errorSentence(code, 'xero')).not.toBe(plain);
  },
);
