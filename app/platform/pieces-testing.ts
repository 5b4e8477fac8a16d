import { weather } from '../kernel/failure.ts';
import type { Send } from './send.ts';

interface Unfinished {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** How many have arrived. */
  offset: number;
}

/** A file store that takes pieces, in memory, on a line that can be cut after any number of bytes. */
export class PieceStore {
  readonly objects = new Map<string, Uint8Array>();
  readonly uploads = new Map<string, Unfinished>();
  /** How many bytes of pieces came over the line, so that repetitions show. */
  received = 0;
  readonly requests: string[] = [];
  /** How many more bytes the line carries before it is cut. */
  line = Infinity;
  offersPieces = true;
  locked = false;
  /** Another sender takes the upload while a piece travels. */
  takenOver = false;
  /** The last answer of an upload is lost on the way. */
  losesLastAnswer = false;

  readonly send: Send = async (path, { method = 'GET', headers, body } = {}) => {
    this.requests.push(method);
    if (this.line <= 0) throw weather('offline', 'no signal');
    const sent = new Headers(headers);
    if (path.startsWith('/storage/v1/object/')) return this.#whole(path, body as ArrayBuffer);
    if (!this.offersPieces) return answer(404);
    if (method === 'POST') return this.#begin(sent);
    const id = path.split('/').at(-1)!;
    const upload = this.uploads.get(id);
    if (this.locked) return answer(423);
    if (!upload) return answer(410);
    if (this.takenOver && method === 'PATCH')
      return new Response('Request aborted due to lock acquired', { status: 400 });
    if (method === 'HEAD') return answer(200, { 'upload-offset': String(upload.offset) });
    return this.#piece(upload, Number(sent.get('upload-offset')), body as Uint8Array);
  };

  #whole(path: string, data: ArrayBuffer): Response {
    this.objects.set(decodeURIComponent(path.replace('/storage/v1/object/', '')), new Uint8Array(data));
    return answer(200);
  }

  #begin(headers: Headers): Response {
    const said = new Map(
      headers
        .get('upload-metadata')!
        .split(',')
        .map((pair) => pair.split(' ') as [string, string]),
    );
    const id = `u${this.uploads.size + 1}`;
    const name = `${atob(said.get('bucketName')!)}/${atob(said.get('objectName')!)}`;
    const bytes = new Uint8Array(Number(headers.get('upload-length')));
    this.uploads.set(id, { name, bytes, offset: 0 });
    return answer(201, { location: `http://behind-a-proxy:5000/upload/resumable/${id}` });
  }

  #piece(upload: Unfinished, offset: number, body: Uint8Array): Response {
    if (offset !== upload.offset) return answer(409);
    const carried = body.subarray(0, Math.min(body.length, this.line));
    this.line -= carried.length;
    this.received += carried.length;
    upload.bytes.set(carried, offset);
    upload.offset += carried.length;
    const complete = upload.offset === upload.bytes.length;
    if (complete) this.objects.set(upload.name, upload.bytes);
    if (carried.length < body.length) throw weather('offline', 'cut');
    if (complete && this.losesLastAnswer) {
      this.losesLastAnswer = false;
      throw weather('offline', 'the answer was lost');
    }
    return answer(204, { 'upload-offset': String(upload.offset) });
  }
}

const answer = (status: number, headers: Record<string, string> = {}): Response =>
  new Response(null, { status, headers });
