import { randomFillSync } from 'node:crypto';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'playwright/test';

interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Photographs a paper receipt: draws one in the page and returns real JPEG bytes of about 12 megapixels. */
export async function photoOfReceipt(page: Page, merchant: string, total: string): Promise<Upload> {
  const base64 = await page.evaluate(drawReceipt, { merchant, total });
  return { name: `${merchant}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

async function drawReceipt({ merchant, total }: { merchant: string; total: string }): Promise<string> {
  const canvas = new OffscreenCanvas(3000, 4000);
  const ink = canvas.getContext('2d')!;
  const table = ink.createLinearGradient(0, 0, 3000, 4000);
  table.addColorStop(0, '#6b5846');
  table.addColorStop(1, '#3d332a');
  ink.fillStyle = table;
  ink.fillRect(0, 0, 3000, 4000);
  ink.translate(1500, 2000);
  ink.rotate(-0.05);
  ink.fillStyle = '#f8f6f0';
  ink.fillRect(-900, -1600, 1800, 3200);
  ink.fillStyle = '#23211d';
  ink.font = 'bold 150px sans-serif';
  ink.textAlign = 'center';
  ink.fillText(merchant, 0, -1300);
  ink.font = '90px monospace';
  for (let line = 0; line < 12; line++)
    ink.fillText(`ITEM ${line + 1} ........ ${(line * 1.35 + 2).toFixed(2)}`, 0, -1000 + line * 130);
  ink.font = 'bold 130px monospace';
  ink.fillText(`TOTAL ${total}`, 0, 900);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

/** How a photo can go wrong, or be unusual. */
type Fault = 'black' | 'dark' | 'blurred' | 'torn' | 'turned' | 'vast';

/** A photo of a receipt with a fault: taken in a pocket, in the dark, out of focus, cut off, held on its side, or of 40 megapixels. */
export async function madePhoto(page: Page, fault: Fault): Promise<Upload> {
  const image = Buffer.from(await page.evaluate(drawFault, fault), 'base64');
  const whole = fault === 'turned' ? onItsSide(image) : image;
  const buffer = fault === 'torn' ? whole.subarray(0, 900) : whole;
  return { name: `${fault}.jpg`, mimeType: 'image/jpeg', buffer };
}

async function drawFault(fault: Fault): Promise<string> {
  const [width, height] = fault === 'vast' ? [7300, 5500] : fault === 'turned' ? [1600, 1200] : [1200, 1600];
  const canvas = new OffscreenCanvas(width, height);
  const ink = canvas.getContext('2d')!;
  const [table, paper, print] =
    fault === 'black'
      ? ['#000', '#050505', '#000']
      : fault === 'dark'
        ? ['#141210', '#343230', '#0a0a0a']
        : ['#4a3b2e', '#f6f4ee', '#222'];
  if (fault === 'blurred') ink.filter = 'blur(14px)';
  ink.fillStyle = table!;
  ink.fillRect(0, 0, width, height);
  ink.fillStyle = paper!;
  const [w, h] = fault === 'turned' ? [width * 0.8, height * 0.5] : [width * 0.5, height * 0.8];
  ink.fillRect((width - w) / 2, (height - h) / 2, w, h);
  ink.fillStyle = print!;
  ink.font = `${Math.round(height / 40)}px monospace`;
  for (let line = 0; line < 12; line++)
    ink.fillText(`ITEM ${line}  ${line}.50`, (width - w) / 2 + w * 0.15, (height - h) / 2 + h * (0.12 + line * 0.07));
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

/** Puts an EXIF block into a JPEG that says: turn me a quarter clockwise (orientation 6). */
function onItsSide(image: Buffer): Buffer {
  const head = Buffer.from('ffe1002245786966000049492a00080000000100', 'hex');
  const orientation = Buffer.from('12010300010000000600000000000000', 'hex');
  const exif = Buffer.concat([head, orientation]);
  return Buffer.concat([image.subarray(0, 2), exif, image.subarray(2)]);
}

function png(side: number, pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  for (let row = 0; row < side; row++) pixels[row * (side * 3 + 1)] = 0;
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...parts]);
}

/** A photo that no compression makes small: pure noise, `side` pixels square. */
export const noisePhoto = (side: number, name: string): Upload => ({
  name,
  mimeType: 'image/png',
  buffer: png(side, randomFillSync(Buffer.alloc(side * (side * 3 + 1)))),
});

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
};

/** Writes a real PNG of about `megabytes` (uncompressed inside, RFC 2083), as a careless scanner makes them; answers its path. */
export function hugePng(megabytes: number): string {
  const side = Math.round(Math.sqrt((megabytes * 1_000_000) / 3));
  const path = join(mkdtempSync(join(tmpdir(), 'scan-')), 'scan.png');
  writeFileSync(path, png(side, Buffer.alloc(side * (side * 3 + 1), 200)));
  return path;
}

const SCANS = '../shared/fixtures/receipts';

/** A receipt scanned from real paper where such scans lie beside the project; undefined elsewhere. */
export const scannedReceipt = (name = '310.jpg'): string | undefined =>
  existsSync(join(SCANS, name)) ? join(SCANS, name) : undefined;

/** A text file that somebody named like a photo. */
export const textNamedJpg = (): Upload => ({
  name: 'receipt.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from('Dear accountant, the photo is in the other mail.'),
});
