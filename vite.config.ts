import { defineConfig } from 'vite';
import { READING_FOLDER } from './app/features/expenses/reading/engine-files.ts';
import { flushTemplates, hostedConfig, leanAuth, serviceWorker } from './sw/build.ts';
import { iconSprite } from './sw/icon-sprite.ts';
import { readingEngine } from './sw/reading.ts';

/** One command builds everything: the app, its settings when hosted, then the service worker and the table of sizes. */
export default defineConfig({
  publicDir: 'app/public',
  plugins: [iconSprite(), flushTemplates(), leanAuth(), hostedConfig(), readingEngine(READING_FOLDER), serviceWorker()],
  build: {
    target: 'es2022',
    cssTarget: ['chrome111', 'safari16.4', 'firefox115'],
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 300,
  },
  worker: { format: 'es' },
  server: { port: 5173, proxy: proxyToStack() },
});

/** `npm run dev` serves the screens; the embedded stack on its usual port answers everything else. */
function proxyToStack(): Record<string, { target: string; ws?: boolean }> {
  const target = process.env['PORTAL_STACK'] ?? 'http://localhost:54321';
  const paths = ['/auth/v1', '/rest/v1', '/storage/v1', '/functions/v1', '/mail', '/sandbox', '/config.json'];
  const plain = Object.fromEntries(paths.map((path) => [path, { target }]));
  return { ...plain, '/realtime/v1': { target, ws: true } };
}
