import type { Page } from 'playwright/test';
import { smallTargets, violations } from './axe.ts';
import { fillClaim, keptOnDevice, sendForm } from './claims.ts';
import { countOf } from './database.ts';
import { expect, test, unused } from './devices.ts';
import { heldFiles } from './files.ts';
import { openLine } from './line.ts';
import { account, signIn } from './people.ts';

const badge = (page: Page) => page.locator('sync-badge').filter({ visible: true }).getByRole('button').first();

/** How much of the photo the badge says is sent. */
const percent = async (page: Page): Promise<number> =>
  Number(/(\d+) %/.exec((await badge(page).textContent()) ?? '')?.[1] ?? 0);

/** Exchanges the bytes of the photo that waits for as many random ones, because no camera fills what the server takes; answers their SHA-256. */
async function enlarge(size: number): Promise<string> {
  const about = (await indexedDB.databases()).find(({ name }) => name?.startsWith('portal-') && name !== 'portal-auth');
  const data = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(data.subarray(at, Math.min(size, at + 65_536)));
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open(about!.name!);
    opening.onsuccess = () => {
      const step = opening.result.transaction(['files', 'bytes'], 'readwrite');
      step.oncomplete = () => resolve();
      step.onabort = () => reject(step.error!);
      const asked = step.objectStore('files').getAll();
      asked.onsuccess = () => {
        const photo = (asked.result as { path: string; state: string }[]).find(
          ({ path, state }) => state === 'waiting' && !path.includes('.thumb.'),
        );
        step.objectStore('files').put({ ...photo, size });
        step.objectStore('bytes').put({ path: photo!.path, data: data.buffer });
      };
      opening.result.close();
    };
  });
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const SIZE = 9_000_000;
const PIECE = 6 * 1024 * 1024;

test('S30: a large photo cut in the middle by a crash continues where it was and is one whole object', async ({
  phone,
}) => {
  const merchant = unused('Hotel am Hafen');
  const line = await openLine();
  const page = await phone.open(line.url);
  await signIn(page, account(/artist, drums/));
  await phone.offline(true);
  await page.goto(`${line.url}/expenses/new`);
  await fillClaim(page, { merchant, amount: '31.00' });
  await sendForm(page);
  const sha256 = await page.evaluate(enlarge, SIZE);

  await test.step('it begins on a thin line, and the badge tells how far it is', async () => {
    line.bytesPerSecond = 1_500_000;
    await phone.offline(false);
    await expect.poll(() => line.pieces[1]?.bytes ?? 0, { timeout: 30_000 }).toBeGreaterThan(800_000);
    expect(await percent(page)).toBeGreaterThan(60);
  });

  await test.step('the signal goes and the browser dies', async () => {
    line.bytesPerSecond = 1_000; // the rest must not slip through while the browser takes its time to die
    await phone.offline(true);
    const again = await phone.crash(`${line.url}/expenses`);
    await expect(badge(again)).toContainText('Saved on this device');
    await badge(again).click();
    await expect(again.getByText(/\d+ % sent, continues from there/)).toBeVisible();
  });

  await test.step('it continues at the offset the server has, as one object with the right bytes', async () => {
    line.bytesPerSecond = Infinity;
    await phone.offline(false);
    await expect(badge(phone.page)).toContainText('All saved', { timeout: 30_000 });
    expect(await heldFiles(merchant)).toMatchObject([{ sha256, size: SIZE, has_arrived: true }]);
    const [first, second, third] = line.pieces;
    expect([first!.offset, second!.offset, line.pieces.length]).toEqual([0, PIECE, 3]);
    expect(third!.offset).toBeGreaterThan(PIECE);
    const carried = line.pieces.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(carried - SIZE).toBeLessThan(PIECE / 4); // what was between the line and the disk when the browser died
  });
  await line.close();
});

test('S33: photos are paused, continue, and wait for Wi-Fi when asked; claims go meanwhile', async ({ phone }) => {
  const merchant = unused('Autohof Süd');
  let page = await phone.open('/');
  await signIn(page, account(/artist, drums/));
  await page.goto('/account');
  await expect(page.getByRole('switch', { name: 'Send photos only on Wi-Fi' })).toBeDisabled();
  await expect(page.getByText('This browser does not say whether you are on Wi-Fi')).toBeVisible();

  await test.step('a browser that names its line lets the person ask', async () => {
    await phone.context.addInitScript(() => {
      const line = Object.assign(new EventTarget(), { type: 'cellular', saveData: false });
      Object.defineProperty(navigator, 'connection', { value: line });
      Object.assign(window, { line });
    });
    await page.reload();
    await page.getByRole('switch', { name: 'Send photos only on Wi-Fi' }).check();
    expect(await violations(page)).toEqual([]);
    await keptOnDevice(page, '"wifi_only":true');
    await page.goto('/expenses/new');
    await fillClaim(page, { merchant, amount: '12.40' });
    await sendForm(page);
  });

  await test.step('the claim goes, the photo says what it waits for', async () => {
    const claims = () => countOf('select count(*) from public.expenses where merchant = $1', merchant);
    await expect.poll(claims).toBe(1);
    expect(await heldFiles(merchant)).toEqual([]);
    await badge(page).click();
    await expect(page.getByText('You asked to send photos only on Wi-Fi.')).toBeVisible();
    await expect(page.getByText(/Waiting for Wi-Fi/)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    expect(await smallTargets(page)).toEqual([]);
  });

  await test.step('paused by hand and resumed, it still waits; on Wi-Fi it goes', async () => {
    await page.getByRole('button', { name: 'Pause all' }).click();
    await expect(page.getByText('Photos are paused on this device.')).toBeVisible();
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect(page.getByRole('button', { name: 'Send now anyway' })).toBeVisible();
    await page.evaluate(() => {
      const { line } = window as unknown as { line: EventTarget & { type: string } };
      line.type = 'wifi';
      line.dispatchEvent(new Event('change'));
    });
    await expect.poll(async () => (await heldFiles(merchant)).map((file) => file.has_arrived)).toEqual([true]);
  });

  await test.step('on mobile data again, "send now anyway" sends this once', async () => {
    await page.reload();
    page = phone.page;
    await page.goto('/expenses/new');
    await fillClaim(page, { merchant, amount: '8.00' });
    await sendForm(page);
    await badge(page).click();
    await page.getByRole('button', { name: 'Send now anyway' }).click();
    await expect.poll(async () => (await heldFiles(merchant)).length).toBe(2);
  });
});
