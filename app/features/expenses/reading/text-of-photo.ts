import { weather } from '../../../kernel/failure.ts';
import { recognise, type Picture } from './engine.ts';
import type { EnhanceAnswer, EnhanceTask } from './enhance-worker.ts';
import type { PhotoText } from './photo-text.ts';

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
