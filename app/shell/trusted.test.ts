import { describe, expect, test } from 'vitest';
import { ownScript } from './trusted.ts';

const HERE = 'https://portal.example';

describe('what may run in a worker', () => {
  test('the service worker and the chunks of this build may', () => {
    expect(ownScript('/sw.js', HERE)).toBe('/sw.js');
    expect(ownScript(`${HERE}/assets/photo-worker-Dx4kXJAl.js`, HERE)).toContain('photo-worker');
  });

  test.each([
    'https://elsewhere.example/sw.js',
    'data:text/javascript,alert(1)',
    '/storage/v1/object/a.js',
    '/assets/../x.js',
  ])('%s may not', (address) => {
    expect(() => ownScript(address, HERE)).toThrow(TypeError);
  });
});
