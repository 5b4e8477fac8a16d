import type { Quad, Size } from './scan/geometry.ts';
import { impressionOf, type Impression } from './scan/judge.ts';
import { lookForPaper } from './scan/paper.ts';
import type { Pixels } from './scan/pixels.ts';
import { sharesOf, type Shape } from './shape.ts';
import { openedImage, previewOf, shapeOf, shrink, type ReadyPhoto } from './shrink.ts';
import { pixelsOf } from './surface.ts';

/** What can be asked of whoever works on photos. */
export type Task =
  | { readonly does: 'prepare'; readonly file: Blob; readonly shape?: Shape | undefined }
  | { readonly does: 'open'; readonly file: Blob }
  | { readonly does: 'preview'; readonly shape: Shape }
  | { readonly does: 'look'; readonly frame: ImageBitmap };

/** A photo opened for correcting: a picture to show, and the shape that would be chosen by itself. */
export interface OpenedPhoto extends Size {
  readonly picture: ImageBitmap;
  readonly found: Shape;
}

/** What one frame of the camera shows. */
export interface Look extends Impression {
  /** Corners of the paper as shares of the frame; null when there seems to be none. */
  readonly corners: Quad | null;
  readonly confidence: number;
}

/** What each task answers. */
export interface Results {
  readonly prepare: ReadyPhoto;
  readonly open: OpenedPhoto;
  readonly preview: ImageBitmap;
  readonly look: Look;
}
export type Result = Results[keyof Results];

/** The longer sides of what the editor shows. */
const LONGEST_OPENED = 1600;
const LONGEST_PREVIEW = 720;

/** The photo that is being corrected; one at a time. */
let opened: Pixels | undefined;

/** Does a task. Throws the refusals of `shrink`. */
export async function done(task: Task): Promise<Result> {
  if (task.does === 'prepare') return shrink(task.file, task.shape);
  if (task.does === 'open') return open(task.file);
  return task.does === 'preview' ? preview(task.shape) : look(task.frame);
}

async function open(file: Blob): Promise<OpenedPhoto> {
  const picture = await openedImage(file, LONGEST_OPENED);
  opened = pixelsOf(picture, picture);
  return { picture, width: picture.width, height: picture.height, found: shapeOf(opened) };
}

async function preview(shape: Shape): Promise<ImageBitmap> {
  const { data, width, height } = previewOf(opened!, shape, LONGEST_PREVIEW);
  return createImageBitmap(new ImageData(data as Uint8ClampedArray<ArrayBuffer>, width, height));
}

function look(frame: ImageBitmap): Look {
  const pixels = pixelsOf(frame, frame);
  frame.close();
  const found = lookForPaper(pixels);
  const seen = found ? { corners: sharesOf(found.corners, pixels), confidence: found.confidence } : nothing;
  return { ...seen, ...impressionOf(pixels) };
}

const nothing = { corners: null, confidence: 0 };

/** What of a result need not be copied on its way to the page. */
export function movable(result: Result): Transferable[] {
  if (result instanceof ImageBitmap) return [result];
  if ('picture' in result) return [result.picture];
  return 'thumbnail' in result ? [result.data, result.thumbnail] : [];
}
