import { getUser, logout, putUser, reauthenticate } from './account.ts';
import {
  adminCreate,
  adminDelete,
  adminDropFactor,
  adminFactors,
  adminGet,
  adminList,
  adminUpdate,
  generateLink,
  invite,
} from './admin.ts';
import { rulesOf } from './config.ts';
import type { Auth, AuthDeps, Call } from './context.ts';
import { AuthError, errorResponse, json } from './errors.ts';
import { authorize, callback } from './external.ts';
import { Limits } from './limits.ts';
import { challenge, enroll, unenroll, verifyFactor } from './mfa.ts';
import { resend, sendOtp, sendRecovery, signUp } from './signup.ts';
import { token } from './sign-in.ts';
import { tidier } from './tidy.ts';
import { requireAdmin } from './tokens.ts';
import { verifyGet, verifyPost } from './verify.ts';

/** The auth service as the gateway mounts it at /auth/v1. */
export interface AuthService {
  handle(request: Request, info: { ip: string }): Promise<Response>;
}

type Handler = (call: Call, ...ids: (string | undefined)[]) => Response | Promise<Response>;

const limited =
  (kind: string, amount: (auth: Auth) => number, handler: Handler): Handler =>
  (call, ...ids) => {
    call.auth.limits.request(kind, call.ip, amount(call.auth));
    return handler(call, ...ids);
  };
const asSignIn = (handler: Handler) => limited('sign_in', ({ rules }) => rules.sign_ins, handler);
const asVerification = (handler: Handler) => limited('verify', ({ rules }) => rules.verifications, handler);
const asAdmin =
  (handler: Handler): Handler =>
  async (call, ...ids) => {
    await requireAdmin(call);
    return handler(call, ...ids);
  };

const manualLinking = () => {
  throw new AuthError(404, 'manual_linking_disabled', 'Manual linking is disabled');
};

const routes: Record<string, Handler> = {
  'GET /health': () => json({ version: 'v2.0.0', name: 'GoTrue', description: 'GoTrue-compatible local auth' }),
  'GET /settings': settings,
  'GET /.well-known/jwks.json': () => json({ keys: [] }),
  'POST /signup': asSignIn(signUp),
  'POST /token': token,
  'POST /otp': asSignIn(sendOtp),
  'POST /magiclink': asSignIn(sendOtp),
  'POST /recover': asSignIn(sendRecovery),
  'POST /resend': asSignIn(resend),
  'GET /verify': asVerification(verifyGet),
  'POST /verify': asVerification(verifyPost),
  'GET /user': getUser,
  'PUT /user': putUser,
  'GET /user/identities/authorize': manualLinking,
  'DELETE /user/identities/:id': manualLinking,
  'GET /reauthenticate': reauthenticate,
  'POST /logout': logout,
  'POST /factors': enroll,
  'POST /factors/:id/challenge': challenge,
  'POST /factors/:id/verify': verifyFactor,
  'DELETE /factors/:id': unenroll,
  'GET /authorize': authorize,
  'GET /callback': callback,
  'POST /callback': callback,
  'POST /invite': asAdmin(invite),
  'POST /admin/generate_link': asAdmin(generateLink),
  'GET /admin/users': asAdmin(adminList),
  'POST /admin/users': asAdmin(adminCreate),
  'GET /admin/users/:id': asAdmin(adminGet),
  'PUT /admin/users/:id': asAdmin(adminUpdate),
  'DELETE /admin/users/:id': asAdmin(adminDelete),
  'GET /admin/users/:id/factors': asAdmin(adminFactors),
  'DELETE /admin/users/:id/factors/:id': asAdmin(adminDropFactor),
};

const patterns = Object.entries(routes).map(([route, handler]) => {
  const pattern = new RegExp(`^${route.replaceAll('.', String.raw`\.`).replaceAll(':id', '([^/]+)')}$`);
  return { pattern, handler };
});

function settings({ auth: { rules } }: Call): Response {
  const external = Object.fromEntries(
    Object.entries(rules.external).map(([name, { enabled }]) => [name, Boolean(enabled)]),
  );
  return json({
    external: { anonymous_users: false, azure: false, phone: false, ...external, email: rules.email_signup },
    disable_signup: !rules.signup,
    mailer_autoconfirm: rules.autoconfirm,
    phone_autoconfirm: false,
    sms_provider: '',
    saml_enabled: false,
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

async function readBody(request: Request): Promise<Record<string, unknown>> {
  const raw = request.method === 'GET' ? '' : await request.text();
  if (!raw) return {};
  if (request.headers.get('content-type')?.includes('urlencoded')) return Object.fromEntries(new URLSearchParams(raw));
  try {
    const body: unknown = JSON.parse(raw);
    if (isRecord(body)) return body;
  } catch {
    // Falls through to the refusal that any unreadable body gets.
  }
  throw new AuthError(400, 'bad_json', 'Could not parse request body as JSON');
}

async function answer(auth: Auth, request: Request, ip: string): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname.replace(/^\/auth\/v1(?=\/)/, '').replace(/(?<=.)\/$/, '');
  for (const { pattern, handler } of patterns) {
    const match = pattern.exec(`${request.method} ${path}`);
    if (match) return handler({ auth, request, url, ip, body: await readBody(request) }, ...match.slice(1));
  }
  throw new AuthError(404, 'not_found', 'Not found');
}

function running(deps: AuthDeps): Auth {
  const now = deps.clock ?? (() => new Date());
  return {
    pool: deps.pool,
    secret: new TextEncoder().encode(deps.jwtSecret),
    rules: rulesOf(deps.config),
    siteUrl: deps.siteUrl,
    baseUrl: `${deps.externalUrl.replace(/\/(auth\/v1\/?)?$/, '')}/auth/v1`,
    sendMail: (mail) => deps.sendMail(mail),
    now,
    fetch: deps.fetch ?? fetch,
    providers: deps.providers ?? {},
    limits: new Limits(now),
  };
}

/** Starts a GoTrue-compatible service on a database that holds auth.sql; it keeps no state but its rate limits. */
export function createAuth(deps: AuthDeps): AuthService {
  const auth = running(deps);
  const tidyNow = tidier(auth);
  return {
    handle: (request, { ip }) => {
      tidyNow();
      return answer(auth, request, ip).catch((thrown: unknown) => errorResponse(thrown, request));
    },
  };
}
