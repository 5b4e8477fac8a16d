import { randomUUID } from 'node:crypto';
import { json } from '../gateway/http.ts';
import type { Claims } from '../keys.ts';
import { findBucket, findObject, type ObjectMetadata, transaction } from './database.ts';
import type { Arrived } from './disk.ts';
import { refusals } from './errors.ts';
import { checkKey, takesType } from './names.ts';
import type { Storage } from './storage.ts';

/** What an upload brings. */
interface Incoming {
  body: ReadableStream | null;
  type: string;
  cacheControl: string;
  metadata: Record<string, unknown> | null;
}

/** Where an upload goes and whether it may replace what is there. */
export interface Destination {
  bucket: string;
  name: string;
  upsert: boolean;
}

/** Stores an object as the caller; answers with its key and id. */
export async function upload(storage: Storage, claims: Claims, request: Request, to: Destination): Promise<Response> {
  checkKey(to.name);
  const limits = await limitsOf(storage, to.bucket);
  const incoming = await readIncoming(request, limits.size);
  if (!takesType(limits.types, incoming.type)) {
    await incoming.body?.cancel();
    throw refusals.mime(incoming.type);
  }
  const arrived = await storage.disk.write(incoming.body, limits.size);
  if (!arrived) throw refusals.tooLarge();
  const id = await record(storage, claims, to, incoming, arrived).catch(async (error: unknown) => {
    await storage.disk.remove([arrived.version]);
    throw error;
  });
  return json(200, { Key: `${to.bucket}/${to.name}`, Id: id });
}

/** What a bucket takes at most, and of which types. Throws "Bucket not found". */
export async function limitsOf(storage: Storage, bucket: string): Promise<{ size: number; types: string[] | null }> {
  const found = await transaction(storage.pool, { role: 'service_role' }, 'storage.object.upload', (db) =>
    findBucket(db, bucket),
  );
  if (!found) throw refusals.noBucket();
  const own = found.file_size_limit === null ? Infinity : Number(found.file_size_limit);
  return { size: Math.min(own, storage.fileSizeLimit), types: found.allowed_mime_types };
}

async function readIncoming(request: Request, limit: number): Promise<Incoming> {
  const type = request.headers.get('content-type') ?? 'application/octet-stream';
  if (type.startsWith('multipart/form-data')) return readForm(request, limit);
  return {
    body: request.body,
    type,
    cacheControl: request.headers.get('cache-control') ?? 'no-cache',
    metadata: decodeMetadata(request.headers.get('x-metadata')),
  };
}

const ENVELOPE = 1024 * 1024;

async function readForm(request: Request, limit: number): Promise<Incoming> {
  if (Number(request.headers.get('content-length') ?? 0) > limit + ENVELOPE) {
    await drain(request.body);
    throw refusals.tooLarge();
  }
  const form = await request.formData().catch(() => undefined);
  const file = [...(form?.values() ?? [])].find((value) => typeof value !== 'string');
  if (!form || !file) throw refusals.input('The form holds no file');
  const seconds = form.get('cacheControl');
  const metadata = form.get('metadata');
  return {
    body: file.stream() as ReadableStream,
    type: file.type || 'application/octet-stream',
    cacheControl: typeof seconds === 'string' ? `max-age=${seconds}` : 'no-cache',
    metadata: typeof metadata === 'string' ? parseMetadata(metadata) : null,
  };
}

/** Reads on to the end: a sender that is cut off in the middle would see a broken connection instead of the reason. */
export async function drain(body: ReadableStream | null): Promise<void> {
  await body?.pipeTo(new WritableStream());
}

function decodeMetadata(header: string | null): Record<string, unknown> | null {
  return header ? parseMetadata(Buffer.from(header, 'base64').toString('utf8')) : null;
}

/** Metadata of the sender, if it is any. */
export function parseMetadata(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** The row is written as the caller and decides; the version before is forgotten only after the new one stands. */
export async function record(
  storage: Storage,
  claims: Claims,
  { bucket, name, upsert }: Destination,
  incoming: Omit<Incoming, 'body'>,
  arrived: Arrived,
): Promise<string> {
  const fresh = randomUUID();
  const operation = upsert ? 'storage.object.upload_update' : 'storage.object.upload';
  const before = await transaction(storage.pool, claims, operation, async (db) => {
    const old = await findObject(db, bucket, name, true);
    await db.becomeCaller();
    await db.query(upsert ? `${INSERT} ${ON_CONFLICT}` : INSERT, [
      fresh,
      bucket,
      name,
      ownerOf(claims),
      typeof claims.sub === 'string' ? claims.sub : null,
      JSON.stringify(metadataOf(incoming, arrived)),
      arrived.version,
      incoming.metadata === null ? null : JSON.stringify(incoming.metadata),
    ]);
    return old;
  });
  if (before) await storage.disk.remove([before.version]);
  return before?.id ?? fresh;
}

const INSERT = `insert into storage.objects (id, bucket_id, name, owner, owner_id, metadata, version, user_metadata)
values ($1, $2, $3, $4, $5, $6, $7, $8)`;
const ON_CONFLICT = `on conflict (bucket_id, name) do update set owner = excluded.owner, owner_id = excluded.owner_id,
  metadata = excluded.metadata, version = excluded.version, user_metadata = excluded.user_metadata`;

/** The person's id; a service key has none, and a foreign one may not be a uuid. */
export function ownerOf({ sub }: Claims): string | null {
  return sub && /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(sub) ? sub : null;
}

function metadataOf({ type, cacheControl }: Omit<Incoming, 'body'>, { size, eTag }: Arrived): ObjectMetadata {
  const lastModified = new Date().toISOString();
  return { eTag, size, mimetype: type, cacheControl, lastModified, contentLength: size, httpStatusCode: 200 };
}
