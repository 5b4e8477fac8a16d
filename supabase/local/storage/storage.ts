import type pg from 'pg';
import type { Disk } from './disk.ts';
import type { Parts } from './parts.ts';

/** What the storage service works with. */
export interface Storage {
  /** Signs in as `supabase_storage_admin`. */
  pool: pg.Pool;
  disk: Disk;
  /** Uploads that arrive in pieces. */
  parts: Parts;
  jwtSecret: string;
  /** The largest object of all, in bytes; a bucket may ask for less. */
  fileSizeLimit: number;
}
