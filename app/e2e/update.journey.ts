import { fillClaim, sendForm } from './claims.ts';
import { countOf, requireClient } from './database.ts';
import { expect, test, unused } from './devices.ts';
import { account, signIn } from './people.ts';

test('S28: an app that is too old says so, keeps working and keeps the work; once it may speak again, the work leaves', async ({
  phone,
}) => {
  const merchant = unused('Garage Neumann');
  const page = await phone.open('/');
  await signIn(page, account(/artist, drums/));
  await requireClient(99);
  try {
    await page.goto('/expenses/new');
    await fillClaim(page, { merchant, amount: '51.00' });
    await sendForm(page);
    await page.getByRole('button', { name: 'Needs you' }).filter({ visible: true }).click();
    await expect(page.getByText(/^The portal has moved on\./)).toBeVisible();
    expect(await countOf('select count(*) from public.expenses where merchant = $1', merchant)).toBe(0);
  } finally {
    await requireClient(1);
  }
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect
    .poll(() => countOf('select count(*) from public.expenses where merchant = $1', merchant), { timeout: 30_000 })
    .toBe(1);
});
