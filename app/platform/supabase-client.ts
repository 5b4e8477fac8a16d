import { GoTrueClient } from '@supabase/auth-js';
import type { SupabaseClient } from '@supabase/supabase-js';
import { refusal, weather } from '../kernel/failure.ts';
import { authOptions } from './auth-options.ts';
import type { PortalConfig } from './config.ts';
import { createSend, type Send, type Tokens } from './send.ts';

export { readConfig, type PortalConfig } from './config.ts';
export type { Send } from './send.ts';

const REFRESH_MS = 8_000;

/** The parts of Supabase this app uses; only sign-in and the data interface load with the page. */
export interface Clients {
  readonly url: string;
  readonly key: string;
  readonly auth: GoTrueClient;
  /** What the sign-in door asks of a whole client: `auth`, `rpc`, `functions`. */
  readonly supabase: SupabaseClient;
  readonly send: Send;
  /** The person's token, for the engine's worker. */
  readonly tokens: Tokens;
}

/** Builds the clients of one deployment; nothing is requested yet. */
export function createClients(config: PortalConfig, options = authOptions()): Clients {
  const { supabase_url: url, supabase_anon_key: key } = config;
  const transport = options.global.fetch;
  const headers = { apikey: key };
  const auth = new GoTrueClient({ url: `${url}/auth/v1`, headers, fetch: transport, ...options.auth });
  const tokens: Tokens = (anew) => tokenOf(auth, anew);
  const send = createSend({ url, key, tokens, transport });
  return { url, key, auth, supabase: asSupabase(url, auth, authorised(key, auth, transport)), send, tokens };
}

/** The slice of `SupabaseClient` that sign-in uses, without the weight of the rest. */
function asSupabase(url: string, auth: GoTrueClient, fetch: typeof globalThis.fetch): SupabaseClient {
  const rpc = (name: string, args: unknown) => post(`${url}/rest/v1/rpc/${name}`, args, fetch);
  const functions = {
    invoke: (name: string, { body }: { body: unknown }) => post(`${url}/functions/v1/${name}`, body, fetch),
  };
  return { auth, functions, rpc } as unknown as SupabaseClient;
}

/** Answers as supabase-js does: what was said, or an error with the database's code; never throws. */
async function post(url: string, body: unknown, fetch: typeof globalThis.fetch) {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body ?? {}) });
    const said = (response.status === 204 ? null : await response.json()) as { code?: string; message?: string } | null;
    if (response.ok) return { data: said, error: null };
    return { data: null, error: { code: said?.code ?? '', message: said?.message ?? `answered ${response.status}` } };
  } catch (thrown) {
    return { data: null, error: { code: '', message: thrown instanceof Error ? thrown.message : String(thrown) } };
  }
}

/** Adds the key and, when somebody is signed in, their token. */
function authorised(key: string, auth: GoTrueClient, fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const { data } = await auth.getSession();
    const headers = new Headers(init?.headers);
    headers.set('apikey', key);
    headers.set('authorization', `Bearer ${data.session?.access_token ?? key}`);
    return fetch(input, { ...init, headers });
  };
}

/** The auth server's own word that a session is over, as opposed to a refresh that another tab overtook. */
const isVerdict = ({ name }: Error): boolean => name === 'AuthApiError' || name === 'AuthSessionMissingError';

/** The person's token; only an explicit verdict of the auth server means that nobody is signed in (S20). */
async function tokenOf(auth: GoTrueClient, anew: boolean): Promise<string> {
  const ask = async () => (anew ? await auth.refreshSession() : await auth.getSession());
  const { data, error } = await patiently(ask());
  if (data.session) return data.session.access_token;
  if (error && (passing.has(error.name) || (error.status ?? 0) >= 500 || error.status === 429))
    throw weather('offline', error.message, error);
  // The verdict has emptied the vault already; who listens hears of it by this, with no request.
  if (anew && error && isVerdict(error) && !(await auth.getSession()).data.session)
    await auth.signOut({ scope: 'local' });
  throw refusal('signed_out', error?.message ?? 'there is no session');
}

/** The auth client repeats a refresh for half a minute; the badge should know sooner that there is no signal. */
function patiently<T>(session: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(
      () => reject(weather('timeout', 'the session could not be refreshed in time')),
      REFRESH_MS,
    );
    void session.finally(() => clearTimeout(timer)).catch(() => undefined);
  });
  return Promise.race([session, late]);
}

/** Errors of auth-js that say nothing about the session: no network, or another tab refreshed first. */
const passing: ReadonlySet<string> = new Set(['AuthRetryableFetchError', 'AuthRefreshDiscardedError']);
