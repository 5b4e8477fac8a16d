import { hex } from '../../kernel/digest.ts';
import { refusal } from '../../kernel/failure.ts';

/** What the device keeps to recognise a PIN: never the PIN itself. */
export interface PinVerifier {
  readonly salt: string;
  readonly hash: string;
  readonly iterations: number;
  /** Wrong tries in a row. */
  readonly failures: number;
  /** When the last one was, milliseconds. */
  readonly failed_at: number;
}

/** Where a verifier rests: the person's device-only values. */
export interface PinShelf {
  read(): Promise<PinVerifier | undefined>;
  write(verifier: PinVerifier): Promise<void>;
}

/** PBKDF2-SHA-256 rounds: about a third of a second on a phone. */
export const PIN_ITERATIONS = 600_000;
/** Wrong tries after which only the password or a mailed code opens. */
export const PIN_TRIES = 5;

const delays: readonly number[] = [0, 0, 0, 5_000, 30_000];

/** Milliseconds to wait before the next try; Infinity when the PIN is closed. */
export function pinWait(verifier: PinVerifier, now: number): number {
  if (verifier.failures >= PIN_TRIES) return Number.POSITIVE_INFINITY;
  const sinceLast = Math.max(0, now - verifier.failed_at);
  return Math.max(0, (delays[verifier.failures] ?? 0) - sinceLast);
}

/** The sentence-code for a PIN that is too easy to guess or malformed; undefined when it is fine. */
export function pinProblem(pin: string): 'pin_digits' | 'pin_easy' | undefined {
  if (!/^\d{6}$/.test(pin)) return 'pin_digits';
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])));
  const easy = steps.size === 1 || /^(\d\d)\1\1$|^(\d\d\d)\2$/.test(pin);
  return easy ? 'pin_easy' : undefined;
}

/** Makes the verifier of a new PIN. */
export async function verifierOf(pin: string, iterations = PIN_ITERATIONS): Promise<PinVerifier> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return { salt: hex(salt), hash: await derive(pin, salt, iterations), iterations, failures: 0, failed_at: 0 };
}

/**
 * Tries a PIN. Throws the refusals `pin_closed` (password or code needed), `pin_wait` (`retry_after` seconds) and
 * `pin_wrong` (`left` tries). The count is written before the comparison, so that closing the page does not win a try.
 */
export async function tryPin(pin: string, shelf: PinShelf, now = Date.now()): Promise<void> {
  const verifier = await shelf.read();
  if (!verifier) throw refusal('pin_missing', 'no PIN on this device');
  const wait = pinWait(verifier, now);
  if (wait === Number.POSITIVE_INFINITY) throw refusal('pin_closed', 'too many wrong PINs');
  if (wait > 0) throw refusal('pin_wait', 'too soon', { retry_after: Math.ceil(wait / 1000) });
  const failures = verifier.failures + 1;
  await shelf.write({ ...verifier, failures, failed_at: now });
  const right = same(await derive(pin, bytes(verifier.salt), verifier.iterations), verifier.hash);
  if (right) return shelf.write({ ...verifier, failures: 0, failed_at: 0 });
  const left = PIN_TRIES - failures;
  throw left > 0 ? refusal('pin_wrong', 'wrong PIN', { left }) : refusal('pin_closed', 'too many wrong PINs');
}

async function derive(pin: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<string> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, key, 256);
  return hex(new Uint8Array(bits));
}

function same(left: string, right: string): boolean {
  let difference = left.length ^ right.length;
  for (let at = 0; at < left.length; at += 1) difference |= left.charCodeAt(at) ^ right.charCodeAt(at);
  return difference === 0;
}

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
