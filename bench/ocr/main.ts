import type { PhotoText } from '../../app/features/expenses/reading/photo-text.ts';
import { textOfPhoto } from '../../app/features/expenses/reading/text-of-photo.ts';
import { photographed } from './draw.ts';
import { madeUp, type Part } from './made-up.ts';

/** What the bench asks of its page: to read a photo as text, one of a file or one that is made up here. */
export interface OcrBench {
  read(base64: string): Promise<PhotoText & { readonly took: number }>;
  readMadeUp(part: Part, seed: number): Promise<PhotoText & { readonly took: number }>;
  draw(part: Part, seed: number): Promise<string>;
}

const timed = async (photo: ArrayBuffer) => {
  const started = performance.now();
  const text = await textOfPhoto(photo);
  return { ...text, took: performance.now() - started };
};

const bench: OcrBench = {
  read: (base64) => timed(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)).buffer),
  readMadeUp: async (part, seed) => timed(await photographed(madeUp(part, seed))),
  draw: async (part, seed) => base64Of(new Uint8Array(await photographed(madeUp(part, seed)))),
};

const base64Of = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

Object.assign(window, { ocrBench: bench });
