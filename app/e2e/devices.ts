import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, chromium, type BrowserContext, type Page } from 'playwright/test';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const QUIET = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A phone or a desk: a browser profile of its own on disk, so that closing and reopening it is real. */
export class Device {
  readonly #profile = mkdtempSync(join(tmpdir(), 'device-'));
  readonly #posture: Posture;
  /** What the camera sees, as the path of a film, or that nobody may use it; without it the device has none. */
  camera: { readonly film: string } | 'denied' | undefined;
  #context: BrowserContext | undefined;
  #offline = false;

  constructor(posture: Posture) {
    this.#posture = posture;
  }

  get isPhone(): boolean {
    return this.#posture === 'phone';
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('the browser is closed');
    return this.#context;
  }

  /** The first tab. */
  get page(): Page {
    return this.context.pages()[0]!;
  }

  /** Opens the browser on this device's profile; what it stored before is still there. */
  async open(path = '/'): Promise<Page> {
    this.#context = await chromium.launchPersistentContext(this.#profile, {
      executablePath: CHROMIUM,
      args: [...QUIET, ...cameraFlags(this.camera)],
      baseURL: process.env['JOURNEY_URL']!,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      permissions: ['background-sync'],
      ...postures[this.#posture],
    });
    this.#context.setDefaultTimeout(15_000);
    await this.#context.setOffline(this.#offline);
    await this.page.goto(path);
    return this.page;
  }

  /** Opens another tab of the same browser. */
  async tab(path: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(path);
    return page;
  }

  /** Takes the network away, or gives it back; survives closing the browser. */
  async offline(offline: boolean): Promise<void> {
    this.#offline = offline;
    await this.#context?.setOffline(offline);
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }

  /** Kills the whole browser without warning, as a phone out of memory does, then opens it again. */
  async crash(path = '/'): Promise<Page> {
    const died = new Promise((resolve) => this.context.once('close', resolve));
    const session = await this.context.newCDPSession(this.page);
    void session.send('Browser.crash').catch(() => undefined);
    await died;
    return this.open(path);
  }

  async discard(): Promise<void> {
    await this.close();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Chromium's camera that is a film; with its own dialogue it would ask, and nobody would answer. */
function cameraFlags(camera: Device['camera']): string[] {
  if (!camera) return [];
  const asked = camera === 'denied' ? '--deny-permission-prompts' : '--use-fake-ui-for-media-stream';
  const film = camera === 'denied' ? [] : [`--use-file-for-fake-video-capture=${camera.film}`];
  return ['--use-fake-device-for-media-stream', asked, ...film];
}

type Posture = 'phone' | 'desk';

const postures = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  desk: { viewport: { width: 1440, height: 900 } },
} as const;

/** Journeys ask for the devices they need, up to two phones and two desks; all are discarded afterwards. */
export const test = base.extend<{ phone: Device; desk: Device; otherPhone: Device; otherDesk: Device }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to know what a fixture needs
  phone: async ({}, use) => provide('phone', use),
  // oxlint-disable-next-line no-empty-pattern -- as above
  otherPhone: async ({}, use) => provide('phone', use),
  // oxlint-disable-next-line no-empty-pattern -- as above
  desk: async ({}, use) => provide('desk', use),
  // oxlint-disable-next-line no-empty-pattern -- as above
  otherDesk: async ({}, use) => provide('desk', use),
});

async function provide(posture: Posture, use: (device: Device) => Promise<void>): Promise<void> {
  if (!existsSync(CHROMIUM)) throw new Error(`No browser at ${CHROMIUM}: install chromium or set CHROMIUM_PATH.`);
  const device = new Device(posture);
  await use(device);
  await device.discard();
}

/** This name, or one like it when the journey is tried again: the season keeps what the first attempt left in it. */
export const unused = (name: string): string => (test.info().retry ? `${name} ${test.info().retry + 1}` : name);

export { expect } from 'playwright/test';
