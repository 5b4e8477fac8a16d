/** Where the session rests on the device: an IndexedDB store whose every value is sealed with a key that cannot leave the browser. */
export interface Vault {
  getItem(key: string): Promise<string | null>;
  setItem(key: string, value: string): Promise<void>;
  removeItem(key: string): Promise<void>;
}

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

const STORE = 'sealed';
const KEY = '#key';

/** Opens the vault of this browser; where IndexedDB is shut (some private windows) it lasts as long as the page. */
export function openVault(factory: IDBFactory | undefined = globalThis.indexedDB, name = 'portal-auth'): Vault {
  let opened: Promise<Shelf> | undefined;
  const shelf = () => (opened ??= openShelf(factory, name));
  return {
    getItem: async (key) => unseal(await shelf(), key),
    setItem: async (key, value) => seal(await shelf(), key, value),
    removeItem: async (key) => (await shelf()).remove(key),
  };
}

interface Shelf {
  readonly key: CryptoKey;
  get(id: string): Promise<Sealed | undefined>;
  put(id: string, value: Sealed): Promise<void>;
  remove(id: string): Promise<void>;
}

async function seal(shelf: Shelf, id: string, value: string): Promise<void> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  // Sealed before the transaction opens: IndexedDB commits a transaction that waits for WebCrypto.
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, shelf.key, new TextEncoder().encode(value));
  await shelf.put(id, { iv, data });
}

async function unseal(shelf: Shelf, id: string): Promise<string | null> {
  const sealed = await shelf.get(id);
  if (!sealed) return null;
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, shelf.key, sealed.data);
    return new TextDecoder().decode(plain);
  } catch {
    return null; // sealed by a key this browser no longer has: the same as nothing
  }
}

async function openShelf(factory: IDBFactory | undefined, name: string): Promise<Shelf> {
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  try {
    if (!factory) return memoryShelf(fresh);
    const db = await openDatabase(factory, name);
    return { key: await keyOf(db, fresh), ...databaseShelf(db) };
  } catch {
    return memoryShelf(fresh);
  }
}

function memoryShelf(key: CryptoKey): Shelf {
  const values = new Map<string, Sealed>();
  return {
    key,
    get: async (id) => values.get(id),
    put: async (id, value) => void values.set(id, value),
    remove: async (id) => void values.delete(id),
  };
}

function databaseShelf(db: IDBDatabase): Omit<Shelf, 'key'> {
  return {
    get: (id) => inStore(db, 'readonly', (store) => store.get(id)) as Promise<Sealed | undefined>,
    put: async (id, value) => void (await inStore(db, 'readwrite', (store) => store.put(value, id))),
    remove: async (id) => void (await inStore(db, 'readwrite', (store) => store.delete(id))),
  };
}

/** Two tabs may open a new browser's vault at once: the first key stored wins in both. */
async function keyOf(db: IDBDatabase, fresh: CryptoKey): Promise<CryptoKey> {
  await inStore(db, 'readwrite', (store) => store.add(fresh, KEY)).catch((error: unknown) => {
    if ((error as Error | null)?.name !== 'ConstraintError') throw error;
  });
  return (await inStore(db, 'readonly', (store) => store.get(KEY))) as CryptoKey;
}

function openDatabase(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  const request = factory.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function inStore(
  db: IDBDatabase,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const transaction = db.transaction(STORE, mode);
  const request = act(transaction.objectStore(STORE));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(request.error ?? transaction.error);
  });
}
