import { defineConfig } from 'playwright/test';

/** Journeys in a real browser against the built app and the embedded stack; one worker, because they share one season. */
export default defineConfig({
  testDir: 'app/e2e',
  testMatch: '*.journey.ts',
  outputDir: 'test-results',
  globalSetup: './app/e2e/stack.ts',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/journeys.json' }]],
});
