import { describe, expect, test } from 'vitest';
import { cacheRules, ruleFor } from '../../sw/routes.ts';

const rule = (path: string, mode = 'cors', method = 'GET') =>
  ruleFor(new URL(path, 'https://portal.example'), { mode, method })?.name;

describe('the cache table of the service worker', () => {
  test.each(['/auth/v1/token', '/rest/v1/rpc/sync_pull', '/storage/v1/object/receipts/a.jpg', '/functions/v1/health'])(
    '%s is never kept: rows and files live in the local database',
    (path) => expect(rule(path)).toBe('services'),
  );

  test('every address of the app opens the kept page, also without signal', () => {
    expect(rule('/', 'navigate')).toBe('pages');
    expect(rule('/expenses/0f3a', 'navigate')).toBe('pages');
  });

  test('a link of the auth server and the mail catcher are not pages of the app', () => {
    expect(rule('/auth/v1/verify?token=x', 'navigate')).toBe('services');
    expect(rule('/mail', 'navigate')).toBe('services');
    expect(rule('/mailbox', 'navigate')).toBe('pages');
  });

  test('settings are asked anew and kept for the plane', () => {
    expect(rule('/config.json')).toBe('settings');
    expect(cacheRules.find(({ name }) => name === 'settings')?.strategy).toBe('network-first');
  });

  test('large tables are kept by the devices that ask for them', () => {
    expect(rule('/assets/cities-B3kd91.bin')).toBe('tables');
    expect(rule('/elsewhere/cities.bin')).toBeUndefined();
  });

  test('what opens HEIC and PDF is kept when it was fetched once; everything else of the build is precached', () => {
    for (const path of [
      'heic-worker-B1x_-2.js',
      'pdf-worker-Cz.js',
      'openjpeg-D3.wasm',
      'jbig2-x.wasm',
      'qcms_bg-y.wasm',
    ])
      expect(rule(`/assets/${path}`)).toBe('tools');
    expect(rule('/assets/photo-worker-abc.js')).toBeUndefined();
  });

  test('writes are never answered from a cache', () => {
    expect(rule('/config.json', 'cors', 'POST')).toBeUndefined();
  });

  test('every line says why', () => {
    for (const { why } of cacheRules) expect(why.length).toBeGreaterThan(20);
  });
});
