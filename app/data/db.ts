import type { Table } from 'dexie';
import { bug } from '../kernel/failure.ts';
import { openReplica, Replica, type ReplicaKind, type ReplicaOptions } from '../sync/replica.ts';
import { tables, type RowsByTable, type TableName } from './schema.gen.ts';
import { Seal } from './seal.ts';

/** One person's database on this device: the rows they see, what they have not sent yet, and their device-only values. */
export interface LocalDatabase<R extends Replica = Replica> {
  readonly user_id: string;
  readonly email: string;
  readonly replica: R;
  /** What keeps its sealed columns. */
  readonly seal: Seal;
  close(): void;
}

/** How to open a database: the sign-in address to remember, and (for tests) where IndexedDB is. */
export interface OpenOptions extends ReplicaOptions {
  readonly email?: string;
}

/** Opens (and creates or upgrades) the database of one person; works offline. Throws the refusal `device_full` when there is no room. */
export const openLocalDatabase = (userId: string, options: OpenOptions = {}): Promise<LocalDatabase> =>
  openDatabase(Replica, userId, options);

/** The same as one kind of replica. */
export async function openDatabase<R extends Replica>(
  Kind: ReplicaKind<R>,
  userId: string,
  options: OpenOptions = {},
): Promise<LocalDatabase<R>> {
  const replica = await openReplica(Kind, `portal-${userId}`, tables, options);
  if (options.email) await replica.store.deviceValues.put({ key: 'email', value: options.email });
  const seal = new Seal(replica.store);
  const [kept] = await Promise.all([replica.store.deviceValues.get('email'), seal.prepare()]);
  const email = kept?.value;
  return {
    user_id: userId,
    email: typeof email === 'string' ? email : '',
    replica,
    seal,
    close: () => replica.close(),
  };
}

let current: LocalDatabase | null = null;
const listeners = new Set<() => void>();

/** Makes a database the one every query and mutation uses; null when nobody is signed in. */
export function useLocalDatabase(db: LocalDatabase | null): void {
  current = db;
  for (const listener of listeners) listener();
}

/** Calls back when another person's database takes over; returns how to stop. */
export function onLocalDatabaseChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The database in use, or null when nobody is signed in. */
export const currentDatabase = (): LocalDatabase | null => current;

/** The database in use; throws a bug when nobody is signed in. */
export function localDatabase(): LocalDatabase {
  if (!current) throw bug('no_database', 'a query ran while nobody was signed in');
  return current;
}

/** The rows of a table as the person sees them, unsent changes included; read only: changes go through mutations. Sealed columns hold tokens: `readable` opens them. */
export const rows = <T extends TableName>(table: T): Table<RowsByTable[T], string> =>
  localDatabase().replica.table(table);

/** A device-only value of this person, such as a form draft; undefined when there is none. */
export async function getLocal<T>(key: string): Promise<T | undefined> {
  return (await localDatabase().replica.store.deviceValues.get(key))?.value as T | undefined;
}

/** Keeps a device-only value. Throws the refusal `device_full` when there is no room. */
export const setLocal = (key: string, value: unknown): Promise<void> =>
  localDatabase().replica.setDeviceValue(key, value);

/** Forgets a device-only value. */
export const deleteLocal = (key: string): Promise<void> => localDatabase().replica.store.deviceValues.delete(key);

/** The keys of device-only values that begin with a prefix; their values stay unread. */
export const localKeys = async (prefix: string): Promise<string[]> =>
  (await localDatabase().replica.store.deviceValues.where('key').startsWith(prefix).primaryKeys()) as string[];

/** Device-only values whose keys begin with a prefix, e.g. all drafts under `draft:expense:`. */
export async function localEntries<T>(prefix: string): Promise<[key: string, value: T][]> {
  const found = await localDatabase().replica.store.deviceValues.where('key').startsWith(prefix).toArray();
  return found.map(({ key, value }) => [key, value as T]);
}
