import { areaOf, distance, scaled, type Quad, type Size } from './scan/geometry.ts';
import { BLURRED, DARK } from './scan/judge.ts';
import { SURE } from './scan/paper.ts';
import type { Look } from './tasks.ts';

/** What would make the next photo better, the most urgent first; `ready` when nothing would. */
export type Hint = 'find' | 'dark' | 'closer' | 'tilt' | 'still' | 'ready';

/** A receipt should fill at least this share of the picture, or its small print is lost. */
const SMALLEST_SHARE = 0.16;
/** Opposite edges that differ by more than this factor are seen from too flat. */
const MOST_TAPER = 1.35;
/** Corners that move by more than this share of the diagonal between two looks are moving. */
const STILL = 0.018;
/** Corners that have moved by this much show another receipt, or the same one laid anew. */
const MOVED_ON = 0.12;
/** A receipt must lie still for so long before the shutter goes by itself. */
const STILL_MS = 700;
/** A new hint must hold for so long before it is shown, so that words do not flicker. */
const HOLDS_MS = 450;
/** Words are not changed more often than this. */
const QUIET_MS = 1_600;

/** What the person sees and hears of the camera's looks. */
export interface Guidance {
  readonly hint: Hint;
  /** Where to draw the outline, as shares of the frame. */
  readonly corners: Quad | null;
  /** Whether the shutter may go by itself now. */
  readonly isSteady: boolean;
}

/** Turns single looks, which jump, into guidance that does not. */
export class Guide {
  #hint: Hint = 'find';
  #saidAt = -Infinity;
  #next: Hint = 'find';
  #nextSince = 0;
  #corners: Quad | null = null;
  #stillSince = Infinity;
  #taken: Quad | null = null;

  /** Takes one look into account; `now` is in milliseconds. */
  take(look: Look, frame: Size, now: number): Guidance {
    const corners = look.confidence >= SURE ? look.corners : null;
    const moved = corners && this.#corners ? movement(corners, this.#corners, frame) : 1;
    if (moved > STILL) this.#stillSince = now;
    this.#corners = corners;
    if (this.#taken && (!corners || movement(corners, this.#taken, frame) > MOVED_ON)) this.#taken = null;
    const wanted = hintFor(look, corners, frame, moved <= STILL);
    this.#say(wanted, now);
    const isSteady = wanted === 'ready' && now - this.#stillSince >= STILL_MS && this.#taken === null;
    return { hint: this.#hint, corners, isSteady };
  }

  /** A photo was taken: the shutter does not go by itself again for the same receipt. */
  taken(): void {
    this.#taken = this.#corners;
    this.#stillSince = Infinity;
  }

  #say(wanted: Hint, now: number): void {
    if (wanted !== this.#next) {
      this.#next = wanted;
      this.#nextSince = now;
    }
    const holds = now - this.#nextSince >= HOLDS_MS;
    if (wanted === this.#hint || !holds || now - this.#saidAt < QUIET_MS) return;
    this.#hint = wanted;
    this.#saidAt = now;
  }
}

function hintFor(look: Look, corners: Quad | null, frame: Size, isStill: boolean): Hint {
  if (look.brightness < DARK) return 'dark';
  if (!corners) return 'find';
  const quad = scaled(corners, frame.width, frame.height);
  if (areaOf(quad) < SMALLEST_SHARE * frame.width * frame.height) return 'closer';
  if (taperOf(quad) > MOST_TAPER) return 'tilt';
  return isStill && look.sharpness >= BLURRED ? 'ready' : 'still';
}

function taperOf(quad: Quad): number {
  const [top, right, bottom, left] = quad.map((corner, at) => distance(corner, quad[(at + 1) % 4]!));
  const ratio = (a: number, b: number) => Math.max(a, b) / Math.max(1, Math.min(a, b));
  return Math.max(ratio(top!, bottom!), ratio(left!, right!));
}

/** The farthest that a corner went, as a share of the diagonal. */
const movement = (a: Quad, b: Quad, { width, height }: Size): number =>
  Math.max(...a.map((corner, at) => Math.hypot((corner.x - b[at]!.x) * width, (corner.y - b[at]!.y) * height))) /
  Math.hypot(width, height);
