import { createServer, type Server } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from 'playwright';
import { build } from 'vite';
import { READING_FOLDER } from '../../app/features/expenses/reading/engine-files.ts';
import { readingEngine } from '../../sw/reading.ts';
import type { OcrBench } from './main.ts';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** A browser with the page that reads receipts, built as the app is. */
export interface OcrStage {
  readonly page: Page;
  close(): Promise<void>;
}

/** Builds the page, serves it, and opens it. */
export async function openOcrStage(): Promise<OcrStage> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-ocr-'));
  await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'error',
    worker: { format: 'es' },
    plugins: [readingEngine(READING_FOLDER)],
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
  });
  const server = await serve(folder);
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/index.html`);
  await page.waitForFunction(() => 'ocrBench' in window);
  return {
    page,
    close: async () => {
      await browser.close();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const serve = (folder: string): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer((request, response) => {
      const file = join(folder, normalize(new URL(request.url!, 'http://here').pathname));
      try {
        response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
        response.end(readFileSync(file));
      } catch {
        response.writeHead(404).end();
      }
    });
    server.listen(0, () => resolve(server));
  });

declare global {
  interface Window {
    ocrBench: OcrBench;
  }
}
