import type { Page } from 'playwright/test';
import { smallTargets, violations } from './axe.ts';
import { countOf, rejectElsewhere, showIn, waitingClaim } from './database.ts';
import { expect, test, type Device } from './devices.ts';
import { account, codeIn, newestMail, signIn } from './people.ts';

type Theme = 'light' | 'dark';

/** Some thirty screens, each looked at by axe: on a busy machine that takes a while. */
const EVERY_SCREEN_MS = 300_000;

const themes: readonly Theme[] = ['light', 'dark'];

for (const theme of themes) {
  test(`every step of signing in can be used by everybody, ${theme}`, async ({ phone, desk }) => {
    for (const device of [phone, desk]) {
      const look = await looker(device, theme);
      await signInSteps(device.page, look);
      look.nothingFound();
    }
  });

  test(`every screen of the frame can be used by everybody on a phone, ${theme}`, async ({ phone }) => {
    test.setTimeout(EVERY_SCREEN_MS);
    await everyScreen(phone, theme);
  });

  test(`every screen of the frame can be used by everybody at a desk, ${theme}`, async ({ desk }) => {
    test.setTimeout(EVERY_SCREEN_MS);
    await everyScreen(desk, theme);
  });
}

test('Tab reaches the way past the navigation, the navigation and the content', async ({ desk }) => {
  const page = await desk.open('/');
  await signIn(page, account(/administrator/));
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await focusIsWithin(page, 'main')).toBe(true);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await tabTo(page, 'Shows');
  expect(await focusIsWithin(page, 'nav')).toBe(true);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Shows');
});

test('a claim is approved without a mouse', async ({ desk }) => {
  const claim = await waitingClaim();
  const page = await desk.open('/');
  await signIn(page, account(/finance director/));
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Approvals');
  await tabTo(page, new RegExp(`^${claim.merchant}`));
  await page.keyboard.press('Enter');
  await tabTo(page, 'Approve');
  await page.keyboard.press('Enter');
  await expect(page.getByText(`Approved: ${claim.merchant}.`)).toBeVisible();
  const approved = () =>
    countOf(`select count(*) from public.expenses where status = 'approved' and id = $1`, claim.id);
  await expect.poll(approved, { timeout: 20_000 }).toBe(1);
});

/** Presses Tab until the control with this name has the focus. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const wanted = page
    .getByRole('link', { name })
    .or(page.getByRole('button', { name, exact: true }))
    .first();
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element.matches(':focus'))) return;
  }
  throw new Error(`Tab does not reach ${name}`);
}

/** Whether the focused control stands inside such an element, looking out through shadow roots. */
const focusIsWithin = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => {
    let element: Element | null = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    while (element && !element.matches(wanted))
      element = element.parentElement ?? (element.getRootNode() as ShadowRoot).host ?? null;
    return element !== null;
  }, selector);

interface Looker {
  /** Looks at the screen as it is now. */
  at(screen: string): Promise<void>;
  nothingFound(): void;
}

/** Opens a device in a theme, without motion, and collects what is wrong on each screen it is shown. */
async function looker(device: Device, colorScheme: Theme): Promise<Looker> {
  const page = await device.open('/');
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  const found: string[] = [];
  const at = async (screen: string) => {
    await expect(page.locator('ui-skeleton').filter({ visible: true }), screen).toHaveCount(0);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const wrong = await violations(page);
    if (device.isPhone) wrong.push(...(await smallTargets(page)));
    found.push(...wrong.map((each) => `${screen}: ${each}`));
  };
  return { at, nothingFound: () => expect(found).toEqual([]) };
}

async function signInSteps(page: Page, look: Looker): Promise<void> {
  const { email } = account(/promoter/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await look.at('sign-in');
  await page.getByRole('button', { name: 'Continue' }).click();
  await look.at('sign-in, no address');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByRole('button', { name: 'Create account' }).click();
  await look.at('new account with errors');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await look.at('password missing');
  await page.getByText('Forgot password?').click();
  await look.at('forgotten password');
  await page.getByRole('button', { name: 'E-mail me a code' }).click();
  await expect(page.getByLabel('6-digit code')).toBeVisible();
  await look.at('code');
  await page.getByLabel('6-digit code').fill(codeIn((await newestMail(page, email)).text));
  await expect(page.getByLabel('New password', { exact: true })).toBeVisible();
  await look.at('new password');
  await page.goto('/auth/callback?token_hash=forged&type=magiclink');
  await expect(page.getByText('This link no longer works')).toBeVisible();
  await look.at('spent link');
}

async function everyScreen(device: Device, theme: Theme): Promise<void> {
  const look = await looker(device, theme);
  const { page } = device;
  await signIn(page, account(/administrator/));
  const claim = await waitingClaim();
  const show = await showIn('Hamburg');
  const screens = [
    '/',
    '/expenses?whose=everyone',
    `/expenses/${claim.id}`,
    '/approvals',
    '/expenses/categories',
    '/books',
    '/shows',
    '/shows/import',
    '/shows/export',
    `/shows/${show}`,
    `/shows/${show}/print`,
    '/people',
    '/organization',
    '/organization/approvals',
    '/integrations',
    '/account',
    '/inbox',
    '/more',
    '/start',
    '/nowhere',
  ];
  for (const path of screens) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 }).first(), path).toBeVisible();
    await look.at(path);
  }
  await openPerson(page, look);
  await daySheet(page, show, look);
  await newClaim(page, look);
  await overlays(page, look);
  await fullInbox(device, look);
  look.nothingFound();
}

async function openPerson(page: Page, look: Looker): Promise<void> {
  await page.goto('/people');
  await page.getByRole('link', { name: /Theo Janssen/ }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Theo Janssen' })).toBeVisible();
  await look.at('person');
  await page.goto('/people?invite');
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await look.at('invitation with errors');
}

async function daySheet(page: Page, show: string, look: Looker): Promise<void> {
  await page.goto(`/shows/${show}`);
  const line = page.getByText('Soundcheck', { exact: true }).first();
  await line.click();
  if (!(await page.locator('line-dialog').count())) await page.locator('day-grid td.who').first().click();
  await page.getByLabel('Start', { exact: true }).fill('soon');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('That is not a time.')).toBeVisible();
  await look.at('line of the day with errors');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Fill' }).click();
  await page.getByRole('menuitem', { name: 'Paste rows' }).click();
  await page.getByLabel('Rows', { exact: true }).fill('soon\tDoors\n21\tSet');
  await look.at('rows to paste');
  await page.keyboard.press('Escape');
}

async function newClaim(page: Page, look: Looker): Promise<void> {
  await page.goto('/expenses/new');
  await expect(page.getByLabel('Amount', { exact: true })).toBeVisible();
  await look.at('new claim');
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(page.getByText('Enter the amount on the receipt.').first()).toBeVisible();
  await look.at('new claim with errors');
}

async function overlays(page: Page, look: Looker): Promise<void> {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  for (const [name, key] of [
    ['command palette', 'Control+k'],
    ['what to make', 'c'],
    ['keyboard shortcuts', '?'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog').filter({ visible: true })).toBeVisible();
    await look.at(name);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog').filter({ visible: true })).toHaveCount(0);
  }
  await page.getByRole('button', { name: 'All saved' }).filter({ visible: true }).click();
  await expect(page.getByText('Everything is on the server.')).toBeVisible();
  await look.at('state of the work');
  await page.keyboard.press('Escape');
}

/** Approves with no signal what somebody else rejects meanwhile. */
async function fullInbox(device: Device, look: Looker): Promise<void> {
  const { page } = device;
  const claim = await waitingClaim();
  await page.goto(`/approvals?claim=${claim.id}`);
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeVisible();
  await device.offline(true);
  await rejectElsewhere(claim);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(page.getByText(`Approved: ${claim.merchant}.`)).toBeVisible();
  await look.at('approved');
  await page.goto('/inbox');
  await device.offline(false);
  const item = page.getByRole('link', { name: new RegExp(`Claim: ${claim.merchant}`) });
  await expect(item).toBeVisible();
  await look.at('inbox with a conflict');
  await item.click();
  await expect(page.getByRole('heading', { level: 2, name: `Claim: ${claim.merchant}` })).toBeVisible();
  await look.at('conflict side by side');
  await page.getByRole('button', { name: 'Keep it as it is' }).click();
  await expect(page.getByText('Settled lately')).toBeVisible();
  await look.at('inbox with something settled');
}
