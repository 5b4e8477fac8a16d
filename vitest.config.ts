import { defineConfig } from 'vitest/config';
import { iconSprite } from './sw/icon-sprite.ts';

const project = (name: string, include: string[], more: object = {}) => ({
  extends: true as const,
  test: { name, include, ...more },
});

/** Four suites: `unit` beside the files, `storm` for sync, `database` for pgTAP, `conformance` for the stack. */
export default defineConfig({
  plugins: [iconSprite()],
  test: {
    maxWorkers: 2,
    projects: [
      project(
        'unit',
        ['app/**/*.test.ts', 'functions/**/*.test.ts', 'supabase/{scripts,local/*}/**/*.test.ts', 'bench/**/*.test.ts'],
        {
          exclude: ['app/sync/sim/**', 'app/e2e/**', 'supabase/local/conformance/**', '**/node_modules/**'],
        },
      ),
      project('storm', ['app/sync/sim/**/*.test.ts'], { testTimeout: 180_000, hookTimeout: 120_000 }),
      project('database', ['supabase/tests/**/*.test.ts'], { testTimeout: 60_000, hookTimeout: 120_000 }),
      project('conformance', ['supabase/local/conformance/**/*.test.ts'], {
        testTimeout: 30_000,
        hookTimeout: 60_000,
        fileParallelism: false,
      }),
    ],
  },
});
