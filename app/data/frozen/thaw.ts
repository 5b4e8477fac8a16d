import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface FrozenStore {
  readonly name: string;
  readonly key_path: string | null;
  readonly auto_increment: boolean;
  readonly indexes: readonly { name: string; key_path: string | string[]; unique: boolean; multi_entry: boolean }[];
  readonly records: readonly { key: IDBValidKey; value: unknown }[];
}

/** A device of an older version of the app as its IndexedDB lay there. The files are never edited: new versions add new ones. */
export interface FrozenDevice {
  readonly user_id: string;
  readonly name: string;
  readonly version: number;
  readonly stores: readonly FrozenStore[];
}

/** Reads a frozen device, e.g. `v1`. */
export function readFrozen(version: string): FrozenDevice {
  const file = fileURLToPath(new URL(`${version}.json`, import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8'), revive) as FrozenDevice;
}

function revive(_: string, value: unknown): unknown {
  const { base64 } = (value ?? {}) as { base64?: string };
  return typeof base64 === 'string' ? new Uint8Array(Buffer.from(base64, 'base64')).buffer : value;
}

/** Lays a frozen device on a disk, with the stores and indexes of its time. */
export function thaw(device: FrozenDevice, indexedDB: IDBFactory): Promise<void> {
  const request = indexedDB.open(device.name, device.version);
  request.onupgradeneeded = () => {
    for (const store of device.stores) layStore(request.result, store);
  };
  return new Promise((resolve, reject) => {
    request.onerror = () => reject(request.error!);
    request.onsuccess = () => resolve(request.result.close());
  });
}

function layStore(database: IDBDatabase, { name, key_path, auto_increment, indexes, records }: FrozenStore): void {
  const store = database.createObjectStore(name, { keyPath: key_path, autoIncrement: auto_increment });
  for (const index of indexes)
    store.createIndex(index.name, index.key_path, { unique: index.unique, multiEntry: index.multi_entry });
  for (const { key, value } of records) {
    if (key_path === null) store.put(value, key);
    else store.put(value);
  }
}
