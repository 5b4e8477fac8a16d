import type { Page } from 'playwright/test';
import { smallTargets, violations } from './axe.ts';
import { fillFields, sendForm } from './claims.ts';
import { countOf } from './database.ts';
import { expect, test, type Device } from './devices.ts';
import { heicReceipt, pdfOf } from './documents.ts';
import { heldFiles } from './files.ts';
import { filmOfReceipt, lying } from './films.ts';
import { account, signIn } from './people.ts';
import { madePhoto, photoOfReceipt, scannedReceipt } from './photos.ts';

async function newClaim(device: Device): Promise<Page> {
  const page = await device.open('/');
  await signIn(page, account(/artist, drums/));
  await page.goto('/expenses/new');
  await expect(page.getByLabel('Amount', { exact: true })).toBeVisible();
  return page;
}

const shutter = (page: Page) => page.getByRole('button', { name: 'Take the photo' });
const photo = (page: Page, n: number) => page.getByRole('button', { name: `Open photo ${n}` });
const files = (page: Page) => page.locator('input[type=file]').last();
const corner = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name} corner`) });

/** Where a corner stands, in pixels of the photo. */
async function placeOf(page: Page, name: string): Promise<{ x: number; y: number }> {
  const label = (await corner(page, name).getAttribute('aria-label'))!;
  const [x, y] = [...label.matchAll(/\d+/g)].map(([number]) => Number(number));
  return { x: x!, y: y! };
}

test('the camera finds the receipt, a corner is corrected by keyboard, and both outlive a crash and arrive', async ({
  phone,
}) => {
  const merchant = 'Café Linse';
  phone.camera = { film: filmOfReceipt() };
  const page = await newClaim(phone);

  await test.step('the outline lies on the receipt, and the words say that it is good', async () => {
    await page.getByRole('button', { name: 'Photograph the receipt' }).click();
    await page.getByRole('button', { name: 'Automatic' }).click();
    await expect(page.locator('receipt-camera polygon.good')).toBeVisible();
    await expect(page.locator('receipt-camera').getByText('Good')).toBeVisible();
    const points = (await page.locator('receipt-camera polygon').getAttribute('points'))!;
    const found = points.split(' ').map((point) => point.split(',').map(Number));
    lying.forEach(({ x, y }, at) => expect(Math.hypot(found[at]![0]! - x, found[at]![1]! - y)).toBeLessThan(24));
    expect(await violations(page)).toEqual([]);
    expect(await smallTargets(page)).toEqual([]);
    expect((await shutter(page).boundingBox())!.width).toBe(72);
  });

  await test.step('the space bar takes a photo, and the camera goes out with its window', async () => {
    await shutter(page).focus();
    await page.keyboard.press('Space');
    await expect(page.getByText('Photo 1 taken')).toBeVisible();
    const track = await page.evaluateHandle(cameraTrack);
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(photo(page, 1)).toBeVisible();
    expect(await track.evaluate(({ readyState }) => readyState)).toBe('ended');
  });

  await test.step('the crop is moved by the arrow keys, and looked at', async () => {
    await photo(page, 1).click();
    await page.getByRole('button', { name: 'Correct the edges' }).click();
    await expect(corner(page, 'Top left')).toBeFocused();
    const before = await placeOf(page, 'Top left');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    expect(await placeOf(page, 'Top left')).toEqual({ x: before.x + 1, y: before.y + 10 });
    await page.getByRole('radio', { name: 'Grey' }).check();
    await expect(page.getByRole('img', { name: 'Preview' })).toBeVisible();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
    expect(await smallTargets(page)).toEqual([]);
    await page.getByRole('button', { name: 'Use this' }).click();
    await expect(page.getByText('Saved on this device')).toBeVisible();
  });

  await test.step('after a crash the photo and the corners are as they were left', async () => {
    await fillFields(page, { merchant, amount: '9.80' });
    await phone.offline(true);
    const again = await phone.crash('/expenses');
    await again.getByRole('link', { name: new RegExp(merchant) }).click();
    await photo(again, 1).click();
    await again.getByRole('button', { name: 'Correct the edges' }).click();
    await expect(corner(again, 'Top left')).toBeVisible();
    const { x, y } = await placeOf(again, 'Top left');
    expect(Math.abs(x - lying[0].x - 1)).toBeLessThan(12);
    expect(Math.abs(y - lying[0].y - 10)).toBeLessThan(12);
    await expect(again.getByRole('radio', { name: 'Grey' })).toBeChecked();
    await again.keyboard.press('Escape');
    await sendForm(again);
  });

  await phone.offline(false);
  await expect.poll(() => heldFiles(merchant), { timeout: 30_000 }).toMatchObject([{ has_arrived: true }]);
  const [held] = await heldFiles(merchant);
  expect(held!.sha256).toBe(held!.promised_sha256);
});

function cameraTrack(): MediaStreamTrack {
  const find = (root: Document | ShadowRoot): HTMLVideoElement | undefined => {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element instanceof HTMLVideoElement) return element;
      const inside = element.shadowRoot && find(element.shadowRoot);
      if (inside) return inside;
    }
    return undefined;
  };
  return (find(document)!.srcObject as MediaStream).getVideoTracks()[0]!;
}

test('the shutter goes by itself for a receipt that lies still, once, until that is switched off and remembered', async ({
  phone,
}) => {
  phone.camera = { film: filmOfReceipt() };
  const page = await newClaim(phone);
  await page.getByRole('button', { name: 'Photograph the receipt' }).click();
  await expect(page.locator('receipt-camera').getByText('1 photo', { exact: true })).toBeVisible();
  await page.waitForTimeout(2_500);
  await expect(page.locator('receipt-camera').getByText('1 photo', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Automatic', pressed: true }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Add photo' }).click();
  await expect(page.getByRole('button', { name: 'Automatic', pressed: false })).toBeVisible();
});

test('a camera that is not allowed and one that is not there say so, and the picker is the way on', async ({
  phone,
  desk,
}) => {
  phone.camera = 'denied';
  for (const [device, words] of [
    [phone, 'The camera is not allowed'],
    [desk, 'No camera here'],
  ] as const) {
    const page = await newClaim(device);
    await page.getByRole('button', { name: 'Photograph the receipt' }).click();
    await expect(page.getByRole('heading', { name: words })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    const picker = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a photo instead' }).click();
    await (await picker).setFiles(await photoOfReceipt(page, 'Kiosk', '1.00'));
    await expect(photo(page, 1)).toBeVisible();
    await expect(page.getByRole('heading', { name: words })).toHaveCount(0);
  }
});

test('HEIC and PDF open with no signal, stay what they are, and arrive', async ({ phone, desk }) => {
  const merchant = 'Hotel Adler';
  const page = await newClaim(phone);
  const toolsHere = async () => (await caches.open('portal-tools').then((kept) => kept.keys())).length;
  await expect.poll(() => page.evaluate(toolsHere), { timeout: 30_000 }).toBeGreaterThanOrEqual(5);
  await phone.offline(true);
  await page.reload();
  await files(page).setInputFiles([heicReceipt(), pdfOf(3)]);
  await expect(photo(page, 2)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('3 pages')).toBeVisible();
  await photo(page, 2).click();
  await expect(page.getByRole('img', { name: 'Page 1 of 3' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await fillFields(page, { merchant, amount: '118.00', category: 'Hotel' });
  await sendForm(page);
  await phone.offline(false);
  const arrived = () =>
    countOf(
      `select count(distinct r.mime_type) from public.expense_receipts r join public.expenses e on e.id = r.expense_id
       where e.merchant = $1 and r.uploaded_at is not null and r.mime_type in ('image/jpeg', 'application/pdf')`,
      merchant,
    );
  await expect.poll(arrived, { timeout: 30_000 }).toBe(2);

  const approver = await desk.open('/');
  await signIn(approver, account(/finance/i));
  await approver.goto('/approvals');
  await approver.getByText(merchant).first().click();
  await approver.getByRole('button', { name: 'Open photo 2' }).click();
  await expect(approver.getByRole('img', { name: 'Page 1 of 3' })).toBeVisible({ timeout: 30_000 });
});

test('a picture is pasted and a file is dropped anywhere on the form', async ({ desk }) => {
  const page = await newClaim(desk);
  await page.getByLabel('Merchant', { exact: true }).fill('Kept while pasting');
  for (const kind of ['paste', 'drop'] as const) {
    const { buffer } = await photoOfReceipt(page, kind, '2.00');
    await page.evaluate(handOver, { kind, base64: buffer.toString('base64') });
  }
  await expect(photo(page, 2)).toBeVisible();
  await expect(page.getByLabel('Merchant', { exact: true })).toHaveValue('Kept while pasting');
});

/** Pastes or drops an image onto the field that has the focus. */
function handOver({ kind, base64 }: { kind: 'paste' | 'drop'; base64: string }): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], `${kind}.jpg`, { type: 'image/jpeg' }));
  const options = { bubbles: true, composed: true, cancelable: true };
  const field = document.activeElement ?? document.body;
  const event =
    kind === 'paste'
      ? new ClipboardEvent('paste', { ...options, clipboardData: transfer })
      : new DragEvent('drop', { ...options, dataTransfer: transfer });
  field.dispatchEvent(event);
}

test('every bad file has its sentence, doubtful ones may be used anyway, and nothing typed is lost', async ({
  phone,
}) => {
  const page = await newClaim(phone);
  await page.getByLabel('Merchant', { exact: true }).fill('Still here');
  const refusals = [
    [{ name: 'empty.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) }, 'This file is empty.'],
    [await madePhoto(page, 'torn'), 'This image is damaged and cannot be opened.'],
    [await madePhoto(page, 'black'), 'This photo is black.'],
    [{ ...pdfOf(1), buffer: pdfOf(1).buffer.subarray(0, 60) }, 'This image is damaged and cannot be opened.'],
    [
      { ...pdfOf(1), buffer: Buffer.concat([pdfOf(1).buffer, Buffer.alloc(10_500_000)]) },
      'This PDF is larger than 10 MB.',
    ],
  ] as const;
  for (const [file, sentence] of refusals) {
    await files(page).setInputFiles(file);
    await expect(page.getByText(sentence)).toBeVisible({ timeout: 30_000 });
  }
  await expect(photo(page, 1)).toHaveCount(0);

  await files(page).setInputFiles(await madePhoto(page, 'dark'));
  await expect(page.getByText('This photo is dark.')).toBeVisible();
  await page.getByRole('button', { name: 'Use anyway' }).click();
  await expect(page.getByText('This photo is dark.')).toHaveCount(0);
  await files(page).setInputFiles(await madePhoto(page, 'blurred'));
  await expect(page.getByText('This photo is blurred.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove blurred.jpg' }).click();
  await files(page).setInputFiles(await madePhoto(page, 'vast'));
  await expect(photo(page, 2)).toBeVisible({ timeout: 30_000 });
  await files(page).setInputFiles(pdfOf(200));
  await expect(page.getByText('This document has many pages.')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Use anyway' }).click();
  await expect(page.getByText('200 pages')).toBeVisible();
  await expect(page.getByLabel('Merchant', { exact: true })).toHaveValue('Still here');
});

const scans = ['082.jpg', '151.jpg', '243.jpg', '319.jpg', '383.jpg'].map((name) => scannedReceipt(name));
const areThere = scans.every((scan) => scan !== undefined);

test(`flat scans of real receipts lose nothing at their edges${areThere ? '' : ' (skipped: no scans beside the project)'}`, async ({
  desk,
}) => {
  test.skip(!areThere);
  const page = await newClaim(desk);
  await files(page).setInputFiles(scans as string[]);
  for (let n = 1; n <= scans.length; n++) {
    await photo(page, n).click({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Correct the edges' }).click();
    await expect(corner(page, 'Top left')).toBeVisible();
    const [a, c] = [await placeOf(page, 'Top left'), await placeOf(page, 'Bottom right')];
    const [width, height] = await page
      .locator('corner-editor canvas.photo')
      .evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height] as const);
    expect((c.x - a.x) * (c.y - a.y), scans[n - 1]).toBeGreaterThan(0.8 * width * height);
    await expect.poll(() => previewOf(page)).not.toEqual([300, 150]); // an untouched canvas
    await page.keyboard.press('Escape');
  }
});

const previewOf = (page: Page) =>
  page
    .locator('corner-editor canvas.preview')
    .evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height] as const);

test('a photo whose camera was held on its side is opened upright', async ({ phone }) => {
  const page = await newClaim(phone);
  await files(page).setInputFiles(await madePhoto(page, 'turned'));
  await photo(page, 1).click();
  await page.getByRole('button', { name: 'Correct the edges' }).click();
  await expect(corner(page, 'Bottom right')).toBeVisible();
  const [bottom, right] = [await placeOf(page, 'Bottom left'), await placeOf(page, 'Top right')];
  expect(bottom.y - right.y).toBeGreaterThan(right.x - bottom.x);
});
