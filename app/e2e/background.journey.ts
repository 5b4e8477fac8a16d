import { claimOf, submitClaim } from './claims.ts';
import { countOf } from './database.ts';
import { expect, test, type Device, unused } from './devices.ts';
import { heldFiles } from './files.ts';
import { account, signIn } from './people.ts';

/** Fires the event that the browser owes the service worker, at once instead of when the browser sees fit. */
async function networkIsBack(device: Device): Promise<void> {
  const session = await device.context.newCDPSession(device.page);
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ isDeleted }) => !isDeleted);
      if (ours) resolve(ours.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.dispatchSyncEvent', {
    origin: new URL(process.env['JOURNEY_URL']!).origin,
    registrationId: await registered,
    tag: 'portal-outbox',
    lastChance: false,
  });
}

/** What the browser has promised to wake the service worker for. */
const tagsWaiting = async (): Promise<string[]> => {
  const registration = (await navigator.serviceWorker.ready) as ServiceWorkerRegistration & {
    sync: { getTags(): Promise<string[]> };
  };
  return registration.sync.getTags();
};

test('S35: a claim with its photo, made with no signal, reaches the server although its page is closed', async ({
  phone,
}) => {
  const merchant = unused('Bahnhof Buffet');
  const claims = () =>
    countOf("select count(*) from public.expenses where merchant = $1 and status = 'submitted'", merchant);
  const page = await phone.open('/');
  await signIn(page, account(/artist, drums/));
  await phone.offline(true);
  await submitClaim(page, { merchant, amount: '9.80' });

  await test.step('the page closes, the browser stays', async () => {
    await expect.poll(() => page.evaluate(tagsWaiting)).toContain('portal-outbox');
    await phone.context.newPage();
    await page.close();
    expect(await claims()).toBe(0);
    await phone.offline(false);
  });

  await test.step('the service worker sends rows and photo as the person who made them', async () => {
    await networkIsBack(phone);
    await expect.poll(claims, { timeout: 30_000 }).toBe(1);
    await expect.poll(() => heldFiles(merchant)).toMatchObject([{ has_arrived: true }]);
    const [file] = await heldFiles(merchant);
    expect(file!.sha256).toBe(file!.promised_sha256);
  });

  await test.step('opened again, the app has nothing left to send', async () => {
    const again = await phone.tab('/expenses');
    await expect(claimOf(again, merchant)).toBeVisible();
    await expect(again.getByText('All saved').filter({ visible: true }).first()).toBeVisible();
    expect(await claims()).toBe(1);
  });
});

test('S35: with a page open its engine does the work, and nothing is sent twice', async ({ phone }) => {
  const merchant = unused('Rasthof Nord');
  const claims = () => countOf('select count(*) from public.expenses where merchant = $1', merchant);
  const page = await phone.open('/');
  await signIn(page, account(/artist, drums/));
  await phone.offline(true);
  await submitClaim(page, { merchant, amount: '4.10' });
  await phone.offline(false);
  await networkIsBack(phone);
  await expect(page.getByText('All saved').filter({ visible: true }).first()).toBeVisible({ timeout: 30_000 });
  expect(await claims()).toBe(1);
  expect(await heldFiles(merchant)).toMatchObject([{ has_arrived: true }]);
});

test('S35: where the browser has no Background Sync, opening the app sends what waits', async ({ phone }) => {
  const merchant = unused('Kiosk am See');
  await phone.open('about:blank');
  await phone.context.addInitScript(() => {
    delete (ServiceWorkerRegistration.prototype as { sync?: unknown }).sync;
  });
  const page = await phone.tab('/');
  await signIn(page, account(/artist, drums/));
  await phone.offline(true);
  await submitClaim(page, { merchant, amount: '3.20' });
  await page.close();
  await phone.offline(false);
  const again = await phone.tab('/expenses');
  await expect(again.getByText('All saved').filter({ visible: true }).first()).toBeVisible({ timeout: 30_000 });
  expect(await heldFiles(merchant)).toMatchObject([{ has_arrived: true }]);
});
