import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--ignore-certificate-errors',
];
const TICKS_PER_SECOND = 100;

/** A browser profile on disk that can be closed and opened again, and what its renderer costs. */
export class Browser {
  readonly #profile = mkdtempSync(join(tmpdir(), 'bench-profile-'));
  #context: BrowserContext | undefined;
  #session: CDPSession | undefined;
  #whole: CDPSession | undefined;

  get page(): Page {
    return this.#context!.pages()[0]!;
  }

  /** Opens the browser on its profile and this page. */
  async open(url: string): Promise<Page> {
    const context = await chromium.launchPersistentContext(this.#profile, { executablePath: CHROMIUM, args: FLAGS });
    this.#context = context;
    context.setDefaultTimeout(120_000);
    this.#session = await context.newCDPSession(this.page);
    this.#whole = await context.browser()!.newBrowserCDPSession();
    await this.page.goto(url);
    await this.page.waitForFunction(() => 'bench' in window);
    return this.page;
  }

  /** Used JavaScript heap of the page's own thread, in bytes. */
  async heap(): Promise<number> {
    await this.#session!.send('Performance.enable');
    const { metrics } = await this.#session!.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'JSHeapUsedSize')!.value;
  }

  /** The most memory the renderer ever had, workers included, in bytes. */
  async peakRss(): Promise<number> {
    const pid = await this.#renderer();
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(peak![1]) * 1024;
  }

  /** Processor time of the renderer so far, workers included, in milliseconds. */
  async cpu(): Promise<number> {
    const fields = readFileSync(`/proc/${await this.#renderer()}/stat`, 'utf8')
      .split(') ')[1]!
      .split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
  }

  /** Chromium keeps a spare renderer at hand; the page's is the one that has worked most. */
  async #renderer(): Promise<number> {
    const { processInfo } = await this.#whole!.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').sort((a, b) => b.cpuTime - a.cpuTime)[0]!.id;
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }

  async discard(): Promise<void> {
    await this.close();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
