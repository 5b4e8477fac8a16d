import { smallTargets, violations } from './axe.ts';
import { connectXero, deliverAll, failNext, forgetXero, sendClaims } from './errands.ts';
import { expect, test } from './devices.ts';
import { account, signIn } from './people.ts';

test.beforeEach(forgetXero);
test.afterEach(forgetXero);

test('somebody connects a provider, and comes home with a word from there', async ({ desk }) => {
  const page = await desk.open('/');
  await signIn(page, account(/owner of Harbour Hall/));
  await page.getByRole('link', { name: 'Integrations' }).click();
  const card = page.getByRole('article', { name: 'Xero' });
  await expect(card).toContainText('Not connected');
  const tickets: string[] = [];
  await page.context().route('**/functions/v1/connect/xero?*', async (route) => {
    tickets.push(new URL(route.request().url()).searchParams.get('ticket')!);
    await route.fulfill({ status: 303, headers: { location: '/integrations?provider=xero&outcome=declined' } });
  });
  await card.getByRole('link', { name: 'Connect Xero' }).click();
  await expect(page.getByText('Xero was not connected')).toBeVisible();
  expect(tickets).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);

  await connectXero();
  await expect(card).toContainText('Connected');
  await expect(card).toContainText('Sandbox mode');
  await expect(card).toContainText('Harbour Hall Books');
  await expect(card).toContainText('connected by Grace Whitfield');
});

test('what does not get through is said, waits, is tried again, paused and given up, also without signal', async ({
  desk,
}) => {
  await connectXero();
  const page = await desk.open('/');
  await signIn(page, account(/owner of Harbour Hall/));
  await page.goto('/integrations');
  const card = page.getByRole('article', { name: 'Xero' });
  await sendClaims(3);
  await expect(card).toContainText('3 wait');

  await failNext('fatal', 'bad_request');
  await failNext('throttle', 'too_many_requests', 1800);
  const needs = page.getByRole('region', { name: 'Needs you' });
  const moving = page.getByRole('region', { name: 'On its way' });
  await expect(needs).toContainText('Xero does not accept it as it is.');
  await expect(moving).toContainText(/Xero asks us to wait.* We try again at \d\d:\d\d\./);
  await expect(card).toContainText('Asks us to wait');
  expect(await violations(page)).toEqual([]);

  await card.getByRole('button', { name: 'Pause' }).click();
  await expect(card).toContainText('Somebody paused it.');
  await expect(moving).toContainText('It waits: Xero is paused.');
  await desk.offline(true);
  await card.getByRole('button', { name: 'Resume' }).click();
  await needs.getByRole('button', { name: /^Try again/ }).click();
  await expect(needs).toHaveCount(0);
  await desk.offline(false);
  await expect(page.getByText('All saved').filter({ visible: true }).first()).toBeVisible({ timeout: 30_000 });

  await moving
    .getByRole('button', { name: /^Give up/ })
    .first()
    .click();
  await page.locator('ui-ask').getByRole('button', { name: 'Give up' }).click();
  await expect(needs).toContainText('Somebody gave it up.');
  await expect(page.getByText('All saved').filter({ visible: true }).first()).toBeVisible({ timeout: 30_000 });
});

test('signing out over there asks for somebody, and what waited leaves when they have signed in', async ({ phone }) => {
  await connectXero();
  await sendClaims(1);
  await failNext('fatal', 'sign_in_again');
  const page = await phone.open('/');
  await signIn(page, account(/owner of Harbour Hall/));
  await page.goto('/integrations');
  const card = page.getByRole('article', { name: 'Xero' });
  await expect(card).toContainText('Xero wants somebody to sign in again.');
  await expect(card.getByRole('link', { name: 'Sign in to Xero again' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'On its way' })).toContainText('It waits until somebody signs in');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page)).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);
  await connectXero();
  await deliverAll();
  await expect(card).toContainText('Working. Last sent something');
  await expect(page.getByText('Nothing is on its way')).toBeVisible();
});

test('who has nothing to do with it does not find it', async ({ desk }) => {
  const page = await desk.open('/');
  await signIn(page, account(/promoter/));
  await expect(page.getByRole('link', { name: 'Integrations' })).toHaveCount(0);
  await page.goto('/integrations');
  await expect(page.getByText(/may not|not allowed|not for/i).first()).toBeVisible();
});
