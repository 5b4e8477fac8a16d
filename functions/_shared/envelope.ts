/** The keys that open envelopes, by id. New envelopes are closed with the current one. */
export interface Keyring {
  readonly current: string;
  readonly keys: ReadonlyMap<string, CryptoKey>;
}

/** A sealed value: closed with a key of its own, which is wrapped by a key of the ring. */
export interface Envelope {
  readonly key_id: string;
  readonly wrapped_key: string;
  readonly sealed: string;
}

const ALGORITHM = 'AES-GCM';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;

/**
 * Reads `CREDENTIALS_KEYS`: `id:base64` pairs, separated by commas, the current one first. To rotate, put a new pair in front;
 * the old one may go once `worker.credentials_under(<old id>)` names nobody.
 */
export async function readKeyring(text: string | undefined): Promise<Keyring> {
  const pairs = (text ?? '').split(',').flatMap((pair) => {
    const at = pair.indexOf(':');
    return at > 0 ? [[pair.slice(0, at).trim(), bytesOf(pair.slice(at + 1).trim())] as const] : [];
  });
  const current = pairs[0]?.[0];
  if (!current || pairs.some(([, key]) => key.length !== KEY_BYTES))
    throw new Error('CREDENTIALS_KEYS must hold "id:key" pairs, each key 32 bytes in base64');
  const keys = await Promise.all(pairs.map(async ([id, key]) => [id, await importKey(key)] as const));
  return { current, keys: new Map(keys) };
}

/** Seals a value for a place, such as an organisation at a provider: in any other place it cannot be opened. */
export async function seal(ring: Keyring, place: string, value: unknown): Promise<Envelope> {
  const own = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const sealed = await encrypt(await importKey(own), place, new TextEncoder().encode(JSON.stringify(value)));
  return { key_id: ring.current, wrapped_key: await encrypt(ring.keys.get(ring.current)!, place, own), sealed };
}

/** Opens an envelope; throws when it was made for another place, was altered, or its key is no longer on the ring. */
export async function open<T>(ring: Keyring, place: string, envelope: Envelope): Promise<T> {
  const key = ring.keys.get(envelope.key_id);
  if (!key) throw new Error(`CREDENTIALS_KEYS lacks the key "${envelope.key_id}"`);
  const own = await importKey(await decrypt(key, place, envelope.wrapped_key));
  return JSON.parse(new TextDecoder().decode(await decrypt(own, place, envelope.sealed))) as T;
}

const importKey = (bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, ALGORITHM, false, ['encrypt', 'decrypt']);

async function encrypt(key: CryptoKey, place: string, plain: Uint8Array<ArrayBuffer>): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const additionalData = new TextEncoder().encode(place);
  const closed = new Uint8Array(await crypto.subtle.encrypt({ name: ALGORITHM, iv, additionalData }, key, plain));
  return base64(new Uint8Array([...iv, ...closed]));
}

async function decrypt(key: CryptoKey, place: string, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = bytesOf(text);
  const iv = bytes.slice(0, NONCE_BYTES);
  const additionalData = new TextEncoder().encode(place);
  const plain = await crypto.subtle.decrypt({ name: ALGORITHM, iv, additionalData }, key, bytes.slice(NONCE_BYTES));
  return new Uint8Array(plain);
}

/** Bytes as base64. */
export const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** Base64 as bytes; throws when it is none. */
export const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
