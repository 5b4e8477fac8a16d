// Error correction M, versions 1 to 20 (at most 666 bytes): check bytes of a block, and the number of blocks.
const checkBytes = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const blockCounts = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];

const rawBits = (version: number): number => {
  const aligned = version < 2 ? 0 : Math.floor(version / 7) + 2;
  const patterns = aligned && (25 * aligned - 10) * aligned - 55;
  return (16 * version + 128) * version + 64 - patterns - (version >= 7 ? 36 : 0);
};

const dataBytes = (version: number): number =>
  Math.floor(rawBits(version) / 8) - checkBytes[version - 1]! * blockCounts[version - 1]!;

const times = (a: number, b: number): number => {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) product = (product << 1) ^ ((product >>> 7) * 0x11d) ^ (((b >>> bit) & 1) * a);
  return product;
};

function generator(degree: number): number[] {
  const factors = Array.from<number>({ length: degree }).fill(0);
  factors[degree - 1] = 1;
  for (let power = 0, root = 1; power < degree; power += 1, root = times(root, 2))
    for (let at = 0; at < degree; at += 1) factors[at] = times(factors[at]!, root) ^ (factors[at + 1] ?? 0);
  return factors;
}

function remainder(data: readonly number[], divisor: readonly number[]): number[] {
  const rest = divisor.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ rest.shift()!;
    rest.push(0);
    divisor.forEach((value, at) => (rest[at]! ^= times(value, factor)));
  }
  return rest;
}

/** Lays text out as code words: byte mode, length, content, padding. */
function content(bytes: Uint8Array, version: number): number[] {
  const capacity = dataBytes(version);
  const length = bytes.length.toString(2).padStart(version < 10 ? 8 : 16, '0');
  const body = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const bits = `0100${length}${body}0000`.slice(0, capacity * 8);
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0');
  const words = (padded.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2));
  for (let pad = 0xec; words.length < capacity; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/** Adds check bytes to each block and weaves the blocks together. */
function codeWords(data: readonly number[], version: number): number[] {
  const count = blockCounts[version - 1]!;
  const divisor = generator(checkBytes[version - 1]!);
  const short = Math.floor(data.length / count);
  const firstLong = count - (data.length % count);
  let start = 0;
  const blocks = Array.from({ length: count }, (_, index) => {
    const block = data.slice(start, (start += short + (index < firstLong ? 0 : 1)));
    return { block, check: remainder(block, divisor) };
  });
  const woven = (rows: number[][], length: number) =>
    Array.from({ length }, (_, at) => rows.flatMap((row) => row.slice(at, at + 1))).flat();
  return [
    ...woven(
      blocks.map(({ block }) => block),
      short + 1,
    ),
    ...woven(
      blocks.map(({ check }) => check),
      divisor.length,
    ),
  ];
}

type Grid = (boolean | undefined)[][];

const square = (grid: Grid, x: number, y: number, reach: number, dark: (ring: number) => boolean): void => {
  for (let dy = -reach; dy <= reach; dy += 1)
    for (let dx = -reach; dx <= reach; dx += 1)
      if (grid[y + dy] && x + dx >= 0 && x + dx < grid.length)
        grid[y + dy]![x + dx] = dark(Math.max(Math.abs(dx), Math.abs(dy)));
};

function alignments(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const last = version * 4 + 10;
  return [6, ...Array.from({ length: count - 1 }, (_, at) => last - (count - 2 - at) * step)];
}

function drawPatterns(grid: Grid, version: number): void {
  const size = grid.length;
  for (let at = 0; at < size; at += 1) grid[6]![at] = grid[at]![6] = at % 2 === 0;
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    square(grid, x, y, 4, (ring) => ring !== 2 && ring !== 4);
  const places = alignments(version);
  const corner = (x: number, y: number) =>
    (x === 6 && y === 6) || (x === 6 && y === size - 7) || (x === size - 7 && y === 6);
  for (const y of places) for (const x of places) if (!corner(x, y)) square(grid, x, y, 2, (ring) => ring !== 1);
}

// Level M with mask 0 is format 0, whose fifteen bits are the standard's constant.
const format = 0x5412;

function drawFormat(grid: Grid, version: number): void {
  const size = grid.length;
  for (let at = 0; at < 15; at += 1) {
    const dark = ((format >>> at) & 1) === 1;
    const near = at < 6 ? at : at < 8 ? at + 1 : 15 - at - 1;
    if (at < 8) grid[near]![8] = dark;
    else grid[8]![at === 8 ? 7 : near] = dark;
    if (at < 8) grid[8]![size - 1 - at] = dark;
    else grid[size - 15 + at]![8] = dark;
  }
  grid[size - 8]![8] = true;
  if (version >= 7) drawVersion(grid, version);
}

function drawVersion(grid: Grid, version: number): void {
  let rest = version;
  for (let step = 0; step < 12; step += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let at = 0; at < 18; at += 1) {
    const far = grid.length - 11 + (at % 3);
    const near = Math.floor(at / 3);
    grid[near]![far] = grid[far]![near] = ((bits >>> at) & 1) === 1;
  }
}

/** Fills the free cells in columns of two, upwards and downwards in turn, under mask 0. */
function drawContent(grid: Grid, words: readonly number[]): void {
  const size = grid.length;
  let bit = 0;
  for (let right = size - 1; right >= 1; right -= right === 8 ? 3 : 2)
    for (let step = 0; step < size; step += 1) {
      const upward = ((right + 1) & 2) === 0;
      const y = upward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (grid[y]![x] !== undefined) continue;
        const dark = (((words[bit >>> 3] ?? 0) >>> (7 - (bit & 7))) & 1) === 1;
        grid[y]![x] = dark !== ((x + y) % 2 === 0);
        bit += 1;
      }
    }
}

/** The dark and light cells of a QR code for a text of at most 666 bytes; throws RangeError beyond. */
export function qrCells(text: string): boolean[][] {
  const bytes = new TextEncoder().encode(text);
  const version = checkBytes.findIndex((_, at) => bytes.length + (at < 9 ? 2 : 3) <= dataBytes(at + 1)) + 1;
  if (!version) throw new RangeError('too long for a QR code');
  const size = version * 4 + 17;
  const grid: Grid = Array.from({ length: size }, () => Array.from<boolean | undefined>({ length: size }));
  drawPatterns(grid, version);
  drawFormat(grid, version);
  drawContent(grid, codeWords(content(bytes, version), version));
  return grid.map((row) => row.map(Boolean));
}

/** A QR code as SVG, with the quiet zone that cameras need. */
export function qrSvg(text: string): string {
  const cells = qrCells(text);
  const side = cells.length + 8;
  const path = cells
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + 4} ${y + 4}h1v1h-1z`] : [])))
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side * 4}" height="${side * 4}" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="white"/><path d="${path}"/></svg>`;
}
