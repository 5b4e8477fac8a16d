import type { Locator, Page } from 'playwright/test';
import { countOf } from './database.ts';
import { expect, test, unused, type Device } from './devices.ts';
import { account, signIn, workFor } from './people.ts';

/** The last show that is fully planned: no other journey looks at it. */
const CITY = 'Berlin';

test('a changed time asks the drummer, who answers with no signal, and the desk sees who has and has not', async ({
  phone,
  desk,
}) => {
  const page = await desk.open('/');
  await signIn(page, account(/tour manager/));
  await openShow(page, CITY);
  const artist = await phone.open('/');
  await signIn(artist, account(/artist, drums/));

  await test.step('the planner moves the soundcheck, with the keyboard alone', async () => {
    await cellOf(page, 'Soundcheck', 'start').click();
    await page.keyboard.type('4:10 pm');
    await page.keyboard.press('Enter');
    await expect(cellOf(page, 'Soundcheck', 'start')).toHaveText('16:10');
    await expect(cellOf(page, 'Soundcheck', 'who')).toContainText('0/4');
  });

  await test.step('the phone shows it without a reload, and asks', async () => {
    await openShow(artist, CITY);
    const line = artist.locator('show-page button.line').filter({ hasText: 'Soundcheck' });
    await expect(line).toContainText('16:10', { timeout: 30_000 });
    await expect(line).toContainText('Acknowledge', { timeout: 30_000 });
  });

  await test.step('the drummer acknowledges with no signal', async () => {
    await phone.offline(true);
    await artist.locator('show-page button.line').filter({ hasText: 'Soundcheck' }).click();
    await artist.getByLabel('Note', { exact: true }).fill('Bringing the small kit');
    await artist.getByRole('button', { name: 'Acknowledge', exact: true }).click();
    await expect(artist.getByText('It leaves this device when there is signal.')).toBeVisible();
    await expect(cellOf(page, 'Soundcheck', 'who')).toContainText('0/4');
  });

  await test.step('finds signal: the desk sees who has and who has not', async () => {
    await phone.offline(false);
    await expect(cellOf(page, 'Soundcheck', 'who')).toContainText('1/4', { timeout: 30_000 });
    await cellOf(page, 'Soundcheck', 'who').click();
    const answers = page.getByRole('region', { name: 'Answers' });
    await expect(answers).toContainText('1 of 4 acknowledged');
    await expect(answers.getByRole('listitem').filter({ hasText: 'Theo Janssen' })).toContainText(
      'Bringing the small kit',
    );
    await expect(answers.getByRole('listitem').filter({ hasText: 'Mara Lindqvist' })).toContainText('not yet');
    await page.keyboard.press('Escape');
  });

  await test.step('a second change says what is different since then', async () => {
    await cellOf(page, 'Soundcheck', 'start').click();
    await page.keyboard.type('1640');
    await page.keyboard.press('Enter');
    const line = artist.locator('show-page button.line').filter({ hasText: 'Soundcheck' });
    await expect(line).toContainText('16:40', { timeout: 30_000 });
    await expect(line).toContainText('Acknowledge', { timeout: 30_000 });
    await line.click();
    const changes = artist.locator('call-sheet .changes');
    await expect(changes).toBeVisible();
    await expect(changes).toContainText('Changed since you acknowledged');
    await expect(changes).toContainText('16:10');
    await expect(changes).toContainText('16:40');
  });

  await test.step('an answer to what it was before does not count, and comes back in words', async () => {
    await phone.offline(true);
    await artist.getByRole('button', { name: 'Acknowledge', exact: true }).click();
    await expect(artist.getByText('It leaves this device when there is signal.').first()).toBeVisible();
    await cellOf(page, 'Soundcheck', 'start').click();
    await page.keyboard.type('1530');
    await page.keyboard.press('Enter');
    await expect
      .poll(
        () =>
          countOf(`select count(*) from schedule_items where title = 'Soundcheck' and wall_start = '15:30'
        and show_id in (select id from shows where title like '%· ${CITY}')`),
        { timeout: 20_000 },
      )
      .toBe(1);
    await phone.offline(false);
    await artist.goto('/inbox');
    await artist.getByRole('link', { name: /Call: Soundcheck/ }).click({ timeout: 30_000 });
    await expect(artist.getByText('Look at the call again, then answer.')).toBeVisible();
  });
});

test('a day is written like a spreadsheet, with no signal, and every step can be taken back', async ({ desk }) => {
  const page = await desk.open('/');
  await signIn(page, account(/booking agent/));
  await openShow(page, 'Zürich');
  const lines = page.locator('day-grid tbody tr:not(.blank)');
  const before = await lines.count();
  const interview = unused('Podcast, two voices');
  await desk.offline(true);

  await test.step('a new line is typed cell by cell', async () => {
    await page.locator('day-grid tr.blank td.start').click();
    await page.keyboard.type('930');
    await page.keyboard.press('Tab');
    await page.keyboard.type('10:15');
    await page.keyboard.press('Tab');
    await page.keyboard.type('press');
    await page.keyboard.press('Tab');
    await page.keyboard.type(interview);
    await page.keyboard.press('Enter');
    const row = lines.filter({ hasText: interview });
    await expect(row.locator('td.start')).toHaveText('09:30');
    await expect(row.locator('td.end')).toHaveText('10:15');
    await expect(row.locator('td.kind')).toHaveText('Press');
    await expect(lines).toHaveCount(before + 1);
  });

  await test.step('what is no time stays in its cell and says why, also after a reload', async () => {
    await cellOf(page, interview, 'start').click();
    await page.keyboard.type('9:75');
    await page.keyboard.press('Enter');
    await expect(page.getByText('There are 60 minutes in an hour.')).toBeVisible();
    await page.reload();
    await expect(page.getByText('There are 60 minutes in an hour.')).toBeVisible();
    await expect(cellOf(page, interview, 'start')).toHaveText('9:75');
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await expect(cellOf(page, interview, 'start')).toHaveText('09:30');
  });

  await test.step('rows from a spreadsheet are read first, and none is added while one cannot be', async () => {
    await page.getByRole('button', { name: 'Fill' }).click();
    await page.getByRole('menuitem', { name: 'Paste rows' }).click();
    const rows = page.getByLabel('Rows', { exact: true });
    await rows.fill('11:00\tPhoto call\nsoonish\tLunch');
    await expect(page.getByText('That is not a time.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add 2 lines' })).toBeDisabled();
    await rows.fill('11:00\tPhoto call\n~12:30\tLunch\n25:15\tBus leaves');
    await page.getByRole('button', { name: 'Add 3 lines' }).click();
    await expect(lines).toHaveCount(before + 4);
    await expect(cellOf(page, 'Bus leaves', 'start')).toHaveText('01:15 +1');
    await expect(cellOf(page, 'Lunch', 'start')).toHaveText('~12:30');
  });

  await test.step('selected lines are shifted together, and undone step by step', async () => {
    await page.getByRole('checkbox', { name: 'Select Photo call' }).check();
    await page.getByRole('checkbox', { name: 'Select Lunch' }).check();
    await page.getByLabel('Shift times').fill('-20');
    await page.getByRole('button', { name: 'Shift', exact: true }).click();
    await expect(cellOf(page, 'Photo call', 'start')).toHaveText('10:40');
    await expect(cellOf(page, 'Lunch', 'start')).toHaveText('~12:10');
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await expect(cellOf(page, 'Photo call', 'start')).toHaveText('11:00');
    await cellOf(page, 'Photo call', 'title').click();
    await page.keyboard.press('Control+z');
    await expect(lines).toHaveCount(before + 1);
  });

  await test.step('two calls at once are told with names, and accepted with a reason', async () => {
    const [one, other] = [unused('Meet the label'), unused('Rehearse strings')];
    await page.getByRole('button', { name: 'Fill' }).click();
    await page.getByRole('menuitem', { name: 'Paste rows' }).click();
    await page
      .getByLabel('Rows', { exact: true })
      .fill(`12:00 - 13:00\t${one}\tMain stage\n12:30 - 13:30\t${other}\tMain stage`);
    await page.getByRole('button', { name: 'Add 2 lines' }).click();
    const list = page.locator('conflict-list');
    await expect(list).toContainText(`Main stage is taken by “${one}” and “${other}” for the same 30 min.`);
    await list.getByRole('listitem').filter({ hasText: one }).getByRole('button', { name: 'Accept' }).click();
    await page.getByLabel('Reason').fill('The strings sit on the side');
    await list.locator('ui-dialog').getByRole('button', { name: 'Accept' }).click();
    await expect(list.getByRole('listitem').filter({ hasText: one })).toContainText('“The strings sit on the side”');
  });

  await test.step('and is on the server when there is signal again', async () => {
    await desk.offline(false);
    await expect
      .poll(
        () => countOf('select count(*) from schedule_items where title = $1 and starts_at is not null', interview),
        {
          timeout: 30_000,
        },
      )
      .toBe(1);
  });
});

test('Today is there from cold with no signal, and the day goes on paper', async ({ phone }) => {
  const page = await openAtNoon(phone);
  await signIn(page, account(/artist in both/));
  await workFor(page, 'Northlight Artists');
  await openShow(page, 'Amsterdam');
  await page.goto('/');
  await expect(page.getByRole('heading', { name: /^Today/, level: 2 })).toBeVisible();
  await expect(page.getByText('Radio session, two songs')).toBeVisible();
  await phone.offline(true);
  await phone.close();
  const cold = await openAtNoon(phone);
  await expect(cold.getByText('Radio session, two songs')).toBeVisible();
  await cold.getByText('Radio session, two songs').click();
  await expect(cold.locator('call-sheet').getByRole('link', { name: /Open a map at Radio 5/ })).toBeVisible();
  await cold.keyboard.press('Escape');
  await openShow(cold, 'Amsterdam');
  await expect(cold.getByText('Surprise guest')).toHaveCount(0);
  await cold.getByRole('link', { name: 'Print' }).click();
  await cold.getByRole('radio', { name: 'A6' }).check({ force: true });
  const paper = cold.getByRole('article', { name: /Day sheet/ });
  await expect(paper).toContainText('Load-out');
  await cold.emulateMedia({ media: 'print' });
  await expect(cold.getByRole('button', { name: 'Print', exact: true })).toBeHidden();
  await expect(paper).toBeVisible();
});

/** Opens the app at noon of the seed's day, whenever the journey runs: in the small hours it is still the day before for the road. */
async function openAtNoon(phone: Device): Promise<Page> {
  const page = await phone.open('about:blank');
  await phone.context.clock.install({ time: new Date().setUTCHours(12, 0, 0, 0) });
  await page.goto('/');
  return page;
}

async function openShow(page: Page, city: string): Promise<void> {
  await page.goto('/shows');
  await page
    .getByRole('link', { name: new RegExp(city) })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(city);
}

/** A cell of the line with this title. */
const cellOf = (page: Page, title: string, column: string): Locator =>
  page.locator('day-grid tbody tr').filter({ hasText: title }).first().locator(`td.${column}`);
