import { expect, it } from 'vitest';
import { hex, sha256 } from './digest.ts';

it('writes every byte with two digits', () => {
  expect(hex(Uint8Array.of(0, 1, 15, 16, 255))).toBe('00010f10ff');
});

it('gives the digest of the FIPS 180-4 example, as text and as bytes', async () => {
  const wanted = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(await sha256('abc')).toBe(wanted);
  expect(await sha256(new TextEncoder().encode('abc'))).toBe(wanted);
});
