import { PhotoHelper } from '../../app/features/expenses/photos/photo-helper.ts';
import { openPhoto, preparePhoto, previewPhoto } from '../../app/features/expenses/photos/prepare-photo.ts';
import { LOOKED_AT } from '../../app/features/expenses/photos/scan/paper.ts';
import { wholePhoto } from '../../app/features/expenses/photos/shape.ts';
import type { ReadyPhoto } from '../../app/features/expenses/photos/shrink.ts';

const camera = new PhotoHelper();
let photo: Blob | undefined;

const bench = {
  /** Takes the photo that is measured. */
  async load(base64: string): Promise<void> {
    photo = await (await fetch(`data:image/jpeg;base64,${base64}`)).blob();
  },
  /** From a file to a receipt ready to keep; its bytes and whether a paper was cut out. */
  async prepare(): Promise<{ ms: number; bytes: number; cut: boolean }> {
    const started = performance.now();
    const { data, shape }: ReadyPhoto = await preparePhoto(photo!);
    return { ms: performance.now() - started, bytes: data.byteLength, cut: shape!.mode !== 'original' };
  },
  /** The least a browser needs for the same: decode, draw at the same size, compress. */
  async least(): Promise<number> {
    const started = performance.now();
    const bitmap = await createImageBitmap(photo!);
    const canvas = new OffscreenCanvas(1650, 2200);
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0, 1650, 2200);
    await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
    bitmap.close();
    return performance.now() - started;
  },
  /** One look of the camera at a frame in full HD. */
  async look(): Promise<number> {
    const frame = await createImageBitmap(photo!, { resizeWidth: 1080, resizeHeight: 1920 });
    const started = performance.now();
    const small = await createImageBitmap(frame, { resizeWidth: (LOOKED_AT * 9) / 16, resizeHeight: LOOKED_AT });
    await camera.ask({ does: 'look', frame: small }, [small]);
    return performance.now() - started;
  },
  /** From opening the editor to its first preview, and one more preview. */
  async edit(): Promise<{ open: number; preview: number }> {
    const started = performance.now();
    const { picture, found } = await openPhoto(photo!);
    const opened = performance.now();
    await previewPhoto(found.mode === 'original' ? { ...wholePhoto, mode: 'colour' } : found);
    picture.close();
    return { open: opened - started, preview: performance.now() - opened };
  },
};

declare global {
  interface Window {
    capture: typeof bench;
  }
}
window.capture = bench;
