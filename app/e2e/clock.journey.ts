import { claimOf, fillClaim, sendForm } from './claims.ts';
import { countOf } from './database.ts';
import { expect, test, unused } from './devices.ts';
import { account, signIn } from './people.ts';

const DAY_MS = 86_400_000;

test('a device whose clock is two days fast still works; the server corrects its dates in words', async ({ phone }) => {
  const merchant = unused('Kiosk am Ring');
  const page = await phone.open('about:blank');
  await phone.context.clock.install({ time: Date.now() + 2 * DAY_MS });
  await page.goto('/');
  await signIn(page, account(/artist, drums/));

  await test.step('a claim of "today" is refused by the server, kept, and explained', async () => {
    await page.goto('/expenses/new');
    await fillClaim(page, { merchant, amount: '6.50', category: 'Meals' });
    await sendForm(page);
    await page.goto('/inbox');
    await expect(page.getByText(/has not come yet anywhere on Earth/).first()).toBeVisible({ timeout: 30_000 });
    expect(await countOf('select count(*) from public.expenses where merchant = $1', merchant)).toBe(0);
  });

  await test.step('it goes back into the form with its photo, and is taken once the date is right', async () => {
    await page.getByRole('link', { name: new RegExp(merchant) }).click();
    await page.getByRole('button', { name: 'Correct it' }).click();
    await expect(page.getByLabel('Amount', { exact: true })).toHaveValue('6.50');
    await expect(page.getByRole('button', { name: 'Open photo 1' })).toBeVisible();
    await page.getByLabel('Date', { exact: true }).fill(new Date(Date.now() - DAY_MS).toISOString().slice(0, 10));
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    await expect
      .poll(() =>
        countOf(`select count(*) from public.expenses where merchant = $1 and status = 'submitted'`, merchant),
      )
      .toBe(1);
    await expect
      .poll(() =>
        countOf(
          `select count(*) from public.expense_receipts r join public.expenses e on e.id = r.expense_id
           where e.merchant = $1 and r.uploaded_at is not null`,
          merchant,
        ),
      )
      .toBe(1);
  });
});

test('a device whose clock is a day slow syncs, submits and stays signed in', async ({ phone }) => {
  const merchant = unused('Kiosk am Tor');
  const page = await phone.open('about:blank');
  await phone.context.clock.install({ time: Date.now() - DAY_MS });
  await page.goto('/');
  await signIn(page, account(/artist, drums/));
  await page.goto('/expenses/new');
  await fillClaim(page, { merchant, amount: '5.10', category: 'Meals' });
  await sendForm(page);
  await page.goto('/expenses');
  await expect(claimOf(page, merchant)).toBeVisible();
  await expect
    .poll(() => countOf(`select count(*) from public.expenses where merchant = $1 and status = 'submitted'`, merchant))
    .toBe(1);
  await page.reload();
  await expect(claimOf(page, merchant)).toBeVisible();
});
