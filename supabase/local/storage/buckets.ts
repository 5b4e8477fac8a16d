import { json } from '../gateway/http.ts';
import type { Claims } from '../keys.ts';
import { bytes } from '../config.ts';
import { asCaller, type Bucket, findBucket, listBuckets } from './database.ts';
import { refusals, StorageError } from './errors.ts';
import { checkBucketName } from './names.ts';
import { removeMany } from './objects.ts';
import type { Storage } from './storage.ts';
import { ownerOf } from './uploads.ts';

type Body = Record<string, unknown>;

const sizeOf = (value: unknown): number | null => (value === null || value === undefined ? null : bytes(value));
const view = ({ file_size_limit, ...bucket }: Bucket) => ({
  ...bucket,
  type: 'STANDARD',
  file_size_limit: file_size_limit === null ? null : Number(file_size_limit),
});

/** Creates a bucket as the caller; only a service key may, unless the project's policies say otherwise. */
export async function createBucket(storage: Storage, claims: Claims, body: Body): Promise<Response> {
  const name = checkBucketName(String(body['name'] ?? body['id'] ?? ''));
  const id = checkBucketName(String(body['id'] ?? name));
  await asCaller(storage.pool, claims, 'storage.bucket.create', (db) =>
    db.query(
      `insert into storage.buckets (id, name, owner, owner_id, public, file_size_limit, allowed_mime_types)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        id,
        name,
        ownerOf(claims),
        claims.sub ?? null,
        body['public'] === true,
        sizeOf(body['file_size_limit']),
        body['allowed_mime_types'] ?? null,
      ],
    ),
  );
  return json(200, { name });
}

/** Lists the buckets that the caller may see. */
export async function allBuckets(storage: Storage, claims: Claims): Promise<Response> {
  return json(200, (await asCaller(storage.pool, claims, 'storage.bucket.list', listBuckets)).map(view));
}

/** Shows one bucket. */
export async function oneBucket(storage: Storage, claims: Claims, id: string): Promise<Response> {
  const found = await asCaller(storage.pool, claims, 'storage.bucket.get', (db) => findBucket(db, id));
  if (!found) throw refusals.noBucket();
  return json(200, view(found));
}

/** Changes what a bucket takes and whether it is public. */
export async function updateBucket(storage: Storage, claims: Claims, id: string, body: Body): Promise<Response> {
  const changed = await asCaller(storage.pool, claims, 'storage.bucket.update', (db) =>
    db.query(
      `update storage.buckets set public = coalesce($2, public),
         file_size_limit = case when $3 then $4::bigint else file_size_limit end,
         allowed_mime_types = case when $5 then $6::text[] else allowed_mime_types end, updated_at = now()
       where id = $1 returning id`,
      [
        id,
        typeof body['public'] === 'boolean' ? body['public'] : null,
        'file_size_limit' in body,
        sizeOf(body['file_size_limit']),
        'allowed_mime_types' in body,
        body['allowed_mime_types'] ?? null,
      ],
    ),
  );
  if (changed.length === 0) throw refusals.noBucket();
  return json(200, { message: 'Successfully updated' });
}

/** Removes an empty bucket. */
export async function deleteBucket(storage: Storage, claims: Claims, id: string): Promise<Response> {
  const removed = await asCaller(storage.pool, claims, 'storage.bucket.delete', (db) =>
    db.query('delete from storage.buckets where id = $1 returning id', [id]),
  ).catch((error: { code?: string }) => {
    throw error.code === '23503' ? notEmpty() : error;
  });
  if (removed.length === 0) throw refusals.noBucket();
  return json(200, { message: 'Successfully deleted' });
}

const notEmpty = (): StorageError =>
  new StorageError(409, 'InvalidRequest', 'InvalidRequest', 'The bucket you tried to delete is not empty');

/** Removes everything in a bucket. */
export async function emptyBucket(storage: Storage, claims: Claims, id: string): Promise<Response> {
  const names = await asCaller(storage.pool, claims, 'storage.bucket.empty', async (db) => {
    if (!(await findBucket(db, id))) throw refusals.noBucket();
    return db.query<{ name: string }>('select name from storage.objects where bucket_id = $1', [id]);
  });
  await removeMany(
    storage,
    claims,
    id,
    names.map(({ name }) => name),
  );
  return json(200, { message: 'Successfully emptied' });
}
