import type { Vault } from './auth-vault.ts';
import { SESSION_KEY } from './auth-options.ts';

/** Who is signed in on this device, as far as the device knows; `expires_at` is when the access token ends, not the session. */
export interface SessionInfo {
  readonly user_id: string;
  readonly email: string;
  /** First and last name as given when the account was made; empty when none were. */
  readonly name: string;
  readonly expires_at: string;
  /** The person came by a recovery mail and has not chosen a new password yet. */
  readonly recovery: boolean;
}

/** What this browser remembers beside the session; it outlives a sign-out. */
export interface DeviceRecord {
  readonly device_id: string;
  readonly trusted: boolean;
  readonly last_email: string | null;
  readonly signed_in_at: number;
  readonly refreshed_at: number;
  readonly recovery: boolean;
  /** The person signed out here themselves; otherwise a missing session was ended elsewhere or has run out. */
  readonly left: boolean;
}

const DAY = 86_400_000;

/** How long local data stays readable without hearing from the server: 7 days, on a trusted device 30; 30 days at most since signing in. */
export const readableUntil = (record: DeviceRecord): number =>
  Math.min(record.refreshed_at + (record.trusted ? 30 : 7) * DAY, record.signed_in_at + 30 * DAY);

const RECORD_KEY = 'device';

const blank = (): DeviceRecord => ({
  device_id: crypto.randomUUID(),
  trusted: false,
  last_email: null,
  signed_in_at: 0,
  refreshed_at: 0,
  recovery: false,
  left: false,
});

let turn: Promise<unknown> = Promise.resolve();

/** Writers take turns, so that none undoes another. */
function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const done = turn.then(act, act);
  turn = done;
  return done;
}

async function known(vault: Vault): Promise<DeviceRecord | undefined> {
  const text = await vault.getItem(RECORD_KEY);
  return text ? { ...blank(), ...(JSON.parse(text) as Partial<DeviceRecord>) } : undefined;
}

/** Reads this browser's record, making one for a browser never seen before. */
export const readRecord = async (vault: Vault): Promise<DeviceRecord> => (await known(vault)) ?? firstRecord(vault);

/** Looks again in its turn: a sign-in that was on its way must not be covered by an empty record. */
const firstRecord = (vault: Vault): Promise<DeviceRecord> =>
  inTurn(async () => {
    const record = (await known(vault)) ?? blank();
    await vault.setItem(RECORD_KEY, JSON.stringify(record));
    return record;
  });

/** Changes some facts of this browser's record. */
export const writeRecord = (vault: Vault, facts: Partial<DeviceRecord>): Promise<void> =>
  inTurn(async () => vault.setItem(RECORD_KEY, JSON.stringify({ ...((await known(vault)) ?? blank()), ...facts })));

interface StoredSession {
  readonly expires_at?: number;
  readonly user?: { readonly id?: string; readonly email?: string; readonly user_metadata?: Record<string, unknown> };
}

/** The session at rest, read without any network; null when nobody is signed in or the readable time has run out. */
export async function readSession(vault: Vault, now: number): Promise<SessionInfo | null> {
  const text = await vault.getItem(SESSION_KEY);
  if (!text) return null;
  const { user, expires_at } = JSON.parse(text) as StoredSession;
  const record = await readRecord(vault);
  if (!user?.id || now > readableUntil(record)) return null;
  return {
    user_id: user.id,
    email: user.email ?? '',
    name: nameOf(user.user_metadata ?? {}),
    expires_at: new Date((expires_at ?? 0) * 1000).toISOString(),
    recovery: record.recovery,
  };
}

const nameOf = ({ first_name, last_name }: Record<string, unknown>): string =>
  [first_name, last_name].filter((part) => typeof part === 'string' && part.trim() !== '').join(' ');

/** A name a person recognises their device by, such as "Chrome on Android". */
export function deviceName(userAgent: string): string {
  const browser = pick(userAgent, [
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/SamsungBrowser/, 'Samsung Internet'],
    [/Firefox|FxiOS/, 'Firefox'],
    [/Chrome|CriOS/, 'Chrome'],
    [/Safari/, 'Safari'],
  ]);
  const system = pick(userAgent, [
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'Mac'],
    [/CrOS/, 'Chromebook'],
    [/Linux/, 'Linux'],
  ]);
  return [browser ?? 'Browser', system].filter(Boolean).join(' on ');
}

const pick = (text: string, table: readonly (readonly [RegExp, string])[]): string | undefined =>
  table.find(([pattern]) => pattern.test(text))?.[1];
