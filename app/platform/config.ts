import { weather } from '../kernel/failure.ts';

/** Where the server is, and the public key that opens its front door. */
export interface PortalConfig {
  readonly supabase_url: string;
  readonly supabase_anon_key: string;
}

const ADDRESS = '/config.json';
const SHELF = 'portal-config';
const PATIENCE_MS = 2_000;

/**
 * Reads the settings of this deployment; the last ones known when there is no signal. An empty address means this origin.
 * Throws a weather failure when a device that never was online has none.
 */
export async function readConfig(): Promise<PortalConfig> {
  const fresh = await fetchConfig().catch(() => undefined);
  const config =
    fresh ??
    (await shelf()
      ?.then((cache) => cache.match(ADDRESS))
      .then((kept) => kept?.json()));
  if (!isConfig(config)) throw weather('offline', 'the settings of this deployment were never read on this device');
  if (fresh) await keep(fresh).catch(() => undefined); // a full disk must not stop the start
  return { ...config, supabase_url: config.supabase_url || location.origin };
}

async function fetchConfig(): Promise<PortalConfig | undefined> {
  if (!navigator.onLine) return undefined;
  const response = await fetch(ADDRESS, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
  const config: unknown = response.ok ? await response.json() : undefined;
  return isConfig(config) ? config : undefined;
}

const shelf = (): Promise<Cache> | undefined => globalThis.caches?.open(SHELF);

async function keep(config: PortalConfig): Promise<void> {
  await (await shelf())?.put(ADDRESS, Response.json(config));
}

function isConfig(value: unknown): value is PortalConfig {
  const { supabase_url, supabase_anon_key } = (value ?? {}) as Partial<PortalConfig>;
  return typeof supabase_url === 'string' && typeof supabase_anon_key === 'string';
}
