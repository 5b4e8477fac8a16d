import type { Box, Page } from './page.ts';

/** A photo as text, seen in two ways, and how its text leaned. */
export interface PhotoText {
  /** As one block of lines: best for sums and dates, which share lines with their labels. */
  readonly block: Page;
  /** As one column of text in sizes of its own: best for the name on top. */
  readonly column: Page;
  /** Radians by which the text was turned back before it was read. */
  readonly angle: number;
}

/** Where something on the picture that was read stands on the photo itself, as fractions of its sides from 0 to 1. */
export function onPhoto(box: Box, { width, height }: Pick<Page, 'width' | 'height'>, angle: number): Box {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const corners = [box.x0, box.x1].flatMap((x) => [box.y0, box.y1].map((y) => ({ x, y })));
  const turned = corners.map(({ x, y }) => {
    const [dx, dy] = [x - width / 2, y - height / 2];
    return { x: (width / 2 + dx * cos - dy * sin) / width, y: (height / 2 + dx * sin + dy * cos) / height };
  });
  const of = (axis: 'x' | 'y') => turned.map((corner) => Math.min(1, Math.max(0, corner[axis])));
  return { x0: Math.min(...of('x')), x1: Math.max(...of('x')), y0: Math.min(...of('y')), y1: Math.max(...of('y')) };
}
