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

test('contact details rest sealed, and behind the lock there is no key on the device', async ({ desk }) => {
  const page = await withPin(desk, /administrator/);
  const kept = await keptSealed(page);
  expect(kept.emails.length).toBeGreaterThan(5);
  expect(kept.emails.filter((email) => !email.startsWith('sealed:1:'))).toEqual([]);
  await expect.poll(async () => (await keptSealed(page)).keys).toEqual(['bare', 'by_pin', 'by_server']);
  await page.goto('/people');
  await page.getByRole('link', { name: /Mara/ }).first().click();
  await expect(page.getByText(/mara\S*@/).first()).toBeVisible();

  await page.clock.fastForward('31:00');
  await expect(locked(page)).toBeVisible();
  await expect.poll(async () => (await keptSealed(page)).keys).toEqual(['by_pin', 'by_server']);
  await desk.offline(true);
  await page.reload();
  await expect(locked(page)).toBeVisible();
  expect((await keptSealed(page)).keys).toEqual(['by_pin', 'by_server']);
  await page.getByLabel('6-digit PIN').fill(PIN);
  await expect(locked(page)).toBeHidden();
  await expect(page.getByText(/mara\S*@/).first()).toBeVisible();
});

/** The addresses that this browser keeps, as they rest on its disk, and in which forms it has the key. */
const keptSealed = (page: Page): Promise<{ emails: string[]; keys: string[] }> => page.evaluate(readSealed);

async function readSealed(): Promise<{ emails: string[]; keys: string[] }> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const about = (await indexedDB.databases()).find(({ name }) => name?.startsWith('portal-') && name !== 'portal-auth');
  const database = await answer(indexedDB.open(about!.name!));
  const store = (name: string) => database.transaction(name).objectStore(name);
  const details: { email: string | null }[] = await answer(store('person_details').getAll());
  const seal: { value: object } = await answer(store('deviceValues').get('seal'));
  database.close();
  return { emails: details.flatMap(({ email }) => email ?? []), keys: Object.keys(seal.value).sort() };
}

const warning = (page: Page) => page.getByRole('heading', { name: 'Are you still there?' });
const locked = (page: Page) => page.getByRole('heading', { name: 'Locked' });

/** Signs in with a clock that can be wound, and sets a PIN when it is offered. */
async function withPin(phone: Device, who = /drums/): Promise<Page> {
  const page = await phone.open('about:blank');
  await page.clock.install();
  await page.goto('/');
  await enterPassword(page, account(who));
  await page.getByLabel('New PIN').fill(PIN);
  await page.getByLabel('Repeat the PIN').fill(PIN);
  await page.getByRole('button', { name: 'Set PIN' }).click();
  await expect(page.getByText('PIN set on this device.')).toBeVisible();
  await equipped(page);
  return page;
}
