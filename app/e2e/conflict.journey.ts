import type { Page } from 'playwright/test';
import { smallTargets, violations } from './axe.ts';
import {
  keptOrganizations,
  liftOverLimit,
  personOf,
  rejectElsewhere,
  stateOf,
  sumOf,
  waitingClaim,
  type HeldClaim,
} from './database.ts';
import { expect, test, unused } from './devices.ts';
import { account, signIn, tokenOf, workFor } from './people.ts';

test('two desks with no signal decide differently: one wins, the other finds it in the inbox', async ({
  desk,
  otherDesk,
}) => {
  const claim = await waitingClaim();
  const director = await openClaim(await desk.open('/'), /finance director/, claim);
  const admin = await openClaim(await otherDesk.open('/'), /administrator/, claim);
  await desk.offline(true);
  await otherDesk.offline(true);
  await approve(director, claim);
  await admin.getByRole('button', { name: 'Reject', exact: true }).click();
  await admin.getByRole('textbox', { name: 'Reason', exact: true }).fill('This was claimed already.');
  await admin.locator('ui-dialog[open]').getByRole('button', { name: 'Reject', exact: true }).click();
  await expect(admin.getByText('Rejected.', { exact: true })).toBeVisible();

  await desk.offline(false);
  await otherDesk.offline(false);
  await expect.poll(() => stateOf(claim), { timeout: 30_000 }).not.toBe('submitted');
  const winner = await stateOf(claim);
  const [loser, did] = winner === 'approved' ? [admin, 'rejected'] : [director, 'approved'];
  const glad = loser === admin ? director : admin;
  await loser.goto('/inbox');
  const item = loser.getByRole('article').filter({ hasText: claim.merchant });
  await expect(item).toContainText(`You ${did} this claim.`, { timeout: 30_000 });
  const who = loser === admin ? 'Priya Raman' : 'Jonas Weber';
  await expect(item.getByRole('row', { name: /^Status/ })).toContainText(
    new RegExp(`Submitted\\s*${winner}\\s*${who}`, 'i'),
  );
  const again = item.getByRole('button', { name: /what it is now/ });
  if (did === 'approved') await expect(again).toBeHidden();
  await item.getByRole('button', { name: 'Keep it as it is' }).click();
  await expect(loser.getByText('Nothing needs you')).toBeVisible();
  await glad.goto('/inbox');
  await expect(glad.getByText('Nothing needs you')).toBeVisible();
  for (const page of [loser, glad]) {
    await page.goto(`/expenses/${claim.id}`);
    await expect(
      page
        .locator('expense-detail')
        .getByText(new RegExp(`^${winner}$`, 'i'))
        .first(),
    ).toBeVisible();
  }
  expect(await stateOf(claim)).toBe(winner);
});

test('an approval of what was rejected meanwhile can only be let go, and that can be undone', async ({ desk }) => {
  const claim = await waitingClaim();
  const page = await openClaim(await desk.open('/'), /finance director/, claim);
  await desk.offline(true);
  await rejectElsewhere(claim);
  await approve(page, claim);
  await page.goto('/inbox');
  await desk.offline(false);
  const item = page.getByRole('article').filter({ hasText: claim.merchant });
  await expect(item).toContainText('This is no longer possible for this claim.', { timeout: 30_000 });
  await expect(item.getByRole('button')).toHaveText([/Keep it as it is/]);
  await item.getByRole('button', { name: 'Keep it as it is' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(item).toBeVisible();
  await item.getByRole('button', { name: 'Keep it as it is' }).click();
  await expect(page.getByText('Nothing needs you')).toBeVisible();
  const settled = page.getByRole('region', { name: 'Settled lately' });
  await expect(settled.getByRole('listitem').filter({ hasText: claim.merchant })).toContainText('You kept theirs');
});

test('two desks describe one person differently: the later one reads who and when, and decides by keyboard alone', async ({
  desk,
  otherDesk,
}) => {
  const name = 'Vera Novak';
  const ines = await desk.open('/');
  await signIn(ines, account(/owner of Northlight/));
  await ines.goto('/people');
  await ines.getByRole('button', { name: 'Add without login' }).click();
  await describePerson(ines, {
    Name: name,
    'What they do': 'driver',
    'E-mail': 'vera@road.example',
    Phone: '+43 1 100',
  });
  const jonas = await otherDesk.open('/');
  await signIn(jonas, account(/administrator/));
  for (const page of [ines, jonas]) {
    await page.goto('/people');
    await page.getByRole('link', { name: new RegExp(name) }).click();
    await expect(page.getByRole('link', { name: 'vera@road.example' })).toBeVisible();
  }
  await desk.offline(true);
  await otherDesk.offline(true);
  await ines.getByRole('button', { name: 'Edit', exact: true }).click();
  await describePerson(ines, { 'What they do': 'bus driver', 'E-mail': 'vera@bus.example', Phone: '+43 1 200' });
  await jonas.getByRole('button', { name: 'Edit', exact: true }).click();
  await describePerson(jonas, { 'What they do': 'runner', 'E-mail': 'vera@run.example', Phone: '+43 1 300' });

  await desk.offline(false);
  await expect.poll(() => personOf(name), { timeout: 30_000 }).toMatchObject({ title: 'bus driver' });
  await otherDesk.offline(false);
  await jonas.keyboard.press('g');
  await jonas.keyboard.press('i');
  const item = jonas.getByRole('article', { name: `Person: ${name}` });
  await expect(item.getByRole('group')).toHaveCount(3, { timeout: 30_000 });
  const does = item.getByRole('group', { name: 'What they do' });
  await expect(does.getByRole('radio', { name: /^Yours runner/ })).toBeVisible();
  await expect(does.getByRole('radio', { name: /^Ines Albrecht, \d+ \w+.* \d\d:\d\d bus driver/ })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await jonas.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(jonas)).toEqual([]);
  }

  await otherDesk.offline(true);
  await jonas.keyboard.press('Enter');
  await expect(does.getByRole('radio').first()).toBeFocused();
  await jonas.keyboard.press('m');
  await expect(does.getByRole('radio', { name: /^Yours/ })).toBeChecked();
  await jonas.keyboard.press('Tab');
  await jonas.keyboard.press('ArrowDown');
  await expect(item.getByRole('group', { name: 'E-mail' }).getByRole('radio', { name: /^Ines/ })).toBeChecked();
  await jonas.keyboard.press('Tab');
  await jonas.keyboard.press('e');
  await expect(item.getByRole('textbox', { name: 'Phone' })).toBeFocused();
  await jonas.keyboard.type('+43 1 400');
  const result = item.getByRole('region', { name: 'This is what will be sent' });
  await expect(result).toContainText(/What they do\s*runner\s*Phone\s*\+43 1 400/);
  await expect(item.getByRole('status').filter({ hasText: '3 of 3 decided' })).toBeVisible();
  await jonas.keyboard.press('Tab');
  await expect(item.getByRole('button', { name: 'Send this' })).toBeFocused();
  await jonas.keyboard.press('Enter');
  await expect(jonas.getByText('It is sent as soon as there is signal.')).toBeVisible();
  await expect(jonas.locator('ui-empty')).toBeFocused();
  expect(await personOf(name)).toMatchObject({ title: 'bus driver' });

  await otherDesk.offline(false);
  await expect
    .poll(() => personOf(name), { timeout: 30_000 })
    .toEqual({ title: 'runner', email: 'vera@bus.example', phone: '+43 1 400' });
  await expect(jonas.getByText('Nothing needs you')).toBeVisible();
});

test('a sum that was changed on two devices is decided whole, with a thumb', async ({ phone, desk }) => {
  const merchant = unused('Café Zwischenspiel');
  const theo = account(/drums/);
  const pocket = await phone.open('/');
  await signIn(pocket, theo);
  const table = await desk.open('/');
  await signIn(table, theo);
  await table.goto('/expenses/new');
  await table.getByLabel('Amount', { exact: true }).fill('12.50');
  await table.getByLabel('Merchant', { exact: true }).fill(merchant);
  await table.getByRole('button', { name: 'Save draft' }).click();
  await expect.poll(async () => (await sumOf(merchant))?.amount_minor, { timeout: 30_000 }).toBe('1250');
  const { id } = (await sumOf(merchant))!;
  await pocket.goto(`/expenses/${id}`);
  await expect(pocket.getByText(merchant).first()).toBeVisible();
  await phone.offline(true);
  await desk.offline(true);
  await table.goto(`/expenses/${id}/edit`);
  await table.getByLabel('Currency').selectOption('JPY');
  await table.getByLabel('Amount', { exact: true }).fill('1250');
  await table.getByLabel('What was it for?').fill('Breakfast in Osaka');
  await table.getByRole('button', { name: 'Save draft' }).click();
  await pocket.goto(`/expenses/${id}/edit`);
  await pocket.getByLabel('Amount', { exact: true }).fill('15.00');
  await pocket.getByLabel('What was it for?').fill('Breakfast in Graz');
  await pocket.getByRole('button', { name: 'Save draft' }).click();

  await desk.offline(false);
  await expect.poll(async () => (await sumOf(merchant))?.currency, { timeout: 30_000 }).toBe('JPY');
  await phone.offline(false);
  await pocket.goto('/inbox');
  await pocket.getByRole('link', { name: new RegExp(`Claim: ${merchant}`) }).click({ timeout: 30_000 });
  const item = pocket.getByRole('article', { name: `Claim: ${merchant}` });
  const sum = item.getByRole('group', { name: 'Amount' }).first();
  await expect(sum.getByRole('radio', { name: /^Yours €15.00/ })).toBeVisible();
  await expect(sum.getByRole('radio', { name: /^You, .* (JP)?¥1,250/ })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await pocket.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect([...(await violations(pocket)), ...(await smallTargets(pocket))]).toEqual([]);
  }
  await phone.offline(true);
  await item.getByRole('button', { name: 'Send this' }).click();
  await expect(pocket.getByText('Choose for 2 more fields first.')).toBeVisible();
  await sum.getByText('Something else').click();
  await sum.getByLabel('Amount', { exact: true }).fill('16.20');
  await item
    .getByRole('group', { name: 'What it was for' })
    .getByRole('radio', { name: /^You, / })
    .check();
  await expect(item.getByRole('region', { name: 'This is what will be sent' })).toContainText('€16.20');
  await item.getByRole('button', { name: 'Send this' }).click();
  await expect(pocket.getByText('Nothing needs you')).toBeVisible();
  await phone.offline(false);
  await expect
    .poll(() => sumOf(merchant), { timeout: 30_000 })
    .toEqual({ id, amount_minor: '1620', currency: 'EUR', description: 'Breakfast in Osaka' });
});

test('an accountant cannot approve over the limit, and is told who can', async ({ desk }) => {
  const over = await waitingClaim({ over_limit: true });
  const sentence = /This is more than you may approve\./;
  const page = await openClaim(await desk.open('/'), /accountant/, over, 'Reject');
  await expect(page.getByText(sentence)).toContainText(/Priya Raman/);
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeHidden();

  const claim = await waitingClaim();
  await page.goto(`/approvals?claim=${claim.id}`);
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeVisible();
  await desk.offline(true);
  await liftOverLimit(claim);
  await approve(page, claim);
  await desk.offline(false);
  await page.goto('/inbox');
  await expect(page.getByRole('article').filter({ hasText: claim.merchant })).toContainText(sentence, {
    timeout: 30_000,
  });
  expect(await stateOf(claim)).toBe('submitted');
});

test('the owner of a claim reads why it was rejected, corrects it and submits it again', async ({ phone }) => {
  const claim = await waitingClaim();
  await rejectElsewhere(claim);
  const page = await phone.open('/');
  await signIn(page, { ...account(/drums/), email: claim.email });
  if (claim.email === account(/both organisations/).email) await workFor(page, 'Northlight Artists');
  await page.goto(`/expenses/${claim.id}`);
  await expect(page.getByText('Rejected because: The receipt cannot be read.')).toBeVisible();
  await page.getByRole('link', { name: 'Correct and submit again' }).click();
  await page.getByLabel('What was it for?').fill('The same, with a sharper photo');
  await page.getByRole('button', { name: 'Submit again' }).click();
  await expect.poll(() => stateOf(claim), { timeout: 30_000 }).toBe('submitted');
  await page.goto(`/expenses/${claim.id}`);
  await expect(page.getByText('The same, with a sharper photo')).toBeVisible();
  await expect(page.getByText('Submitted', { exact: true })).toBeVisible();
});

test('a desk of another organisation receives nothing of this one, by sync or by asking', async ({ desk }) => {
  const claim = await waitingClaim();
  const grace = account(/Harbour Hall/);
  const page = await desk.open('/');
  await signIn(page, grace);
  await page.goto('/expenses?whose=everyone');
  await expect(page.locator('expense-list').getByRole('link').first()).toBeVisible();
  expect(await keptOrganizations(page)).toHaveLength(1);
  await page.goto(`/expenses/${claim.id}`);
  await expect(page.getByText('This claim is not here')).toBeVisible();

  const headers = await tokenOf(page, grace);
  const read = async (query: string): Promise<{ organization_id: string }[]> =>
    (await page.request.get(`/rest/v1/${query}`, { headers })).json();
  for (const table of ['expenses', 'expense_receipts', 'activity', 'people', 'person_details', 'shows']) {
    const found = await read(`${table}?select=organization_id`);
    expect(new Set(found.map(({ organization_id }) => organization_id)).size, table).toBe(found.length ? 1 : 0);
  }
  expect(await read(`expenses?id=eq.${claim.id}`)).toEqual([]);
});

/** Signs a desk person in and opens a claim in the approvals. */
async function openClaim(page: Page, who: RegExp, claim: HeldClaim, button = 'Approve'): Promise<Page> {
  await signIn(page, account(who));
  await page.goto(`/approvals?claim=${claim.id}`);
  await expect(page.getByRole('region', { name: claim.merchant })).toBeVisible();
  await expect(page.getByRole('button', { name: button, exact: true })).toBeVisible();
  return page;
}

async function approve(page: Page, claim: HeldClaim): Promise<void> {
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(page.getByText(`Approved: ${claim.merchant}.`)).toBeVisible();
}

/** Fills the dialog about a person and saves it. */
async function describePerson(page: Page, values: Record<string, string>): Promise<void> {
  const dialog = page.locator('ui-dialog[open]');
  for (const [label, value] of Object.entries(values)) await dialog.getByLabel(label, { exact: true }).fill(value);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toHaveCount(0);
}
