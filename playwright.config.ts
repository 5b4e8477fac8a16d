import { defineConfig } from 'playwright/test';

const results = process.env['JOURNEY_PORT'] ? `test-results/${process.env['JOURNEY_PORT']}` : 'test-results';

/** Journeys in a real browser against the built app and the embedded stack; one worker, because they share one season. */
export default defineConfig({
  testDir: 'app/e2e',
  testMatch: '*.journey.ts',
  outputDir: results,
  globalSetup: './app/e2e/stack.ts',
  workers: 1,
  retries: 1, // .ci/test.mjs names every journey that needed its second attempt, and what it saw at the first
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: `${results}/journeys.json` }]],
});
