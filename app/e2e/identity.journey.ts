import type { Page } from 'playwright/test';
import { claimOf, submitClaim } from './claims.ts';
import { countOf, keptClaims } from './database.ts';
import { expect, test, unused } from './devices.ts';
import {
  account,
  codeIn,
  enterPassword,
  equipped,
  linkIn,
  newestMail,
  postponePin,
  signIn,
  workFor,
} from './people.ts';

test('an invited person joins on their own phone, and the administrator sees it without a reload', async ({
  desk,
  phone,
}) => {
  const email = 'kim.novak@example.com';
  const admin = await desk.open('/');
  await signIn(admin, account(/administrator/));
  await admin.goto('/people?invite');
  await admin.getByLabel('E-mail', { exact: true }).fill(email);
  await admin.getByRole('checkbox', { name: /^Artist/ }).uncheck();
  await admin.getByRole('checkbox', { name: /^Crew/ }).check();
  await admin.getByLabel('Message', { exact: true }).fill('Welcome to the crew, Kim.');
  await admin.getByRole('button', { name: 'Send invitation' }).click();
  const entry = admin.getByRole('link', { name: /kim/i });
  await expect(entry).toContainText('Invited', { timeout: 30_000 });

  const guest = await phone.open('about:blank');
  await guest.goto(linkIn((await newestMail(guest, email)).text));
  await expect(guest.getByText('Welcome to the crew, Kim.')).toBeVisible();
  await guest.getByRole('button', { name: 'Join' }).click();
  await postponePin(guest);
  await expect(guest.getByText('Northlight').filter({ visible: true }).first()).toBeVisible();
  await expect(guest.getByRole('heading', { level: 1 })).toBeVisible();

  await expect(entry).not.toContainText('Invited', { timeout: 30_000 });
  await expect(entry).toContainText('Crew');
});

test('a newcomer registers by a code from the mail and starts an organisation as its owner', async ({ phone }) => {
  const email = 'lea.sommer@example.com';
  const page = await phone.open('/');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByLabel('First name').fill('Lea');
  await page.getByLabel('Last name').fill('Sommer');
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill('Four-Lamps-Under-9-Bridges');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByLabel('6-digit code').fill(codeIn((await newestMail(page, email)).text));
  await page.getByLabel('Name of the organisation').fill('Sommer Quartet');
  await page.getByRole('button', { name: 'Start organisation' }).click();
  await postponePin(page);
  await expect(page).toHaveURL('/');
  await expect(page.getByText('Sommer Quartet').filter({ visible: true }).first()).toBeVisible();
  await page.goto('/account');
  await expect(page.getByText('Owner', { exact: true })).toBeVisible();
});

test('signing out with unsent work warns and keeps it; signing in again sends it', async ({ phone }) => {
  const merchant = unused('Kabelhaus Nord');
  const yuki = account(/crew/);
  const page = await phone.open('/');
  await signIn(page, yuki);
  await phone.offline(true);
  await submitClaim(page, { merchant, amount: '31.40' });
  await page.goto('/more');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('Some work has not been sent yet')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out, keep them here' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();

  await phone.offline(false);
  await enterPassword(page, yuki);
  await equipped(page);
  await expect.poll(() => countOf('select count(*) from public.expenses where merchant = $1', merchant)).toBe(1);
});

test('a device that is signed out from another one leaves, and keeps what it stored', async ({ desk, phone }) => {
  const theo = account(/drums/);
  const lost = await phone.open('/');
  await signIn(lost, theo);
  await expect.poll(() => keptClaims(lost)).not.toHaveLength(0);
  const before = await keptClaims(lost);

  const page = await desk.open('/');
  await signIn(page, theo);
  await page.goto('/account');
  const others = page.locator('device-list').getByRole('button', { name: /^Sign out (?!everywhere)/ });
  await others.first().click(); // the one that was seen last
  await expect(page.getByText(/is signed out\.$/)).toBeVisible();

  await expect(lost.getByText(/^This device was signed out\./)).toBeVisible({ timeout: 30_000 });
  expect(await keptClaims(lost)).toEqual(before);
});

test('a person in two organisations never sees the claims of one in the other', async ({ phone }) => {
  const page = await phone.open('/');
  await signIn(page, account(/both organisations/));
  await workFor(page, 'Northlight Artists');
  const first = await claimsShown(page);
  await expect(claimOf(page, 'Bistrot du Canal')).toBeVisible();
  await workFor(page, 'Harbour Hall');
  const second = await claimsShown(page);
  await expect(claimOf(page, 'West Coast Rail')).toBeVisible();
  expect(second.filter((address) => first.includes(address))).toEqual([]);
  await page.goto(first[0]!);
  await expect(page.getByText('This claim is not here')).toBeVisible();
});

/** The addresses of the claims a person's own list shows. */
async function claimsShown(page: Page): Promise<string[]> {
  await page.goto('/expenses');
  const links = page.locator('expense-list').getByRole('link');
  await expect(links.first()).toBeVisible();
  return links.evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
}
