import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { durationSeconds, rulesOf } from './config.ts';
import type { Auth, Call } from './context.ts';
import { redirectTarget } from './links.ts';
import { qrCells, qrSvg } from './qr.ts';
import { writeMail } from './templates.ts';
import { base32, totpCode, totpMatches } from './totp.ts';

describe('durations', () => {
  test.each([
    ['1h30m', 5400],
    ['720h', 2_592_000],
    ['1m0s', 60],
    ['0s', 0],
    ['', 0],
  ])('%s is %i seconds', (text, seconds) => expect(durationSeconds(text)).toBe(seconds));
});

describe('codes of an authenticator app', () => {
  // RFC 6238, appendix B, cut to six digits.
  const secret = base32(Buffer.from('12345678901234567890'));
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [2_000_000_000, '279037'],
  ])('at second %i', (second, code) => expect(totpCode(secret, new Date(second * 1000))).toBe(code));

  test('one step early or late is accepted, two are not', () => {
    const at = new Date(1_111_111_109_000);
    const shifted = (seconds: number) => new Date(at.getTime() + seconds * 1000);
    expect(totpMatches(secret, '081804', shifted(30))).toBe(true);
    expect(totpMatches(secret, '081804', shifted(-30))).toBe(true);
    expect(totpMatches(secret, '081804', shifted(90))).toBe(false);
  });
});

describe('QR codes', () => {
  // Fingerprints of codes that an independent reader has read back.
  test.each([
    ['otpauth://totp/a', 25, 'e79fedf8d4333aba'],
    [
      `otpauth://totp/localhost:ada@example.com?algorithm=SHA1&digits=6&issuer=localhost&period=30&secret=${'A'.repeat(32)}`,
      49,
      '238dbfb3492afa6d',
    ],
  ])('%s', (text, side, print) => {
    const cells = qrCells(text);
    expect(cells).toHaveLength(side);
    const rows = cells.map((row) => row.map(Number).join('')).join('');
    expect(createHash('sha256').update(rows).digest('hex').slice(0, 16)).toBe(print);
  });

  test('drawn with a quiet zone of four cells', () => {
    expect(qrSvg('a')).toMatch(/^<svg [^>]*viewBox="0 0 29 29"/);
    expect(qrSvg('a')).toContain('M4 4h1v1h-1z');
  });

  test('what does not fit is refused', () => {
    expect(qrCells('x'.repeat(666)).length).toBe(97);
    expect(() => qrCells('x'.repeat(667))).toThrow(RangeError);
  });
});

describe('where a link may lead', () => {
  const auth = {
    siteUrl: 'https://portal.example',
    rules: rulesOf({ additional_redirect_urls: ['https://*.preview.example/**', 'http://localhost:5173/in'] }),
  } as unknown as Auth;
  const target = (wish: string) =>
    redirectTarget({
      auth,
      request: new Request('https://portal.example/auth/v1/otp'),
      url: new URL(`https://portal.example/auth/v1/otp?redirect_to=${encodeURIComponent(wish)}`),
      ip: '',
      body: {},
    } as Call);

  test.each([
    ['https://portal.example/inbox?x=1', true],
    ['https://pr-7.preview.example/a/b', true],
    ['http://localhost:5173/in?from=mail', true],
    ['http://localhost:5173/other', false],
    ['https://evil.example/', false],
    ['https://portal.example.evil.example/', false],
    ['javascript:alert(1)', false],
    ['//evil.example', false],
  ])('%s: %s', (wish, allowed) => expect(target(wish)).toBe(allowed ? wish : 'https://portal.example'));
});

describe('mails', () => {
  test('carry the code, the link and how long they work', () => {
    const mail = writeMail(
      'magiclink',
      'a@b.example',
      '123456',
      'https://x.example/verify?token=a&type=magiclink',
      600,
    );
    expect(mail.subject).toBe('Your sign-in link');
    expect(mail.text).toContain('https://x.example/verify?token=a&type=magiclink');
    expect(mail.text).toContain('123456');
    expect(mail.text).toContain('10 minutes');
    expect(mail.html).toContain('href="https://x.example/verify?token=a&#38;type=magiclink"');
  });

  test('a proof of presence has a code and no link', () => {
    expect(writeMail('reauthentication', 'a@b.example', '123456', '', 600).html).not.toContain('<a ');
  });
});
