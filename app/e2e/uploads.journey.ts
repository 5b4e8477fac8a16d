import type { Page } from 'playwright/test';
import { fillClaim, sendForm } from './claims.ts';
import { countOf } from './database.ts';
import { expect, test } from './devices.ts';
import { heldFiles, thinLine, watchPieces } from './files.ts';
import { account, signIn } from './people.ts';
import { noisePhoto } from './photos.ts';

const badge = (page: Page) => page.locator('sync-badge').filter({ visible: true }).getByRole('button').first();

/** How much of the photo the badge says is sent. */
const percent = async (page: Page): Promise<number> =>
  Number(/(\d+) %/.exec((await badge(page).textContent()) ?? '')?.[1] ?? 0);

/** Makes a claim with a photo that stays large, with no signal. */
async function claimOffline(page: Page, merchant: string): Promise<void> {
  await page.goto('/expenses/new');
  await page.locator('input[type=file]').first().setInputFiles(noisePhoto(2_200, 'scan.png'));
  await expect(page.getByRole('button', { name: 'Open photo 1' })).toBeVisible({ timeout: 30_000 });
  await fillClaim(page, { merchant, amount: '31.00' });
  await sendForm(page);
}

test('S40: a large photo cut in the middle by a crash continues where it was and is one whole object', async ({
  phone,
}) => {
  const merchant = 'Hotel am Hafen';
  const page = await phone.open('/');
  await signIn(page, account(/artist, drums/));
  await phone.offline(true);
  await claimOffline(page, merchant);

  await test.step('it begins on a thin line, and the badge tells how far it is', async () => {
    await phone.offline(false);
    await thinLine(phone, page, 400_000);
    await expect.poll(() => percent(page), { timeout: 30_000 }).toBeGreaterThan(40);
  });

  await test.step('the signal goes and the browser dies', async () => {
    await phone.offline(true);
    const again = await phone.crash('/expenses');
    await expect(badge(again)).toContainText('Saved on this device');
  });

  await test.step('it continues at the offset the server has, and no byte travels twice', async () => {
    const pieces = watchPieces(phone);
    await phone.offline(false);
    await expect(badge(phone.page)).toContainText('All saved', { timeout: 30_000 });
    const files = await heldFiles(merchant);
    expect(files).toHaveLength(2);
    for (const { sha256, promised_sha256, has_arrived } of files) {
      expect(sha256).toBe(promised_sha256);
      expect(has_arrived).toBe(true);
    }
    expect(pieces[0]).toBeGreaterThan(500_000);
    expect(pieces).toEqual([...new Set(pieces)].toSorted((a, b) => a - b));
  });
});

test('S43: photos are paused, continue, and wait for Wi-Fi when asked; claims go meanwhile', async ({ phone }) => {
  const merchant = 'Autohof Süd';
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
