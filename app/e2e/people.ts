import { readFileSync } from 'node:fs';
import { expect, type Page } from 'playwright/test';

interface DemoAccount {
  email: string;
  password: string;
  who: string;
}

const accounts = JSON.parse(readFileSync('supabase/demo-accounts.json', 'utf8')) as DemoAccount[];

/** The demo account whose description matches, e.g. `/artist/i`. */
export function account(who: RegExp): DemoAccount {
  const found = accounts.find((one) => who.test(one.who));
  if (!found) throw new Error(`no demo account for ${who}`);
  return found;
}

type Credentials = Pick<DemoAccount, 'email' | 'password'>;

/** Signs in by password and waits for the frame; the PIN offer is postponed. */
export async function signIn(page: Page, credentials: Credentials): Promise<void> {
  await enterPassword(page, credentials);
  await postponePin(page);
  await equipped(page);
}

/** Types address and password. */
export async function enterPassword(page: Page, { email, password }: Credentials): Promise<void> {
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Waits for the frame and answers "not now" to the offer of a PIN that every first sign-in on a device brings. */
export async function postponePin(page: Page): Promise<void> {
  await page.locator('pin-sheet').getByRole('button', { name: 'Not now' }).click({ timeout: 30_000 });
  await expect(page.getByRole('navigation').first()).toBeVisible();
}

/** Waits until this device could lose its signal: everything is here, and the service worker answers for the server. */
export async function equipped(page: Page): Promise<void> {
  await expect(page.getByText('All saved').filter({ visible: true }).first()).toBeVisible({ timeout: 30_000 });
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** The newest mail caught for an address; polls, because mail takes its way. */
export async function newestMail(page: Page, to: string): Promise<{ subject: string; text: string; html: string }> {
  let mail: { subject: string; text: string; html: string } | undefined;
  await expect
    .poll(async () => {
      const reply = await page.request.get(`/mail/api/messages?to=${encodeURIComponent(to)}`);
      mail = ((await reply.json()) as (typeof mail)[])[0];
      return mail?.subject;
    }, LATEST_MAIL)
    .toBeTruthy();
  return mail!;
}

/** The stack's timer looks for waiting mail every 5 s. */
const LATEST_MAIL = { timeout: 30_000 };

/** The code of a mail. */
export const codeIn = (text: string): string => /\b(\d{6})\b/.exec(text)![1]!;

/** The link of a mail. */
export const linkIn = (text: string): string => /https?:\/\/\S+/.exec(text)![0];

/** Switches to another organisation of the person. */
export async function workFor(page: Page, organization: string): Promise<void> {
  const switcher = page.getByRole('button', { name: /^Switch organisation/ }).filter({ visible: true });
  await switcher.click();
  await page.getByRole('menuitem', { name: organization }).click();
  await expect(switcher).toHaveAccessibleName(`Switch organisation: ${organization}`);
}

/** Headers of a person who asks the server by hand, past the product. */
export async function tokenOf(page: Page, { email, password }: Credentials): Promise<Record<string, string>> {
  const { supabase_anon_key: apikey } = (await (await page.request.get('/config.json')).json()) as Record<
    string,
    string
  >;
  const options = { headers: { apikey: apikey! }, data: { email, password } };
  const reply = await page.request.post('/auth/v1/token?grant_type=password', options);
  const { access_token } = (await reply.json()) as { access_token: string };
  return { apikey: apikey!, authorization: `Bearer ${access_token}` };
}
