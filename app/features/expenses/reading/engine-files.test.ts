import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { READING_FOLDER, coreFor } from './engine-files.ts';

it('the address of the engine names the version that is installed, so that no device keeps an older one', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
  expect(READING_FOLDER).toBe(`/assets/reading-${dependencies['tesseract.js']}`);
});

it.each([
  [false, false, 'tesseract-core-lstm.wasm.js'],
  [true, false, 'tesseract-core-simd-lstm.wasm.js'],
  [true, true, 'tesseract-core-relaxedsimd-lstm.wasm.js'],
])('a processor with simd %s and relaxed simd %s gets %s', (simd, relaxed, file) => {
  expect(coreFor(simd, relaxed)).toBe(`${READING_FOLDER}/${file}`);
});
