import type { Claims } from '../keys.ts';
import { asStorageError, refusals, StorageError } from './errors.ts';
import { checkKey, takesType } from './names.ts';
import type { Part } from './parts.ts';
import { mayUpload } from './signed.ts';
import type { Storage } from './storage.ts';
import { drain, limitsOf, parseMetadata, record } from './uploads.ts';

/** What the service speaks at `upload/resumable`. */
const VERSION = '1.0.0';
const PIECE = 'application/offset+octet-stream';
/** How long a caller waits until another one lets go of the same upload. */
const PATIENCE_MS = 5_000;

const problem = (status: number, message: string): StorageError => new StorageError(status, 'TusError', '', message);

/** One request to the resumable door; `id` is empty when an upload begins. */
export interface PieceCall {
  storage: Storage;
  claims: Claims;
  request: Request;
  id: string;
}

/** Uploads in pieces by TUS 1.0.0: creation (with bytes at once), offset, pieces, termination, expiry. */
export async function resumable(call: PieceCall): Promise<Response> {
  try {
    return await answer(call);
  } catch (thrown) {
    const refusal = asStorageError(thrown);
    if (!refusal) throw thrown;
    await drain(call.request.body).catch(() => undefined);
    // Here the true status travels as it is, and the message as plain text.
    return reply(refusal.status, {}, refusal.message);
  }
}

const reply = (status: number, headers: Record<string, string> = {}, body: string | null = null): Response =>
  new Response(body, { status, headers: { 'tus-resumable': VERSION, 'cache-control': 'no-store', ...headers } });

async function answer(call: PieceCall): Promise<Response> {
  const { request, id } = call;
  if (request.headers.get('tus-resumable') !== VERSION) throw problem(412, 'Tus-Resumable Required');
  if (request.method === 'POST') return begin(call);
  return alone(id, async (signal) => {
    const part = await known(call);
    if (request.method === 'HEAD') return tell(call.storage, part);
    await mayUpload(call.storage, call.claims, part.bucket, part.name, upserts(call));
    return request.method === 'DELETE' ? end(call.storage, part) : take(call, part, signal);
  });
}

const upserts = ({ request }: PieceCall): boolean => request.headers.get('x-upsert') === 'true';

async function known({ storage, id }: PieceCall): Promise<Part> {
  const part = await storage.parts.find(id);
  if (!part) throw problem(404, 'The file for this url was not found');
  if (storage.parts.isExpired(part)) throw problem(410, 'The file for this url no longer exists');
  return part;
}

async function begin(call: PieceCall): Promise<Response> {
  const { storage, claims, request } = call;
  const draft = draftOf(request);
  checkKey(draft.name);
  const limits = await limitsOf(storage, draft.bucket);
  if (draft.length > limits.size) throw problem(413, 'Maximum size exceeded');
  if (!takesType(limits.types, draft.type)) throw refusals.mime(draft.type);
  await mayUpload(storage, claims, draft.bucket, draft.name, upserts(call));
  const part = await storage.parts.create(draft);
  const { origin } = new URL(request.url);
  const location = `${origin}/storage/v1/upload/resumable/${publicId(part)}`;
  const arrived = await alone(part.id, (signal) => write(call, part, signal));
  return reply(201, { location, ...arrived });
}

/** As hosted: the address names the object and the version, in base64url. */
const publicId = ({ bucket, name, id }: Part): string => Buffer.from(`${bucket}/${name}/${id}`).toString('base64url');

/** The upload's own id inside its public one. */
export const partId = (encoded: string): string => Buffer.from(encoded, 'base64url').toString().split('/').at(-1) ?? '';

function draftOf({ headers }: Request): Omit<Part, 'id' | 'created' | 'done'> {
  const length = headers.get('upload-length');
  if (!length || !/^\d+$/.test(length)) throw problem(400, 'Upload-Length or Upload-Defer-Length header required');
  const said = metadataOf(headers.get('upload-metadata') ?? '');
  const seconds = said.get('cacheControl') ?? '';
  return {
    bucket: said.get('bucketName') ?? '',
    name: said.get('objectName') ?? '',
    length: Number(length),
    type: said.get('contentType') || 'application/octet-stream',
    cacheControl: /^-?\d+$/.test(seconds) ? `max-age=${seconds}` : 'no-cache',
    metadata: said.has('metadata') ? parseMetadata(said.get('metadata')!) : null,
  };
}

function metadataOf(header: string): Map<string, string> {
  const pairs = header.split(',').map((pair) => pair.trim().split(' '));
  return new Map(pairs.map(([name = '', value = '']) => [name, Buffer.from(value, 'base64').toString('utf8')]));
}

async function tell(storage: Storage, part: Part): Promise<Response> {
  const offset = await storage.parts.offset(part);
  return reply(200, { 'upload-offset': String(offset), 'upload-length': String(part.length), ...ends(storage, part) });
}

const ends = (storage: Storage, part: Part): Record<string, string> =>
  part.done ? {} : { 'upload-expires': storage.parts.expiresAt(part).toUTCString() };

async function end(storage: Storage, part: Part): Promise<Response> {
  if (part.done) throw problem(400, 'Cannot terminate an already completed upload');
  await storage.parts.remove(part);
  return reply(204);
}

async function take(call: PieceCall, part: Part, signal: AbortSignal): Promise<Response> {
  const { headers } = call.request;
  const offset = headers.get('upload-offset');
  if (headers.get('content-type') !== PIECE) throw problem(403, 'Content-Type header required');
  if (offset === null) throw problem(403, 'Upload-Offset header required');
  if (Number(offset) !== (await call.storage.parts.offset(part))) throw problem(409, 'Upload-Offset conflict');
  return reply(204, await write(call, part, signal));
}

/** Takes what the request carries; the last byte makes the object. */
async function write(call: PieceCall, part: Part, signal: AbortSignal): Promise<Record<string, string>> {
  const { storage, request } = call;
  const { parts } = storage;
  if (request.body && request.headers.get('content-type') === PIECE) {
    if (!(await parts.append(part, request.body, signal))) throw problem(413, 'Maximum size exceeded');
  }
  const offset = await parts.offset(part);
  // answered with success, two senders would chase each other for good
  if (signal.aborted && offset < part.length) throw problem(400, 'Request aborted due to lock acquired');
  if (offset === part.length && !part.done) await complete(call, part);
  return { 'upload-offset': String(offset), ...ends(storage, { ...part, done: offset === part.length }) };
}

async function complete(call: PieceCall, part: Part): Promise<void> {
  const { storage, claims } = call;
  const arrived = await storage.disk.write(storage.parts.read(part), part.length);
  const to = { bucket: part.bucket, name: part.name, upsert: upserts(call) };
  await record(storage, claims, to, part, arrived!).catch(async (error: unknown) => {
    await storage.disk.remove([arrived!.version]);
    throw error;
  });
  await storage.parts.finish(part);
}

interface Holder {
  ended: Promise<unknown>;
  letGo: AbortController;
}

const holders = new Map<string, Holder>();

/** One request at a time has an upload; one that comes asks the one before to stop, as a sender that was cut off would. */
async function alone<T>(id: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (let holder = holders.get(id); holder; holder = holders.get(id)) {
    holder.letGo.abort();
    if (!(await inTime(holder.ended, until - Date.now())))
      throw problem(423, 'The upload is locked by another request');
  }
  const letGo = new AbortController();
  const result = work(letGo.signal);
  const ended = result.then(
    () => holders.delete(id),
    () => holders.delete(id),
  );
  holders.set(id, { ended, letGo });
  return result;
}

const inTime = (ended: Promise<unknown>, ms: number): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), Math.max(0, ms));
    void ended.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
