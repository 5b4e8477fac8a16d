import { enhance, greyOf } from './enhance.ts';

/** What the page sends: a photo, and how wide it should be read in pixels. */
export interface EnhanceTask {
  readonly data: ArrayBuffer;
}

/** What comes back: a PNG to read, its size, and by how much it was turned. */
export type EnhanceAnswer =
  | { readonly png: ArrayBuffer; readonly width: number; readonly height: number; readonly angle: number }
  | { readonly failed: string };

/** Print is read best when a receipt is about this wide, in pixels; narrower ones are drawn larger. */
const READ_WIDTH = 950;
/** A very long receipt is not made larger than this many pixels. */
const MOST_PIXELS = 5_000_000;

const worker = self as unknown as Worker;

worker.addEventListener('message', (event: MessageEvent<EnhanceTask>) => {
  enhanced(event.data).then(
    (answer) => worker.postMessage(answer, 'png' in answer ? [answer.png] : []),
    (thrown: unknown) => worker.postMessage({ failed: String(thrown) } satisfies EnhanceAnswer, []),
  );
});

async function enhanced({ data }: EnhanceTask): Promise<EnhanceAnswer> {
  const bitmap = await createImageBitmap(new Blob([data]));
  const scale = scaleFor(bitmap);
  const [width, height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const image = context.getImageData(0, 0, width, height);
  const { picture, angle } = enhance(greyOf(image.data, width, height));
  for (let at = 0, to = 0; at < picture.data.length; at++, to += 4)
    image.data[to] = image.data[to + 1] = image.data[to + 2] = picture.data[at]!;
  context.putImageData(image, 0, 0);
  const png = await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer();
  return { png, width, height, angle };
}

function scaleFor({ width, height }: ImageBitmap): number {
  const wished = READ_WIDTH / Math.min(width, height);
  return Math.min(Math.max(0.5, Math.min(2.5, wished)), Math.sqrt(MOST_PIXELS / (width * height)));
}
