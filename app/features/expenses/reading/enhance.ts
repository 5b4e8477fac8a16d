/** A picture in grey: one byte for each pixel, row by row. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** How the enhanced picture lies over the one it was made from. */
export interface Turned {
  readonly picture: Grey;
  /** Radians by which the text had been turned clockwise. */
  readonly angle: number;
}

/** Text on a receipt leans at most this much in degrees; beyond that a photo is turned on purpose. */
const MOST_LEAN = 10;
/** Sides of the picture on which the lean is measured, in pixels. */
const MEASURED_SIDE = 700;
/** Leans below this, in degrees, are left alone: turning costs sharpness. */
const LEAST_LEAN = 0.35;

/** The grey of RGBA pixels, by the weights of ITU-R BT.601. */
export function greyOf(rgba: Uint8ClampedArray, width: number, height: number): Grey {
  const data = new Uint8ClampedArray(width * height);
  for (let at = 0, from = 0; at < data.length; at++, from += 4)
    data[at] = (rgba[from]! * 77 + rgba[from + 1]! * 150 + rgba[from + 2]! * 29) >> 8;
  return { width, height, data };
}

/** Makes paper white and ink dark wherever a shadow lies: each pixel is measured against the paper around it. */
export function flatten(grey: Grey): Grey {
  const { width, height } = grey;
  const radius = Math.max(8, Math.round(Math.max(width, height) / 50));
  const paper = blur(brightest(grey, Math.max(4, radius >> 1)), radius);
  const data = new Uint8ClampedArray(width * height);
  for (let at = 0; at < data.length; at++) data[at] = (grey.data[at]! * 235) / Math.max(40, paper.data[at]!);
  return { width, height, data };
}

/** The brightest pixel of each neighbourhood: what the paper looks like without its print. */
const brightest = (grey: Grey, radius: number): Grey => alongColumns(alongRows(grey, radius, most), radius, most);

/** The mean of each neighbourhood. */
const blur = (grey: Grey, radius: number): Grey => alongColumns(alongRows(grey, radius, mean), radius, mean);

type Pass = (from: Uint8ClampedArray, to: Uint8ClampedArray, start: number, step: number, n: number, r: number) => void;

function alongRows({ width, height, data }: Grey, radius: number, pass: Pass): Grey {
  const out = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++) pass(data, out, y * width, 1, width, radius);
  return { width, height, data: out };
}

function alongColumns({ width, height, data }: Grey, radius: number, pass: Pass): Grey {
  const out = new Uint8ClampedArray(data.length);
  for (let x = 0; x < width; x++) pass(data, out, x, width, height, radius);
  return { width, height, data: out };
}

const mean: Pass = (from, to, start, step, n, radius) => {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < n + radius; at++) {
    if (at < n) {
      sum += from[start + at * step]!;
      count++;
    }
    const gone = at - 2 * radius - 1;
    if (gone >= 0) {
      sum -= from[start + gone * step]!;
      count--;
    }
    if (at >= radius) to[start + (at - radius) * step] = sum / count;
  }
};

/** Sliding maximum by a queue of candidates that only falls (van Herk would need the ends padded). */
const most: Pass = (from, to, start, step, n, radius) => {
  const queue = new Int32Array(n);
  let head = 0;
  let tail = 0;
  for (let at = 0; at < n + radius; at++) {
    if (at < n) {
      const value = from[start + at * step]!;
      while (tail > head && from[start + queue[tail - 1]! * step]! <= value) tail--;
      queue[tail++] = at;
    }
    const middle = at - radius;
    if (middle < 0) continue;
    while (queue[head]! < middle - radius) head++;
    to[start + middle * step] = from[start + queue[head]! * step]!;
  }
};

/** The lean of the text in radians, clockwise positive: the turn at which rows of ink and gaps differ most. */
export function leanOf(grey: Grey): number {
  const points = ink(grey);
  if (points.length < 200) return 0;
  const degrees = (from: number, to: number, step: number): number => {
    let best = { score: -1, at: 0 };
    for (let at = from; at <= to; at += step) {
      const score = sharpness(points, (at * Math.PI) / 180);
      if (score > best.score) best = { score, at };
    }
    return best.at;
  };
  const rough = degrees(-MOST_LEAN, MOST_LEAN, 0.5);
  const fine = degrees(rough - 0.4, rough + 0.4, 0.1);
  return Math.abs(fine) < LEAST_LEAN ? 0 : (fine * Math.PI) / 180;
}

/** The dark pixels of a smaller copy, as x and y one after the other. */
function ink({ width, height, data }: Grey): Int32Array {
  const step = Math.max(1, Math.round(Math.max(width, height) / MEASURED_SIDE));
  const found: number[] = [];
  for (let y = 0; y < height; y += step)
    for (let x = 0; x < width; x += step) if (data[y * width + x]! < 130) found.push(x / step, y / step);
  return Int32Array.from(found);
}

/** How much neighbouring rows differ in ink when the picture is turned back by an angle. */
function sharpness(points: Int32Array, angle: number): number {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const rows = new Int32Array(4 * MEASURED_SIDE);
  const middle = 2 * MEASURED_SIDE;
  for (let at = 0; at < points.length; at += 2) {
    const row = middle + Math.round(points[at + 1]! * cos - points[at]! * sin);
    if (row >= 0 && row < rows.length) rows[row]!++;
  }
  let score = 0;
  for (let row = 1; row < rows.length; row++) score += (rows[row]! - rows[row - 1]!) ** 2;
  return score;
}

/** Turns a picture back by an angle about its middle, on white; its size stays. */
export function turnBack(grey: Grey, angle: number): Grey {
  if (angle === 0) return grey;
  const { width, height, data } = grey;
  const out = new Uint8ClampedArray(data.length).fill(255);
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const [cx, cy] = [width / 2, height / 2];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const fx = cx + (x - cx) * cos - (y - cy) * sin;
      const fy = cy + (x - cx) * sin + (y - cy) * cos;
      const [x0, y0] = [Math.floor(fx), Math.floor(fy)];
      if (x0 < 0 || y0 < 0 || x0 + 1 >= width || y0 + 1 >= height) continue;
      const at = y0 * width + x0;
      const [dx, dy] = [fx - x0, fy - y0];
      const top = data[at]! * (1 - dx) + data[at + 1]! * dx;
      const bottom = data[at + width]! * (1 - dx) + data[at + width + 1]! * dx;
      out[y * width + x] = top * (1 - dy) + bottom * dy;
    }
  }
  return { width, height, data: out };
}

/** Makes a photo of a receipt ready to be read: shadows gone, lines level. */
export function enhance(grey: Grey): Turned {
  const flat = flatten(grey);
  const angle = leanOf(flat);
  return { picture: turnBack(flat, angle), angle };
}
