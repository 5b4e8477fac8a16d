import { findEdges, type Edges } from './edges.ts';
import { areaOf, inOrder, isPaperShaped, scaled, type Point, type Quad, type Size } from './geometry.ts';
import { bordersOf, crossing, fitted, straightest, Support, type Line } from './lines.ts';
import { reduced, type Pixels } from './pixels.ts';

/** Where a paper seems to lie, and how sure that is, from 0 to 1. */
export interface Finding {
  readonly corners: Quad;
  readonly confidence: number;
}

/** From here on a photo is cropped without asking; below it is kept whole. */
export const SURE = 0.62;
/** The longer side on which a paper is looked for, in pixels: coarse enough for print to melt away. */
export const LOOKED_AT = 320;
/** The longer side on which its edges are measured. */
const MEASURED_AT = 1000;
const MOST_LINES = 40;
const SMALLEST_SHARE = 0.06;
/** How far a corner may lie outside the picture, as a share of its longer side. */
const OUTSIDE = 0.04;
/** What the edge of the picture counts where a paper reaches past it. */
const BORDER = 0.55;

/** Looks for a paper in a photo and measures its corners; coordinates are those of the photo. Null when nothing looks like one. */
export function findPaper(photo: Pixels): Finding | null {
  const small = reduced(photo, LOOKED_AT);
  const coarse = lookForPaper(small);
  if (!coarse) return null;
  const finer = reduced(photo, MEASURED_AT);
  const factor = finer.width / small.width;
  const corners = measured(findEdges(finer), scaled(coarse.corners, factor, finer.height / small.height), factor);
  return { ...coarse, corners: scaled(corners, photo.width / finer.width, photo.height / finer.height) };
}

/** One quick look at a small picture, as for a frame of the camera. */
export function lookForPaper(small: Pixels): Finding | null {
  const edges = findEdges(small);
  const sides = straightest(edges, MOST_LINES).map((line) => sideOf(edges, line));
  const all = [...sides, ...bordersOf(small).map(borderOf)];
  let best: Finding | null = null;
  let bestScore = 0;
  for (const inward of [1, -1] as const) {
    const pairs = pairsOf(all, inward, Math.min(small.width, small.height) * 0.12);
    for (let one = 0; one < pairs.length; one++)
      for (let other = one + 1; other < pairs.length; other++) {
        const found = judged(pairs[one]!, pairs[other]!, inward, small);
        if (!found || found.score <= bestScore) continue;
        bestScore = found.score;
        best = found.finding;
      }
  }
  return best;
}

/** A line that may be an edge of the paper. */
interface Side {
  readonly line: Line;
  readonly isBorder: boolean;
  readonly share: (from: Point, to: Point) => number;
  readonly beyond: (from: Point, to: Point) => number;
}

function sideOf(edges: Edges, line: Line): Side {
  const support = new Support(edges, line);
  return {
    line,
    isBorder: false,
    share: (from, to) => support.between(from, to),
    beyond: (from, to) => support.beyond(from, to, 0.15),
  };
}

const borderOf = (line: Line): Side => ({ line, isBorder: true, share: () => BORDER, beyond: () => 0 });

type Pair = readonly [Side, Side];

/** Sides that face each other: brighter between them (`inward` 1) or darker. Only one may be the edge of the picture. */
function pairsOf(sides: readonly Side[], inward: 1 | -1, nearest: number): Pair[] {
  const pairs: Pair[] = [];
  for (let one = 0; one < sides.length; one++)
    for (let other = one + 1; other < sides.length; other++) {
      const [a, b] = [sides[one]!, sides[other]!];
      if (a.isBorder && b.isBorder) continue;
      if (normalOf(a, inward).x * normalOf(b, inward).x + normalOf(a, inward).y * normalOf(b, inward).y > -0.8)
        continue;
      if (gap(a, b, inward) >= nearest) pairs.push([a, b]);
    }
  return pairs;
}

/** The direction into the paper; the borders of the picture always face inward. */
const normalOf = ({ line, isBorder }: Side, inward: 1 | -1): Point => {
  const sign = isBorder ? 1 : inward;
  return { x: line.nx * sign, y: line.ny * sign };
};

/** How far two sides that face each other are apart; negative when they turn their backs. */
const gap = (a: Side, b: Side, inward: 1 | -1): number =>
  -(a.line.offset * (a.isBorder ? 1 : inward) + b.line.offset * (b.isBorder ? 1 : inward));

interface Judged {
  readonly finding: Finding;
  readonly score: number;
}

function judged([a, c]: Pair, [b, d]: Pair, inward: 1 | -1, picture: Size): Judged | null {
  if ([a, b, c, d].filter(({ isBorder }) => isBorder).length > 1) return null;
  const corners = [
    crossing(a.line, b.line),
    crossing(b.line, c.line),
    crossing(c.line, d.line),
    crossing(d.line, a.line),
  ];
  if (!corners.every((corner) => corner !== null && isNear(corner, picture))) return null;
  const found = corners as [Point, Point, Point, Point];
  const quad = inOrder(found);
  const whole = picture.width * picture.height;
  if (!isPaperShaped(quad, SMALLEST_SHARE * whole)) return null;
  if (![a, b, c, d].every((side) => isInside(quad, side, inward))) return null;
  const ends: readonly [Side, Point, Point][] = [
    [a, found[3], found[0]],
    [b, found[0], found[1]],
    [c, found[1], found[2]],
    [d, found[2], found[3]],
  ];
  const shares = ends.map(([side, from, to]) => side.share(from, to));
  const beyond = ends.reduce((sum, [side, from, to]) => sum + side.beyond(from, to), 0) / 4;
  const confidence = confidenceOf(shares, beyond, inward) * (fillsPicture(quad, picture) ? FILLED : 1);
  const size = Math.min(1, areaOf(quad) / whole / 0.35);
  return { finding: { corners: quad, confidence }, score: confidence * (0.7 + 0.3 * Math.sqrt(size)) };
}

/** A side so near to the edge of the picture, as a share of its length across, runs along it. */
const ALONG = 0.06;
/** A page that fills its picture is a scan: a line printed across it is no edge, so nothing is surely cut away. */
const FILLED = 0.6;

/** Whether two or more sides of a quad run along the edges of the picture. */
function fillsPicture(quad: Quad, { width, height }: Size): boolean {
  const edges = [
    ({ y }: Point) => y < ALONG * height,
    ({ x }: Point) => x > (1 - ALONG) * width,
    ({ y }: Point) => y > (1 - ALONG) * height,
    ({ x }: Point) => x < ALONG * width,
  ];
  const along = quad.filter((from, at) => edges.some((isOn) => isOn(from) && isOn(quad[(at + 1) % 4]!)));
  return along.length > 1;
}

/** All sides must be seen, the worst one counts most; edges that go on past the corners belong to something else. */
function confidenceOf(shares: readonly number[], beyond: number, inward: 1 | -1): number {
  const mean = shares.reduce((sum, share) => sum + share, 0) / 4;
  const seen = Math.min(1, 0.5 * mean + 0.5 * Math.min(...shares));
  return Math.max(0, seen * (inward === 1 ? 1 : 0.88) - 0.6 * beyond);
}

function isInside(quad: Quad, side: Side, inward: 1 | -1): boolean {
  const middle = { x: (quad[0].x + quad[2].x) / 2, y: (quad[0].y + quad[2].y) / 2 };
  const normal = normalOf(side, inward);
  return normal.x * middle.x + normal.y * middle.y > side.line.offset * (side.isBorder ? 1 : inward);
}

const isNear = ({ x, y }: Point, { width, height }: Size): boolean => {
  const slack = OUTSIDE * Math.max(width, height);
  return x >= -slack && y >= -slack && x <= width + slack && y <= height + slack;
};

/** Fits each side again on finer edges; a side that cannot be fitted there stays where it was. */
function measured(edges: Edges, corners: Quad, factor: number): Quad {
  const sides = corners.map((from, at) => {
    const to = corners[(at + 1) % 4]!;
    const rough = lineThrough(from, to);
    const both = [rough, { nx: -rough.nx, ny: -rough.ny, offset: -rough.offset }];
    const inner = shortened(from, to);
    const fits = both.map((line) => fitted(edges, line, factor * 1.2, inner)).filter((line) => line !== undefined);
    const nearest = fits.sort((a, b) => Math.abs(missOf(a, inner)) - Math.abs(missOf(b, inner)))[0];
    return nearest ?? rough;
  });
  const fine = sides.map((side, at) => crossing(sides[(at + 3) % 4]!, side) ?? corners[at]!);
  const stayed = fine.every(({ x, y }, at) => Math.hypot(x - corners[at]!.x, y - corners[at]!.y) < factor * 4);
  return stayed ? (fine as unknown as Quad) : corners;
}

function lineThrough(a: Point, b: Point): Line {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [nx, ny] = [-(b.y - a.y) / length, (b.x - a.x) / length];
  return { nx, ny, offset: a.x * nx + a.y * ny };
}

/** The middle nine tenths of a side: paper curls at its corners. */
function shortened(from: Point, to: Point): readonly [Point, Point] {
  const at = (share: number) => ({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
  return [at(0.05), at(0.95)];
}

const missOf = ({ nx, ny, offset }: Line, [a, b]: readonly [Point, Point]): number =>
  ((a.x + b.x) / 2) * nx + ((a.y + b.y) / 2) * ny - offset;
