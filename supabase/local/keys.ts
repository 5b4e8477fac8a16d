import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secret of one data directory and the keys made from it. */
export interface Keys {
  jwtSecret: string;
  anonKey: string;
  serviceRoleKey: string;
  /** What the timer shows to the function `jobs`. */
  jobsSecret: string;
  /** CREDENTIALS_KEYS of the functions. */
  credentialsKeys: string;
}

/** What a verified token says. */
export type Claims = Record<string, unknown> & { role: string; sub?: string };

/** A token that may not pass; `reason` is `malformed`, `signature`, `expired`, `early` or `role`. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
  readonly reason: 'malformed' | 'signature' | 'expired' | 'early' | 'role';

  constructor(reason: TokenError['reason']) {
    super(`token: ${reason}`);
    this.reason = reason;
  }
}

/** A correctly signed token with any other role (postgres, supabase_admin, …) would be a way around row security. */
const ROLES = new Set(['anon', 'authenticated', 'service_role']);
const TEN_YEARS = 315_360_000;
/** Clocks of a phone and a server differ; PostgREST allows as much. */
const SKEW = 30;

/** The keys of a data directory; made at random the first time and kept there, so that a session survives a restart. */
export function keysOf(dataDir: string): Keys {
  const file = join(dataDir, 'keys.json');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    const born = { jwt_secret: randomBytes(32).toString('hex'), issued_at: Math.floor(Date.now() / 1000) };
    writeFileSync(file, JSON.stringify(born), { mode: 0o600 });
  }
  const { jwt_secret, issued_at } = JSON.parse(readFileSync(file, 'utf8')) as { jwt_secret: string; issued_at: number };
  const key = (role: string) =>
    sign({ iss: 'supabase', ref: 'local', role, iat: issued_at, exp: issued_at + TEN_YEARS }, jwt_secret);
  return {
    jwtSecret: jwt_secret,
    anonKey: key('anon'),
    serviceRoleKey: key('service_role'),
    jobsSecret: mac('jobs', jwt_secret).toString('base64url'),
    credentialsKeys: `local:${mac('credentials', jwt_secret).toString('base64')}`,
  };
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const mac = (content: string, secret: string): Buffer => createHmac('sha256', secret).update(content).digest();

/** Signs claims as an HS256 token. */
export function sign(claims: Record<string, unknown>, secret: string): string {
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${content}.${mac(content, secret).toString('base64url')}`;
}

/** Checks signature and lifetime and returns the claims, whoever they speak of; throws `TokenError`. */
export function unsign(token: string, secret: string): Record<string, unknown> {
  const [head, body, signature, ...rest] = token.split('.');
  if (!head || !body || !signature || rest.length > 0) throw new TokenError('malformed');
  if (decode(head)['alg'] !== 'HS256') throw new TokenError('signature');
  const given = Buffer.from(signature, 'base64url');
  const expected = mac(`${head}.${body}`, secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new TokenError('signature');
  const claims = decode(body);
  const now = Date.now() / 1000;
  if (typeof claims['exp'] === 'number' && claims['exp'] + SKEW < now) throw new TokenError('expired');
  if (typeof claims['nbf'] === 'number' && claims['nbf'] - SKEW > now) throw new TokenError('early');
  return claims;
}

/** Checks a caller's token: signature, lifetime and one of the three API roles; throws `TokenError`. */
export function verify(token: string, secret: string): Claims {
  const claims = unsign(token, secret);
  if (typeof claims['role'] !== 'string' || !ROLES.has(claims['role'])) throw new TokenError('role');
  return claims as Claims;
}

function decode(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // falls through: not JSON is as malformed as not an object
  }
  throw new TokenError('malformed');
}
