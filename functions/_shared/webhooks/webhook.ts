import { sha256 } from '../../../app/kernel/digest.ts';
import { base64 } from '../envelope.ts';
import { isSame } from '../secret.ts';

/** What a provider sent: the bytes as they came, because a signature is over them and not over what they mean. */
export interface Told {
  readonly raw: Uint8Array<ArrayBuffer>;
  readonly headers: Headers;
  /** The keys it may be signed with; several while they are being changed. */
  readonly keys: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** How one provider tells us things. */
export interface Webhook {
  readonly provider: string;
  /** Whether it was signed by the provider. Compares in constant time. */
  isGenuine(told: Told): Promise<boolean>;
  /** What makes this telling the same as another one; nothing when it only asks whether we are there. */
  eventId(told: Told): Promise<string | undefined>;
  /** The status for a telling that is not genuine; 401 unless told. */
  readonly refusal?: number;
}

const encoder = new TextEncoder();

/** The HMAC-SHA-256 of bytes under a key that is text. */
export async function hmac(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytes));
}

/** Whether one of the signatures is that of one of the keys. Tries every pair, so that time tells nothing. */
export async function isSigned(
  { raw, keys }: Told,
  signatures: readonly string[],
  write: (bytes: Uint8Array) => string = base64,
): Promise<boolean> {
  const wanted = await Promise.all(keys.map(async (key) => write(await hmac(key, raw))));
  const pairs = await Promise.all(wanted.flatMap((each) => signatures.map((given) => isSame(given, each))));
  return pairs.includes(true);
}

/** A name for exactly these bytes, for providers that give their tellings none. */
export const fingerprint = async (raw: Uint8Array<ArrayBuffer>): Promise<string> => `sha256:${await sha256(raw)}`;

/** The body as JSON; an empty object when it is none. */
export function bodyOf({ raw }: Told): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(new TextDecoder().decode(raw));
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Text and bytes, one after the other. */
export function joined(text: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = encoder.encode(text);
  const all = new Uint8Array(head.length + bytes.length);
  all.set(head);
  all.set(bytes, head.length);
  return all;
}
