import { expect, test } from './devices.ts';
import { account, codeIn, newestMail, postponePin } from './people.ts';

test('a code by e-mail signs in; a wrong one says what to do', async ({ phone }) => {
  const { email } = account(/crew/i);
  const page = await phone.open('/');
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'E-mail me a code instead' }).click();
  const mail = await newestMail(page, email);
  const code = codeIn(mail.text);
  const wrong = code === '111111' ? '222222' : '111111';
  await page.getByLabel('6-digit code').fill(wrong);
  await expect(page.getByText('That code is wrong or has run out.')).toBeVisible();
  await page.getByLabel('6-digit code').fill(code);
  await postponePin(page);
});

test('wrong passwords are answered in words and then slow down', async ({ phone }) => {
  const { email } = account(/booking/i);
  const page = await phone.open('/');
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  for (let attempt = 1; attempt <= 6; attempt++) {
    await page.getByLabel('Password', { exact: true }).fill(`Wrong-password-${attempt}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const sentence = attempt <= 5 ? /That e-mail and password do not match/ : /Too many attempts/;
    await expect(page.getByText(sentence)).toBeVisible();
  }
});

test('a forgotten password is replaced by mail', async ({ phone }) => {
  const { email } = account(/tour manager/i);
  const page = await phone.open('/');
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Forgot password?').click();
  await page.getByRole('button', { name: 'E-mail me a code' }).click();
  const mail = await newestMail(page, email);
  await page.getByLabel('6-digit code').fill(codeIn(mail.text));
  await page.getByLabel('New password', { exact: true }).fill('Harbour-Lights-2031');
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await postponePin(page);
});

test('a forged token signs nobody in', async ({ phone }) => {
  const page = await phone.open('/auth/callback?token_hash=forged&type=magiclink');
  await expect(page.getByText('This link no longer works')).toBeVisible();
});
