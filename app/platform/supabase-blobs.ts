import { refusal, type Failure } from '../kernel/failure.ts';
import type { BlobRemote } from '../sync/protocol.ts';
import { failureOf } from './sqlstate.ts';
import type { Send } from './send.ts';

/** A photo over a thin line takes its time. */
const PATIENCE_MS = 120_000;

/** Storage, as the signed-in person. Uploads overwrite, so that one that was cut off may be repeated (S18). */
export function createBlobs(send: Send): BlobRemote {
  return {
    upload: async (bucket, path, data, mimeType) => {
      const headers = { 'content-type': mimeType, 'x-upsert': 'true', 'cache-control': 'max-age=31536000' };
      const init = { method: 'POST', headers, body: data, patienceMs: PATIENCE_MS };
      const response = await send(`/storage/v1/object/${bucket}/${encoded(path)}`, init);
      if (!response.ok) throw await refused(response);
    },
    download: async (bucket, path) => {
      const response = await send(`/storage/v1/object/authenticated/${bucket}/${encoded(path)}`, {
        patienceMs: PATIENCE_MS,
      });
      if (response.ok) return response.arrayBuffer();
      const failure = await refused(response);
      if (failure.kind === 'weather' || failure.code === 'signed_out') throw failure;
      return undefined;
    },
  };
}

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** Storage answers 400 and names the real status in the body. */
async function refused(response: Response): Promise<Failure> {
  const body = (await response.json().catch(() => ({}))) as { statusCode?: string; message?: string };
  const status = Number(body.statusCode ?? response.status) || response.status;
  const failure = failureOf(status, body.message ? { message: body.message } : {});
  const permanent = status >= 400 && status < 500 && ![401, 408, 423, 429].includes(status);
  return permanent ? refusal(wordByStatus[status] ?? 'file_not_accepted', failure.message) : failure;
}

const wordByStatus: Readonly<Record<number, string>> = {
  403: 'not_permitted',
  404: 'gone',
  413: 'file_too_large',
  415: 'file_type_not_accepted',
};
