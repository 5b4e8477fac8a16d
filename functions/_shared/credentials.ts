import { isLeaseLost, type Ask } from './database.ts';
import { setting } from './environment.ts';
import { open, readKeyring, seal, type Envelope, type Keyring } from './envelope.ts';
import { retry, signInAgain } from './outcome.ts';

/** What an organisation signed in with, opened. */
export interface Held<T> {
  readonly value: T;
  readonly expiresAt: Date | undefined;
  readonly version: number;
}

/** What a provider gave us for an old sign-in. */
export interface Renewed<T> {
  readonly value: T;
  readonly expiresAt?: Date;
}

/** What organisations signed in with at providers. Only the functions can open it. */
export interface Credentials {
  /** What is held; nothing when nobody has signed in. */
  get<T>(organizationId: string, provider: string): Promise<Held<T> | undefined>;
  /** Keeps a new sign-in, in place of whatever was there. */
  put(organizationId: string, provider: string, value: unknown, expiresAt?: Date): Promise<void>;
  /**
   * What is held, renewed first when it runs out within a minute, or when it is still the version that was just refused.
   * However many ask at once, `renew` runs once; the others get what it brought. Throws sign_in_again when nothing is held.
   */
  fresh<T>(
    organizationId: string,
    provider: string,
    renew: (held: T) => Promise<Renewed<T>>,
    refused?: number,
  ): Promise<Held<T>>;
  /** Forgets. */
  drop(organizationId: string, provider: string): Promise<void>;
  /** Seals what the key `keyId` still closes with the current one; answers how many. */
  rotate(keyId: string): Promise<number>;
}

/** What expires so soon is renewed already, so that it does not expire on its way. */
const EARLY_MS = 60_000;
/** How long one renewal may take before another may try. */
const RENEWAL_S = 30;
/** How often, and how long, the others look whether it is done. */
const LOOK_MS = 150;
const LOOK_FOR_MS = 35_000;

interface Row extends Envelope {
  readonly expires_at: string | null;
  readonly version: number;
}

const place = (organizationId: string, provider: string): string => `${organizationId}/${provider}`;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The credentials kept in the database, opened with this ring. */
export function credentialsBy(ask: Ask, ring: Keyring | Promise<Keyring>): Credentials {
  const read = async (organization: string, provider: string): Promise<Row | undefined> =>
    (await ask<Row[]>('credentials', { organization, provider }))[0];

  const opened = async <T>(organization: string, provider: string, row: Row): Promise<Held<T>> => ({
    value: await open<T>(await ring, place(organization, provider), row),
    expiresAt: row.expires_at ? new Date(row.expires_at) : undefined,
    version: row.version,
  });

  const keep = async (organization: string, provider: string, given: Renewed<unknown>, lease?: string) => {
    const envelope = await seal(await ring, place(organization, provider), given.value);
    const expires_at = given.expiresAt?.toISOString() ?? null;
    return ask<number>('put_credentials', { organization, provider, ...envelope, expires_at, lease: lease ?? null });
  };

  /** With the right to renew; gives it back when the renewal fails. */
  const renewUnder = async <T>(
    lease: string,
    [organization, provider]: readonly [string, string],
    held: Held<T>,
    renew: (held: T) => Promise<Renewed<T>>,
  ): Promise<Held<T> | undefined> => {
    let renewed: Renewed<T>;
    try {
      renewed = await renew(held.value);
    } catch (error) {
      await ask('release_refresh', { organization, provider, lease });
      throw error;
    }
    try {
      const version = await keep(organization, provider, renewed, lease);
      return { value: renewed.value, expiresAt: renewed.expiresAt, version: version };
    } catch (error) {
      // Somebody has signed in anew meanwhile: theirs counts.
      if (isLeaseLost(error)) return undefined;
      throw error;
    }
  };

  const fresh = async <T>(
    organization: string,
    provider: string,
    renew: (held: T) => Promise<Renewed<T>>,
    refused?: number,
  ): Promise<Held<T>> => {
    for (const giveUp = Date.now() + LOOK_FOR_MS; Date.now() < giveUp; await pause(LOOK_MS)) {
      const row = await read(organization, provider);
      if (!row) throw signInAgain('Nobody has signed in.');
      const held = await opened<T>(organization, provider, row);
      if (row.version !== refused && !isEnding(row)) return held;
      const seen = { organization, provider, seen_version: row.version, lease_seconds: RENEWAL_S };
      const lease = await ask<string | null>('lease_refresh', seen);
      const renewed = lease && (await renewUnder(lease, [organization, provider], held, renew));
      if (renewed) return renewed;
    }
    throw retry('renewal_stuck', 'The sign-in is being renewed.');
  };

  return {
    get: async (organization, provider) => {
      const row = await read(organization, provider);
      return row && opened(organization, provider, row);
    },
    put: async (organization, provider, value, expiresAt) =>
      void (await keep(organization, provider, expiresAt ? { value, expiresAt } : { value })),
    fresh,
    drop: async (organization, provider) => void (await ask('drop_credentials', { organization, provider })),
    rotate: (keyId) => rotate({ ask, read, opened, keep }, keyId),
  };
}

const isEnding = ({ expires_at }: Row): boolean =>
  expires_at !== null && Date.parse(expires_at) < Date.now() + EARLY_MS;

interface Parts {
  readonly ask: Ask;
  read(organization: string, provider: string): Promise<Row | undefined>;
  opened(organization: string, provider: string, row: Row): Promise<Held<unknown>>;
  keep(organization: string, provider: string, given: Renewed<unknown>, lease?: string): Promise<number>;
}

/** Under the lease of a renewal, so that neither undoes the other. What is being renewed at the moment is left to the next call. */
async function rotate({ ask, read, opened, keep }: Parts, keyId: string): Promise<number> {
  const whose = await ask<{ organization_id: string; provider: string }[]>('credentials_under', { key_id: keyId });
  let rotated = 0;
  for (const { organization_id: organization, provider } of whose) {
    const row = await read(organization, provider);
    if (row?.key_id !== keyId) continue;
    const seen = { organization, provider, seen_version: row.version, lease_seconds: RENEWAL_S };
    const lease = await ask<string | null>('lease_refresh', seen);
    if (!lease) continue;
    const { value, expiresAt } = await opened(organization, provider, row);
    await keep(organization, provider, expiresAt ? { value, expiresAt } : { value }, lease);
    rotated += 1;
  }
  return rotated;
}

/** The credentials as the functions' environment opens them. */
export const credentials = (ask: Ask): Credentials => credentialsBy(ask, readKeyring(setting('CREDENTIALS_KEYS')));
