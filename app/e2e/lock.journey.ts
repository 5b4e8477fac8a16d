import type { Page } from 'playwright/test';
import { expect, test, type Device } from './devices.ts';
import { account, enterPassword, equipped } from './people.ts';

const PIN = '480915';
const WRONG = '111999';
const MERCHANT = 'Half a word from Bak';

test('the screen warns, locks, opens by PIN with no signal, and what was half typed is still there', async ({
  phone,
}) => {
  const page = await withPin(phone);
  await page.goto('/expenses/new');
  await page.getByLabel('Merchant', { exact: true }).fill(MERCHANT);

  await page.clock.fastForward('24:00');
  await expect(warning(page)).toBeHidden();
  await page.clock.fastForward('01:05');
  await expect(warning(page)).toBeVisible();
  await expect(page.getByText(/The screen locks in 5 minutes/)).toBeVisible();
  await page.getByRole('button', { name: 'Stay signed in' }).click();
  await expect(warning(page)).toBeHidden();

  await phone.offline(true);
  await page.clock.fastForward('29:30');
  await expect(page.getByText(/The screen locks in \d+ seconds/)).toBeVisible();
  await page.clock.fastForward('00:35');
  await expect(locked(page)).toBeVisible();
  await expect(page.getByLabel('Merchant', { exact: true })).toBeHidden();
  await page.getByLabel('6-digit PIN').fill(PIN);
  await expect(locked(page)).toBeHidden();
  await expect(page.getByLabel('Merchant', { exact: true })).toHaveValue(MERCHANT);
});

test('five wrong PINs ask for the password, and a reload is no way round', async ({ phone }) => {
  const page = await withPin(phone);
  await page.clock.fastForward('31:00');
  for (const left of ['4 tries', '3 tries', '2 tries', 'One try']) {
    await page.getByLabel('6-digit PIN').fill(WRONG);
    await expect(page.getByText(`Wrong PIN. ${left} left.`)).toBeVisible();
    await page.clock.fastForward('00:31');
  }
  await page.getByLabel('6-digit PIN').fill(WRONG);
  await expect(page.getByText('Enter your password to unlock.')).toBeVisible();
  await page.reload();
  await expect(locked(page)).toBeVisible();
  await page.getByRole('button', { name: 'Use your password' }).click();
  await page.getByLabel('Password', { exact: true }).fill(account(/drums/).password);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(locked(page)).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

const warning = (page: Page) => page.getByRole('heading', { name: 'Are you still there?' });
const locked = (page: Page) => page.getByRole('heading', { name: 'Locked' });

/** Signs in with a clock that can be wound, and sets a PIN when it is offered. */
async function withPin(phone: Device): Promise<Page> {
  const page = await phone.open('about:blank');
  await page.clock.install();
  await page.goto('/');
  await enterPassword(page, account(/drums/));
  await page.getByLabel('New PIN').fill(PIN);
  await page.getByLabel('Repeat the PIN').fill(PIN);
  await page.getByRole('button', { name: 'Set PIN' }).click();
  await expect(page.getByText('PIN set on this device.')).toBeVisible();
  await equipped(page);
  return page;
}
