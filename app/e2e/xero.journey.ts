import type { Page } from 'playwright/test';
import { claimOf, submitClaim } from './claims.ts';
import { countOf } from './database.ts';
import { expect, test } from './devices.ts';
import { account, signIn } from './people.ts';

const merchant = 'Tankstelle Bilanz';
/** Errands are looked for every five seconds, and three calls are made. */
const SOON = { timeout: 45_000 };

test('an approved claim goes into Xero, is paid there, and the phone says so', async ({ phone, desk }) => {
  test.setTimeout(240_000);
  const artist = await phone.open('/');
  await signIn(artist, account(/artist, drums/));
  await submitClaim(artist, { merchant, amount: '71.90' });

  const admin = await desk.open('/');
  await signIn(admin, account(/administrator/));

  await test.step('the administrator lets the product into Xero', async () => {
    await admin.goto('/integrations');
    await admin.getByRole('link', { name: 'Connect Xero' }).click();
    await expect(admin.getByText('this is not Xero')).toBeVisible();
    await admin.getByRole('button', { name: 'Allow access' }).click();
    await expect(admin.getByText('Xero is connected. What waited is leaving now.')).toBeVisible(SOON);
  });

  await test.step('says which account fuel posts to', async () => {
    await admin.goto('/books');
    await expect(admin.getByText('Connected to Northlight Books (demo)')).toBeVisible(SOON);
    await admin.getByRole('combobox', { name: 'Fuel and tolls' }).selectOption('449', SOON);
    await expect(admin.getByText('Fuel and tolls posts to 449.')).toBeVisible();
  });

  await test.step('approves the claim and sees it in Xero, photo and all', async () => {
    await admin.goto('/approvals');
    await admin.getByText(merchant).first().click();
    await expect(admin.getByRole('img', { name: /photo/i }).first()).toBeVisible({ timeout: 30_000 });
    await admin.getByRole('button', { name: 'Approve', exact: true }).click();
    await admin.goto('/expenses?whose=everyone');
    await claimOf(admin, merchant).click();
    await expect(admin.getByRole('heading', { name: 'In Xero' })).toBeVisible(SOON);
  });

  await test.step('it is paid over there, and the phone shows it without a reload', async () => {
    await artist.goto('/expenses');
    await claimOf(artist, merchant).click();
    await expect(artist.getByRole('heading', { name: 'In Xero' })).toBeVisible();
    await payInXero(admin);
    await expect(artist.getByText('Paid', { exact: true }).first()).toBeVisible(SOON);
    await expect(artist.getByText('Paid in Xero on')).toBeVisible();
    expect(
      await countOf(`select count(*) from public.expenses where merchant = $1 and status = 'paid'`, merchant),
    ).toBe(1);
  });
});

interface SandboxBooks {
  invoices: { InvoiceID: string; LineItems: { Description: string; AccountCode: string }[] }[];
  attachments: Record<string, unknown[]>;
}

/** What a bookkeeper does at Xero. */
async function payInXero(page: Page): Promise<void> {
  const books = (await (await page.request.get('/sandbox/xero/control/books')).json()) as SandboxBooks[];
  const bills = books.flatMap((one) =>
    one.invoices.filter(({ LineItems }) => LineItems[0]!.Description.startsWith(merchant)),
  );
  expect(bills).toHaveLength(1);
  expect(books[0]!.attachments[bills[0]!.InvoiceID]).toHaveLength(1);
  const data = { InvoiceID: bills[0]!.InvoiceID, Date: new Date().toISOString().slice(0, 10) };
  expect((await page.request.post('/sandbox/xero/control/pay', { data })).ok()).toBe(true);
}
