import { claimOf, fillClaim } from './claims.ts';
import { expect, test, unused } from './devices.ts';
import { account, signIn } from './people.ts';
import { scannedReceipt } from './photos.ts';

test('a claim made with no signal is approved on another screen', async ({ phone, desk }) => {
  const merchant = unused('Tankstelle Nord');

  const admin = await desk.open('/');
  await signIn(admin, account(/finance/i));
  await admin.goto('/approvals');
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Approvals');

  const artist = await phone.open('/');
  await signIn(artist, account(/artist, drums/));

  await test.step('the artist photographs a receipt and makes a claim with no signal', async () => {
    await phone.offline(true);
    await artist.goto('/expenses/new');
    await fillClaim(artist, { merchant, amount: '64.20', photo: scannedReceipt() });
    await artist.getByRole('button', { name: 'Submit', exact: true }).click();
    await expect(artist.getByText('It leaves this device when there is signal.')).toBeVisible();
    await artist.goto('/expenses');
    await expect(claimOf(artist, merchant)).toBeVisible();
  });

  await test.step('closes the browser, opens it again, still with no signal: nothing is lost', async () => {
    await phone.close();
    const reopened = await phone.open('/expenses');
    await expect(claimOf(reopened, merchant)).toBeVisible();
  });

  await test.step('finds signal: the claim and its photo appear at the desk without a reload', async () => {
    await phone.offline(false);
    await expect(admin.getByText(merchant).first()).toBeVisible({ timeout: 30_000 });
    await admin.getByText(merchant).first().click();
    await expect(admin.getByRole('img', { name: /photo/i }).first()).toBeVisible({ timeout: 30_000 });
  });

  await test.step('the desk approves, and the phone shows it without a reload', async () => {
    await claimOf(phone.page, merchant).click();
    await admin.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect(phone.page.getByText('Approved', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  });
});
