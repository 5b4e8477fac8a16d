import type { Page } from 'playwright/test';
import { smallTargets, violations } from './axe.ts';
import { claimOf } from './claims.ts';
import { expect, test } from './devices.ts';
import { account, signIn } from './people.ts';

const merchant = 'Gasthof Adlerhorst';

test('a receipt photographed with no signal fills the claim, and the approver sees what the photo says', async ({
  phone,
  desk,
}) => {
  test.setTimeout(180_000);
  const artist = await phone.open('/');
  await signIn(artist, account(/artist, drums/));

  await test.step('the reader is fetched by itself while there is signal', async () => {
    await expect.poll(() => artist.evaluate(keptFiles), { timeout: 60_000, intervals: [1_000] }).toBe(3);
  });

  await test.step('with no signal the photo fills what nobody typed in', async () => {
    await phone.offline(true);
    await artist.goto('/expenses/new');
    await artist.getByLabel('Merchant', { exact: true }).fill('Lunch at the Adler');
    await photograph(artist, 'adler.jpg', { merchant, total: '42,10', date: '03.05.2026' });
    await expect(artist.getByText('Reading the receipt')).toBeVisible();
    await expect(artist.getByLabel('Amount', { exact: true })).toHaveValue('42.10', { timeout: 60_000 });
    await expect(artist.getByLabel('Date', { exact: true })).toHaveValue('2026-05-03');
    await expect(artist.getByText('Read from the photo').first()).toBeVisible();
    await usableByEverybody(artist);
  });

  await test.step('what was typed stays, and the photo only offers its own', async () => {
    await expect(artist.getByLabel('Merchant', { exact: true })).toHaveValue('Lunch at the Adler');
    await expect(artist.getByText(`The photo says ${merchant}`)).toBeVisible();
    await artist.getByRole('button', { name: 'Use it: the merchant from the photo' }).click();
    await expect(artist.getByLabel('Merchant', { exact: true })).toHaveValue(merchant);
  });

  await test.step('a touch shows the place on the photo', async () => {
    await artist.getByRole('button', { name: 'See where the amount stands on the photo' }).click();
    const picture = artist.getByRole('img', { name: /marked where it says €42\.10/ });
    await expect(picture).toBeVisible();
    const [mark, photo] = await Promise.all([picture.locator('rect').boundingBox(), picture.boundingBox()]);
    expect(mark!.width).toBeGreaterThan(10);
    expect(mark!.x).toBeGreaterThan(photo!.x + photo!.width / 2); // sums stand at the right
    await usableByEverybody(artist);
    await artist.getByRole('button', { name: 'Close', exact: true }).click();
  });

  await test.step('one touch clears, one restores', async () => {
    await artist.getByRole('button', { name: 'Clear the amount' }).click();
    await expect(artist.getByLabel('Amount', { exact: true })).toHaveValue('');
    await artist.getByRole('button', { name: 'Use it: the amount from the photo' }).click();
    await expect(artist.getByLabel('Amount', { exact: true })).toHaveValue('42.10');
  });

  await test.step('the reading survives a reload, and a later edit wins', async () => {
    await expect(artist.getByText('Saved on this device')).toBeVisible();
    await artist.reload();
    await expect(artist.getByText('Read from the photo').first()).toBeVisible();
    await artist.getByLabel('Amount', { exact: true }).fill('52.10');
    await expect(artist.getByText('The photo says €42.10')).toBeVisible();
  });

  await test.step('it is submitted with no signal', async () => {
    await artist.getByRole('radio', { name: 'Fuel and tolls', exact: true }).check();
    await artist.getByLabel('What was it for?').fill('Lunch after the load-in');
    await artist.getByRole('button', { name: 'Submit', exact: true }).click();
    await expect(artist.getByText('It leaves this device when there is signal.')).toBeVisible();
    await artist.goto('/expenses');
    await claimOf(artist, merchant).click();
    await expect(artist.getByText('The photo says €42.10')).toBeVisible();
  });

  await test.step('the approver reads what the photo says beside what is claimed', async () => {
    await phone.offline(false);
    const admin = await desk.open('/');
    await signIn(admin, account(/finance/i));
    await admin.goto('/approvals');
    await admin.getByText(merchant).first().click({ timeout: 60_000 });
    await expect(admin.getByText(/The photo says €42\.10, .*3.*May/)).toBeVisible({ timeout: 30_000 });
    await expect(admin.getByText('The amount claimed differs.')).toBeVisible();
  });
});

/** In light and in dark, with a thumb and without eyes. */
async function usableByEverybody(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect.poll(() => violations(page)).toEqual([]); // colours take a moment to change
  }
  expect(await smallTargets(page)).toEqual([]);
}

/** How many files of the reader the service worker keeps. */
async function keptFiles(): Promise<number> {
  const kept = await (await caches.open('portal-reading')).keys();
  return kept.length;
}

interface Slip {
  readonly merchant: string;
  readonly total: string;
  readonly date: string;
}

/** Draws a paper receipt in the page and adds a photo of it to the claim. */
async function photograph(page: Page, name: string, slip: Slip): Promise<void> {
  const base64 = await page.evaluate(drawSlip, slip);
  const photo = { name, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
  await page.locator('input[type=file]').first().setInputFiles(photo);
}

async function drawSlip({ merchant, total, date }: Slip): Promise<string> {
  const canvas = new OffscreenCanvas(1200, 1500);
  const ink = canvas.getContext('2d')!;
  ink.fillStyle = '#4b4038';
  ink.fillRect(0, 0, 1200, 1500);
  ink.translate(600, 750);
  ink.rotate(0.03);
  ink.fillStyle = '#f7f4ec';
  ink.fillRect(-480, -650, 960, 1300);
  ink.fillStyle = '#2a2826';
  const lines: readonly (readonly [left: string, right: string, size: number])[] = [
    [merchant, '', 58],
    ['Dorfplatz 4', '', 38],
    ['6020 Innsbruck', '', 38],
    ['', '', 38],
    ['Wiener Schnitzel', '24,90', 38],
    ['Apfelstrudel', '8,70', 38],
    ['Almdudler', '8,50', 38],
    ['', '', 38],
    ['Gesamtbetrag EUR', total, 48],
    ['inkl. 10% MwSt', '3,83', 38],
    ['', '', 38],
    [`Datum: ${date}`, '13:42', 38],
    ['Vielen Dank', '', 38],
  ];
  let y = -560;
  for (const [left, right, size] of lines) {
    ink.font = `${size}px sans-serif`;
    ink.textAlign = 'left';
    ink.fillText(left, -430, y);
    ink.textAlign = 'right';
    ink.fillText(right, 430, y);
    y += size * 1.9;
  }
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
