import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'smol-toml';

/** One Edge Function as config.toml declares it. */
export interface FunctionConfig {
  enabled: boolean;
  verify_jwt: boolean;
  /** Absolute path of the function's first file. */
  entrypoint: string;
}

/** The part of config.toml that the embedded stack obeys; `auth` is handed to the auth service as it is written. */
export interface StackConfig {
  project_id: string;
  api: { port: number; schemas: string[]; extra_search_path: string[]; max_rows: number };
  db: { seed: { enabled: boolean; sql_paths: string[] }; migrationsDir: string };
  storage: { file_size_limit: number };
  auth: Record<string, unknown> & { site_url: string };
  functions: Record<string, FunctionConfig>;
}

/** Settings of one stack that differ from config.toml, for tests: looser limits, functions of their own. */
export interface Overrides {
  auth?: Record<string, unknown>;
  functions?: Record<string, FunctionConfig>;
}

/** The same configuration for a stack on another port: local addresses follow it. */
export function onPort(config: StackConfig, port: number, overrides: Overrides = {}): StackConfig {
  const moved = (address: string) => address.replace(`:${config.api.port}`, `:${port}`);
  const redirects = list(config.auth['additional_redirect_urls'], []);
  return {
    ...config,
    api: { ...config.api, port },
    functions: { ...config.functions, ...overrides.functions },
    auth: {
      ...config.auth,
      site_url: moved(config.auth.site_url),
      additional_redirect_urls: [...new Set([...redirects, ...redirects.map(moved)])],
      ...overrides.auth,
    },
  };
}

type Section = Record<string, unknown>;

/** The repository's root, where functions/, dist/ and vercel.json are. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Reads supabase/config.toml as the Supabase CLI does: `env(NAME)` values from the environment, paths from its folder. */
export function readConfig(file = join(ROOT, 'supabase/config.toml')): StackConfig {
  const home = dirname(file);
  const document = fromEnvironment(parse(readFileSync(file, 'utf8'))) as Section;
  const section = (name: string): Section => (document[name] as Section | undefined) ?? {};
  const db = section('db');
  const seed = (db['seed'] as Section | undefined) ?? {};
  return {
    project_id: text(document['project_id'], 'project'),
    api: api(section('api')),
    db: {
      seed: {
        enabled: seed['enabled'] !== false,
        sql_paths: list(seed['sql_paths'], ['./seed.sql']).map((path) => resolve(home, path)),
      },
      migrationsDir: join(home, 'migrations'),
    },
    storage: { file_size_limit: bytes(section('storage')['file_size_limit'] ?? '50MiB') },
    auth: { ...section('auth'), site_url: text(section('auth')['site_url'], 'http://localhost:54321') },
    functions: functions(section('functions'), home),
  };
}

const text = (value: unknown, fallback: string): string => (typeof value === 'string' ? value : fallback);
const list = (value: unknown, fallback: string[]): string[] => (Array.isArray(value) ? value.map(String) : fallback);

function api(section: Section): StackConfig['api'] {
  return {
    port: Number(section['port'] ?? 54321),
    schemas: list(section['schemas'], ['public']),
    extra_search_path: list(section['extra_search_path'], ['public', 'extensions']),
    max_rows: Number(section['max_rows'] ?? 1000),
  };
}

/** Functions without an entry live in ../functions too, and ask for a valid token as hosted does by default. */
function functions(section: Section, home: string): Record<string, FunctionConfig> {
  const declared = Object.entries(section).map(([name, value]): [string, FunctionConfig] => {
    const entry = value as Section;
    const entrypoint = resolve(home, text(entry['entrypoint'], `../functions/${name}/index.ts`));
    return [name, { enabled: entry['enabled'] !== false, verify_jwt: entry['verify_jwt'] !== false, entrypoint }];
  });
  return Object.fromEntries(declared);
}

/** Finds a function by the name in its address; nothing when it does not exist or is disabled. */
export function findFunction(config: StackConfig, name: string): FunctionConfig | undefined {
  if (!/^[a-z0-9][a-z0-9_-]*$/i.test(name)) return undefined;
  const entrypoint = join(ROOT, 'functions', name, 'index.ts');
  const found = config.functions[name] ?? { enabled: true, verify_jwt: true, entrypoint };
  return found.enabled && existsSync(found.entrypoint) ? found : undefined;
}

const UNITS: Record<string, number> = { '': 1, kb: 1e3, mb: 1e6, gb: 1e9, kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3 };

/** Turns `50MiB` into bytes. */
export function bytes(size: unknown): number {
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(String(size)) ?? [];
  const factor = UNITS[(unit ?? '').toLowerCase().replace(/^b$/, '')];
  if (amount === undefined || factor === undefined) throw new Error(`config.toml: "${String(size)}" is not a size`);
  return Math.round(Number(amount) * factor);
}

function fromEnvironment(value: unknown): unknown {
  if (typeof value === 'string') {
    const name = /^env\((\w+)\)$/.exec(value)?.[1];
    return name ? (process.env[name] ?? value) : value;
  }
  if (Array.isArray(value)) return value.map(fromEnvironment);
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromEnvironment(inner)]));
}
