import type { Credentials } from './credentials.ts';
import type { Ask } from './database.ts';

/** What signing in at a provider brought. */
export interface SignedIn {
  /** Kept sealed, and given to the errands by `credentials`. */
  readonly credentials: unknown;
  readonly expiresAt?: Date;
  /** What the account is called over there, for people. */
  readonly accountName: string;
  /** The provider's own id of the account, by which its webhooks speak of it. */
  readonly accountId?: string;
  /** It is an emulator or the provider's sandbox: nothing real happens. */
  readonly sandbox: boolean;
}

/** How an organisation signs in at a provider (OAuth's way there and back). */
export interface Connection {
  readonly provider: string;
  /** Where the provider asks its user. `state` must come back with them. */
  authorizeUrl(way: { state: string; redirectUri: string }): URL | Promise<URL>;
  /** What the provider's answer is worth; throws when the user said no or the code is not. */
  signIn(back: { query: URLSearchParams; redirectUri: string }): Promise<SignedIn>;
}

/** What connecting leans on. */
export interface Lobby {
  readonly connections: readonly Connection[];
  readonly ask: Ask;
  readonly credentials: Credentials;
  /** Address of the function `connect`, and of the app. */
  readonly self: string;
  readonly portal: string;
}

const COOKIE = 'connect_state';

/**
 * Answers `/connect/<provider>?ticket=` by sending the browser to the provider, and `/connect/<provider>/callback` by keeping the
 * sign-in and sending it home. The state is bound to this browser, so nobody can have their own sign-in finished by another.
 */
export async function connect(request: Request, lobby: Lobby): Promise<Response> {
  const url = new URL(request.url);
  const [, provider, back] = /\/connect\/([a-z_]+)(\/callback)?\/?$/.exec(url.pathname) ?? [];
  const connection = lobby.connections.find((each) => each.provider === provider);
  if (!connection || request.method !== 'GET') return home(lobby, provider ?? 'unknown', 'unavailable');
  const redirectUri = `${lobby.self}/${connection.provider}/callback`;
  return back
    ? comeBack({ connection, lobby, redirectUri, query: url.searchParams, cookie: cookieOf(request) })
    : goThere(connection, lobby, redirectUri, url.searchParams.get('ticket') ?? '');
}

async function goThere(connection: Connection, lobby: Lobby, redirectUri: string, ticket: string): Promise<Response> {
  const [begun] = await lobby.ask<{ state: string; provider: string }[]>('begin_connection', { ticket: uuid(ticket) });
  if (begun?.provider !== connection.provider) return home(lobby, connection.provider, 'expired');
  const location = await connection.authorizeUrl({ state: begun.state, redirectUri });
  const cookie = `${COOKIE}=${begun.state}; Path=${new URL(lobby.self).pathname}; Max-Age=600; HttpOnly; Secure; SameSite=Lax`;
  return redirect(location, { 'set-cookie': cookie });
}

interface Back {
  readonly connection: Connection;
  readonly lobby: Lobby;
  readonly redirectUri: string;
  readonly query: URLSearchParams;
  readonly cookie: string | undefined;
}

async function comeBack({ connection, lobby, redirectUri, query, cookie }: Back): Promise<Response> {
  const { provider } = connection;
  const state = query.get('state') ?? '';
  if (!cookie || cookie !== state) return home(lobby, provider, 'other_browser');
  const returned = await lobby.ask<Returned[]>('return_connection', { state: uuid(state) });
  const [whose] = returned;
  if (whose?.provider !== provider) return home(lobby, provider, 'expired');
  if (query.has('error')) return home(lobby, provider, 'declined');
  try {
    await keep(whose, await connection.signIn({ query, redirectUri }), lobby);
  } catch (error) {
    console.error(`connect ${provider}: ${(error as Error).message}`);
    return home(lobby, provider, 'failed');
  }
  return home(lobby, provider, 'connected');
}

interface Returned {
  readonly organization_id: string;
  readonly provider: string;
  readonly user_id: string;
}

async function keep(whose: Returned, signedIn: SignedIn, { ask, credentials }: Lobby): Promise<void> {
  const { organization_id: organization, provider, user_id: login } = whose;
  await credentials.put(organization, provider, signedIn.credentials, signedIn.expiresAt);
  const { accountName: account_name, accountId, sandbox } = signedIn;
  await ask('connect', { organization, provider, account_name, account_id: accountId ?? null, login, sandbox });
}

/** Back to the app, with a word that its page of integrations has a sentence for. */
function home({ portal }: Lobby, provider: string, outcome: string): Response {
  const query = new URLSearchParams({ provider, outcome });
  return redirect(new URL(`/integrations?${query.toString()}`, portal));
}

const redirect = (location: URL, headers: Record<string, string> = {}): Response =>
  new Response(null, {
    status: 303,
    headers: { location: location.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', ...headers },
  });

const cookieOf = (request: Request): string | undefined =>
  new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(request.headers.get('cookie') ?? '')?.[1];

/** What is no uuid finds nothing, rather than being an error of the database. */
const uuid = (text: string): string => (/^[0-9a-f-]{36}$/i.test(text) ? text : '00000000-0000-0000-0000-000000000000');
