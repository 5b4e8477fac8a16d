import { SyncedReplica } from '../sync/synced-replica.ts';
import { openDatabase, type LocalDatabase, type OpenOptions } from './db.ts';

/** Opens one person's database for an engine. Throws the refusal `device_full` when there is no room. */
export const openSyncedDatabase = (userId: string, options: OpenOptions = {}): Promise<LocalDatabase<SyncedReplica>> =>
  openDatabase(SyncedReplica, userId, options);
