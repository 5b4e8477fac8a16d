import { expect, test } from 'vitest';
import { failureOf, refusalCode } from './sqlstate.ts';

test.each([
  ['BL401', 'refusal', 'signed_out'],
  ['BL403', 'refusal', 'not_permitted'],
  ['BL404', 'refusal', 'gone'],
  ['42501', 'refusal', 'not_permitted'],
  ['23505', 'refusal', 'exists'],
  ['23514', 'refusal', 'not_accepted'],
  ['22P02', 'refusal', 'malformed'],
  ['54001', 'refusal', 'malformed'],
  ['PGRST301', 'refusal', 'signed_out'],
  ['40001', 'weather', 'server_busy'],
  ['40P01', 'weather', 'server_busy'],
  ['55P03', 'weather', 'server_busy'],
  ['53300', 'weather', 'server_busy'],
  ['57014', 'weather', 'server_busy'],
  ['PGRST202', 'weather', 'server_not_ready'],
  ['XX000', 'bug', 'unexpected'],
  ['42P01', 'bug', 'unexpected'],
])('SQLSTATE %s is a %s: %s', (code, kind, word) => {
  expect(failureOf(400, { code, message: 'Something happened.' })).toMatchObject({ kind, code: word });
});

test.each([
  [401, 'refusal', 'signed_out'],
  [403, 'refusal', 'not_permitted'],
  [413, 'refusal', 'too_large'],
  [404, 'weather', 'server_busy'],
  [429, 'weather', 'server_busy'],
  [500, 'weather', 'server_busy'],
  [503, 'weather', 'server_busy'],
])('without a SQLSTATE, HTTP %i is %s', (status, kind, word) => {
  expect(failureOf(status, {})).toMatchObject({ kind, code: word });
});

test('a rule of the domain names itself, whatever sentence comes with other refusals', () => {
  expect(refusalCode('BL422', 'missing_receipts')).toBe('missing_receipts');
  expect(refusalCode('BL403', 'owner_only')).toBe('owner_only');
  expect(refusalCode('BL422', 'Not like this.')).toBe('not_accepted');
  expect(refusalCode('23505', 'duplicate_key')).toBe('exists');
});
