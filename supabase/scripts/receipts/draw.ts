import { decimalText } from '../../../app/kernel/money.ts';
import { textWidth, write } from './font.ts';
import { blankPicture, encodePng, fill, type Picture } from './png.ts';

/** What is printed on a receipt. */
export interface ReceiptText {
  merchant: string;
  description: string;
  date: string;
  amount_minor: number;
  currency: string;
  number: number;
}

const WIDTH = 480;
const HEIGHT = 680;
const MARGIN = 36;

/** Draws a till receipt as a PNG of 480 x 680 pixels; the same text gives the same bytes. */
export function drawReceipt(text: ReceiptText): { png: Buffer; width: number; height: number } {
  const picture = blankPicture(WIDTH, HEIGHT);
  const total = decimalText(text);
  fill(picture, 0, 0, WIDTH, HEIGHT, 250);
  centred(picture, text.merchant.slice(0, 24), 48, 3);
  centred(picture, `RECEIPT NO. ${String(text.number).padStart(6, '0')}`, 96, 2);
  centred(picture, text.date, 124, 2);
  rule(picture, 164);
  write(picture, text.description.slice(0, 34), MARGIN, 192, 2);
  line(picture, '1 X', total, 226, 2);
  rule(picture, 270);
  line(picture, `TOTAL ${text.currency}`, total, 300, 4);
  rule(picture, 356);
  line(picture, 'CARD ****', '4242', 384, 2);
  centred(picture, 'THANK YOU', 450, 3);
  barcode(picture, text.number, 520);
  return { png: encodePng(picture), width: WIDTH, height: HEIGHT };
}

const centred = (picture: Picture, text: string, y: number, scale: number): void =>
  write(picture, text, Math.round((WIDTH - textWidth(text, scale)) / 2), y, scale);

function line(picture: Picture, left: string, right: string, y: number, scale: number): void {
  write(picture, left, MARGIN, y, scale);
  write(picture, right, WIDTH - MARGIN - textWidth(right, scale), y, scale);
}

function rule(picture: Picture, y: number): void {
  for (let x = MARGIN; x < WIDTH - MARGIN; x += 12) fill(picture, x, y, 7, 2, 120);
}

function barcode(picture: Picture, number: number, y: number): void {
  let bits = (number * 2_654_435_761) >>> 0;
  for (let x = 110; x < WIDTH - 110; x += 6) {
    fill(picture, x, y, 1 + (bits & 3), 90, 30);
    bits = ((bits >>> 2) | (bits << 30)) >>> 0;
  }
}
