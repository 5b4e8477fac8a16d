import { expect, type Page } from 'playwright/test';
import { photoOfReceipt } from './photos.ts';

interface Claim {
  merchant: string;
  amount: string;
  category?: string;
  description?: string;
  /** Path of a photo; without one a receipt is drawn and photographed. */
  photo?: string | undefined;
}

/** Fills the form of a new claim the way a person does, photo first. */
export async function fillClaim(page: Page, claim: Claim): Promise<void> {
  const photo = claim.photo ?? (await photoOfReceipt(page, claim.merchant, claim.amount));
  await page.locator('input[type=file]').first().setInputFiles(photo);
  await expect(page.getByRole('button', { name: 'Open photo 1' })).toBeVisible();
  await fillFields(page, claim);
}

/** Fills what is typed into a claim. */
export async function fillFields(page: Page, claim: Omit<Claim, 'photo'>): Promise<void> {
  await page.getByLabel('Amount', { exact: true }).fill(claim.amount);
  await page.getByLabel('Merchant', { exact: true }).fill(claim.merchant);
  const category = claim.category ?? 'Fuel and tolls';
  await page.getByRole('radio', { name: category, exact: true }).check();
  await page.getByLabel('What was it for?').fill(claim.description ?? 'Diesel, Graz to Vienna');
}

/** Waits until something typed is in the device's own database, where no crash can reach it. */
export async function keptOnDevice(page: Page, typed: string): Promise<void> {
  await expect.poll(() => page.evaluate(deviceValues)).toContain(typed);
}

async function deviceValues(): Promise<string> {
  const about = (await indexedDB.databases()).find(({ name }) => name?.startsWith('portal-') && name !== 'portal-auth');
  const values = await new Promise<unknown[]>((resolve, reject) => {
    const opening = indexedDB.open(about!.name!);
    opening.onerror = () => reject(opening.error!);
    opening.onsuccess = () => {
      const asked = opening.result.transaction('deviceValues').objectStore('deviceValues').getAll();
      asked.onsuccess = () => resolve(asked.result);
      opening.result.close();
    };
  });
  return JSON.stringify(values);
}

/** The row or card of a claim in any list. */
export const claimOf = (page: Page, merchant: string) => page.getByRole('link', { name: new RegExp(merchant) }).first();

/** Makes a claim from the first field to the button and waits for the word that it is kept. */
export async function submitClaim(page: Page, claim: Claim): Promise<void> {
  await page.goto('/expenses/new');
  await fillClaim(page, claim);
  await sendForm(page);
}

/** Presses the button of a filled form and waits for the word that the claim is kept. */
export async function sendForm(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(page.getByText(/^Claim submitted\./).first()).toBeVisible();
}
