import type { Page } from 'playwright/test';
import {
  keptOrganizations,
  liftOverLimit,
  rejectElsewhere,
  stateOf,
  waitingClaim,
  type HeldClaim,
} from './database.ts';
import { expect, test } from './devices.ts';
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
  const [loser, mine] = winner === 'approved' ? [admin, 'rejected'] : [director, 'approved'];
  const glad = loser === admin ? director : admin;
  await loser.goto('/inbox');
  const card = loser.getByRole('article').filter({ hasText: claim.merchant });
  await expect(card).toContainText('The claim changed before your decision arrived.', { timeout: 30_000 });
  await expect(card.getByRole('row', { name: /^Status/ })).toContainText(new RegExp(`${mine}\\s*${winner}`, 'i'));
  await card.getByRole('button', { name: 'Keep theirs' }).click();
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

test('an accountant cannot approve over the limit, and is told who can', async ({ desk }) => {
  const over = await waitingClaim({ over_limit: true });
  const sentence = /This is over a limit\. It needs the approval of the finance director or an administrator\./;
  const page = await openClaim(await desk.open('/'), /accountant/, over, 'Reject');
  await expect(page.getByText(sentence)).toBeVisible();
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
