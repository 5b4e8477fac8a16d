import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient, type SupabaseClient, type SupabaseClientOptions, type User } from '@supabase/supabase-js';
import pg from 'pg';
import { afterAll } from 'vitest';
import ws from 'ws';
import { freePort } from '../ports.ts';
import { startStack } from '../stack.ts';

/** The Supabase under test: the embedded stack, or any other given by CONFORMANCE_URL and its keys. */
export interface Target {
  url: string;
  anonKey: string;
  serviceKey: string;
  dbUrl: string;
  /** What pokes the jobs of the embedded stack. */
  jobsSecret?: string;
  /** The embedded stack, where mails can be read and limits are lifted. */
  embedded: boolean;
  /** Holds the service key. */
  admin: SupabaseClient;
  /** A new client with the anon key and nobody signed in. */
  client(options?: SupabaseClientOptions<'public'>): SupabaseClient;
  /** Runs SQL as `postgres`. */
  sql<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
}

/** A person with a session of their own. */
export interface SignedIn {
  client: SupabaseClient;
  user: User;
  email: string;
  password: string;
  accessToken: string;
}

/** Passes the project's password rules. */
export const PASSWORD = 'Correct-Horse-42';

let shared: Promise<Target> | undefined;
const closing: (() => Promise<unknown>)[] = [];

// Here and not in target(), which some call from a hook, where a hook of its own would come too late.
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

/** The target of this test file; started on first use and stopped after its last test. */
export function target(): Promise<Target> {
  return (shared ??= open());
}

async function open(): Promise<Target> {
  const env = process.env;
  const given = env['CONFORMANCE_URL'];
  const where = given ? fromEnvironment(given) : await startOwn();
  const pool = new pg.Pool({ connectionString: where.dbUrl, max: 3 });
  pool.on('error', () => undefined);
  const admin = newClient(where.url, where.serviceKey);
  closing.push(
    where.stop,
    () => pool.end(),
    () => admin.removeAllChannels(),
  );
  return {
    ...where,
    embedded: !given,
    admin,
    client: (options) => newClient(where.url, where.anonKey, options),
    sql: async <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await (values.length > 0 ? pool.query<R>(text, values) : pool.query<R>(text))).rows,
  };
}

interface Place {
  url: string;
  anonKey: string;
  serviceKey: string;
  dbUrl: string;
  jobsSecret?: string;
  stop(): Promise<void>;
}

function fromEnvironment(url: string): Place {
  const read = (name: string): string => {
    const value = process.env[name];
    if (!value) throw new Error(`With CONFORMANCE_URL, ${name} is needed too`);
    return value;
  };
  return {
    url,
    anonKey: read('CONFORMANCE_ANON_KEY'),
    serviceKey: read('CONFORMANCE_SERVICE_KEY'),
    dbUrl: read('CONFORMANCE_DB_URL'),
    stop: async () => undefined,
  };
}

const GENEROUS = 100_000;
const rate_limit = Object.fromEntries(
  ['email_sent', 'token_refresh', 'sign_in_sign_ups', 'token_verifications'].map((name) => [name, GENEROUS]),
);

const fixture = (name: string, verify_jwt: boolean) => ({
  enabled: true,
  verify_jwt,
  entrypoint: fileURLToPath(new URL(`functions/${name}.mjs`, import.meta.url)),
});
const functions = {
  conf_echo: fixture('echo', true),
  conf_open: fixture('echo', false),
  conf_broken: fixture('broken', false),
};

async function startOwn(): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), 'conformance-'));
  chmodSync(dataDir, 0o755);
  const overrides = { auth: { rate_limit }, functions };
  const stack = await startStack({
    port: await freePort(),
    dataDir,
    overrides,
  });
  const stop = async () => {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const { url, anonKey, serviceRoleKey: serviceKey, dbUrl, jobsSecret } = stack;
  return { url, anonKey, serviceKey, dbUrl, jobsSecret, stop };
}

function newClient(url: string, key: string, options: SupabaseClientOptions<'public'> = {}): SupabaseClient {
  return createClient(url, key, {
    ...options,
    auth: { persistSession: false, autoRefreshToken: false, ...options.auth },
    // Node 20 has no WebSocket of its own.
    realtime: { transport: ws as unknown as typeof WebSocket, ...options.realtime },
  });
}

/** Creates a confirmed person by the admin API and signs them in. */
export async function signedInUser(metadata: Record<string, unknown> = {}): Promise<SignedIn> {
  const { admin, client } = await target();
  const email = `${randomUUID()}@example.com`;
  const made = await admin.auth.admin.createUser({
    email,
    password: PASSWORD,
    email_confirm: true,
    user_metadata: metadata,
  });
  if (made.error) throw made.error;
  const own = client();
  const { data, error } = await own.auth.signInWithPassword({ email, password: PASSWORD });
  if (error) throw error;
  return { client: own, user: data.user, email, password: PASSWORD, accessToken: data.session.access_token };
}

/** Installs the tables, views, functions and buckets that the tests speak of; safe to repeat. */
export async function installFixture(): Promise<void> {
  const { sql } = await target();
  await sql(readFileSync(new URL('fixture.sql', import.meta.url), 'utf8'));
  // Hosted reads the changed schema within a moment; so does the embedded stack.
  await new Promise((resolve) => setTimeout(resolve, 400));
}
