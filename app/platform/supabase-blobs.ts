import type { BlobRemote } from '../sync/protocol.ts';
import { fileRefused } from './file-failures.ts';
import type { Send } from './send.ts';

/** A photo over a thin line takes its time. */
const PATIENCE_MS = 120_000;
/** Up to here a cut costs less than the questions of a resumable upload. */
const ONE_GO_BYTES = 1024 * 1024;

/** Storage, as the signed-in person. Uploads overwrite, so that one that was cut off may be repeated (S18); large ones go in pieces (S30). */
export function createBlobs(send: Send): BlobRemote {
  return {
    upload: async (bucket, path, data, mimeType, passage) => {
      if (passage && data.byteLength > ONE_GO_BYTES) {
        // Loaded with the first large file; without it, a file goes in one.
        const pieces = await import('./resumable.ts').catch(() => undefined);
        if (await pieces?.sendInPieces(send, { bucket, path, data, mime_type: mimeType }, passage)) return;
      }
      const headers = { 'content-type': mimeType, 'x-upsert': 'true', 'cache-control': 'max-age=31536000' };
      const init = { method: 'POST', headers, body: data, patienceMs: PATIENCE_MS };
      const response = await send(`/storage/v1/object/${bucket}/${encoded(path)}`, init);
      if (!response.ok) throw await fileRefused(response);
    },
    download: async (bucket, path) => {
      const response = await send(`/storage/v1/object/authenticated/${bucket}/${encoded(path)}`, {
        patienceMs: PATIENCE_MS,
      });
      if (response.ok) return response.arrayBuffer();
      const failure = await fileRefused(response);
      if (failure.kind === 'weather' || failure.code === 'signed_out') throw failure;
      return undefined;
    },
  };
}

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
