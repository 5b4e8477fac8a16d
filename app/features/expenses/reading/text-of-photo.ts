import { weather } from '../../../kernel/failure.ts';
import { recognise, type Picture } from './engine.ts';
import type { EnhanceAnswer, EnhanceTask } from './enhance-worker.ts';
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

const ENHANCE_MS = 20_000;

/** Reads the text of a photo on this device. Throws weather `reading_unavailable`. */
export async function textOfPhoto(photo: ArrayBuffer): Promise<PhotoText> {
  const { angle, ...picture } = await enhanced(photo);
  const [block, column] = await recognise(picture, ['block', 'column']);
  return { block: block!, column: column!, angle };
}

/** A worker for each photo: it lives for a fraction of a second and its memory goes with it. */
function enhanced(photo: ArrayBuffer): Promise<Picture & { angle: number }> {
  const worker = new Worker(new URL('./enhance-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Picture & { angle: number }>((resolve, reject) => {
    const fail = (why: string) => reject(weather('reading_unavailable', why));
    setTimeout(() => fail('enhancing took too long'), ENHANCE_MS);
    worker.addEventListener('error', () => fail('no worker'));
    worker.addEventListener('message', ({ data }: MessageEvent<EnhanceAnswer>) =>
      'png' in data ? resolve(data) : fail(data.failed),
    );
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    worker.postMessage({ data: photo } satisfies EnhanceTask);
  }).finally(() => worker.terminate());
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
