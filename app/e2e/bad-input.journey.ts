import { keptOnDevice } from './claims.ts';
import { expect, test, type Device } from './devices.ts';
import { account, signIn } from './people.ts';
import { hugePng, noisePhoto, photoOfReceipt, textNamedJpg } from './photos.ts';

async function newClaim(phone: Device) {
  const page = await phone.open('/');
  await signIn(page, account(/artist, drums/));
  await page.goto('/expenses/new');
  await expect(page.getByLabel('Amount', { exact: true })).toBeVisible();
  return page;
}

const amounts: readonly [typed: string, sentence: string][] = [
  ['', 'Enter the amount on the receipt.'],
  ['0', 'The amount is zero. Enter what you paid.'],
  ['-12', 'Enter what you paid without a minus sign.'],
  ['twelve', 'Write the amount in digits, for example 12.50.'],
  ['12.345', 'EUR has 2 decimals. Remove the digits after that.'],
  ['999999999999', 'This is more than one claim can hold. Check the number of digits.'],
];

test('every wrong amount, date and gap has a sentence under its field, and nothing typed is lost', async ({
  phone,
}) => {
  const page = await newClaim(phone);
  await page.getByLabel('Currency').selectOption('EUR');
  await page.getByLabel('Merchant', { exact: true }).fill('Kiosk');
  for (const [typed, sentence] of amounts) {
    await page.getByLabel('Amount', { exact: true }).fill(typed);
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    await expect(page.locator('money-field').getByText(sentence)).toBeVisible();
    await expect(page.getByLabel('Amount', { exact: true })).toHaveValue(typed);
  }
  const future = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('Date', { exact: true }).fill(future);
  await expect(page.getByText('This day has not come yet. Enter the day you paid.').first()).toBeVisible();
  await expect(page.getByText('Choose a category.').first()).toBeVisible();
  await expect(page.getByLabel('Merchant', { exact: true })).toHaveValue('Kiosk');
});

test('an amount over the limit warns and may still be submitted', async ({ phone }) => {
  const page = await newClaim(phone);
  await page.getByLabel('Currency').selectOption('EUR');
  await page.getByLabel('Amount', { exact: true }).fill('12000');
  await expect(page.getByText(/over the limit of your organisation/)).toBeVisible();
});

test('a text file named .jpg is refused with a sentence, a 60 MB photo is made small, both beside a good one', async ({
  phone,
}) => {
  const page = await newClaim(phone);
  const files = page.locator('input[type=file]').last();
  await files.setInputFiles(await photoOfReceipt(page, 'Kiosk', '4.20'));
  await expect(page.getByRole('button', { name: 'Open photo 1' })).toBeVisible();
  await files.setInputFiles(textNamedJpg());
  await expect(page.getByText('This file is not an image, whatever its name says.')).toBeVisible();
  await files.setInputFiles(hugePng(60));
  await expect(page.getByRole('button', { name: 'Open photo 2' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Open photo 1' })).toBeVisible();
});

test('a full device says so, and what was typed stays', async ({ phone }) => {
  const page = await newClaim(phone);
  await page.getByLabel('Merchant', { exact: true }).fill('Before the disk was full');
  await keptOnDevice(page, 'Before the disk was full');
  await phone.close();
  const small = await phone.open('about:blank');
  const session = await phone.context.newCDPSession(small);
  await session.send('Storage.overrideQuotaForOrigin', { origin: process.env['JOURNEY_URL']!, quotaSize: 6_000_000 });
  await small.goto('/expenses');
  await small.getByRole('link', { name: /Before the disk was full/ }).click();
  for (const name of ['one.png', 'two.png', 'three.png'])
    await small.locator('input[type=file]').last().setInputFiles(noisePhoto(2200, name));
  await expect(small.getByText(/This device is full/).first()).toBeVisible({ timeout: 60_000 });
  await expect(small.getByLabel('Merchant', { exact: true })).toHaveValue('Before the disk was full');
});
