import { endsSession } from './auth-failures.ts';
import { openVault, type Vault } from './auth-vault.ts';

/** The name under which the session rests in the vault. */
export const SESSION_KEY = 'session';

let vault: Vault | undefined;

/** The one vault of this page. */
export const sharedVault = (): Vault => (vault ??= openVault());

/**
 * The options of `createClient` that make sessions safe on a phone: kept sealed, shared among tabs, and never
 * ended by bad weather. Spread into the client's options as they are.
 */
export function authOptions(store: Vault = sharedVault(), transport: typeof fetch = (...call) => fetch(...call)) {
  return {
    auth: {
      storage: store,
      storageKey: SESSION_KEY,
      persistSession: true,
      autoRefreshToken: true,
      // Links are read by the sign-in page, which has words for the ones that no longer work.
      detectSessionInUrl: false,
      // A link may be opened on another device than the one that asked for it: PKCE would refuse that.
      flowType: 'implicit' as const,
    },
    global: { fetch: guardRefresh(store, transport) },
  };
}

/**
 * Wraps `fetch` for token refreshes: one tab refreshes at a time, a tab that comes late finds what the first one got,
 * and an answer that is not an explicit refusal of the token (a hotel's login page, a busy server, a rate limit)
 * is reported as a lost connection, because the auth client would sign the person out for it. The ends of tokens are
 * told by this device's clock.
 */
export function guardRefresh(store: Vault, transport: typeof fetch): typeof fetch {
  return async (input, init) => {
    if (!isRefresh(input)) return byOwnClock(await transport(input, init), urlOf(input));
    const asked = parse(typeof init?.body === 'string' ? init.body : '')?.['refresh_token'];
    return alone(async () => {
      const stored = parse((await store.getItem(SESSION_KEY)) ?? '');
      // Reported as weather: the client throws away an answer that came while storage changed, and calls that signed out.
      if (isFresh(stored) && stored?.['refresh_token'] !== asked)
        throw new TypeError('another tab has refreshed the session');
      const response = await judge(await transport(input, init));
      // A verdict counts now: the client alone would keep the session until the last access token runs out.
      if (!response.ok && stored?.['refresh_token'] === asked) await store.removeItem(SESSION_KEY);
      return byOwnClock(response, urlOf(input));
    });
  };
}

const isFresh = (stored: Record<string, unknown> | undefined): boolean =>
  Number(stored?.['expires_at'] ?? 0) * 1000 > Date.now() + 120_000;

const urlOf = (input: RequestInfo | URL): string => (input instanceof Request ? input.url : String(input));

const isRefresh = (input: RequestInfo | URL): boolean => urlOf(input).includes('/token?grant_type=refresh_token');

/**
 * The server says when a token ends by its clock. A phone whose clock is a day ahead would take every new token for
 * expired and ask for another without end, so the end is counted from now by the clock that will be asked.
 */
async function byOwnClock(response: Response, url: string): Promise<Response> {
  if (!response.ok || !/\/auth\/v1\/(token|verify|signup)\b/.test(url)) return response;
  const body = parse(await response.clone().text());
  const seconds = Number(body?.['expires_in']);
  if (!body?.['access_token'] || !(seconds > 0)) return response;
  const expires_at = Math.floor(Date.now() / 1000) + seconds;
  return new Response(JSON.stringify({ ...body, expires_at }), { status: response.status, headers: response.headers });
}

const alone = <T>(act: () => Promise<T>): Promise<T> =>
  globalThis.navigator?.locks ? navigator.locks.request('portal-auth-refresh', act) : act();

async function judge(response: Response): Promise<Response> {
  const text = await response.clone().text();
  const body = parse(text);
  if (response.ok && body?.['access_token']) return response;
  const verdicts = ['code', 'error_code', 'error', 'message', 'msg'].map((name) => String(body?.[name] ?? ''));
  // Our own token hook has no code to give: its stable word is the message.
  if (response.status >= 400 && response.status < 500 && verdicts.some(endsSession)) return response;
  throw new TypeError(`refresh answered ${response.status} without a verdict`);
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
