import { claimOf, fillClaim, keptOnDevice, sendForm } from './claims.ts';
import { countOf } from './database.ts';
import { expect, test, unused } from './devices.ts';
import { account, signIn } from './people.ts';

test('a half-typed claim survives a crash with no signal, and continues where it was', async ({ phone }) => {
  const page = await phone.open('/');
  await signIn(page, account(/artist, drums/));
  await phone.offline(true);
  await page.goto('/expenses/new');
  await fillClaim(page, { merchant: 'Bakery Lindner', amount: '7.35' });
  await keptOnDevice(page, 'Diesel, Graz to Vienna');
  const again = await phone.crash('/expenses');
  await again.getByRole('link', { name: /Bakery Lindner/ }).click();
  await expect(again.getByLabel('Amount', { exact: true })).toHaveValue('7.35');
  await expect(again.getByRole('button', { name: 'Open photo 1' })).toBeVisible();
});

test('two tabs and a reload in the middle of sending: the claim arrives exactly once', async ({ phone, desk }) => {
  const merchant = unused('Werkstatt Huber');
  const page = await phone.open('/');
  await signIn(page, account(/artist, drums/));
  await phone.offline(true);
  await page.goto('/expenses/new');
  await fillClaim(page, { merchant, amount: '118.00', category: 'Meals' });
  await sendForm(page);
  const second = await phone.tab('/expenses');
  await expect(claimOf(second, merchant)).toBeVisible();
  await phone.offline(false);
  await page.reload();
  await second.reload();

  const admin = await desk.open('/');
  await signIn(admin, account(/finance/i));
  await admin.goto('/approvals');
  await expect(admin.getByText(merchant).first()).toBeVisible({ timeout: 30_000 });
  expect(await countOf('select count(*) from public.expenses where merchant = $1', merchant)).toBe(1);
});

test('every screen opens with no signal from a cold browser', async ({ phone }) => {
  const page = await phone.open('/');
  await signIn(page, account(/administrator/i));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await phone.close();
  await phone.offline(true);
  const cold = await phone.open('/');
  for (const path of [
    '/',
    '/expenses',
    '/approvals',
    '/expenses/categories',
    '/shows',
    '/people',
    '/account',
    '/inbox',
  ]) {
    await cold.goto(path);
    await expect(cold.getByRole('heading', { level: 1 }).first(), path).toBeVisible();
  }
});
