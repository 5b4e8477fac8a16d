import { randomUUID } from 'node:crypto';
import { json } from '../gateway/http.ts';
import type { Claims } from '../keys.ts';
import { asCaller, findObject, type StoredObject } from './database.ts';
import { visibleObject } from './downloads.ts';
import { refusals } from './errors.ts';
import { checkKey } from './names.ts';
import type { Storage } from './storage.ts';
import { ownerOf } from './uploads.ts';

type Body = Record<string, unknown>;

const text = (body: Body, name: string): string => (typeof body[name] === 'string' ? body[name] : '');

/** Removes the objects that the caller may remove, and answers with their rows. */
export async function removeMany(
  storage: Storage,
  claims: Claims,
  bucket: string,
  names: string[],
): Promise<StoredObject[]> {
  const removed = await asCaller(storage.pool, claims, 'storage.object.delete_many', (db) =>
    db.query<StoredObject & Body>('delete from storage.objects where bucket_id = $1 and name = any($2) returning *', [
      bucket,
      names,
    ]),
  );
  await storage.disk.remove(removed.map(({ version }) => version));
  return removed;
}

/** Removes one object; throws "Object not found" when there was none to remove. */
export async function removeOne(storage: Storage, claims: Claims, bucket: string, name: string): Promise<Response> {
  const removed = await removeMany(storage, claims, bucket, [name]);
  if (removed.length === 0) throw refusals.noObject();
  return json(200, { message: 'Successfully deleted' });
}

/** Renames an object as the caller, perhaps into another bucket. The bytes stay where they are. */
export async function move(storage: Storage, claims: Claims, body: Body): Promise<Response> {
  const bucket = text(body, 'bucketId');
  const to = text(body, 'destinationBucket') || bucket;
  const name = checkKey(text(body, 'destinationKey'));
  const moved = await asCaller(storage.pool, claims, 'storage.object.move', (db) =>
    db.query('update storage.objects set bucket_id = $3, name = $4 where bucket_id = $1 and name = $2 returning id', [
      bucket,
      text(body, 'sourceKey'),
      to,
      name,
    ]),
  );
  if (moved.length === 0) throw refusals.noObject();
  return json(200, { message: 'Successfully moved', Id: moved[0]!['id'] });
}

/** Copies an object that the caller may see to a place where they may write. */
export async function copy(storage: Storage, claims: Claims, request: Request, body: Body): Promise<Response> {
  const bucket = text(body, 'bucketId');
  const to = text(body, 'destinationBucket') || bucket;
  const name = checkKey(text(body, 'destinationKey'));
  const source = await visibleObject(storage, claims, bucket, text(body, 'sourceKey'));
  const version = await storage.disk.copy(source.version);
  const upsert = request.headers.get('x-upsert') === 'true';
  const id = await writeCopy(storage, claims, source, { to, name, version, upsert }).catch(async (error: unknown) => {
    await storage.disk.remove([version]);
    throw error;
  });
  return json(200, { Key: `${to}/${name}`, Id: id, name, bucket_id: to });
}

interface CopyTarget {
  to: string;
  name: string;
  version: string;
  upsert: boolean;
}

async function writeCopy(storage: Storage, claims: Claims, source: StoredObject, target: CopyTarget): Promise<string> {
  const id = randomUUID();
  const { to, name, version, upsert } = target;
  const insert = `insert into storage.objects (id, bucket_id, name, owner, owner_id, metadata, version, user_metadata)
    values ($1, $2, $3, $4, $5, $6, $7, $8)`;
  const more = upsert
    ? ' on conflict (bucket_id, name) do update set metadata = excluded.metadata, version = excluded.version'
    : '';
  const old = await asCaller(storage.pool, claims, 'storage.object.copy', async (db) => {
    const before = upsert ? await findObject(db, to, name) : undefined;
    const { metadata, user_metadata } = source;
    const values = [id, to, name, ownerOf(claims), claims.sub ?? null, metadata, version, user_metadata];
    await db.query(insert + more, values);
    return before;
  });
  if (old) await storage.disk.remove([old.version]);
  return old?.id ?? id;
}

const SORTABLE = new Set(['name', 'updated_at', 'created_at', 'last_accessed_at']);

/** Lists one level of a bucket: folders (without an id) and objects. */
export async function list(storage: Storage, claims: Claims, bucket: string, body: Body): Promise<Response> {
  const given = text(body, 'prefix');
  const prefix = given && !given.endsWith('/') ? `${given}/` : given;
  const { column = 'name', order = 'asc' } = (body['sortBy'] as { column?: string; order?: string } | undefined) ?? {};
  if (!SORTABLE.has(column)) throw refusals.input(`body/sortBy/column must be equal to one of the allowed values`);
  const direction = order === 'desc' ? 'desc' : 'asc';
  const pattern = `${escapeLike(prefix)}${escapeLike(text(body, 'search'))}%`;
  const level = prefix.split('/').length;
  const rows = await asCaller(storage.pool, claims, 'storage.object.list', (db) =>
    db.query(listSql(column, direction), [bucket, pattern, level, whole(body['limit'], 100), whole(body['offset'], 0)]),
  );
  return json(200, rows);
}

/** Folders come first, as hosted's `storage.search` gives them. */
const listSql = (column: string, direction: string): string => `
with found as (
  select path_tokens[$3] as entry, cardinality(path_tokens) > $3 as folder, id, name, updated_at, created_at,
    last_accessed_at, metadata
  from storage.objects where bucket_id = $1 and name ilike $2
), entries as (
  select distinct entry as name, null::uuid as id, null::timestamptz as updated_at, null::timestamptz as created_at,
    null::timestamptz as last_accessed_at, null::jsonb as metadata, 0 as kind
  from found where folder
  union all
  select entry, id, updated_at, created_at, last_accessed_at, metadata, 1 from found where not folder
)
select name, id, updated_at, created_at, last_accessed_at, metadata from entries
order by kind, ${column} ${direction}, name limit $4 offset $5`;

const escapeLike = (value: string): string => value.replace(/[\\%_]/g, String.raw`\$&`);
const whole = (value: unknown, fallback: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : fallback;
