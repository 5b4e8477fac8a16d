/** A rectangle on a picture. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** A word as the engine read it, with how sure it was (0 to 1) and where it stands. */
export interface Word {
  readonly text: string;
  readonly confidence: number;
  readonly box: Box;
}

/** Words that stand on one line, from left to right. */
export interface Line {
  readonly words: readonly Word[];
  readonly box: Box;
}

/** A picture as text, from top to bottom; boxes count in its pixels. */
export interface Page {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
}

/** The text of a line. */
export const textOf = (line: Line): string => line.words.map((word) => word.text).join(' ');

/** The smallest rectangle around others; there is at least one. */
export function around(boxes: readonly Box[]): Box {
  const of = (side: keyof Box) => boxes.map((box) => box[side]);
  return {
    x0: Math.min(...of('x0')),
    y0: Math.min(...of('y0')),
    x1: Math.max(...of('x1')),
    y1: Math.max(...of('y1')),
  };
}

/** The words that hold the characters from `start` to `end` of a line's text. */
export function wordsBetween(line: Line, start: number, end: number): Word[] {
  let at = 0;
  return line.words.filter((word) => {
    const from = at;
    at += word.text.length + 1;
    return from < end && from + word.text.length > start;
  });
}

/** How sure the engine was of some words: as sure as of the worst of them. */
export const sureness = (words: readonly Word[]): number => Math.min(1, ...words.map((word) => word.confidence));
