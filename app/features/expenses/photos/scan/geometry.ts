/** A place in a picture: x to the right, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Four corners clockwise from the top left, as somebody who reads the paper sees them. */
export type Quad = readonly [topLeft: Point, topRight: Point, bottomRight: Point, bottomLeft: Point];

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A perspective mapping: nine numbers, row by row, the last one 1. */
export type Homography = readonly number[];

/** Corners nearer to a straight line than this sine (about 5 degrees) cannot be the corners of a paper. */
const FLATTEST_SINE = 0.09;
/** Opposite edges of one paper are never this many times as long as each other in a photo that can be read. */
const MOST_TAPER = 5;

/** The whole of a picture. */
export const wholeOf = ({ width, height }: Size): Quad => [
  { x: 0, y: 0 },
  { x: width, y: 0 },
  { x: width, y: height },
  { x: 0, y: height },
];

/** Every corner multiplied by one factor for each axis. */
export const scaled = (quad: Quad, x: number, y = x): Quad =>
  quad.map((corner) => ({ x: corner.x * x, y: corner.y * y })) as unknown as Quad;

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** The area by the shoelace formula; negative when the corners run anticlockwise. */
export function areaOf(quad: Quad): number {
  const twice = quad.reduce((sum, { x, y }, at) => {
    const next = quad[(at + 1) % 4]!;
    return sum + x * next.y - next.x * y;
  }, 0);
  return twice / 2;
}

/** The sine of the turn at each corner; all positive exactly when the quad is convex and clockwise. */
function turnsOf(quad: Quad): number[] {
  return quad.map((corner, at) => {
    const before = quad[(at + 3) % 4]!;
    const after = quad[(at + 1) % 4]!;
    const cross = (corner.x - before.x) * (after.y - corner.y) - (corner.y - before.y) * (after.x - corner.x);
    return cross / (distance(before, corner) * distance(corner, after) || 1);
  });
}

/** Whether four corners can be a flat paper seen by a camera: convex, clockwise, no corner nearly straight, no edge nearly gone. */
export function isPaperShaped(quad: Quad, smallest = 1): boolean {
  if (!quad.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))) return false;
  if (areaOf(quad) < smallest || turnsOf(quad).some((sine) => sine < FLATTEST_SINE)) return false;
  const [top, right, bottom, left] = sidesOf(quad);
  return taper(top, bottom) <= MOST_TAPER && taper(left, right) <= MOST_TAPER;
}

const taper = (a: number, b: number): number => Math.max(a, b) / Math.max(1e-9, Math.min(a, b));

/** Lengths of the top, right, bottom and left edge. */
const sidesOf = (quad: Quad): [number, number, number, number] =>
  quad.map((corner, at) => distance(corner, quad[(at + 1) % 4]!)) as [number, number, number, number];

/** Brings four corners in any order into reading order: clockwise, beginning with the one nearest to the top left. */
export function inOrder(corners: readonly Point[]): Quad {
  const middle = {
    x: corners.reduce((sum, { x }) => sum + x, 0) / corners.length,
    y: corners.reduce((sum, { y }) => sum + y, 0) / corners.length,
  };
  const angle = ({ x, y }: Point) => Math.atan2(y - middle.y, x - middle.x);
  const round = [...corners].sort((a, b) => angle(a) - angle(b));
  const first = round.reduce((best, { x, y }, at) => (x + y < round[best]!.x + round[best]!.y ? at : best), 0);
  return turned(round as unknown as Quad, first);
}

/** The same corners, counted from another one: what was corner `by` becomes the top left. */
export const turned = (quad: Quad, by: number): Quad =>
  quad.map((_, at) => quad[(at + by + 4) % 4]!) as unknown as Quad;

/** The mapping that takes each corner of `from` to the same corner of `to`; null when the corners allow none. */
export function homographyBetween(from: Quad, to: Quad): Homography | null {
  const rows = from.flatMap(({ x, y }, at) => {
    const { x: u, y: v } = to[at]!;
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  const solved = solve(rows);
  return solved && [...solved, 1];
}

/** Gauss's elimination with the largest pivot first; rows carry their right side as last number. Null when singular. */
function solve(rows: number[][]): number[] | null {
  const size = rows.length;
  const largest = Math.max(...rows.flat().map(Math.abs), 1);
  for (let column = 0; column < size; column++) {
    const pivot = pivotOf(rows, column);
    if (Math.abs(rows[pivot]![column]!) < largest * 1e-12) return null;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let row = 0; row < size; row++) if (row !== column) eliminate(rows[row]!, rows[column]!, column);
  }
  return rows.map((row, at) => row[size]! / row[at]!);
}

function pivotOf(rows: readonly number[][], column: number): number {
  let best = column;
  for (let row = column + 1; row < rows.length; row++)
    if (Math.abs(rows[row]![column]!) > Math.abs(rows[best]![column]!)) best = row;
  return best;
}

function eliminate(row: number[], by: readonly number[], column: number): void {
  const factor = row[column]! / by[column]!;
  if (factor === 0) return;
  for (let at = column; at < row.length; at++) row[at] = row[at]! - factor * by[at]!;
}

/** Where a mapping takes a point. */
export function mapped([a, b, c, d, e, f, g, h, i]: Homography, { x, y }: Point): Point {
  const w = g! * x + h! * y + i!;
  return { x: (a! * x + b! * y + c!) / w, y: (d! * x + e! * y + f!) / w };
}

/**
 * Width divided by height of the paper behind four corners, for a camera that looks through the middle of its picture
 * (Zhang and He, "Whiteboard scanning and image enhancement", 2007, equations 11 to 20). Where the view is too straight to
 * tell the focal length, or the answer is implausible, the mean lengths of opposite edges decide.
 */
export function aspectRatio(quad: Quad, picture: Size): number {
  const [top, right, bottom, left] = sidesOf(quad);
  const plain = (top + bottom) / Math.max(1e-9, left + right);
  const seen = perspectiveRatio(quad, picture);
  return seen !== null && seen > plain / MOST_CORRECTION && seen < plain * MOST_CORRECTION ? seen : plain;
}

/** Past this factor a perspective estimate says more about noise in the corners than about the paper. */
const MOST_CORRECTION = 2;
/** Below this share of convergence between opposite edges the focal length cannot be told. */
const LEAST_CONVERGENCE = 0.02;

function perspectiveRatio(quad: Quad, { width, height }: Size): number | null {
  const [m1, m2, m4, m3] = quad.map(({ x, y }) => [x - width / 2, y - height / 2, 1] as const) as [Ray, Ray, Ray, Ray];
  const k2 = dot(cross(m1, m4), m3) / dot(cross(m2, m4), m3);
  const k3 = dot(cross(m1, m4), m2) / dot(cross(m3, m4), m2);
  if (Math.abs(k2 - 1) < LEAST_CONVERGENCE || Math.abs(k3 - 1) < LEAST_CONVERGENCE) return null;
  const n2 = [k2 * m2[0] - m1[0], k2 * m2[1] - m1[1], k2 - 1] as const;
  const n3 = [k3 * m3[0] - m1[0], k3 * m3[1] - m1[1], k3 - 1] as const;
  const focal2 = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2]);
  const longest2 = Math.max(width, height) ** 2;
  if (!(focal2 > longest2 / 16 && focal2 < longest2 * 16)) return null;
  const length2 = (n: Ray) => (n[0] ** 2 + n[1] ** 2) / focal2 + n[2] ** 2;
  return Math.sqrt(length2(n2) / length2(n3));
}

type Ray = readonly [number, number, number];
const cross = (a: Ray, b: Ray): Ray => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const dot = (a: Ray, b: Ray): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** The size at which a flattened paper loses no detail of its photo, its longer side at most `longest` pixels. */
export function flatSize(quad: Quad, picture: Size, longest: number): Size {
  const [top, right, bottom, left] = sidesOf(quad);
  const ratio = aspectRatio(quad, picture);
  const height = Math.max(left, right, Math.max(top, bottom) / ratio);
  const scale = Math.min(1, longest / Math.max(height, height * ratio));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: side(height * ratio), height: side(height) };
}
