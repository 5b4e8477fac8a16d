import { first, record, text, transaction } from './context.ts';
import type { Auth, Call, Db, ProviderEndpoints } from './context.ts';
import type { ExternalConfig } from './config.ts';
import { AuthError, errorRedirect, invalid, json, redirect } from './errors.ts';
import { beginFlow, challengeOf, issueAuthCode } from './flow-state.ts';
import { redirectTarget } from './links.ts';
import { openSession } from './sessions.ts';
import { readToken, sign } from './tokens.ts';
import { addIdentity, confirmUser, createUser, isBanned, mergeMeta, reload, updateUser, userByEmail } from './users.ts';
import type { UserRow } from './users.ts';
import { tokenUrl } from './verify.ts';

interface Provider extends ProviderEndpoints {
  client_id: string;
  secret: string;
  redirect_uri: string;
}

interface State {
  provider: string;
  redirect_to: string;
  flow_id: string | undefined;
}

type Claims = Record<string, unknown> & { sub: string };

const microsoft = (base: string): ProviderEndpoints => ({
  authorize: `${base}/oauth2/v2.0/authorize`,
  token: `${base}/oauth2/v2.0/token`,
  userinfo: 'https://graph.microsoft.com/oidc/userinfo',
});

const wellKnown: Record<string, (config: ExternalConfig) => ProviderEndpoints> = {
  azure: ({ url }) => microsoft((url || 'https://login.microsoftonline.com/common').replace(/\/$/, '')),
  google: () => ({
    authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
    token: 'https://oauth2.googleapis.com/token',
    userinfo: 'https://openidconnect.googleapis.com/v1/userinfo',
  }),
  keycloak: ({ url = '' }) => ({
    authorize: `${url}/protocol/openid-connect/auth`,
    token: `${url}/protocol/openid-connect/token`,
    userinfo: `${url}/protocol/openid-connect/userinfo`,
  }),
};

function providerOf(auth: Auth, name: string): Provider {
  const config = auth.rules.external[name];
  const endpoints = auth.providers[name] ?? (config && wellKnown[name]?.(config));
  if (!config?.enabled || !endpoints) throw invalid('Unsupported provider: provider is not enabled');
  if (!config.client_id || !config.secret) throw invalid('Unsupported provider: missing OAuth secret');
  return {
    ...endpoints,
    client_id: config.client_id,
    secret: config.secret,
    redirect_uri: config.redirect_uri || `${auth.baseUrl}/callback`,
  };
}

/** Answers `GET /authorize?provider=`: sends the browser to the identity provider. */
export async function authorize(call: Call): Promise<Response> {
  const { auth, url } = call;
  const name = url.searchParams.get('provider') ?? '';
  const provider = providerOf(auth, name);
  const challenge = challengeOf(Object.fromEntries(url.searchParams));
  const flow = { user_id: null, provider: name, method: 'oauth' };
  const state = {
    provider: name,
    redirect_to: redirectTarget(call),
    ...(challenge && { flow_id: await beginFlow(auth, auth.pool, challenge, flow) }),
    exp: Math.floor(auth.now().getTime() / 1000) + 300,
  };
  const target = new URL(provider.authorize);
  const scope = ['openid', 'email', 'profile', url.searchParams.get('scopes') ?? ''].join(' ').trim();
  const query = { client_id: provider.client_id, redirect_uri: provider.redirect_uri, response_type: 'code', scope };
  for (const [key, value] of Object.entries({ ...query, state: await sign(auth, state) }))
    target.searchParams.set(key, value);
  return url.searchParams.get('skip_http_redirect') === 'true'
    ? json({ url: target.toString() })
    : redirect(target.toString(), 302);
}

/** Answers the provider's return to `/callback`: exchanges its code, finds or makes the account, goes back to the app. */
export async function callback(call: Call): Promise<Response> {
  const { auth, url } = call;
  const read = (name: string) => url.searchParams.get(name) ?? text(call.body, name);
  const state = await stateOf(auth, read('state')).catch((thrown: unknown) => thrown);
  if (state instanceof AuthError) return errorRedirect(state, auth.siteUrl, false);
  const { provider, redirect_to, flow_id } = state as State;
  try {
    if (read('error')) throw new AuthError(403, 'access_denied', read('error_description') || read('error'));
    const claims = await claimsFrom(auth, providerOf(auth, provider), read('code'));
    return redirect(await arrive(call, { provider, redirect_to, flow_id }, claims), 302);
  } catch (thrown) {
    return errorRedirect(thrown, redirect_to, Boolean(flow_id));
  }
}

async function stateOf(auth: Auth, token: string): Promise<State> {
  if (!token) throw new AuthError(400, 'bad_oauth_callback', 'OAuth state parameter missing');
  const claims = await readToken(auth, token).catch(() => {
    throw new AuthError(400, 'bad_oauth_state', 'OAuth callback with invalid state');
  });
  const { provider, redirect_to, flow_id } = claims;
  if (typeof provider !== 'string' || typeof redirect_to !== 'string')
    throw new AuthError(400, 'bad_oauth_state', 'OAuth callback with invalid state');
  return { provider, redirect_to, flow_id: typeof flow_id === 'string' ? flow_id : undefined };
}

async function claimsFrom(auth: Auth, provider: Provider, code: string): Promise<Claims> {
  if (!code) throw new AuthError(400, 'bad_oauth_callback', 'OAuth callback with missing authorization code missing');
  const { client_id, secret, redirect_uri } = provider;
  const form = { grant_type: 'authorization_code', code, client_id, client_secret: secret, redirect_uri };
  const exchanged = await auth.fetch(provider.token, { method: 'POST', body: new URLSearchParams(form) });
  if (!exchanged.ok) throw new AuthError(500, 'unexpected_failure', 'Unable to exchange external code');
  const { access_token } = (await exchanged.json()) as { access_token?: string };
  const answer = await auth.fetch(provider.userinfo, { headers: { authorization: `Bearer ${access_token ?? ''}` } });
  const claims = answer.ok ? ((await answer.json()) as Partial<Claims>) : {};
  if (typeof claims.sub === 'string') return claims as Claims;
  throw new AuthError(500, 'unexpected_failure', 'Error getting user profile from external provider');
}

function arrive(call: Call, { provider, redirect_to, flow_id }: State, claims: Claims): Promise<string> {
  const { auth } = call;
  return transaction(auth.pool, async (db) => {
    const user = await accountFor(auth, db, provider, claims);
    if (isBanned(auth, user)) throw new AuthError(403, 'user_banned', 'User is banned');
    await record(call, db, 'login', user);
    if (!flow_id) return tokenUrl(await openSession(call, db, user, 'oauth'), redirect_to, {});
    const target = new URL(redirect_to);
    target.searchParams.set('code', await issueAuthCode(auth, db, { id: flow_id, user_id: user.id }));
    return target.toString();
  });
}

// Microsoft says in `xms_edov` whether the address's domain belongs to the tenant; others say `email_verified`.
const isVerified = ({ email_verified, xms_edov }: Claims): boolean =>
  [email_verified, xms_edov].some((value) => value === true || value === 1 || value === 'true' || value === '1');

async function accountFor(auth: Auth, db: Db, provider: string, claims: Claims): Promise<UserRow> {
  const known = await first<{ user_id: string }>(
    db,
    'select user_id from auth.identities where provider_id = $1 and provider = $2',
    [claims.sub, provider],
  );
  const user = known ? await reload(db, known.user_id) : await linkByEmail(auth, db, provider, claims);
  await addIdentity(auth, db, user.id, provider, claims);
  const providers = [...new Set([...((user.raw_app_meta_data?.['providers'] as string[]) ?? []), provider])];
  const data = { full_name: claims['name'] ?? null, name: claims['name'] ?? null };
  return updateUser(auth, db, user.id, {
    raw_app_meta_data: { provider, ...user.raw_app_meta_data, providers },
    raw_user_meta_data: mergeMeta(user.raw_user_meta_data, data),
  });
}

// An address that the provider has not verified must not open an existing account.
async function linkByEmail(auth: Auth, db: Db, provider: string, claims: Claims): Promise<UserRow> {
  const email = typeof claims['email'] === 'string' ? claims['email'].trim().toLowerCase() : '';
  if (!email) throw new AuthError(500, 'unexpected_failure', 'Error getting user email from external provider');
  if (!isVerified(claims))
    throw new AuthError(
      403,
      'provider_email_needs_verification',
      `Unverified email with ${provider}. Verify the email with ${provider} in order to sign in`,
    );
  const user = await userByEmail(db, email);
  if (user) return user.email_confirmed_at ? user : confirmUser(auth, db, user);
  if (!auth.rules.signup) throw new AuthError(422, 'signup_disabled', 'Signups not allowed for this instance');
  return createUser(auth, db, { email, provider, confirmed: true });
}
