import { dice, type MadeUp, type Row } from './made-up.ts';

const PAPER_WIDTH = 620;
const MARGIN = 36;
const PRINT = 24;
/** Linear size of the photo in multiples of the paper, before it is compressed. */
const PHOTO_SCALE = 1.6;

/** Draws a made-up receipt as a phone would photograph it: leaning, in half shadow, on a table, with noise, as a JPEG. */
export async function photographed(receipt: MadeUp): Promise<ArrayBuffer> {
  const roll = dice(receipt.seed * 31 + 7);
  const paper = printed(receipt, roll);
  const [width, height] = [(paper.width + 120) * PHOTO_SCALE, (paper.height + 120) * PHOTO_SCALE].map(Math.round);
  const canvas = new OffscreenCanvas(width!, height!);
  const context = canvas.getContext('2d', { alpha: false })!;
  context.fillStyle = `hsl(${Math.floor(roll() * 360)} 15% ${25 + Math.floor(roll() * 25)}%)`;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.save();
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate(((roll() - 0.5) * 7 * Math.PI) / 180);
  context.transform(1, 0, (roll() - 0.5) * 0.04, 1, 0, 0);
  context.scale(PHOTO_SCALE, PHOTO_SCALE);
  context.filter = `blur(${(0.2 + roll() * 0.7).toFixed(2)}px)`;
  context.drawImage(paper, -paper.width / 2, -paper.height / 2);
  context.restore();
  shade(context, roll);
  noise(context, roll);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.72 });
  return blob.arrayBuffer();
}

function printed({ rows, font }: MadeUp, roll: () => number): OffscreenCanvas {
  const height = rows.reduce((all, row) => all + heightOf(row), 2 * MARGIN);
  const canvas = new OffscreenCanvas(PAPER_WIDTH, height);
  const context = canvas.getContext('2d', { alpha: false })!;
  context.fillStyle = `hsl(45 ${Math.floor(roll() * 30)}% ${90 + Math.floor(roll() * 8)}%)`;
  context.fillRect(0, 0, PAPER_WIDTH, height);
  context.fillStyle = `rgb(${Array.from({ length: 3 }, () => 20 + Math.floor(roll() * 70)).join()})`;
  let y = MARGIN;
  for (const row of rows) y = drawn(context, row, font, y);
  return canvas;
}

const heightOf = ({ size = 1, rule }: Row): number => (rule ? PRINT : Math.round(PRINT * size * 1.35));

function drawn(context: OffscreenCanvasRenderingContext2D, row: Row, font: string, y: number): number {
  const next = y + heightOf(row);
  if (row.rule) {
    for (let x = MARGIN; x < PAPER_WIDTH - MARGIN; x += 14) context.fillRect(x, y + PRINT / 2, 8, 2);
    return next;
  }
  const size = PRINT * (row.size ?? 1);
  context.textBaseline = 'top';
  const room = PAPER_WIDTH - 2 * MARGIN;
  context.font = `${row.bold ? 'bold ' : ''}${size}px "${font}"`;
  const all = context.measureText(`${row.left}  ${row.right ?? ''}`).width;
  if (all > room) context.font = `${row.bold ? 'bold ' : ''}${(size * room) / all}px "${font}"`;
  context.textAlign = row.centred ? 'center' : 'left';
  context.fillText(row.left, row.centred ? PAPER_WIDTH / 2 : MARGIN, y);
  context.textAlign = 'right';
  if (row.right) context.fillText(row.right, PAPER_WIDTH - MARGIN, y);
  return next;
}

/** Light from one side, and the edge of a hand's shadow. */
function shade(context: OffscreenCanvasRenderingContext2D, roll: () => number): void {
  const { width, height } = context.canvas;
  const light = context.createLinearGradient(0, 0, roll() * width, height);
  light.addColorStop(0, `rgba(0,0,0,${(roll() * 0.35).toFixed(2)})`);
  light.addColorStop(1, `rgba(0,0,0,${(roll() * 0.15).toFixed(2)})`);
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
  if (roll() < 0.5) return;
  context.fillStyle = `rgba(0,0,0,${(0.1 + roll() * 0.25).toFixed(2)})`;
  context.filter = 'blur(14px)';
  context.beginPath();
  context.ellipse(roll() * width, roll() * height, width * 0.6, height * 0.25, roll() * 3, 0, 7);
  context.fill();
  context.filter = 'none';
}

function noise(context: OffscreenCanvasRenderingContext2D, roll: () => number): void {
  const { width, height } = context.canvas;
  const image = context.getImageData(0, 0, width, height);
  const strength = 6 + roll() * 22;
  for (let at = 0; at < image.data.length; at += 4) {
    const by = (roll() + roll() - 1) * strength;
    for (let part = 0; part < 3; part++) image.data[at + part] = image.data[at + part]! + by;
  }
  context.putImageData(image, 0, 0);
}
