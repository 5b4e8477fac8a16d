import { refusal } from '../../../kernel/failure.ts';
import type { Size } from './scan/geometry.ts';
import type { Pixels } from './scan/pixels.ts';

/** A place to draw: off screen where the browser has it, an unattached canvas elsewhere. */
export type Surface = OffscreenCanvas | HTMLCanvasElement;
type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

/** A white surface of this size; white, so that a transparent PNG does not turn black. */
export function surface({ width, height }: Size): { canvas: Surface; context: Context } {
  const canvas = typeof OffscreenCanvas === 'undefined' ? document.createElement('canvas') : new OffscreenCanvas(1, 1);
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true }) as Context | null;
  if (!context) throw refusal('photo_too_large', 'no memory for a canvas');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  return { canvas, context };
}

/** A surface with a picture drawn to its whole size. */
export function drawnOn(picture: CanvasImageSource, size: Size): { canvas: Surface; context: Context } {
  const drawn = surface(size);
  drawn.context.drawImage(picture, 0, 0, size.width, size.height);
  return drawn;
}

/** The pixels of a picture at a size. */
export function pixelsOf(picture: CanvasImageSource, { width, height }: Size): Pixels {
  const { data } = drawnOn(picture, { width, height }).context.getImageData(0, 0, width, height);
  return { data, width, height };
}

/** A surface that shows these pixels. */
export function shown({ data, width, height }: Pixels): Surface {
  const { canvas, context } = surface({ width, height });
  context.putImageData(new ImageData(data as Uint8ClampedArray<ArrayBuffer>, width, height), 0, 0);
  return canvas;
}

/** The bytes of a JPEG without any metadata. */
export async function jpeg(canvas: Surface, quality: number): Promise<ArrayBuffer> {
  const type = 'image/jpeg';
  const blob =
    'convertToBlob' in canvas
      ? await canvas.convertToBlob({ type, quality })
      : await new Promise<Blob | null>((done) => canvas.toBlob(done, type, quality));
  if (!blob) throw refusal('photo_too_large', 'no memory to compress in');
  return blob.arrayBuffer();
}
