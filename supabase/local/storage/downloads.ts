import { json } from '../gateway/http.ts';
import type { Claims } from '../keys.ts';
import { asCaller, findBucket, findObject, type StoredObject, transaction } from './database.ts';
import { refusals } from './errors.ts';
import type { Storage } from './storage.ts';

/** Finds an object as the caller; throws "Object not found" for one that row security hides. */
export async function visibleObject(
  storage: Storage,
  claims: Claims,
  bucket: string,
  name: string,
): Promise<StoredObject> {
  const found = await asCaller(storage.pool, claims, 'storage.object.get_authenticated', (db) =>
    findObject(db, bucket, name),
  );
  if (!found) throw refusals.noObject();
  return found;
}

/** Finds an object of a public bucket, for anybody. */
export async function publicObject(storage: Storage, bucket: string, name: string): Promise<StoredObject> {
  return asService(storage, 'storage.object.get_public', async (db) => {
    const home = await findBucket(db, bucket);
    if (!home?.public) throw refusals.noBucket();
    return findObject(db, bucket, name);
  });
}

/** Finds an object for the holder of a signed address. */
export function signedObject(storage: Storage, bucket: string, name: string): Promise<StoredObject> {
  return asService(storage, 'storage.object.get_signed', (db) => findObject(db, bucket, name));
}

async function asService(
  storage: Storage,
  operation: string,
  find: (db: Parameters<typeof findObject>[0]) => Promise<StoredObject | undefined>,
): Promise<StoredObject> {
  const found = await transaction(storage.pool, { role: 'service_role' }, operation, find);
  if (!found) throw refusals.noObject();
  return found;
}

/** Sends an object's bytes: whole, a range of them, or 304 when the caller has them. */
export function send(storage: Storage, request: Request, object: StoredObject): Response {
  if (!storage.disk.has(object.version)) throw refusals.noObject();
  const headers = headersOf(request, object);
  if (request.headers.get('if-none-match') === object.metadata.eTag)
    return new Response(null, { status: 304, headers });
  const { size } = object.metadata;
  const range = rangeOf(request.headers.get('range'), size);
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } });
  }
  headers['content-length'] = String(range ? range.end - range.start + 1 : size);
  if (range) headers['content-range'] = `bytes ${range.start}-${range.end}/${size}`;
  const silent = request.method === 'HEAD' || size === 0;
  const body = silent ? null : storage.disk.read(object.version, range);
  return new Response(body, { status: range ? 206 : 200, headers });
}

function headersOf(request: Request, { name, metadata, updated_at }: StoredObject): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': metadata.mimetype,
    'cache-control': metadata.cacheControl,
    'accept-ranges': 'bytes',
    'last-modified': new Date(updated_at).toUTCString(),
    etag: metadata.eTag,
    // Bytes of strangers are served from the app's own origin here; they must not run in it.
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  };
  const download = new URL(request.url).searchParams.get('download');
  if (download !== null) headers['content-disposition'] = disposition(download || name.split('/').at(-1)!);
  return headers;
}

const disposition = (name: string): string =>
  `attachment; filename=${encodeURIComponent(name)}; filename*=UTF-8''${encodeURIComponent(name)};`;

/** One byte range; several at once are answered whole, as the standard allows. */
function rangeOf(header: string | null, size: number): { start: number; end: number } | 'unsatisfiable' | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start > end || start >= size ? 'unsatisfiable' : { start, end };
}

/** What is known about an object without its bytes. */
export function info({ id, name, bucket_id, version, metadata, user_metadata, created_at }: StoredObject): Response {
  return json(200, {
    id,
    name,
    version,
    bucket_id,
    size: metadata.size,
    content_type: metadata.mimetype,
    cache_control: metadata.cacheControl,
    etag: metadata.eTag,
    metadata: user_metadata,
    last_modified: metadata.lastModified,
    created_at,
  });
}
