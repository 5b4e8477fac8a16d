import { refusal } from '../../../kernel/failure.ts';
import { heicWorker } from './tools.ts';

/** A 48-megapixel HEIC takes a slow phone this long at most. */
const PATIENCE_MS = 60_000;

/** Decodes a HEIC photo into a JPEG, in a worker of its own that goes when it is done and gives its memory back. */
export async function decodedHeic(file: Blob): Promise<Blob> {
  const bytes = await file.arrayBuffer();
  const worker = new Worker(heicWorker, { type: 'module' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const image = await new Promise<ArrayBuffer | undefined>((resolve, reject) => {
      timer = setTimeout(() => reject(refusal('photo_too_large', 'the decoder took too long')), PATIENCE_MS);
      worker.addEventListener('message', (event: MessageEvent<ArrayBuffer | undefined>) => resolve(event.data));
      worker.addEventListener('error', () => reject(refusal('photo_heic', 'the decoder could not start')));
      worker.postMessage(bytes, [bytes]);
    });
    if (!image) throw refusal('photo_damaged', 'no image could be read from the HEIC');
    return new Blob([image], { type: 'image/jpeg' });
  } finally {
    clearTimeout(timer);
    worker.terminate();
  }
}
