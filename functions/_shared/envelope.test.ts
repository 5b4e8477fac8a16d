import { expect, test } from 'vitest';
import { base64, bytesOf, open, readKeyring, seal } from './envelope.ts';

const key = (letter: string) => base64(new TextEncoder().encode(letter.repeat(32)));
const old = `old:${key('o')}`;
const both = `new:${key('n')},${old}`;

test('what is sealed is opened in its place, and looks different each time', async () => {
  const ring = await readKeyring(old);
  const [one, two] = await Promise.all([seal(ring, 'a/xero', { token: 'ü' }), seal(ring, 'a/xero', { token: 'ü' })]);
  expect(await open(ring, 'a/xero', one)).toEqual({ token: 'ü' });
  expect(one.sealed).not.toBe(two.sealed);
  expect(one.wrapped_key).not.toBe(two.wrapped_key);
});

test('it is shut in another place, and when one bit was altered', async () => {
  const ring = await readKeyring(old);
  const envelope = await seal(ring, 'a/xero', 'secret');
  await expect(open(ring, 'b/xero', envelope)).rejects.toThrow();
  for (const part of ['sealed', 'wrapped_key'] as const) {
    const bytes = bytesOf(envelope[part]);
    bytes[20]! ^= 1;
    await expect(open(ring, 'a/xero', { ...envelope, [part]: base64(bytes) })).rejects.toThrow();
  }
});

test('a new key in front seals what comes, the old one still opens what was', async () => {
  const before = await seal(await readKeyring(old), 'p', 1);
  const ring = await readKeyring(both);
  expect(await open(ring, 'p', before)).toBe(1);
  expect((await seal(ring, 'p', 1)).key_id).toBe('new');
  await expect(open(await readKeyring(`new:${key('n')}`), 'p', before)).rejects.toThrow('lacks the key "old"');
});

test.each([undefined, '', 'nonsense', 'short:YWJj'])('%j is no ring of keys', (text) =>
  expect(readKeyring(text)).rejects.toThrow('CREDENTIALS_KEYS'),
);
