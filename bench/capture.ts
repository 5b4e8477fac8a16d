import { createServer, type Server } from 'node:http';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from 'playwright';
import { build } from 'vite';
import { photoOfReceipt } from '../app/e2e/photos.ts';
import { percentile } from './figures.ts';
import { conclude, type BenchOptions } from './record.ts';
import { median, type Goal, type Line } from './table.ts';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** What a receipt of 12 megapixels costs from its file to its kept bytes, and how often the camera looks, in a real browser. */
export async function bench(options: BenchOptions): Promise<boolean> {
  const pages = mkdtempSync(join(tmpdir(), 'bench-capture-'));
  await buildPages(pages);
  const server = await serve(pages);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => 'capture' in window);
    return conclude('capture', await measured(page, options.quick ? 3 : 9), options);
  } finally {
    await browser.close();
    server.close();
    rmSync(pages, { recursive: true, force: true });
  }
}

const atMost = (most: number): Goal => ({ than: 'nothing', most });
const line = (name: string, unit: string, figures: Line['figures'], ...goals: Goal[]): Line => ({
  name,
  unit,
  figures,
  goals,
});

async function measured(page: Page, runs: number): Promise<Line[]> {
  const { buffer } = await photoOfReceipt(page, 'Bench', '12.00');
  await page.evaluate((base64) => window.capture.load(base64), buffer.toString('base64'));
  const cold = await page.evaluate(() => window.capture.prepare());
  if (!cold.cut) throw new Error('the receipt of the bench was not found, so nothing would be measured');
  const warm: number[] = [];
  const least: number[] = [];
  const looks: number[] = [];
  const edits: { open: number; preview: number }[] = [];
  for (let run = 0; run < runs; run++) {
    warm.push((await page.evaluate(() => window.capture.prepare())).ms);
    least.push(await page.evaluate(() => window.capture.least()));
    edits.push(await page.evaluate(() => window.capture.edit()));
    for (let frame = 0; frame < 5; frame++) looks.push(await page.evaluate(() => window.capture.look()));
  }
  console.log(`  the kept receipt has ${Math.round(cold.bytes / 1024)} KB`);
  return [
    line('12 megapixels, first photo', 'ms', { ours: cold.ms }, atMost(3_000)),
    line('12 megapixels, every further photo', 'ms', { ours: median(warm), limit: median(least) }, atMost(3_000)),
    line(
      'one look at a frame, p95',
      'ms',
      {
        ours: percentile(
          looks.toSorted((a, b) => a - b),
          0.95,
        ),
      },
      atMost(125),
    ),
    line('one look at a frame', 'ms', { ours: median(looks) }, atMost(60)),
    line('editor of corners, opened', 'ms', { ours: median(edits.map(({ open }) => open)) }, atMost(1_000)),
    line('editor of corners, preview', 'ms', { ours: median(edits.map(({ preview }) => preview)) }, atMost(200)),
  ];
}

const buildPages = (outDir: string) =>
  build({
    configFile: false,
    root: fileURLToPath(new URL('./capture', import.meta.url)),
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 3_000 },
  });

/** Serves the built page; only `localhost` is a secure context, without which there is no fingerprint. */
async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = join(folder, request.url === '/' ? 'index.html' : new URL(request.url!, 'http://localhost').pathname);
    const isThere = existsSync(path);
    response.writeHead(isThere ? 200 : 404, { 'content-type': types[extname(path)] ?? 'application/octet-stream' });
    response.end(isThere ? readFileSync(path) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return server;
}
