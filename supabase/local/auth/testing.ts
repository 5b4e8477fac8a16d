import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import type { SupabaseClient, SupabaseClientOptions } from '@supabase/supabase-js';
import { SignJWT } from 'jose';
import { Pool } from 'pg';
import { WebSocket } from 'ws';
import { prepareDatabase, startPostgres } from '../postgres.ts';
import { asRole } from '../postgres/prepare.ts';
import type { AuthConfig } from './config.ts';
import type { AuthDeps, Mail } from './context.ts';
import { createAuth } from './service.ts';
import type { AuthService } from './service.ts';

const jwtSecret = 'a-secret-for-tests-with-at-least-32-characters';
const siteUrl = 'http://localhost:3000';

/** A password that every rule of these tests accepts. */
export const goodPassword = 'Correct-horse-9';

/** The auth service on a throw-away database, reached by supabase-js without a network, with a clock that tests move. */
export interface Bench {
  pool: Pool;
  mails: Mail[];
  jwtSecret: string;
  dbUrl: string;
  /** Builds another service on the same database and clock. */
  service(config?: AuthConfig, more?: Partial<AuthDeps>): AuthService;
  client(service: AuthService, options?: { flow?: 'implicit' | 'pkce'; ip?: string }): SupabaseClient;
  admin(service: AuthService): SupabaseClient;
  now(): Date;
  /** Moves the clock forward. */
  pass(seconds: number): void;
  stop(): Promise<void>;
}

const signedKey = (role: string): Promise<string> =>
  new SignJWT({ role, iss: 'supabase', iat: 1_700_000_000, exp: 4_000_000_000 })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(jwtSecret));

function memory(): {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
} {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

/** Boots a Postgres in a temporary directory; `stop` leaves nothing behind. */
export async function startBench(): Promise<Bench> {
  const dataDir = mkdtempSync(join(tmpdir(), 'auth-tests-'));
  chmodSync(dataDir, 0o755);
  const server = await startPostgres({ dataDir });
  await prepareDatabase(server.url);
  const pool = new Pool({ connectionString: asRole(server.url, 'supabase_auth_admin'), max: 5 });
  pool.on('error', () => undefined);
  const keys = { anon: await signedKey('anon'), service: await signedKey('service_role') };
  return {
    ...bench(pool, keys),
    dbUrl: server.adminUrl,
    stop: async () => {
      await pool.end();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function bench(pool: Pool, keys: { anon: string; service: string }): Omit<Bench, 'dbUrl' | 'stop'> {
  const mails: Mail[] = [];
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead * 1000);
  const sendMail = async (mail: Mail) => void mails.push(mail);
  const base = { pool, jwtSecret, siteUrl, externalUrl: 'http://auth.test', sendMail, clock: now };
  return {
    pool,
    mails,
    jwtSecret,
    now,
    pass: (seconds) => (ahead += seconds),
    service: (config = {}, more = {}) => createAuth({ ...base, config: { ...openRules, ...config }, ...more }),
    client: (service, { flow = 'implicit', ip = '10.0.0.1' } = {}) => connect(service, keys.anon, flow, ip),
    admin: (service) => connect(service, keys.service, 'implicit', '10.0.0.2'),
  };
}

const openRules: AuthConfig = {
  email: { enable_confirmations: true, max_frequency: '0s' },
  rate_limit: { token_refresh: 1000, sign_in_sign_ups: 1000, token_verifications: 1000 },
};

function connect(service: AuthService, key: string, flowType: 'implicit' | 'pkce', ip: string): SupabaseClient {
  const options: SupabaseClientOptions<'public'> = {
    auth: { flowType, autoRefreshToken: false, persistSession: true, detectSessionInUrl: false, storage: memory() },
    global: { fetch: (input, init) => service.handle(new Request(input, init), { ip }) },
    realtime: { transport: WebSocket as never },
  };
  return createClient('http://auth.test', key, options);
}

let people = 0;

/** An address nobody has used yet. */
export const newEmail = (): string => `person-${Date.now().toString(36)}-${(people += 1)}@example.com`;

/** The six digits of a mail. */
export const codeIn = (mail: Pick<Mail, 'text'> | undefined): string => /\b\d{6}\b/.exec(mail?.text ?? '')?.[0] ?? '';

/** The link of a mail. */
export const linkIn = (mail: Pick<Mail, 'text'> | undefined): string =>
  /https?:\/\/\S+\/verify\?\S+/.exec(mail?.text ?? '')?.[0] ?? '';
