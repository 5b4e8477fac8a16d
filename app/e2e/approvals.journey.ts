import { claimOf } from './claims.ts';
import {
  countOf,
  forgetApprovals,
  raiseAmounts,
  seedClaims,
  setApprovalLimit,
  setApprovalRule,
  statesOf,
} from './database.ts';
import { expect, test } from './devices.ts';
import { account, signIn } from './people.ts';

test.describe('who approves claims', () => {
  test.afterEach(() => forgetApprovals('nothing'));

  test('is written as sentences, tried with a question, and lent for a while', async ({ desk }) => {
    const page = await desk.open('/');
    await signIn(page, account(/administrator/));
    await page.goto('/organization');
    await page.getByRole('link', { name: /Who approves claims/ }).click();
    const sentence = 'Claims over €700.00 in Freight and shipping need: the manager, then the finance director.';

    await test.step('a rule reads back as a sentence while it is made', async () => {
      await page.getByRole('button', { name: 'Add a rule' }).click();
      await page.getByLabel('Claims over (EUR)').fill('lots');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText('Write the amount in digits, for example 500.00.')).toBeVisible();
      await page.getByLabel('Claims over (EUR)').fill('700');
      await page.getByLabel('In the category').selectOption({ label: 'Freight and shipping' });
      await page.getByLabel('First level').selectOption({ label: 'Manager' });
      await page.getByLabel('Second level').selectOption({ label: 'Finance director' });
      await expect(page.locator('rule-dialog').getByText(sentence)).toBeVisible();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.locator('rule-dialog')).toHaveCount(0);
      await expect(page.getByText(sentence)).toBeVisible();
    });

    await test.step('the question is answered with names', async () => {
      await page.getByLabel('Amount (EUR)').fill('812');
      await page.getByLabel('Category', { exact: true }).selectOption({ label: 'Freight and shipping' });
      await expect(page.getByText('The manager: Hannah Okafor')).toBeVisible();
      await expect(page.getByText('The finance director: Priya Raman')).toBeVisible();
      await page.getByLabel('Amount (EUR)').fill('700');
      await expect(page.getByText('No rule is for it')).toBeVisible();
    });

    await test.step('a stand-in shows in the answer at once', async () => {
      await page.getByRole('button', { name: 'Lend approvals' }).click();
      await page.getByLabel('Who is away').selectOption({ label: 'Hannah Okafor' });
      await page.getByLabel('Who stands in').selectOption({ label: 'Luca Moretti' });
      await page.getByLabel('Why').fill('On the bus without signal');
      await page.locator('loan-dialog').getByRole('button', { name: 'Lend approvals' }).click();
      await expect(page.getByText('Luca Moretti for Hannah Okafor')).toBeVisible();
      await page.getByLabel('Amount (EUR)').fill('812');
      await expect(page.getByText('The manager: Hannah Okafor or Luca Moretti')).toBeVisible();
    });

    await test.step('and all of it is on the server', async () => {
      const found = () =>
        countOf(`select count(*) from public.approval_rules r, public.approval_delegations d
          where r.over_minor = 70000 and d.reason = 'On the bus without signal' and d.created_by is not null`);
      await expect.poll(found, { timeout: 20_000 }).toBe(1);
    });
  });
});

test.describe('a claim of two levels', () => {
  const merchant = 'Zweistufen Spedition';
  test.beforeEach(async () => {
    await setApprovalRule('freight', 70_000, ['role:manager', 'role:finance_director']);
    await seedClaims({ merchant, of: 'Theo', category: 'freight', amounts: [81_200] });
  });
  test.afterEach(() => forgetApprovals(merchant));

  test('is passed on by a manager without signal and completed by the finance director', async ({ phone, desk }) => {
    const office = await desk.open('/');
    await signIn(office, account(/finance director/));
    const road = await phone.open('/');
    await signIn(road, account(/tour manager/));

    await test.step('the second level waits for the first', async () => {
      await office.goto('/approvals');
      await office.getByLabel('Search the waiting claims').fill(merchant);
      await office.getByRole('button', { name: new RegExp(merchant) }).click();
      await expect(office.getByText('It waits for somebody else first. Hannah Okafor can.')).toBeVisible();
      await expect(office.getByRole('button', { name: 'Approve', exact: true })).toHaveCount(0);
    });

    await test.step('the manager approves on a phone without signal', async () => {
      await road.goto('/approvals');
      await expect(road.getByRole('button', { name: new RegExp(merchant) })).toBeVisible({ timeout: 30_000 });
      await phone.offline(true);
      await road.getByRole('button', { name: new RegExp(merchant) }).click();
      await expect(road.getByText('Waits for the manager (Hannah Okafor).')).toBeVisible();
      await road.getByRole('button', { name: 'Approve', exact: true }).click();
      await expect(road.getByText(`Approved: ${merchant}. It goes on to the next level.`)).toBeVisible();
      await expect(road.getByRole('button', { name: new RegExp(merchant) })).toHaveCount(0);
      expect(await statesOf(merchant)).toEqual({ submitted: 1 });
    });

    await test.step('with signal it goes on to the finance director by name', async () => {
      await phone.offline(false);
      const sentence = 'Approved by Hannah Okafor; waits for the finance director (Priya Raman).';
      await expect(office.getByText(sentence)).toBeVisible({ timeout: 40_000 });
      expect(await statesOf(merchant)).toEqual({ submitted: 1 });
    });

    await test.step('who completes it; both see the whole history', async () => {
      await office.getByRole('button', { name: 'Approve', exact: true }).click();
      await expect.poll(() => statesOf(merchant), { timeout: 30_000 }).toEqual({ approved: 1 });
      await road.goto('/expenses?whose=everyone');
      await claimOf(road, merchant).click();
      await expect(road.getByText('Level 1 of 2 approved by Hannah Okafor')).toBeVisible({ timeout: 30_000 });
      await expect(road.getByText(/^Approved by Priya Raman/).first()).toBeVisible();
    });
  });
});

test.describe('hundreds of claims', () => {
  const merchant = 'Tagegeld';
  const many = 300;
  test.afterEach(() => forgetApprovals(merchant));

  test('are decided in one go without signal, each with its own result', async ({ desk }) => {
    await setApprovalLimit('Tomás', 10_000);
    const amounts = Array.from({ length: many }, (_, n) => (n < 5 ? 15_000 : 2_000 + n));
    await seedClaims({ merchant, of: 'Sam', category: 'per_diem', amounts });
    const page = await desk.open('/');
    await signIn(page, account(/accountant/));
    await page.goto('/approvals');
    await expect(page.getByLabel('Search the waiting claims')).toBeVisible();
    await page.keyboard.press('/');
    await page.keyboard.type(merchant);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: `Ready: ${many - 5} claims` })).toBeVisible({ timeout: 30_000 });

    await test.step('only what is near the screen is drawn', async () => {
      expect(await page.locator('approval-queue li').count()).toBeLessThan(60);
    });

    await test.step('a range is selected by keyboard, then everything the search found', async () => {
      await page.keyboard.press('x');
      for (let n = 0; n < 3; n++) await page.keyboard.press('Shift+J');
      await expect(page.getByText('4 selected').first()).toBeVisible();
      await page.keyboard.press('Escape');
      await page.keyboard.press('*');
      await expect(page.getByText(`${many} selected`).first()).toBeVisible();
    });

    await test.step('taken back within the moment, nothing has happened', async () => {
      await page.keyboard.press('a');
      await expect(page.getByText(`${many - 5} claims approved.`)).toBeVisible();
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(page.getByRole('heading', { name: `Ready: ${many - 5} claims` })).toBeVisible();
      expect(await statesOf(merchant)).toEqual({ submitted: many });
    });

    await desk.offline(true);
    await raiseAmounts([`${merchant} 0010`, `${merchant} 0020`, `${merchant} 0030`]);
    await page.keyboard.press('*');
    await page.keyboard.press('a');

    await test.step('without signal they wait on this device', async () => {
      await expect(page.getByText('No signal: they are sent by themselves')).toBeVisible({ timeout: 20_000 });
      await expect(page.getByText(`${many - 5} wait on this device`)).toBeVisible({ timeout: 30_000 });
      expect(await statesOf(merchant)).toEqual({ submitted: many });
    });

    await test.step('with signal each gets its own answer', async () => {
      await desk.offline(false);
      await expect(page.getByText(`${many} of ${many} answered`)).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText(`${many - 8} approved`)).toBeVisible({ timeout: 30_000 });
      await expect(page.getByText('3 came back')).toBeVisible({ timeout: 30_000 });
      await expect(page.getByText('5 you cannot approve')).toBeVisible();
      await expect(page.getByText('This is more than you may approve.').first()).toBeVisible();
      await expect(page.getByText('It changed before your decision arrived').first()).toBeVisible();
      expect(await statesOf(merchant)).toEqual({ approved: many - 8, submitted: 8 });
    });

    await test.step('and is approved exactly once', async () => {
      const twice = `select count(*) from (select entity_id from public.activity where action = 'approved'
        and entity_id in (select id from public.expenses where merchant like '${merchant}%') group by 1 having count(*) > 1) twice`;
      expect(await countOf(twice)).toBe(0);
    });

    await test.step('what is left goes back with a reason for each', async () => {
      // The answers come before the rows do: only what is back in the list can be selected.
      await expect(page.getByRole('heading', { name: 'Ready: 3 claims' })).toBeVisible({ timeout: 30_000 });
      await page.keyboard.press('*');
      await expect(page.getByText('8 selected').first()).toBeVisible();
      await page.keyboard.press('r');
      await page.getByRole('radio', { name: 'A reason for each' }).check();
      await page.getByRole('button', { name: 'The amount does not match the receipt.' }).click();
      await page.getByLabel(/Reason for Sam Carter, Tagegeld 0010/).fill('It was changed.');
      await page.getByRole('button', { name: 'Reject 8 claims' }).last().click();
      await expect.poll(() => statesOf(merchant), { timeout: 40_000 }).toEqual({ approved: many - 8, rejected: 8 });
      expect(
        await countOf(
          `select count(*) from public.expenses where rejection_reason = 'It was changed.' and merchant = '${merchant} 0010'`,
        ),
      ).toBe(1);
    });
  });
});
