import { luma, quantile, type Pixels } from './pixels.ts';

/** How a receipt is to look. */
export const modes = ['colour', 'grey', 'ink', 'original'] as const;
export type Mode = (typeof modes)[number];

/** The light is measured in this many places along the longer side. */
const CELLS = 24;
/** The paper is brighter than this share of the pixels of a place. */
const PAPER_SHARE = 0.85;
/** What paper becomes. */
const WHITE = 246;
/** No shadow is lifted by more than this factor: beyond it there is only noise. */
const MOST_GAIN = 3.2;
/** A window this share of the longer side wide decides what is ink. */
const INK_WINDOW = 1 / 28;
/** Ink is at least this much darker than the paper around it. */
const INK_DEPTH = 0.12;

/** Evens out the light, makes paper white and print dark; `original` leaves the picture as it is. Works in place. */
export function enhance(picture: Pixels, mode: Mode): Pixels {
  if (mode === 'original') return picture;
  evenOut(picture);
  if (mode !== 'colour') greyed(picture);
  if (mode === 'ink') return inked(picture);
  return stretched(picture);
}

/** Brightness of the paper in each colour on a coarse grid. */
interface Light {
  readonly columns: number;
  readonly rows: number;
  readonly data: Float32Array;
}

/** Divides each pixel by the light that falls on it, which takes the tint of the lamp away too. */
function evenOut(picture: Pixels): void {
  const { data, width, height } = picture;
  const { columns, rows, data: light } = lightOf(picture);
  for (let y = 0, at = 0; y < height; y++) {
    const gy = Math.min(rows - 1.001, Math.max(0, ((y + 0.5) / height) * rows - 0.5));
    const row = gy | 0;
    const fy = gy - row;
    const below = row < rows - 1 ? columns * 3 : 0;
    for (let x = 0; x < width; x++, at += 4) {
      const gx = Math.min(columns - 1.001, Math.max(0, ((x + 0.5) / width) * columns - 0.5));
      const column = gx | 0;
      const fx = gx - column;
      const beside = column < columns - 1 ? 3 : 0;
      const cell = (row * columns + column) * 3;
      for (let colour = 0; colour < 3; colour++) {
        const from = cell + colour;
        const above = light[from]! * (1 - fx) + light[from + beside]! * fx;
        const under = light[from + below]! * (1 - fx) + light[from + below + beside]! * fx;
        data[at + colour] = (data[at + colour]! * WHITE) / (above * (1 - fy) + under * fy);
      }
    }
  }
}

function lightOf(picture: Pixels): Light {
  const longer = Math.max(picture.width, picture.height);
  const columns = Math.max(2, Math.round((CELLS * picture.width) / longer));
  const rows = Math.max(2, Math.round((CELLS * picture.height) / longer));
  const data = new Float32Array(columns * rows * 3);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let colour = 0; colour < 3; colour++)
        data[(row * columns + column) * 3 + colour] = brightest(picture, { columns, rows, row, column, colour });
  return { columns, rows, data: settled({ columns, rows, data }) };
}

type Cell = Readonly<Record<'columns' | 'rows' | 'row' | 'column' | 'colour', number>>;

function brightest({ data, width, height }: Pixels, { columns, rows, row, column, colour }: Cell): number {
  const values: number[] = [];
  const [top, bottom] = [(row * height) / rows, ((row + 1) * height) / rows];
  const [left, right] = [(column * width) / columns, ((column + 1) * width) / columns];
  const step = Math.max(1, Math.floor((right - left) / 24));
  for (let y = Math.floor(top); y < bottom && y < height; y += step)
    for (let x = Math.floor(left); x < right && x < width; x += step) values.push(data[(y * width + x) * 4 + colour]!);
  return quantile(values, PAPER_SHARE);
}

/**
 * A place that is all picture or black bar borrows the light of its neighbours; then everything is smoothed. Nothing counts
 * as darker than the whole paper divided by the largest gain.
 */
function settled({ columns, rows, data }: Light): Float32Array {
  let light = data;
  const floors = [0, 1, 2].map((colour) => {
    const all = data.filter((_, at) => at % 3 === colour);
    return Math.max(24, quantile(all, 0.8) / MOST_GAIN);
  });
  light = light.map((value, at) => Math.max(floors[at % 3]!, value));
  light = around(light, columns, rows, (values) => {
    const sorted = values.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length * 0.7)]!;
  });
  return around(light, columns, rows, (values) => values.reduce((sum, value) => sum + value, 0) / values.length);
}

function around(
  light: Float32Array,
  columns: number,
  rows: number,
  settle: (values: number[]) => number,
): Float32Array {
  return light.map((_, at) => {
    const colour = at % 3;
    const column = ((at - colour) / 3) % columns;
    const row = Math.floor((at - colour) / 3 / columns);
    const values: number[] = [];
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++)
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++)
        values.push(light[(y * columns + x) * 3 + colour]!);
    return settle(values);
  });
}

function greyed(picture: Pixels): void {
  const { data } = picture;
  const grey = luma(picture).data;
  for (let at = 0, to = 0; at < grey.length; at++, to += 4) data[to] = data[to + 1] = data[to + 2] = grey[at]!;
}

/** Puts the darkest print at black and the paper at white, along a curve that is steep in the middle. */
function stretched(picture: Pixels): Pixels {
  const { data } = picture;
  const dark = Math.min(110, quantile(luma(picture).data, 0.01, 7));
  const curve = Uint8ClampedArray.from({ length: 256 }, (_, value) => {
    const share = Math.min(1, Math.max(0, (value - dark) / (WHITE - 6 - dark)));
    return 255 * (0.55 * share + 0.45 * share * share * (3 - 2 * share));
  });
  for (let at = 0; at < data.length; at += 4)
    for (let colour = 0; colour < 3; colour++) data[at + colour] = curve[data[at + colour]!]!;
  return picture;
}

/** Black ink on white paper: what is darker than the mean around it, with a short ramp so that letters keep their shape. */
function inked(picture: Pixels): Pixels {
  const { data, width, height } = picture;
  const sums = integral(picture);
  const reach = Math.max(3, Math.round((Math.max(width, height) * INK_WINDOW) / 2));
  for (let y = 0, at = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    for (let x = 0; x < width; x++, at += 4) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
      const line = width + 1;
      const sum =
        sums[bottom * line + right]! -
        sums[top * line + right]! -
        sums[bottom * line + left]! +
        sums[top * line + left]!;
      const mean = Math.max(150, sum / ((bottom - top) * (right - left)));
      const ratio = data[at]! / (mean * (1 - INK_DEPTH));
      data[at] = data[at + 1] = data[at + 2] = (ratio - 0.88) * (255 / 0.12);
    }
  }
  return picture;
}

/** Sums of everything above and to the left, from which the mean of any rectangle follows. */
function integral({ data, width, height }: Pixels): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 1; y <= height; y++) {
    let row = 0;
    for (let x = 1; x <= width; x++) {
      row += data[((y - 1) * width + x - 1) * 4]!;
      sums[y * (width + 1) + x] = sums[(y - 1) * (width + 1) + x]! + row;
    }
  }
  return sums;
}
