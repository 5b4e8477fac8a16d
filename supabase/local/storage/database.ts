import pg from 'pg';
import type { Claims } from '../keys.ts';

/** A bucket's row. */
export interface Bucket {
  id: string;
  name: string;
  owner: string | null;
  public: boolean;
  file_size_limit: string | null;
  allowed_mime_types: string[] | null;
  created_at: Date;
  updated_at: Date;
}

/** What the service knows of an object's bytes. */
export interface ObjectMetadata {
  eTag: string;
  size: number;
  mimetype: string;
  cacheControl: string;
  lastModified: string;
  contentLength: number;
  httpStatusCode: number;
}

/** An object's row. */
export interface StoredObject {
  id: string;
  bucket_id: string;
  name: string;
  owner: string | null;
  owner_id: string | null;
  version: string;
  metadata: ObjectMetadata;
  user_metadata: Record<string, unknown> | null;
  created_at: Date;
  updated_at: Date;
  last_accessed_at: Date;
}

/** A connection inside a transaction, either as the service (`supabase_storage_admin`) or as the caller. */
export interface Db {
  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
  /** From here on as the caller, under row security. */
  becomeCaller(): Promise<void>;
  becomeService(): Promise<void>;
}

/** Runs work in one transaction that starts as the service; what is thrown undoes it. */
export async function transaction<T>(
  pool: pg.Pool,
  claims: Claims,
  operation: string,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(dbOf(client, claims, operation));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((fatal: Error) => (broken = fatal));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A transaction that is the caller's from its first statement. */
export function asCaller<T>(
  pool: pg.Pool,
  claims: Claims,
  operation: string,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  return transaction(pool, claims, operation, async (db) => {
    await db.becomeCaller();
    return work(db);
  });
}

function dbOf(client: pg.PoolClient, claims: Claims, operation: string): Db {
  const literal = pg.escapeLiteral;
  return {
    query: async <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await client.query<R>(text, values)).rows,
    becomeCaller: async () => {
      await client.query(`select set_config('request.jwt.claims', ${literal(JSON.stringify(claims))}, true),
        set_config('storage.operation', ${literal(operation)}, true),
        set_config('storage.allow_delete_query', 'true', true),
        set_config('search_path', 'storage, public, extensions', true), set_config('role', ${literal(claims.role)}, true)`);
    },
    becomeService: async () => {
      await client.query('set local role none');
    },
  };
}

const BUCKET = 'id, name, owner, public, file_size_limit, allowed_mime_types, created_at, updated_at';

/** Finds a bucket as whoever the connection is at the moment. */
export async function findBucket(db: Db, id: string): Promise<Bucket | undefined> {
  return (await db.query<Bucket & pg.QueryResultRow>(`select ${BUCKET} from storage.buckets where id = $1`, [id]))[0];
}

/** Lists buckets as whoever the connection is at the moment. */
export function listBuckets(db: Db): Promise<Bucket[]> {
  return db.query<Bucket & pg.QueryResultRow>(`select ${BUCKET} from storage.buckets order by name`);
}

/** Finds an object as whoever the connection is at the moment. */
export async function findObject(
  db: Db,
  bucket: string,
  name: string,
  lock = false,
): Promise<StoredObject | undefined> {
  const sql = `select * from storage.objects where bucket_id = $1 and name = $2${lock ? ' for update' : ''}`;
  return (await db.query<StoredObject & pg.QueryResultRow>(sql, [bucket, name]))[0];
}
