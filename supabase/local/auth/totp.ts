import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Writes bytes in base 32, the form authenticator apps take. */
export const base32 = (bytes: Uint8Array): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[parseInt(five.padEnd(5, '0'), 2)]).join('');
};

const fromBase32 = (secret: string): Buffer => {
  const bits = secret
    .split('')
    .map((char) => alphabet.indexOf(char).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
};

/** Makes a secret of 160 bits. */
export const newSecret = (): string => base32(randomBytes(20));

/** The six digits an authenticator app shows at a time (RFC 6238, SHA-1, 30 seconds). */
export function totpCode(secret: string, at: Date): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const value = mac.readUInt32BE(mac[19]! & 15) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, '0');
}

/** Whether a code is right now, or was or will be within one step of 30 seconds. */
export const totpMatches = (secret: string, code: string, at: Date): boolean =>
  [-30_000, 0, 30_000].some((shift) => {
    const expected = totpCode(secret, new Date(at.getTime() + shift));
    return code.length === expected.length && timingSafeEqual(Buffer.from(code), Buffer.from(expected));
  });
