import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { consentPage } from './consent-page.ts';
import { json } from './replies.ts';
import type { Grant, PendingCode, State } from './state.ts';

/** An application registered with the emulator. */
export interface Application {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUris: readonly string[];
}

/** What the identity service needs. */
export interface Identity {
  readonly state: State;
  readonly application: Application;
  readonly now: () => number;
}

const MINUTE = 60_000;
const CODE_LIFE = 5 * MINUTE;
const ACCESS_LIFE = 30 * MINUTE;
/** How long the token before the last refresh may be used again. */
const GRACE = 30 * MINUTE;
/** The scopes that Xero gives new applications. */
const SCOPES = new Set(
  [
    'offline_access openid profile email accounting.invoices accounting.payments accounting.payments.read',
    'accounting.settings accounting.settings.read accounting.contacts accounting.attachments accounting.transactions',
  ]
    .join(' ')
    .split(' '),
);

const secret = (): string => randomBytes(24).toString('base64url');
const oauthError = (status: number, error: string): Response => json(status, { error });

/** Shows the page with "Allow access", or says what is wrong with the request for it. */
export function authorize({ state, application }: Identity, query: URLSearchParams): Response {
  const wrong = wrongWith(application, query);
  if (wrong) return new Response(`Error: ${wrong}`, { status: 400, headers: { 'content-type': 'text/plain' } });
  return consentPage(query, state.books);
}

function wrongWith({ clientId, redirectUris }: Application, query: URLSearchParams): string | undefined {
  if (query.get('client_id') !== clientId) return 'unauthorized_client: unknown client';
  if (!redirectUris.includes(query.get('redirect_uri') ?? '')) return 'unauthorized_client: invalid redirect_uri';
  if (query.get('response_type') !== 'code') return 'unsupported_response_type';
  if (!query.get('state')) return 'invalid_request: state is missing';
  const scopes = (query.get('scope') ?? '').split(' ').filter(Boolean);
  if (scopes.length === 0 || scopes.some((scope) => !SCOPES.has(scope))) return 'invalid_scope';
  if (query.has('code_challenge') && query.get('code_challenge_method') !== 'S256')
    return 'invalid_request: transform algorithm not supported';
  return undefined;
}

/** What follows the press of a button on the page: back to the product, with a code or with the refusal. */
export function answerConsent({ state, application, now }: Identity, form: URLSearchParams): Response {
  const wrong = wrongWith(application, form);
  if (wrong) return new Response(`Error: ${wrong}`, { status: 400 });
  const back = new URL(form.get('redirect_uri')!);
  back.searchParams.set('state', form.get('state')!);
  if (form.get('decision') !== 'allow') back.searchParams.set('error', 'access_denied');
  else back.searchParams.set('code', issueCode(state, form, now() + CODE_LIFE));
  return new Response(null, { status: 303, headers: { location: back.href } });
}

function issueCode(state: State, form: URLSearchParams, until: number): string {
  const code = secret();
  state.codes[code] = {
    clientId: form.get('client_id')!,
    redirectUri: form.get('redirect_uri')!,
    scopes: form.get('scope')!.split(' '),
    challenge: form.get('code_challenge'),
    tenantId: form.get('tenant') ?? state.books[0]!.tenantId,
    until,
  };
  return code;
}

/** `POST /connect/token` and `/connect/revocation`. */
export function token(identity: Identity, request: Request, form: URLSearchParams, path: string): Response {
  if (!isClient(identity.application, request, form)) return oauthError(401, 'invalid_client');
  if (path.endsWith('/revocation')) return revoke(identity.state, form.get('token') ?? '');
  const type = form.get('grant_type');
  if (type === 'authorization_code') return redeem(identity, form);
  if (type === 'refresh_token') return refresh(identity, form.get('refresh_token') ?? '');
  return oauthError(400, 'unsupported_grant_type');
}

function isClient({ clientId, clientSecret }: Application, request: Request, form: URLSearchParams): boolean {
  const basic = /^Basic (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
  if (basic) return atob(basic) === `${clientId}:${clientSecret}`;
  return form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
}

function redeem(identity: Identity, form: URLSearchParams): Response {
  const { state, now } = identity;
  const code = state.codes[form.get('code') ?? ''];
  delete state.codes[form.get('code') ?? ''];
  if (!code || code.until < now() || code.redirectUri !== form.get('redirect_uri'))
    return oauthError(400, 'invalid_grant');
  if (!isVerified(code, form.get('code_verifier'))) return oauthError(400, 'invalid_grant');
  const grant: Grant = {
    tenantIds: [code.tenantId],
    clientId: code.clientId,
    scopes: code.scopes,
    refreshToken: secret(),
    previous: null,
    accessTokens: {},
    connections: { [randomUUID()]: code.tenantId },
  };
  state.grants.push(grant);
  return tokens(grant, now());
}

function isVerified({ challenge }: PendingCode, verifier: string | null): boolean {
  if (challenge === null) return verifier === null;
  return verifier !== null && createHash('sha256').update(verifier).digest('base64url') === challenge;
}

/** Each refresh token is good for one use; the one before it for a while longer. */
function refresh({ state, now }: Identity, presented: string): Response {
  const grant = state.grants.find(
    ({ refreshToken, previous }) =>
      refreshToken === presented || (previous?.refreshToken === presented && previous.until > now()),
  );
  if (!grant || !grant.scopes.includes('offline_access')) return oauthError(400, 'invalid_grant');
  grant.previous = { refreshToken: presented, until: now() + GRACE };
  grant.refreshToken = secret();
  return tokens(grant, now());
}

function tokens(grant: Grant, now: number): Response {
  const access = secret();
  grant.accessTokens[access] = now + ACCESS_LIFE;
  return json(200, {
    access_token: access,
    expires_in: ACCESS_LIFE / 1000,
    token_type: 'Bearer',
    ...(grant.scopes.includes('offline_access') ? { refresh_token: grant.refreshToken } : {}),
    scope: grant.scopes.join(' '),
  });
}

function revoke(state: State, refreshToken: string): Response {
  state.grants = state.grants.filter((grant) => grant.refreshToken !== refreshToken);
  return new Response(null, { status: 200 });
}

/** The grant behind an access token; undefined for one that is unknown, run out or revoked. */
export function grantOf({ state, now }: Identity, request: Request): Grant | undefined {
  const bearer = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  return state.grants.find(({ accessTokens }) => (accessTokens[bearer] ?? 0) > now());
}

/** The organisations that a grant reaches. */
export function connections({ state, now }: Identity, { connections: held }: Grant): Response {
  const at = new Date(now()).toISOString().slice(0, 23);
  const shown = Object.entries(held).map(([id, tenantId]) => ({
    id,
    tenantId,
    tenantType: 'ORGANISATION',
    tenantName: state.books.find((books) => books.tenantId === tenantId)?.name ?? '',
    createdDateUtc: at,
    updatedDateUtc: at,
  }));
  return json(200, shown);
}

/** Lets an organisation go. */
export function disconnect(grant: Grant, id: string): Response {
  const tenantId = grant.connections[id];
  if (!tenantId) return new Response(null, { status: 404 });
  delete grant.connections[id];
  grant.tenantIds = grant.tenantIds.filter((one) => one !== tenantId);
  return new Response(null, { status: 204 });
}
