import { call, type Refusal } from '../http.ts';
import { fatal, signInAgain, Trouble } from '../outcome.ts';
import type { Connection } from './wire.ts';

/** Where Xero's sign-in is and who we are there. */
export interface XeroApplication {
  readonly client_id: string;
  readonly client_secret: string;
  /** Where a person is sent; `https://login.xero.com/identity/connect/authorize` unless it is an emulator. */
  readonly authorize_url: string;
  /** Without a trailing slash; `https://identity.xero.com` unless it is an emulator. */
  readonly identity_url: string;
  readonly api_url: string;
  readonly fetch?: typeof fetch;
}

/** What a sign-in or a refresh gives. */
export interface XeroTokens {
  readonly access_token: string;
  /** Good for one use: whoever uses it must keep the next. */
  readonly refresh_token: string;
  /** Instant, ISO 8601. */
  readonly expires_at: string;
}

/** The addresses of the real Xero. */
export const XERO = {
  authorize_url: 'https://login.xero.com/identity/connect/authorize',
  identity_url: 'https://identity.xero.com',
  api_url: 'https://api.xero.com',
} as const;

/** No more than the product needs. */
export const SCOPES =
  'offline_access accounting.invoices accounting.payments.read accounting.settings.read accounting.contacts accounting.attachments';

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/**
 * The verifier (RFC 7636) of one attempt to sign in, made from its state and the application's secret: whoever sees the state
 * pass by cannot make it, and nothing has to be kept until the browser comes back.
 */
export async function verifierOf({ client_secret }: XeroApplication, state: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(client_secret), algorithm, false, ['sign']);
  return base64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(`verifier:${state}`))));
}

/** What a verifier (RFC 7636) looks like to whoever must not know it. */
export const challengeOf = async (verifier: string): Promise<string> =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));

/** Where a person says yes. */
export async function consentUrl(app: XeroApplication, state: string, redirect_uri: string): Promise<URL> {
  const url = new URL(app.authorize_url);
  const asked = {
    response_type: 'code',
    client_id: app.client_id,
    redirect_uri,
    scope: SCOPES,
    state,
    code_challenge: await challengeOf(await verifierOf(app, state)),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return url;
}

/** What came back from Xero with the browser. */
export interface ComeBack {
  readonly code: string;
  readonly state: string;
  readonly redirect_uri: string;
}

/** Trades the code that came back for tokens. */
export async function redeem(app: XeroApplication, { code, state, redirect_uri }: ComeBack): Promise<XeroTokens> {
  const code_verifier = await verifierOf(app, state);
  return tokens(app, { grant_type: 'authorization_code', code, redirect_uri, code_verifier });
}

/** Trades a refresh token for the next pair. To be called once at a time for each connection. */
export const refresh = (app: XeroApplication, refresh_token: string): Promise<XeroTokens> =>
  tokens(app, { grant_type: 'refresh_token', refresh_token });

async function tokens(app: XeroApplication, form: Record<string, string>): Promise<XeroTokens> {
  const reply = await post(app, '/connect/token', form);
  const given = (await reply.json()) as { access_token: string; refresh_token?: string; expires_in: number };
  if (!given.refresh_token) throw fatal('no_refresh_token', 'The scope offline_access is missing.');
  const expires_at = new Date(Date.now() + given.expires_in * 1000).toISOString();
  return { access_token: given.access_token, refresh_token: given.refresh_token, expires_at };
}

/** `invalid_grant` means that somebody took the permission back, or that a token was used twice: only a person can help. */
function troubleOf({ status, answer }: Refusal): Trouble | undefined {
  if (status === 429 || status >= 500) return undefined;
  if (status === 401 && !answer.includes('invalid_client')) return signInAgain(`HTTP ${status}`, { status });
  if (answer.includes('invalid_grant')) return signInAgain('The permission was taken back.', { status });
  return fatal('bad_application', `HTTP ${status}`, { status });
}

function post(app: XeroApplication, path: string, form: Record<string, string>): Promise<Response> {
  const authorization = `Basic ${btoa(`${app.client_id}:${app.client_secret}`)}`;
  return call({
    url: app.identity_url + path,
    method: 'POST',
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(form).toString(),
    // Xero lets the token before the last refresh be used again for a while, so asking again is safe.
    idempotent: true,
    fetch: app.fetch,
    explain: troubleOf,
  });
}

/** The organisations that a token reaches, the one let in last first. */
export async function connections(app: XeroApplication, access_token: string): Promise<Connection[]> {
  const found = (await ask(app, access_token, 'GET', '/connections').then((reply) => reply.json())) as Connection[];
  return found
    .filter(({ tenantType }) => tenantType === 'ORGANISATION')
    .sort((a, b) => b.updatedDateUtc.localeCompare(a.updatedDateUtc));
}

/** Lets an organisation go; one that is gone already is fine. */
export async function disconnect(app: XeroApplication, access_token: string, connection_id: string): Promise<void> {
  await ask(app, access_token, 'DELETE', `/connections/${connection_id}`).catch((error: unknown) => {
    if (!(error instanceof Trouble) || error.status !== 404) throw error;
  });
}

function ask(app: XeroApplication, access_token: string, method: string, path: string): Promise<Response> {
  const headers = { authorization: `Bearer ${access_token}`, accept: 'application/json' };
  return call({ url: app.api_url + path, method, headers, fetch: app.fetch });
}

/** Gives the permission back. */
export async function revoke(app: XeroApplication, refresh_token: string): Promise<void> {
  const reply = await post(app, '/connect/revocation', { token: refresh_token });
  await reply.body?.cancel();
}
