import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { countOf } from './database.ts';
import { expect, test, unused } from './devices.ts';
import { account, signIn } from './people.ts';

/** As routings come: no country column, a name that needs looking at, a city nobody knows, a day that is none. */
const routing = (tour: string): string =>
  [
    'Date,Venue,City,State,Tour,Ref',
    `09/18/2031,Fox Theatre,Oakland,CA,${tour},${tour} 1`,
    `09/19/2031,Fox Theatre,Oakland,CA,${tour},${tour} 2`,
    `09/21/2031,Moda Center,Portland,OR,${tour},${tour} 3`,
    `09/24/2031,Red Rocks,Morrison,CO,${tour},${tour} 4`,
    `09/26/2031,The Lodge,Xanadu on Sea,,${tour},${tour} 5`,
    `09/31/2031,Ryman,Nashville,TN,${tour},${tour} 6`,
  ].join('\r\n');

const fileOf = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

async function choose(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.locator('import-page input[type=file]').setInputFiles(file);
  await expect(page.getByText(file.name).first()).toBeVisible();
}

test('a routing is imported with no signal, corrected, taken back, and imported again without doubling', async ({
  desk,
}) => {
  const tour = unused('Western Leg');
  const file = fileOf(`${tour}.csv`, routing(tour));
  const page = await desk.open('/');
  await signIn(page, account(/administrator/));
  await page.goto('/shows');
  await expect(page.getByRole('link', { name: 'Import shows' })).toBeVisible();
  await tableIsKept(page);
  await desk.offline(true);

  await test.step('the columns are known, and one is corrected', async () => {
    await page.getByRole('link', { name: 'Import shows' }).click();
    await choose(page, file);
    await expect(page.getByLabel('What “State” holds')).toHaveValue('region');
    await expect(page.getByLabel('What “Ref” holds')).toHaveValue('external_id');
    await page.getByLabel('What “Venue” holds').selectOption('title');
    await page.getByRole('link', { name: 'Today' }).click();
    await page.goto('/shows/import'); // nothing of it is lost
    await expect(page.getByLabel('What “Venue” holds')).toHaveValue('title');
    await page.getByLabel('What “Venue” holds').selectOption('venue');
    await page.getByRole('button', { name: 'Check the rows' }).click();
  });

  await test.step('every row that is left out says why; a place is found by hand', async () => {
    await expect(page.getByText('4 new shows · 2 rows left out')).toBeVisible();
    await expect(page.getByText('“09/31/2031” is no day of the calendar when the month comes first')).toBeVisible();
    await expect(page.getByText('“Xanadu on Sea” is not in the table of cities.')).toBeVisible();
    await page.getByRole('button', { name: 'Correct the place' }).first().click();
    await page.getByLabel('Country').selectOption('US');
    await page.getByLabel('Time zone').fill('america/boise');
    await page.getByRole('button', { name: 'Use this' }).click();
    await page.getByRole('button', { name: 'Import 5, leave 1 out' }).click();
    await expect(page.getByRole('heading', { name: '5 shows imported' })).toBeVisible();
  });

  await test.step('the shows are there, and reach the server with signal', async () => {
    await page.getByRole('link', { name: 'See the shows' }).click();
    await expect(page.getByRole('heading', { name: tour })).toBeVisible();
    await expect(page.getByText('Moda Center')).toBeVisible();
    await desk.offline(false);
    await expect.poll(() => importedShows(tour), { timeout: 30_000 }).toBe(5);
    expect(await countOf(`select count(*) from public.shows where time_zone = 'America/Boise'`)).toBe(1);
  });

  await test.step('the same file again changes nothing', async () => {
    await page.goto('/shows/import');
    await choose(page, file);
    await expect(page.getByText('As you chose it for the last file like this one.')).toBeVisible();
    await page.getByRole('button', { name: 'Check the rows' }).click();
    await expect(page.getByText('4 are here already · 2 rows left out')).toBeVisible();
    await expect(page.getByText('Everything in this file is here already.')).toBeVisible();
  });

  await test.step('the import is taken back as a whole', async () => {
    await page.getByRole('button', { name: 'Back to the columns' }).click();
    await page.getByRole('button', { name: 'Take another file' }).click();
    await page.getByRole('button', { name: `Undo this import: ${tour}.csv` }).click();
    await page.locator('ui-ask').getByRole('button', { name: 'Undo this import' }).click();
    await expect(page.getByText('5 shows taken back.')).toBeVisible();
    await expect.poll(() => importedShows(tour), { timeout: 30_000 }).toBe(0);
  });
});

const importedShows = (tour: string): Promise<number> =>
  countOf(`select count(*) from public.show_sources where file_name = $1`, `${tour}.csv`);

/** Waits until the table of cities is on this device, to its last byte. */
async function tableIsKept(page: Page): Promise<void> {
  const keptBytes = () =>
    page.evaluate(async () => {
      const cache = await caches.open('portal-tables');
      const [key] = await cache.keys();
      const reply = key && (await cache.match(key));
      return (await reply?.arrayBuffer())?.byteLength ?? 0;
    });
  await expect.poll(keptBytes).toBeGreaterThan(500_000);
}

const FIXTURE = '../shared/fixtures/routings/furthur-2009-2011.csv';
const fixture = (() => {
  try {
    return readFileSync(FIXTURE);
  } catch {
    return undefined;
  }
})();

test('a real routing of 171 shows is read, checked and saved in ten seconds (skipped without the shared fixture)', async ({
  phone,
}) => {
  test.skip(!fixture, 'the shared fixture is not here');
  const page = await phone.open('/');
  await signIn(page, account(/administrator/));
  await page.goto('/shows');
  await tableIsKept(page);
  await phone.offline(true);
  await page.goto('/shows/import');
  const started = Date.now();
  await choose(page, { name: 'furthur.csv', mimeType: 'text/csv', buffer: fixture! });
  await page.getByRole('button', { name: 'Check the rows' }).click();
  await page.getByRole('button', { name: 'Import 171 shows' }).click();
  await expect(page.getByRole('heading', { name: '171 shows imported' })).toBeVisible();
  expect(Date.now() - started).toBeLessThan(10_000);
  await phone.offline(false);
  await expect
    .poll(() => countOf(`select count(*) from public.show_sources where file_name = 'furthur.csv'`), {
      timeout: 30_000,
    })
    .toBe(171);
  await page
    .getByRole('button', { name: /^Undo this import: furthur/ })
    .first()
    .click();
  await page.locator('ui-ask').getByRole('button', { name: 'Undo this import' }).click();
  await expect(page.getByText('171 shows taken back.')).toBeVisible();
  await expect
    .poll(() => countOf(`select count(*) from public.show_sources where file_name = 'furthur.csv'`), {
      timeout: 30_000,
    })
    .toBe(0);
});

test('a calendar reads the days of a person at a secret address, until it is taken away', async ({ phone }) => {
  const page = await phone.open('/');
  await signIn(page, account(/artist, drums/));
  await page.goto('/account');
  const make = page.getByRole('button', { name: 'Make an address for My days' });
  await make.click();
  const field = page.getByLabel('Address of My days');
  const address = await field.inputValue();
  const read = (headers: Record<string, string> = {}) => page.request.get(address, { headers });
  await expect.poll(async () => (await read()).status(), { timeout: 30_000 }).toBe(200);
  const reply = await read();
  const text = await reply.text();
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(text.match(/BEGIN:VEVENT/g)!.length).toBeGreaterThan(10);
  expect((await read({ 'if-none-match': reply.headers()['etag']! })).status()).toBe(304);
  expect((await page.request.get(`${address}?format=xml`)).status()).toBe(406);

  await page.getByRole('button', { name: 'New address: My days' }).click();
  await page.locator('ui-ask').getByRole('button', { name: 'New address' }).click();
  await expect(field).not.toHaveValue(address);
  await expect.poll(async () => (await read()).status(), { timeout: 30_000 }).toBe(404);
  const next = await field.inputValue();
  await expect.poll(async () => (await page.request.get(next)).status(), { timeout: 30_000 }).toBe(200);
  await page.getByRole('button', { name: 'Take it away: My days' }).click();
  await page.locator('ui-ask').getByRole('button', { name: 'Take it away' }).click();
  await expect(make).toBeVisible();
  await expect.poll(async () => (await page.request.get(next)).status(), { timeout: 30_000 }).toBe(404);
});

test('shows leave as a file that comes back unchanged', async ({ desk }) => {
  const page = await desk.open('/');
  await signIn(page, account(/administrator/));
  await page.goto('/shows/export');
  await page.getByLabel('Shows', { exact: true }).and(page.locator('select')).selectOption('every');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the file' }).click();
  const saved = readFileSync(await (await saving).path());
  await page.goto('/shows/import');
  await choose(page, { name: 'again.csv', mimeType: 'text/csv', buffer: saved });
  await page.getByRole('button', { name: 'Check the rows' }).click();
  await expect(page.getByText('Everything in this file is here already.')).toBeVisible();
});
