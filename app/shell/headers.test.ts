import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Rule {
  readonly source: string;
  readonly headers: readonly { key: string; value: string }[];
}

const { headers: rules, rewrites } = JSON.parse(readFileSync('vercel.json', 'utf8')) as {
  headers: readonly Rule[];
  rewrites: readonly { source: string }[];
};

const headersOf = (path: string): Record<string, string> =>
  Object.fromEntries(
    rules
      .filter(({ source }) => new RegExp(`^${source}$`).test(path))
      .flatMap(({ headers }) => headers.map(({ key, value }) => [key.toLowerCase(), value] as const)),
  );

describe('what every answer carries', () => {
  const { 'content-security-policy': policy = '', ...others } = headersOf('/expenses/new');
  const directives = new Map(policy.split('; ').map((part) => [part.split(' ')[0]!, part.split(' ').slice(1)]));

  test('no script, style or frame comes from anywhere else, and none from a string', () => {
    expect(directives.get('default-src')).toEqual(["'self'"]);
    expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(directives.get('style-src')).toEqual(["'self'"]);
    expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
    expect(directives.get('object-src')).toEqual(["'none'"]);
    expect(directives.get('base-uri')).toEqual(["'self'"]);
    expect(directives.get('form-action')).toEqual(["'self'"]);
    expect(directives.get('require-trusted-types-for')).toEqual(["'script'"]);
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain('unsafe-eval ');
  });

  test('the connection is kept secure, unframed, unsniffed, and only the camera may be asked for', () => {
    expect(others['strict-transport-security']).toBe('max-age=63072000; includeSubDomains; preload');
    expect(others['x-frame-options']).toBe('DENY');
    expect(others['x-content-type-options']).toBe('nosniff');
    expect(others['referrer-policy']).toBe('strict-origin-when-cross-origin');
    expect(others['cross-origin-opener-policy']).toBe('same-origin');
    const granted = others['permissions-policy']!.split(', ').filter((rule) => !rule.endsWith('=()'));
    expect(granted).toEqual(['camera=(self)']);
  });

  test('hashed files are kept for a year; the page, its settings and its worker are asked for again', () => {
    expect(headersOf('/assets/index-Bwf.js')['cache-control']).toContain('immutable');
    for (const path of ['/', '/index.html', '/sw.js', '/config.json', '/expenses'])
      expect(headersOf(path)['cache-control']).toBe('no-cache');
  });

  test('a missing chunk is missing, never the page under a false name', () => {
    const isPage = (path: string) => rewrites.some(({ source }) => new RegExp(`^${source}$`).test(path));
    expect(isPage('/expenses/new')).toBe(true);
    for (const path of ['/assets/gone.js', '/sw.js', '/config.json']) expect(isPage(path)).toBe(false);
  });
});
