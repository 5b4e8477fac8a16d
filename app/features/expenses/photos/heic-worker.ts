import openHeif from 'libheif-js/libheif-wasm/libheif-bundle.mjs';
import { jpeg, shown } from './surface.ts';

const worker = self as unknown as Worker;
const NEARLY_LOSSLESS = 0.95;

worker.addEventListener('message', (event: MessageEvent<ArrayBuffer>) => void answer(event.data));

/** Answers an upright JPEG, or nothing when the file cannot be opened. */
async function answer(file: ArrayBuffer): Promise<void> {
  const image = await decoded(file).catch(() => undefined);
  worker.postMessage(image, image ? [image] : []);
}

async function decoded(file: ArrayBuffer): Promise<ArrayBuffer> {
  const heif = await openHeif();
  const [first] = new heif.HeifDecoder().decode(new Uint8Array(file));
  if (!first) throw new Error('no image inside');
  const [width, height] = [first.get_width(), first.get_height()];
  const target = { data: new Uint8ClampedArray(width * height * 4), width, height };
  await new Promise<void>((resolve, reject) =>
    first.display(target, (drawn) => (drawn ? resolve() : reject(new Error('damaged')))),
  );
  return jpeg(shown(target), NEARLY_LOSSLESS);
}
