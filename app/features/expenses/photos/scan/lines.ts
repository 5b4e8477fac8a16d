import type { Edges } from './edges.ts';
import type { Point, Size } from './geometry.ts';

/** A straight edge: all points with x·nx + y·ny = offset. The normal points to where it gets brighter. */
export interface Line {
  readonly nx: number;
  readonly ny: number;
  readonly offset: number;
}

const DEGREES = 2;
const ANGLES = 360 / DEGREES;
/** Width of a bin of distances, in pixels. */
const BIN = 1.5;
/** Votes of a line beside a stronger one that are the same edge again, in bins. */
const SAME_ANGLE = 2;
const SAME_OFFSET = 2;
/** A line shorter than this share of the shorter side of the picture is print, not paper. */
const SHORTEST = 0.05;
/** A slanting edge is a staircase, so gradients of single pixels swing by so many bins. */
const SWING = 4;
/** A strong edge counts no more than this much of strength, so that a black frame does not outvote the paper. */
const STRONG = 120;

/** The straightest edges of a picture, strongest first: a Hough transform in which each pixel votes only along its own gradient. */
export function straightest(edges: Edges, most: number): Line[] {
  const reach = Math.ceil(Math.hypot(edges.width, edges.height) / BIN) + 2;
  const offsets = 2 * reach;
  const votes = new Float32Array(ANGLES * offsets);
  for (const at of edges.crests) vote(edges, at, votes, reach);
  const least = SHORTEST * Math.min(edges.width, edges.height);
  const peaks = peaksOf(votes, offsets, least, most);
  const lines = peaks.map((at) => lineOf(at, offsets, reach));
  return distinct(lines.map((line) => fitted(edges, fitted(edges, line, 2.5) ?? line, 1.5) ?? line));
}

function vote({ width, strength, x, y }: Edges, at: number, votes: Float32Array, reach: number): void {
  const angle = Math.round((Math.atan2(y[at]!, x[at]!) * 180) / Math.PI / DEGREES);
  const weight = 0.3 + Math.min(strength[at]!, STRONG) / STRONG;
  const [px, py] = [at % width, Math.floor(at / width)];
  for (let turn = -SWING; turn <= SWING; turn++) {
    const bin = (angle + turn + 2 * ANGLES) % ANGLES;
    const offset = Math.round((px * cosines[bin]! + py * sines[bin]!) / BIN) + reach;
    votes[bin * 2 * reach + offset]! += weight * (1 - Math.abs(turn) / (SWING + 2));
  }
}

const radians = Array.from({ length: ANGLES }, (_, at) => (at * DEGREES * Math.PI) / 180);
const cosines = Float64Array.from(radians, Math.cos);
const sines = Float64Array.from(radians, Math.sin);

function peaksOf(votes: Float32Array, offsets: number, least: number, most: number): number[] {
  const peaks: number[] = [];
  for (let at = 0; at < votes.length; at++) if (votes[at]! >= least && isPeak(votes, at, offsets)) peaks.push(at);
  return peaks.sort((a, b) => votes[b]! - votes[a]!).slice(0, most);
}

function isPeak(votes: Float32Array, at: number, offsets: number): boolean {
  const [angle, offset] = [Math.floor(at / offsets), at % offsets];
  for (let turn = -SAME_ANGLE; turn <= SAME_ANGLE; turn++)
    for (let step = -SAME_OFFSET; step <= SAME_OFFSET; step++) {
      const near = offset + step;
      if (near < 0 || near >= offsets) continue;
      const other = ((angle + turn + ANGLES) % ANGLES) * offsets + near;
      if (votes[other]! > votes[at]! || (votes[other] === votes[at] && other < at)) return false;
    }
  return true;
}

const lineOf = (at: number, offsets: number, reach: number): Line => {
  const angle = Math.floor(at / offsets);
  return { nx: cosines[angle]!, ny: sines[angle]!, offset: ((at % offsets) - reach) * BIN };
};

/** How nearly an edge must face the way of its line: the cosine of 20 degrees. */
const ALIGNED = 0.94;

/** A line through the edge pixels near it by total least squares, weighted by strength; undefined when there are too few. */
export function fitted(edges: Edges, line: Line, band: number, between?: readonly [Point, Point]): Line | undefined {
  const { width, strength, x, y } = edges;
  const sums = { w: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
  const within = between && stretchOf(line, between);
  for (const at of edges.crests) {
    const [px, py] = [at % width, Math.floor(at / width)];
    if (Math.abs(px * line.nx + py * line.ny - line.offset) > band) continue;
    if (x[at]! * line.nx + y[at]! * line.ny < ALIGNED) continue;
    if (within && !within(px, py)) continue;
    const w = Math.min(strength[at]!, STRONG);
    sums.w += w;
    sums.x += w * px;
    sums.y += w * py;
    sums.xx += w * px * px;
    sums.xy += w * px * py;
    sums.yy += w * py * py;
  }
  return sums.w > 8 * 20 ? leastSquares(sums, line) : undefined;
}

type Sums = Readonly<Record<'w' | 'x' | 'y' | 'xx' | 'xy' | 'yy', number>>;

function leastSquares({ w, x, y, xx, xy, yy }: Sums, { nx, ny }: Line): Line {
  const [mx, my] = [x / w, y / w];
  const along = 0.5 * Math.atan2(2 * (xy / w - mx * my), xx / w - mx * mx - (yy / w - my * my));
  const normal = [-Math.sin(along), Math.cos(along)] as const;
  const sign = normal[0] * nx + normal[1] * ny < 0 ? -1 : 1;
  const [fx, fy] = [normal[0] * sign, normal[1] * sign];
  return { nx: fx, ny: fy, offset: mx * fx + my * fy };
}

/** Whether a point beside a line lies between two of its points. */
function stretchOf({ nx, ny }: Line, [from, to]: readonly [Point, Point]): (x: number, y: number) => boolean {
  const place = (x: number, y: number) => y * nx - x * ny;
  const [a, b] = [place(from.x, from.y), place(to.x, to.y)].sort((one, other) => one - other) as [number, number];
  return (x, y) => place(x, y) >= a && place(x, y) <= b;
}

/** Fitting may bring two peaks to the same edge. */
function distinct(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  for (const line of lines)
    if (!kept.some((one) => one.nx * line.nx + one.ny * line.ny > 0.9995 && Math.abs(one.offset - line.offset) < 1.5))
      kept.push(line);
  return kept;
}

/** Where two lines meet; null when they are all but parallel. */
export function crossing(a: Line, b: Line): Point | null {
  const determinant = a.nx * b.ny - a.ny * b.nx;
  if (Math.abs(determinant) < 0.05) return null;
  return {
    x: (a.offset * b.ny - b.offset * a.ny) / determinant,
    y: (b.offset * a.nx - a.offset * b.nx) / determinant,
  };
}

/** How much of a line is really edge, asked for any stretch of it. */
export class Support {
  readonly #line: Line;
  readonly #counts: Int32Array;
  readonly #first: number;

  constructor(edges: Edges, line: Line) {
    const { width, height } = edges;
    this.#line = line;
    const ends = [this.#along({ x: 0, y: 0 }), this.#along({ x: width, y: 0 })]
      .concat([this.#along({ x: width, y: height }), this.#along({ x: 0, y: height })])
      .sort((a, b) => a - b);
    this.#first = Math.floor(ends[0]!);
    this.#counts = new Int32Array(Math.ceil(ends[3]!) - this.#first + 2);
    for (let at = 1; at < this.#counts.length; at++)
      this.#counts[at] = this.#counts[at - 1]! + (this.#isEdge(edges, this.#first + at - 1) ? 1 : 0);
  }

  /** The share of a stretch that is edge. */
  between(from: Point, to: Point): number {
    const [a, b] = [this.#along(from), this.#along(to)].sort((one, other) => one - other) as [number, number];
    return this.#count(a, b) / Math.max(1, b - a);
  }

  /** The share of edge just past both ends of a stretch, where the edge of a paper has none. */
  beyond(from: Point, to: Point, share: number): number {
    const [a, b] = [this.#along(from), this.#along(to)].sort((one, other) => one - other) as [number, number];
    const more = Math.max(6, (b - a) * share);
    return (this.#count(a - more, a - 3) + this.#count(b + 3, b + more)) / (2 * (more - 3));
  }

  #count(from: number, to: number): number {
    const place = (value: number) => Math.min(this.#counts.length - 1, Math.max(0, Math.round(value - this.#first)));
    return this.#counts[place(to)]! - this.#counts[place(from)]!;
  }

  #along({ x, y }: Point): number {
    return y * this.#line.nx - x * this.#line.ny;
  }

  /** An edge within a pixel and a half of the line that faces its way. */
  #isEdge(edges: Edges, along: number): boolean {
    const { nx, ny, offset } = this.#line;
    for (let aside = -1.5; aside <= 1.5; aside += 0.75) {
      const px = Math.round(nx * (offset + aside) - ny * along);
      const py = Math.round(ny * (offset + aside) + nx * along);
      if (px < 0 || py < 0 || px >= edges.width || py >= edges.height) continue;
      const at = py * edges.width + px;
      if (edges.strength[at]! >= WEAKEST && edges.x[at]! * nx + edges.y[at]! * ny > ALIGNED) return true;
    }
    return false;
  }
}

/** On a line that is known, a weaker change counts too. */
const WEAKEST = 7;

/** The four edges of the picture itself: a paper may reach past one of them. */
export const bordersOf = ({ width, height }: Size): readonly Line[] => [
  { nx: 1, ny: 0, offset: 0 },
  { nx: -1, ny: 0, offset: 1 - width },
  { nx: 0, ny: 1, offset: 0 },
  { nx: 0, ny: -1, offset: 1 - height },
];
