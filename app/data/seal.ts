import { weather } from '../kernel/failure.ts';
import { SEAL_MARK, sealedAway, type Sealer } from '../sync/sealing.ts';
import type { ReplicaStore } from '../sync/store.ts';

/** A key wrapped by another one. */
interface Wrapped {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** The key of a person's sealed columns on this device: bare while the screen is open, wrapped in the ways it can be had back. */
interface SealRecord {
  readonly bare?: CryptoKey;
  readonly by_pin?: Wrapped & { readonly salt: Uint8Array<ArrayBuffer>; readonly iterations: number };
  readonly by_server?: Wrapped;
}

const PLACE = 'seal';
const GCM = 'AES-GCM';
const USES: KeyUsage[] = ['encrypt', 'decrypt'];

/** Seals and opens values, and holds and releases the key for it (R253). */
export class Seal implements Sealer {
  readonly #store: ReplicaStore;
  #key: CryptoKey | undefined;

  constructor(store: ReplicaStore) {
    this.#store = store;
  }

  /** Gives a new database its key. */
  async prepare(): Promise<void> {
    if (await this.#record()) return;
    const bare = await newKey();
    const { deviceValues } = this.#store;
    await this.#store.step(async () => {
      if (!(await deviceValues.get(PLACE))) await deviceValues.put({ key: PLACE, value: { bare } });
    }, [deviceValues]);
  }

  async ready(): Promise<void> {
    await this.#found();
  }

  async seal(value: unknown): Promise<string> {
    const key = await this.#found();
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: GCM, iv }, key, new TextEncoder().encode(JSON.stringify(value)));
    return SEAL_MARK + base64(iv) + base64(new Uint8Array(data));
  }

  async open(token: string): Promise<unknown> {
    const key = await this.#found();
    try {
      const iv = bytes(token.slice(SEAL_MARK.length, SEAL_MARK.length + 16));
      const data = bytes(token.slice(SEAL_MARK.length + 16));
      const plain = await crypto.subtle.decrypt({ name: GCM, iv }, key, data);
      return JSON.parse(new TextDecoder().decode(plain)) as unknown;
    } catch {
      throw sealedAway();
    }
  }

  /** Whether the key is at hand, in memory or bare in the database. */
  async isOpen(): Promise<boolean> {
    return (this.#key ??= (await this.#record())?.bare) !== undefined;
  }

  /** Whether the server's secret can bring the key back. */
  async isEscrowed(): Promise<boolean> {
    return (await this.#record())?.by_server !== undefined;
  }

  /** Whether a PIN can bring the key back. */
  async hasPin(): Promise<boolean> {
    return (await this.#record())?.by_pin !== undefined;
  }

  /** Lets go of the bare key, on the disk and in this context. Only the server's secret or the PIN brings it back. */
  async close(): Promise<void> {
    this.#key = undefined;
    await this.#change(({ bare: _bare, ...wrapped }) => wrapped);
  }

  /** Wraps the key with the server's secret, 64 hexadecimal digits. */
  async escrow(secret: string): Promise<void> {
    const by_server = await wrap(await this.#found(), await serverKey(secret));
    await this.#change((record) => ({ ...record, by_server }));
  }

  /**
   * Brings the key back with the server's secret. A secret that does not fit (the server lost the old one) begins anew:
   * answers false, and everything sealed must be listed again.
   */
  async openByServer(secret: string): Promise<boolean> {
    const by_server = (await this.#record())?.by_server;
    const bare = by_server && (await unwrap(by_server, await serverKey(secret)));
    const fresh = bare ?? (await newKey());
    await this.#change((record) => (bare ? { ...record, bare: fresh } : { bare: fresh }));
    this.#key = fresh;
    if (!bare) await this.escrow(secret);
    return bare !== undefined;
  }

  /** Wraps the key with a PIN as well. */
  async addPin(pin: string, iterations: number): Promise<void> {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const wrapped = await wrap(await this.#found(), await pinKey(pin, salt, iterations));
    await this.#change((record) => ({ ...record, by_pin: { ...wrapped, salt, iterations } }));
  }

  /** Brings the key back with the right PIN; false when this one cannot. */
  async openByPin(pin: string): Promise<boolean> {
    const by_pin = (await this.#record())?.by_pin;
    if (!by_pin) return this.isOpen();
    const bare = await unwrap(by_pin, await pinKey(pin, by_pin.salt, by_pin.iterations));
    if (!bare) return false;
    await this.#change((record) => ({ ...record, bare }));
    this.#key = bare;
    return true;
  }

  async #found(): Promise<CryptoKey> {
    this.#key ??= (await this.#record())?.bare;
    if (!this.#key) throw weather('locked', 'the key of the sealed columns is locked away');
    return this.#key;
  }

  async #record(): Promise<SealRecord | undefined> {
    return (await this.#store.deviceValues.get(PLACE))?.value as SealRecord | undefined;
  }

  async #change(how: (record: SealRecord) => SealRecord): Promise<void> {
    const { deviceValues } = this.#store;
    await this.#store.step(async () => {
      await deviceValues.put({ key: PLACE, value: how((await this.#record()) ?? {}) });
    }, [deviceValues]);
  }
}

const newKey = (): Promise<CryptoKey> => crypto.subtle.generateKey({ name: GCM, length: 256 }, true, USES);

async function wrap(key: CryptoKey, by: CryptoKey): Promise<Wrapped> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.wrapKey('raw', key, by, { name: GCM, iv }) };
}

/** The key inside; undefined when it was wrapped by another one. */
async function unwrap({ iv, data }: Wrapped, by: CryptoKey): Promise<CryptoKey | undefined> {
  const name = { name: GCM, iv };
  return crypto.subtle.unwrapKey('raw', data, by, name, GCM, true, USES).catch(() => undefined);
}

async function serverKey(secret: string): Promise<CryptoKey> {
  const raw = Uint8Array.from(secret.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return crypto.subtle.importKey('raw', raw, GCM, false, ['wrapKey', 'unwrapKey']);
}

async function pinKey(pin: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveKey(how, material, { name: GCM, length: 256 }, false, ['wrapKey', 'unwrapKey']);
}

const base64 = (data: Uint8Array): string => btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(''));
const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
